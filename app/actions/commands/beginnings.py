"""How a plan begins with its actions: from a publication, from pasted rows, from four priorities, or empty."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from app.actions.models import Action, RecommendationLink
from app.core.dates import parse_day
from app.core.db import Write
from app.core.errors import Invalid
from app.core.moment import now_of, today_of
from app.core.text import Writing
from app.core.words import _
from app.frameworks import queries as frameworks
from app.frameworks.schemas import ItemRead
from app.plans import commands as plans
from app.plans.models import Plan, Priority
from app.plans.rules import is_priority_ref
from app.plans.schemas import Beginning, NewPlan

TITLE = Writing(300, lines=False)


def begin_plan(tx: Write, *, given: NewPlan) -> Plan:
    """A draft with what it begins with; the whole of it, or nothing."""
    _refuse_what_would_be_lost(given)
    plan = plans.create_plan(tx, given=given)
    if given.begin is Beginning.framework:
        if not given.framework:
            raise Invalid("framework", _("Choose the publication to start from."))
        begin_from_framework(tx, plan, given.framework)
    elif given.begin is Beginning.rows:
        begin_from_rows(tx, plan, given.rows or "")
    elif given.begin is Beginning.template:
        plans.begin_from_template(tx, plan)
    else:
        plans.begin_empty(tx, plan)
    return plan


def _refuse_what_would_be_lost(given: NewPlan) -> None:
    if given.framework and given.begin is not Beginning.framework:
        raise Invalid("begin", _("You chose a publication: choose to start from it, or choose no publication."))
    if given.rows and given.begin is not Beginning.rows:
        raise Invalid("begin", _("You pasted rows: choose to bring your spreadsheet, or empty the box of rows."))


def begin_from_framework(tx: Write, plan: Plan, framework_key: str) -> int:
    """The publication's top items become priorities, its leaves actions that meet them; how many actions.

    A top item that is itself a leaf goes under one priority named after the publication.
    """
    publication = frameworks.framework_named(tx, "framework", framework_key)
    items = frameworks.items(tx, publication.key)
    if not items:
        raise Invalid(
            "framework",
            _("“{title}” is known by name only: it has no recommendations to start from.", title=publication.title),
        )
    tops = [item for item in items if item.parent is None]
    groups = [(top.ref, top.title, frameworks.leaves_under(items, top.ref)) for top in tops if not top.is_leaf]
    if alone := [top for top in tops if top.is_leaf]:
        groups.append(("", publication.short_title, alone))
    refs: set[str] = {ref for ref, _title, _leaves in groups if is_priority_ref(ref)}
    made = 0
    for position, (ref, title, leaves) in enumerate(groups, start=1):
        fit = ref if is_priority_ref(ref) else _next_ref(refs)
        priority = Priority(plan_id=plan.id, ref=fit, title=_cut(title), position=position)
        tx.add(priority)
        tx.flush()
        made += _add_leaves(tx, plan, priority, leaves)
    return made


def _add_leaves(tx: Write, plan: Plan, priority: Priority, leaves: list[ItemRead]) -> int:
    links = []
    for number, leaf in enumerate(leaves, start=1):
        action = _action(tx, plan, priority, number, leaf.title)
        tx.add(action)
        links.append(RecommendationLink(plan_id=plan.id, action_id=action.id, recommendation_id=leaf.id, meets=True))
    tx.flush()
    tx.add_all(links)
    tx.flush()
    return len(links)


@dataclass(frozen=True, slots=True)
class Row:
    """A pasted row: the priority's title, the action's (may be empty), the day it is due."""

    priority: str
    title: str
    due_date: date | None


def begin_from_rows(tx: Write, plan: Plan, pasted: str) -> int:
    """One row a line, columns parted by tabs: priority, action, due date; how many actions."""
    rows = _rows(pasted)
    priorities: dict[str, Priority] = {}
    for row in rows:
        if row.priority not in priorities:
            place = len(priorities) + 1
            priorities[row.priority] = Priority(plan_id=plan.id, ref=str(place), title=row.priority, position=place)
    tx.add_all(priorities.values())
    tx.flush()
    made = 0
    for title, priority in priorities.items():
        for number, row in enumerate((r for r in rows if r.priority == title and r.title), start=1):
            action = _action(tx, plan, priority, number, row.title)
            action.due_date = row.due_date
            tx.add(action)
            made += 1
    tx.flush()
    return made


def _rows(pasted: str) -> list[Row]:
    found: list[Row] = []
    for number, line in enumerate(pasted.splitlines(), start=1):
        if line.strip():
            found.append(_row(number, line.split("\t"), found[-1].priority if found else ""))
    if not found:
        raise Invalid("rows", _("Paste at least one row: priority, action, due date."))
    return found


def _row(number: int, cells: list[str], priority_above: str) -> Row:
    if len(cells) > 3:
        raise Invalid("rows", _("Row {n} has {m} columns. Paste up to three: priority, action, due date.",
                                n=number, m=len(cells)))  # fmt: skip
    priority, title, due = ([c.strip() for c in cells] + ["", ""])[:3]
    if not (priority or priority_above):
        raise Invalid("rows", _("Row {n}: Enter a priority in the first column.", n=number))
    try:
        return Row(
            priority=TITLE.check(priority or priority_above) or "",
            title=(TITLE.check(title) or "") if title else "",
            due_date=parse_day(due) if due else None,
        )
    except ValueError as error:
        raise Invalid("rows", _("Row {n}: {what}", n=number, what=str(error))) from error


def _action(tx: Write, plan: Plan, priority: Priority, number: int, title: str) -> Action:
    return Action(
        plan_id=plan.id,
        ref=f"{priority.ref}.{number}",
        title=_cut(title),
        priority_id=priority.id,
        position=number,
        organisation_id=plan.organisation_id,
        created_on=today_of(tx),
        updated_at=now_of(tx),
    )


def _next_ref(taken: set[str]) -> str:
    ref = next(str(n) for n in count(1) if str(n) not in taken)
    taken.add(ref)
    return ref


def _cut(title: str) -> str:
    return title if len(title) <= 300 else title[:299] + "…"
