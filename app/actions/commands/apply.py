"""Puts changed fields into an action's row, and refuses what a live plan changes by decision only."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.actions import own
from app.actions.commands.ground import person_id
from app.actions.commands.own_fields import judged
from app.actions.commands.parts import set_parts
from app.actions.fields import (
    AGREED_DATES,
    DATES,
    DRAFT_DATES,
    NEEDED,
    OWN,
    PARTS,
    PEOPLE,
    SWITCHES,
    TEXTS,
    FieldChange,
    Sent,
    place_sent,
)
from app.actions.models import Action
from app.core.db import Write
from app.core.errors import FieldError, Invalid, NotFound, Problems
from app.core.inputs import ask
from app.core.moment import today_of
from app.core.words import _
from app.organisations.queries import named
from app.plans.models import Priority
from app.plans.queries import PlanAccess, plan_fields, priority_row


def check(access: PlanAccess, changed: Mapping[str, FieldChange]) -> None:
    """Refuse all that may not be patched, each field by name."""
    wrong = [FieldError(name, ask(name)) for name in NEEDED if name in changed and changed[name].new is None]
    if not access.is_draft:
        for name in DRAFT_DATES:
            if name in changed:
                wrong.append(
                    FieldError(name, _("This date is set by a decision in a live plan. Ask for the move instead."))
                )
        for name in AGREED_DATES:
            if name in changed and changed[name].old is not None:
                wrong.append(
                    FieldError(name, _("This date is agreed. Ask for a new date; somebody else decides on it."))
                )
    if wrong:
        made = Invalid.several(wrong)
        made.code = "not_patchable" if wrong[0].field not in NEEDED else "invalid"
        raise made


def fill(tx: Write, access: PlanAccess, action: Action, changed: Mapping[str, FieldChange], problems: Problems) -> None:
    """The columns, and each problem noted; `fill_parts` does the rest once the row has an id in the database."""
    for name, change in changed.items():
        with problems.noted():
            _fill_one(tx, access, action, name, change.new)
    if "due_date" in changed and not access.is_draft:
        # The first date agreed in a live plan is what slips are counted from.
        action.original_due_date = action.due_date
    _sane(action, today_of(tx), changed, problems)


def _fill_one(tx: Write, access: PlanAccess, action: Action, name: str, value: Any) -> None:
    if name in TEXTS:
        setattr(action, name, value or "")
    elif name in DATES or name in SWITCHES:
        setattr(action, name, value)
    elif name in PEOPLE:
        setattr(action, f"{name}_id", person_id(tx, access, name, value) if value else None)
    elif name == "priority":
        action.priority_id = priority_named(tx, access, value).id
    elif name == OWN:
        action.own = own.spelled(judged(plan_fields(tx, access.id), own.read(action.own), value))
    elif name == "organisation":
        action.organisation_id = _organisation(tx, access, value)


def fill_parts(
    tx: Write, access: PlanAccess, action: Action, changed: Mapping[str, FieldChange], problems: Problems
) -> None:
    wanted: dict[str, Any] = {name: changed[name].new for name in PARTS if name in changed}
    set_parts(tx, access, action, wanted, problems)


def refuse(problems: Problems, given: Sent) -> None:
    """Raise what was noted, each with the place of its value in what was sent: the command looks at lists in order."""
    problems.found = [FieldError(_as_sent(f.field, given), f.message) for f in problems.found]
    problems.refuse()


def _as_sent(field: str, given: Sent) -> str:
    name, _dot, place = field.partition(".")
    return f"{name}.{place_sent(name, given, int(place))}" if name in PARTS and place.isdigit() else field


def _sane(action: Action, today: date, changed: Mapping[str, object], problems: Problems) -> None:
    start, due = action.start_date, action.due_date
    if start and due and due < start and ("due_date" in changed or "start_date" in changed):
        field = "due_date" if "due_date" in changed else "start_date"
        problems.note(field, _("The due date is before the start date. Change one of them."))
    for name in ("last_chased_on", "completion_date"):
        value = getattr(action, name)
        if name in changed and value and value > today:
            problems.note(name, _("This day is in the future. Enter today or an earlier day."))
    if "regulator_date" in changed and action.regulator_date and not action.regulatory:
        sentence = _("Only a regulatory action has a regulator's date. Say that it is regulatory.")
        problems.note("regulator_date", sentence)


def priority_named(tx: Write, access: PlanAccess, ref: str) -> Priority:
    try:
        found = priority_row(tx, access.id, ref)
    except NotFound as error:
        raise Invalid("priority", error.message) from None
    if found.archived_on is not None:
        raise Invalid("priority", _("The priority “{ref}” is no longer used. Choose another.", ref=ref))
    return found


def _organisation(tx: Write, access: PlanAccess, code: str) -> Any:
    found = named(tx, "organisation", code)
    if found.id not in (access.organisation_id, *access.participants):
        raise Invalid("organisation", _("{name} takes no part in this plan.", name=found.name))
    return found.id
