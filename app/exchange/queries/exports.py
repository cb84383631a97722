"""A plan as a book of sheets, from the one view and the one set of tables that page and API are drawn from."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from app.actions.filters import Filters, apply
from app.actions.queries import plan_view, wanted
from app.actions.queries.reads import action_reads
from app.actions.schemas import ActionRead
from app.actions.view import ActionView, PlanView
from app.core import clock
from app.core.db import Read
from app.core.errors import FieldError
from app.core.words import N_, _, day, ngettext
from app.evidence.queries import evidence
from app.evidence.rules import EvidenceState
from app.exchange import telling
from app.exchange.asking import ExportAsked, Format
from app.exchange.book import Book, Sheet
from app.exchange.cells import Around, Naming
from app.exchange.columns import Column, Kind
from app.exchange.queries.release import Released, released
from app.frameworks.models import Framework, Recommendation
from app.history.queries import rows
from app.organisations.queries import organisation_name
from app.plans.models import PlanField
from app.plans.queries import PlanAccess
from app.plans.rules import FieldKind
from app.reports.queries import TABLES, coverages, shared_now
from app.reports.tables import Table, cell


def filtered(
    read: Read, access: PlanAccess, pairs: Sequence[tuple[str, str]]
) -> tuple[Filters, tuple[FieldError, ...]]:
    """The state of the tracker that an address asks for, with what of it is unknown."""
    found = wanted(read, access, plan_view(read, access), pairs)
    return found.filters, found.errors


def book(read: Read, access: PlanAccess, asked: ExportAsked, *, base: str = "") -> Book:
    """The plan on the day of its access; base: what stands before the path in addresses."""
    found = released(read, access, asked.release)
    access = found.access
    view = plan_view(read, access)
    shown = apply(view, asked.filters)
    refs = [a.ref for a in shown]
    tables = {name: TABLES[name](read, access, view, base) for name in ("updates", "decisions")}
    sheets = _sheets(read, view, shown, tables, found, access, asked)
    stamp = _("As at {day}, revision {revision}", day=day(view.day), revision=view.revision)
    return Book(
        slug=view.slug,
        title=view.title,
        lines=_above(read, view, shown, found, stamp),
        stamp=stamp,
        layout=asked.layout,
        as_at=view.day,
        revision=view.revision,
        made_at=clock.now(),
        legend=telling.legend(sheets[0], view, asked.layout),
        sheets=(*sheets, telling.definitions(sheets)),
        data=_data(view, shown, tables, refs, found.naming, sheets, base) if asked.format is Format.json else {},
    )


def _sheets(
    read: Read,
    view: PlanView,
    shown: Sequence[ActionView],
    tables: dict[str, Table],
    found: Released,
    access: PlanAccess,
    asked: ExportAsked,
) -> list[Sheet]:
    refs, naming = [a.ref for a in shown], found.naming
    items = [e for e in evidence(read, access) if e.state is not EvidenceState.withdrawn]
    own = rows(read, PlanField, access.id)
    own.sort(key=lambda f: (f.position, f.name))
    columns = [Column(f"own:{f.key}", f.name, N_("A field of this plan's own."), _kind(f), 20) for f in own]
    days = {f.key: f.kind is FieldKind.date for f in own}
    around = Around(view, naming, telling.places(items), days, _local(read, access))
    sheets = [
        telling.actions(shown, around, asked.layout, columns),
        telling.of_table("updates", _("Updates"), tables["updates"], telling.UPDATES, refs, naming),
        telling.of_table("decisions", _("Decisions"), tables["decisions"], telling.DECISIONS, refs, naming),
    ]
    if items:
        sheets.append(telling.evidence(items, refs, naming))
    if not asked.filters.narrows:
        # Of some of the actions it would say that recommendations have none.
        sheets.append(telling.coverage(coverages(read, view, shared_now(read, access))))
    if found.withheld is not None:
        sheets.append(found.withheld)
    return sheets


def _kind(field: PlanField) -> Kind:
    return Kind.day if field.kind is FieldKind.date else Kind.text


def _local(read: Read, access: PlanAccess) -> dict[str, frozenset[str]]:
    """Which of the organisations' own publications hold a number, in small letters."""
    here = {access.organisation_id, *access.participants}
    wanted = (
        select(Recommendation.ref, Framework.key)
        .join(Framework, col(Recommendation.framework_id) == Framework.id)
        .where(col(Framework.organisation_id).in_(here))
    )
    found: dict[str, set[str]] = {}
    for ref, key in read.exec(wanted).all():
        found.setdefault(ref.casefold(), set()).add(key)
    return {ref: frozenset(keys) for ref, keys in found.items()}


def _above(read: Read, view: PlanView, shown: Sequence[ActionView], found: Released, stamp: str) -> list[str]:
    total = ngettext("{n} action", "{n} actions", len(view.actions))
    count = total if len(shown) == len(view.actions) else _("{n} of {total}", n=len(shown), total=total)
    return [f"{organisation_name(read, view.organisation)} · {stamp} · {count}", *found.lines]


def _data(
    view: PlanView,
    shown: Sequence[ActionView],
    tables: dict[str, Table],
    refs: Sequence[str],
    naming: Naming,
    sheets: Sequence[Sheet],
    base: str,
) -> dict[str, Any]:
    """For programs: the API's shapes."""
    wanted = frozenset(refs)
    return {
        "plan": view.slug,
        "title": view.title,
        "organisation": view.organisation,
        "as_at": view.day,
        "revision": view.revision,
        "legend": dict(view.legend),
        "priorities": [{"ref": p.ref, "title": p.title, "position": p.position} for p in view.priorities],
        "actions": [_action(a, made, naming) for a, made in zip(shown, action_reads(shown, view, base), strict=True)],
        **{name: _records(table, wanted, naming) for name, table in tables.items()},
        **{s.key: _lines(s) for s in sheets if s.key in ("evidence", "coverage", "withheld")},
    }


def _action(action: ActionView, read: ActionRead, naming: Naming) -> dict[str, Any]:
    made = read.model_dump(mode="json")
    if naming.shown is None:
        return made
    for field, person in (("lead_executive", action.lead_executive), ("accountable_person", action.accountable_person)):
        if person is not None and person.id not in naming.shown:
            made[field] = None
            made[f"{field}_name"] = naming.person(person)
    made["contributors"] = [c.email for c in action.contributors if c.id in naming.shown]
    made["external_contact"] = naming.name(made["external_contact"] or "") or None
    if latest := made["latest_update"]:
        latest |= {"by": naming.name(latest["by"]), "for": naming.name(latest["for"] or "") or None}
    return made


def _records(table: Table, wanted: frozenset[str], naming: Naming) -> list[dict[str, Any]]:
    """Rows as objects: no kinds but those of JSON, nothing as null."""
    ref, found = table.columns.index("ref"), []
    for row in table.rows:
        if row[ref] in wanted:
            made = {c: None if v is None else v if isinstance(v, bool | int) else str(cell(v)) for c, v in
                    zip(table.columns, row, strict=True)}  # fmt: skip
            found.append(made | {n: naming.name(str(made[n] or "")) for n in telling.NAMES if n in made})
    return found


def _lines(sheet: Sheet) -> list[dict[str, Any]]:
    keys = [c.key for c in sheet.columns]
    return [dict(zip(keys, line.cells, strict=True)) for line in sheet.lines]
