"""Asking for a move: checked against the stage, the table of who may ask, and the gate, whatever door it came by."""

from uuid import UUID

from app.actions.commands import note_facts
from app.actions.queries import action as action_view
from app.actions.rules import Move, Part
from app.actions.view import ActionView
from app.assurance import queries
from app.assurance.commands.ground import action_of, begun, count_open, open_row
from app.assurance.commands.lowering import lower
from app.assurance.models import Proposal
from app.assurance.rules import ProposalState
from app.assurance.schemas import NewProposal, NewWithdrawal
from app.core.db import Write
from app.core.errors import Forbidden
from app.core.moment import now_of, today_of
from app.core.words import _
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
        queries.refuse_strange(given, rule)
        return lower(tx, access=access, action=action, rule=rule, why=given.why, due_date=given.due_date)
    part, replacement = queries.judged(tx, access, action, rule, given, today_of(tx))
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
