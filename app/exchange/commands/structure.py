"""What an import adds to the plan around its actions: priorities, fields of its own; and what headings meant."""

from itertools import count
from typing import Any

from sqlmodel import col, select

from app.core.db import Write
from app.core.errors import Invalid
from app.core.words import _
from app.exchange.models import ColumnMapping
from app.exchange.queries.ground import heading_key
from app.exchange.queries.looking import Check
from app.plans.models import PlanField, Priority
from app.plans.queries import PlanAccess
from app.plans.rules import FieldKind, is_priority_ref

MOST_FIELDS = 40


def add_priorities(tx: Write, access: PlanAccess, check: Check) -> dict[str, Any]:
    """New ones at the end, and the empty first one under its new name."""
    plan = check.plan
    if not plan.added and not plan.renamed:
        return {"priorities": [], "renamed": {}}
    access.require("plan.structure")
    rows = tx.exec(select(Priority).where(Priority.plan_id == access.id).order_by(col(Priority.position))).all()
    known = {row.ref: row for row in rows}
    renamed: dict[str, str] = {}
    for ref, title in plan.renamed.items():
        renamed[str(known[ref].id)] = known[ref].title
        known[ref].title = title
    made: list[Priority] = []
    for ref, title in plan.added.items():
        if not is_priority_ref(ref) or ref in known:
            raise Invalid("file", _("“{name}” cannot become a priority. Rename it.", name=title[:120]))
        position = max((p.position for p in rows), default=0) + 1 + len(made)
        made.append(Priority(plan_id=access.id, ref=ref, title=title, position=position))
    tx.add_all(made)
    tx.flush()
    return {"priorities": [str(p.id) for p in made], "renamed": renamed}


def add_fields(tx: Write, access: PlanAccess, check: Check) -> list[str]:
    """Fields of the plan's own that rows hold something in, and that there are not yet; their ids."""
    used = {name.casefold() for each in check.looked for name in each.own}
    held = {f.name.casefold() for f in check.around.fields.values()}
    keys = set(check.around.fields)
    made: list[PlanField] = []
    for name, field in check.own.items():
        if name.casefold() not in used or name.casefold() in held:
            continue
        # "RAG" and "RAG?" are two columns.
        key = next(k for n in count(1) if (k := field.key if n == 1 else f"{field.key}_{n}") not in keys)
        keys.add(key)
        position = len(held) + len(made) + 1
        made.append(
            PlanField(plan_id=access.id, key=key, name=name, kind=FieldKind(field.kind.value), position=position)
        )
    if len(keys) > MOST_FIELDS:
        raise Invalid("columns", _("A plan holds up to {most} fields of its own. Leave some columns out.",
                                   most=MOST_FIELDS))  # fmt: skip
    tx.add_all(made)
    tx.flush()
    return [str(row.id) for row in made]


def remember(tx: Write, access: PlanAccess, check: Check) -> None:
    """What each heading meant, for this organisation's next workbook."""
    wanted = {heading_key(name): field for name, field in check.fields.items() if heading_key(name)}
    rows = tx.exec(select(ColumnMapping).where(ColumnMapping.organisation_id == access.organisation_id)).all()
    known = {row.heading: row for row in rows}
    for heading, field in wanted.items():
        if heading in known:
            known[heading].field = field
        else:
            row = ColumnMapping(organisation_id=access.organisation_id, heading=heading, field=field)
            known[heading] = row
            tx.add(row)
