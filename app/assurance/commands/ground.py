"""What every act on a proposal stands on: the claimed plan as it is now, the action, who acts and in which part."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import func, select

from app.actions.commands import note_facts
from app.actions.commands.ground import begin
from app.actions.queries import of_id, plan_view
from app.actions.view import ActionView
from app.assurance.models import Proposal, RecordedDecision
from app.assurance.queries import Bench, bench, proposal_row
from app.assurance.rules import ProposalState
from app.assurance.schemas import GivenMeeting
from app.assurance.wording import not_you
from app.core.db import Read, Write
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.moment import today_of
from app.core.words import _, day
from app.plans.models import Meeting
from app.plans.queries import PlanAccess, plan_row, settings_of
from app.plans.schemas import BodyRead


def begun(tx: Write, access: PlanAccess) -> PlanAccess:
    """Queue for the plan, and take its state and settings as they are behind the queue."""
    fresh = begin(tx, access)
    plan = plan_row(tx, fresh)
    return replace(fresh, settings=settings_of(plan.settings, plan.cadence))


def action_of(read: Read, access: PlanAccess, row: Proposal | RecordedDecision) -> ActionView | None:
    return of_id(plan_view(read, access), row.action_id) if row.action_id else None


def open_row(tx: Write, row: Proposal) -> None:
    """Refuse what is over: 409 says how it ended."""
    sentences = {
        ProposalState.accepted: _("This was agreed already. Nothing was changed."),
        ProposalState.returned: _("This was returned already. Nothing was changed."),
        ProposalState.withdrawn: _("This was withdrawn. Nothing was changed."),
    }
    if row.state is not ProposalState.open:
        raise Conflict(sentences[row.state], "decided")
    found = tx.exec(select(RecordedDecision.id).where(RecordedDecision.proposal_id == row.id)).first()
    if found is not None:
        raise Conflict(
            _("A meeting's decision on this is recorded and waits to be confirmed. Confirm it, or strike it first."),
            "recorded",
        )


def to_decide(tx: Write, access: PlanAccess, proposal_id: UUID) -> tuple[Proposal, Bench]:
    """An open proposal that falls to whoever acts, and the bench that decides; 403 names who may."""
    row = proposal_row(tx, access, proposal_id)
    action = action_of(tx, access, row)
    access.require("proposal.decide", action)
    open_row(tx, row)
    found = bench(tx, access)
    ruling, body = found.ruling(row, action), found.body_of(row.move, row.brought_to_id)
    if not ruling.names(tx.actor.id):
        raise Forbidden(not_you(ruling, str(tx.actor.id), body.name if body else ""))
    return row, found


def count_open(tx: Write, access: PlanAccess, row: Proposal) -> None:
    """Write the number of open proposals into the action's column. The act has been named."""
    if row.action_id is None:
        return
    tx.flush()
    found = tx.exec(
        select(func.count()).where(
            Proposal.plan_id == access.id,
            Proposal.action_id == row.action_id,
            Proposal.state == ProposalState.open,
        )
    ).one()
    note_facts(tx, access=access, action_id=row.action_id, open_proposals=found)


def meeting_for(tx: Write, access: PlanAccess, body: BodyRead | None, given: GivenMeeting) -> Meeting:
    """The body's meeting of that name and day, made where it is not known yet. The act has been named."""
    if body is None:
        raise Invalid("body", _("Name the body that met."))
    if given.date > today_of(tx):
        raise Invalid("meeting.date", _("This meeting has not been held yet. Enter its day, today or in the past."))
    if access.adopted_on is not None and given.date < access.adopted_on:
        raise Invalid(
            "meeting.date",
            _("This plan was adopted on {day}. Enter the day of a meeting since then.", day=day(access.adopted_on)),
        )
    known = select(Meeting).where(
        Meeting.plan_id == access.id,
        Meeting.body_id == body.id,
        Meeting.held_on == given.date,
        Meeting.name == given.name,
    )
    row = tx.exec(known).first()
    if row is None:
        chair = body.chairs[0].account_id if body.chairs else None
        row = Meeting(plan_id=access.id, body_id=body.id, name=given.name, held_on=given.date, chair_id=chair)
        tx.add(row)
        tx.flush()
    return row
