"""Asking for a move: checked against the stage, the table of who may ask, and the gate, whatever door it came by."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlmodel import select

from app.actions.commands import note_facts
from app.actions.queries import action as action_view
from app.actions.queries import plan_view
from app.actions.rules import Move, MoveRule, Part
from app.actions.view import ActionView
from app.assurance import queries, wording
from app.assurance.commands.ground import action_of, begun, count_open, open_row, refuse_missing
from app.assurance.commands.lowering import lower
from app.assurance.models import Proposal
from app.assurance.rules import SPECIAL, ProposalState, takes
from app.assurance.schemas import NewProposal, NewWithdrawal
from app.core.db import Read, Write
from app.core.errors import Conflict, FieldError, Forbidden, Invalid, Problems
from app.core.moment import now_of, today_of
from app.core.words import _, day
from app.plans.queries import PlanAccess


def propose(tx: Write, *, access: PlanAccess, ref: str, given: NewProposal) -> Proposal:
    """A proposal that waits for a decision; one that lowers a stage takes effect at once, and says so.

    Refuses with 422 what the stage or the gate does not allow, naming each missing step; 409 where one is open.
    """
    access = begun(tx, access)
    action, move = action_view(tx, access, ref), Move(given.move.value)
    rule = queries.possible(access, action, move)
    if rule.is_lowering:
        access.require("action.step_back", action, action.contributor_ids)
        _refuse_strange(given, rule)
        return lower(tx, access=access, action=action, rule=rule, why=given.why, due_date=given.due_date)
    access.require("action.propose", action, action.contributor_ids)
    part = queries.proposing_part(tx, access, action, rule)
    queries.refuse_needless(access, action, move)
    replacement = _judged(tx, access, action, rule, given)
    _only_one_open(tx, access, action, move)
    row = _row(tx, access, action, given, part, replacement)
    tx.act("proposal.made", why=given.why)
    tx.add(row)
    count_open(tx, access, row)
    if move is Move.delivered:
        note_facts(tx, access=access, action_id=action.id, claimed_on=row.proposed_on)
    tx.flush()
    return row


def withdraw(tx: Write, *, access: PlanAccess, proposal_id: UUID, given: NewWithdrawal) -> Proposal:
    """By who asked, or by the office for what the office asked. It stays visible."""
    access = begun(tx, access)
    row = queries.proposal_row(tx, access, proposal_id)
    access.require("proposal.withdraw")
    action = action_of(tx, access, row)
    if not queries.may_withdraw(access, row, action):
        raise Forbidden(_("Only {name} may withdraw this, who asked for it.", name=row.proposed_by_name))
    open_row(tx, row)
    tx.act("proposal.withdrawn", why=given.why)
    row.state = ProposalState.withdrawn
    row.closed_on, row.closed_by_name, row.closed_why = today_of(tx), tx.actor.name, given.why or ""
    count_open(tx, access, row)
    if row.action_id and row.move is Move.delivered:
        note_facts(tx, access=access, action_id=row.action_id, claimed_on=None)
    tx.flush()
    return row


def _judged(tx: Write, access: PlanAccess, action: ActionView, rule: MoveRule, given: NewProposal) -> UUID | None:
    """Refuse once all that is wrong with what is asked; the action that would take this one's place."""
    problems, today, replacement = Problems(), today_of(tx), None
    with problems.noted():
        _refuse_strange(given, rule)
    with problems.noted():
        steps = queries.missing_steps(tx, access, action, rule, given, today)
        refuse_missing(steps, type(given).model_fields, "move")
    _sensible(action, given, rule.move, today, problems)
    with problems.noted():
        replacement = _replacement(tx, access, action, given.replaced_by)
    problems.refuse()
    return replacement


def _refuse_strange(given: NewProposal, rule: MoveRule) -> None:
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


def _only_one_open(read: Read, access: PlanAccess, action: ActionView, move: Move) -> None:
    found = read.exec(
        select(Proposal.proposed_by_name).where(
            Proposal.plan_id == access.id,
            Proposal.action_id == action.id,
            Proposal.move == move,
            Proposal.state == ProposalState.open,
        )
    ).first()
    if found is not None:
        raise Conflict(
            _("{name} has asked for this already, and it waits for a decision. Withdraw that first.", name=found),
            "open_already",
        )


def _row(
    tx: Write, access: PlanAccess, action: ActionView, given: NewProposal, part: Part, replacement: UUID | None
) -> Proposal:
    return Proposal(
        plan_id=access.id,
        action_id=action.id,
        move=Move(given.move.value),
        due_date=given.due_date,
        regulator_date=given.regulator_date,
        completion_date=given.completion_date,
        evidence_by_date=given.evidence_by_date,
        retest_date=given.retest_date,
        retest_handed_over=bool(given.retest_handed_over),
        voices_asked_on=given.voices_asked_on,
        voices_said=given.voices_said or "",
        recovery_plan=given.recovery_plan or "",
        replaced_by_id=replacement,
        regulator_agreed=given.regulator_agreed or "",
        why=given.why or "",
        impact=given.impact or "",
        mitigation=given.mitigation or "",
        proposed_on=today_of(tx),
        proposed_at=now_of(tx),
        proposed_by_id=tx.actor.person_id,
        proposed_by_name=tx.actor.name[:120],
        proposed_as=part.value,
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
