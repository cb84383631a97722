"""Adding an action."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, func, select

from app.actions import refs
from app.actions.commands.apply import check, fill, fill_parts, priority_named, refuse
from app.actions.commands.ground import begin
from app.actions.commands.update import say
from app.actions.fields import EMPTY, REPORT, changes, given_values
from app.actions.models import Action
from app.actions.rules import Progress
from app.actions.schemas import NewAction, UpdateAction
from app.core.db import Write
from app.core.errors import FieldError, Invalid, Problems, Taken, TrackerError
from app.core.moment import now_of, today_of
from app.core.words import _
from app.plans.models import Priority
from app.plans.queries import PlanAccess

# Between neighbours, so that an action is moved without touching the others.
GAP = 1024


@dataclass(frozen=True, slots=True)
class _Led:
    """Enough of an action that does not exist yet to ask who may add it."""

    organisation_id: UUID
    accountable_person_id: UUID | None = None
    lead_executive_id: UUID | None = None


def create_action(tx: Write, *, access: PlanAccess, given: NewAction) -> Action:
    """Add an action under the reference given, or the next of its priority; what was reported becomes an update."""
    access = begin(tx, access)
    tx.act("action.created", why=given.why)
    action = added(tx, access, given)
    tx.flush()
    return action


def check_new(tx: Write, *, access: PlanAccess, sent: Mapping[str, Any], refused: Iterable[str]) -> None:
    """Raises Invalid with what is wrong in the other fields of an input that the model refuses; nothing is added."""
    access = begin(tx, access)
    tx.act("action.created")
    if wrong := also_wrong(tx, access, sent, refused):
        raise Invalid.several(wrong)


def also_wrong(tx: Write, access: PlanAccess, sent: Mapping[str, Any], refused: Iterable[str]) -> list[FieldError]:
    """What adding would refuse beside the fields that the input model refused already, so that all is said at once.

    sent: the fields as they were given to the model; refused: names of fields, dotted. Behind the claim and under the
    caller's act.
    """
    out = {name.partition(".")[0] for name in refused}
    if "regulatory" in out:
        out.add("regulator_date")  # it is judged by whether the action is regulatory
    usable = select(Priority.ref).where(Priority.plan_id == access.id, col(Priority.archived_on).is_(None))
    stand_in = {"title": "-", "priority": tx.exec(usable).first() or "-"}
    kept = {name: value for name, value in sent.items() if name in NewAction.model_fields and name not in out}
    given = NewAction.model_validate(stand_in | kept)
    savepoint = tx.begin_nested()
    try:
        added(tx, access, given)
    except TrackerError as error:
        return [found for found in error.fields if found.field.partition(".")[0] not in out]
    finally:
        savepoint.rollback()
    return []


def added(tx: Write, access: PlanAccess, given: NewAction) -> Action:
    """The new action in the session, behind the claim and under the caller's act."""
    changed, problems = changes(EMPTY, given_values(given)), Problems()
    with problems.noted():
        check(access, changed)
    action = _placed(tx, access, given, problems)
    fill(tx, access, action, {name: change for name, change in changed.items() if name != "priority"}, problems)
    access.require("action.create", _Led(action.organisation_id))
    tx.add(action)
    tx.flush()
    fill_parts(tx, access, action, changed, problems)
    if any(getattr(given, name) for name in ("commentary", "forecast", "help_needed", "cause", "mitigation")):
        access.require("action.update", action)
        said = {name: getattr(given, name) for name in REPORT if name not in ("progress", "why")}
        say(tx, access, action, UpdateAction.model_construct(**said), problems)
    refuse(problems, given)
    return action


def _placed(tx: Write, access: PlanAccess, given: NewAction, problems: Problems) -> Action:
    """The row with its reference and place.

    Where those cannot be, that is noted, and a stand-in lets the rest be judged too; what was noted is refused in
    the end, and nothing of the row stays.
    """
    ref, position = uuid4().hex, 0
    priority_id = tx.exec(select(Priority.id).where(Priority.plan_id == access.id)).first()
    if priority_id is None:
        raise Invalid("priority", _("This plan has no priority yet. Add one first."))
    with problems.noted():
        priority_id = priority_named(tx, access, given.priority).id
        position = _last(tx, access, priority_id) + GAP
    with problems.noted():
        ref = _ref(tx, access, given)
    if given.progress is Progress.complete:
        problems.note("progress", _("Complete is not typed in. Ask for the action to be accepted as delivered."))
    return Action(
        plan_id=access.id,
        ref=ref,
        title=given.title,
        priority_id=priority_id,
        position=position,
        organisation_id=own_organisation(access),
        created_on=today_of(tx),
        progress=given.progress or Progress.not_started,
        updated_at=now_of(tx),
    )


def own_organisation(access: PlanAccess) -> UUID:
    """Who leads an action that names nobody: the plan's organisation, or the participant that adds it."""
    own = access.actor.organisation_id
    return own if own in access.participants else access.organisation_id


def _last(tx: Write, access: PlanAccess, priority_id: UUID) -> int:
    highest = select(func.max(Action.position)).where(Action.plan_id == access.id, Action.priority_id == priority_id)
    return tx.exec(highest).one() or 0


def _ref(tx: Write, access: PlanAccess, given: NewAction) -> str:
    taken = tx.exec(select(Action.ref).where(Action.plan_id == access.id)).all()
    if given.ref is None:
        return refs.next_ref(given.priority, taken)
    ref = refs.checked(given.ref)
    if _is_taken(ref, taken):
        sentence = _("There is an action “{ref}” in this plan already. Choose another reference.", ref=ref)
        raise Taken("ref", sentence, "ref_taken")
    return ref


def _is_taken(ref: str, taken: Iterable[str]) -> bool:
    return ref.casefold() in {each.casefold() for each in taken}
