"""Exception reports: what went wrong and what is done; a new date and a recovery plan become proposals at once."""

from uuid import UUID

from sqlmodel import select

from app.actions.queries import action as action_view
from app.actions.rules import Move
from app.actions.view import ActionView
from app.assurance import queries
from app.assurance.commands.ground import begun
from app.assurance.commands.proposing import propose
from app.assurance.models import ExceptionReport, Proposal
from app.assurance.rules import Asked, ProposalState
from app.assurance.schemas import NewAnswer, NewException, NewProposal
from app.core.db import Write
from app.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from app.core.moment import now_of, today_of
from app.core.words import _
from app.people.permissions import require_person
from app.plans.queries import PlanAccess

# Where the form of the report has what the proposal calls otherwise.
_FIELDS = {"due_date": "new_due_date", "why": "cause", "mitigation": "interim_control", "move": "new_due_date"}


def report_exception(tx: Write, *, access: PlanAccess, ref: str, given: NewException) -> ExceptionReport:
    """By who may ask for a move of the action. What the proposals' gates refuse is refused here, beside its field."""
    access = begun(tx, access)
    action = action_view(tx, access, ref)
    access.require("action.propose", action, action.contributor_ids)
    if not action.stage.is_in_force:
        raise Conflict(_("This action is closed, so there is nothing to report."), "closed")
    if access.is_draft:
        raise Conflict(_("This plan is a draft. Exceptions are reported from a live plan."), "draft")
    dated = _ask(tx, access, action, given, Asked.due_date) if given.new_due_date else None
    recovers = queries.may_recover(action)
    recovery = (_open(tx, access, action, Move.recovery) or _ask(tx, access, action, given, Asked.recovery)) \
        if recovers else None  # fmt: skip
    row = ExceptionReport(
        plan_id=access.id,
        action_id=action.id,
        cause=given.cause,
        interim_control=given.interim_control,
        recovery_plan=given.recovery_plan,
        new_due_date=given.new_due_date,
        ask=given.ask or "",
        date_proposal_id=dated.id if dated else None,
        recovery_proposal_id=recovery.id if recovery else None,
        made_on=today_of(tx),
        made_at=now_of(tx),
        made_by_id=tx.actor.person_id,
        made_by_name=tx.actor.name[:120],
    )
    tx.act("exception.reported", why=given.cause)
    tx.add(row)
    tx.flush()
    return row


def answer_exception(tx: Write, *, access: PlanAccess, report_id: UUID, given: NewAnswer) -> ExceptionReport:
    """What is decided on the ask: by the lead executive, the group's chair or a deputy; never on one's own."""
    require_person(tx.actor)
    access = begun(tx, access)
    wanted = select(ExceptionReport).where(ExceptionReport.plan_id == access.id, ExceptionReport.id == report_id)
    row = tx.exec(wanted).first()
    if row is None:
        raise NotFound(_("There is no such exception report in this plan."))
    action = queries.action_by_id(tx, access, row.action_id)
    access.require("proposal.decide", action)
    if not row.ask:
        raise Invalid("answer", _("This report asks for nothing. What it proposes is decided as a proposal."))
    if row.answered_on is not None:
        raise Conflict(_("This was answered already. Nothing was changed."), "answered")
    if not queries.may_answer_exception(queries.bench(tx, access), row, action):
        raise Forbidden(
            _("An exception report is answered by the lead executive, the chair or a deputy, and never by who made it.")
        )
    tx.act("exception.answered", why=given.answer)
    row.answer, row.answered_on = given.answer, today_of(tx)
    row.answered_by_id, row.answered_by_name = tx.actor.id, tx.actor.name[:120]
    tx.flush()
    return row


def _ask(tx: Write, access: PlanAccess, action: ActionView, given: NewException, move: Asked) -> Proposal:
    asked = NewProposal(
        move=move,
        due_date=given.new_due_date if move is Asked.due_date else None,
        recovery_plan=given.recovery_plan if move is Asked.recovery else None,
        why=given.cause,
        mitigation=given.interim_control,
    )
    try:
        return propose(tx, access=access, ref=action.ref, given=asked)
    except Invalid as error:
        error.fields = [FieldError(_FIELDS.get(f.field, f.field), f.message) for f in error.fields]
        raise


def _open(tx: Write, access: PlanAccess, action: ActionView, move: Move) -> Proposal | None:
    wanted = select(Proposal).where(
        Proposal.plan_id == access.id,
        Proposal.action_id == action.id,
        Proposal.move == move,
        Proposal.state == ProposalState.open,
    )
    return tx.exec(wanted).first()
