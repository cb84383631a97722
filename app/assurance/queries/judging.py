"""Whether a move may be asked for: the stage, who may ask, the gate. The command and what only looks ahead both ask."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from uuid import UUID

from sqlmodel import select

from app.actions.queries import plan_view
from app.actions.reasons import step_text
from app.actions.rules import Move, MoveRule, Part, Step
from app.actions.view import ActionView
from app.assurance import wording
from app.assurance.models import Proposal
from app.assurance.queries.asking import missing_steps, proposing_part, refuse_needless
from app.assurance.rules import FIELD_OF, SPECIAL, ProposalState, takes
from app.assurance.schemas import NewProposal
from app.core.db import Read
from app.core.errors import Conflict, FieldError, Invalid, Problems
from app.core.words import _, day
from app.plans.queries import PlanAccess


def judged(
    read: Read, access: PlanAccess, action: ActionView, rule: MoveRule, given: NewProposal, today: date
) -> tuple[Part, UUID | None]:
    """In which part the session's actor asks, and the action that would take this one's place.

    Refuses with 403 who may not ask, with 422 all that is wrong with what is asked at once, with 409 where the same
    was asked already. rule: of a move that does not lower a stage.
    """
    access.require("action.propose", action, action.contributor_ids)
    part = proposing_part(read, access, action, rule)
    refuse_needless(access, action, rule.move)
    problems, replacement = Problems(), None
    with problems.noted():
        refuse_strange(given, rule)
    with problems.noted():
        steps = missing_steps(read, access, action, rule, given, today)
        refuse_missing(steps, type(given).model_fields, "move")
    _sensible(action, given, rule.move, today, problems)
    with problems.noted():
        replacement = _replacement(read, access, action, given.replaced_by)
    problems.refuse()
    refuse_asked_already(read, access, rule.move, action.id)
    return part, replacement


def refuse_missing(steps: Iterable[Step], sent: Collection[str], asked: str) -> None:
    """422 with one sentence for each step that is missing, beside its field.

    sent: the fields that were there to be filled in; what none of them could give is said beside `asked`, the field
    that asked for the move.
    """
    fields = [(step, FIELD_OF.get(step, "")) for step in steps]
    errors = [FieldError(field if field in sent else asked, step_text(step)) for step, field in fields]
    if errors:
        raise Invalid.several(errors)


def refuse_strange(given: NewProposal, rule: MoveRule) -> None:
    known = takes(rule)
    strange = [name for name in SPECIAL if getattr(given, name) not in (None, False) and name not in known]
    if strange:
        words = wording.move_words(rule.move, lowering=rule.is_lowering)
        sentence = _("“{move}” takes no such value. Leave it out.", move=words)
        raise Invalid.several([FieldError(name, sentence) for name in strange])


def _sensible(action: ActionView, given: NewProposal, move: Move, today: date, problems: Problems) -> None:
    if move is Move.regulator_date and not action.facts.regulatory:
        problems.note("move", _("This action is not marked as regulatory, so no regulator's date can be agreed."))
    if given.retest_handed_over and given.retest_date is not None:
        problems.note("retest_date", _("Leave this empty where re-testing is handed to the audit programme."))
    if given.voices_asked_on is not None and given.voices_asked_on > today:
        problems.note("voices_asked_on", _("This day is in the future. Enter today or an earlier day."))
    if given.voices_said and given.voices_asked_on is None:
        problems.note("voices_asked_on", _("Enter the day on which the voices partnership was asked."))
    new: date | None = getattr(given, move.value) if move.value in wording.DATE_WORDS else None
    if new is None:
        return
    for sentence in _of_the_date(action, move, new, today):
        problems.note(move.value, sentence)


def _of_the_date(action: ActionView, move: Move, new: date, today: date) -> Iterator[str]:
    """What is wrong with a new date, as sentences."""
    if new == getattr(action.facts, move.value):
        yield _("This is the date as it stands. Enter another one.")
    elif new < today:
        yield _("This day has passed. Enter today or a later day.")
    start, completed = action.facts.start_date, action.facts.completion_date
    if move is Move.due_date and start is not None and new < start:
        yield _("The action starts on {day}. Enter that day or a later one.", day=day(start))
    if move is Move.evidence_by_date and completed is not None and new < completed:
        yield _("The action was completed on {day}. Enter that day or a later one.", day=day(completed))


def refuse_asked_already(read: Read, access: PlanAccess, move: Move, action_id: UUID | None = None) -> None:
    """409 while the same waits for a decision. action_id: None for what is asked of the whole plan."""
    found = read.exec(
        select(Proposal.proposed_by_name).where(
            Proposal.plan_id == access.id,
            Proposal.action_id == action_id,
            Proposal.move == move,
            Proposal.state == ProposalState.open,
        )
    ).first()
    if found is not None:
        raise Conflict(
            _("{name} has asked for this already, and it waits for a decision. Withdraw that first.", name=found),
            "open_already",
        )


def _replacement(read: Read, access: PlanAccess, action: ActionView, ref: str | None) -> UUID | None:
    if ref is None:
        return None
    found = plan_view(read, access).by_ref.get(ref)
    if found is None:
        raise Invalid("replaced_by", _("There is no action “{ref}” in this plan.", ref=ref))
    if found.id == action.id:
        raise Invalid("replaced_by", _("An action cannot take its own place. Enter another reference."))
    if found.stage.is_exited:
        raise Invalid("replaced_by", _("Action {ref} is closed itself. Enter one that is in force.", ref=ref))
    return found.id
