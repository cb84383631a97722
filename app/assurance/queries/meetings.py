"""Meetings whose list of decisions the office recorded and nobody has confirmed, and what they may ratify."""

from uuid import UUID

from sqlmodel import col, select

from app.actions.view import ActionView
from app.assurance.models import Proposal, RecordedDecision
from app.assurance.parts import Player, may_decide_here
from app.assurance.queries.deciding import Bench
from app.assurance.queries.log import decision_reads, to_ratify
from app.assurance.queries.proposals import Context, context, read_model
from app.assurance.schemas import MeetingListRead, RecordedRead
from app.assurance.wording import names
from app.core.db import Read
from app.plans.models import Meeting
from app.plans.queries import PlanAccess
from app.plans.rules import BodyRole


def meeting_lists(read: Read, access: PlanAccess) -> list[MeetingListRead]:
    """Lists to confirm, the oldest meeting first."""
    rows = read.exec(
        select(RecordedDecision, Proposal, Meeting)
        .join(Proposal, col(Proposal.id) == RecordedDecision.proposal_id)
        .join(Meeting, col(Meeting.id) == RecordedDecision.meeting_id)
        .where(RecordedDecision.plan_id == access.id)
        .order_by(col(Meeting.held_on), Meeting.name, col(Proposal.proposed_at))
    ).all()
    if not rows:
        return []
    ground = context(read, access)
    held: dict[UUID, Meeting] = {}
    listed: dict[UUID, list[RecordedRead]] = {}
    for recorded, proposal, meeting in rows:
        held[meeting.id] = meeting
        listed.setdefault(meeting.id, []).append(
            RecordedRead(
                id=recorded.id,
                proposal=read_model(proposal, ground),
                outcome=recorded.outcome,
                why=recorded.why or None,
                recorded_by=recorded.recorded_by_name,
                recorded_on=recorded.recorded_on,
            )
        )
    return [_read_model(read, ground, held[found], items) for found, items in listed.items()]


def _read_model(read: Read, ground: Context, meeting: Meeting, items: list[RecordedRead]) -> MeetingListRead:
    access = ground.access
    may = confirmers(ground.bench, meeting.body_id, None)
    ratifiable = to_ratify(read, access, meeting.body_id, meeting.held_on)
    return MeetingListRead(
        id=meeting.id,
        body=next((b.name for b in ground.bench.bodies if b.id == meeting.body_id), ""),
        name=meeting.name,
        date=meeting.held_on,
        items=items,
        to_ratify=decision_reads(read, access, ground.view, ratifiable),
        may_confirm=access.actor.is_person and any(p.id == access.actor.id for p in may),
        confirmers=names(may) if may else "",
    )


def confirmers(bench: Bench, body_id: UUID, action: ActionView | None) -> list[Player]:
    """The body's chair and deputies, as far as they hold a role that may decide; the chair first."""
    body = next((b for b in bench.bodies if b.id == body_id), None)
    if body is None:
        return []
    case = bench.case_of(action, body)
    seats = {m.account_id: m.role for m in body.members if m.role in (BodyRole.chair, BodyRole.deputy)}
    found = [p for p in bench.players if p.id in seats and may_decide_here(p, case)]
    return sorted(found, key=lambda p: seats[p.id] is not BodyRole.chair if p.id else True)
