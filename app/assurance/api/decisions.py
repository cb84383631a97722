"""The decision log, what meetings decided, and other rating settings."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.assurance import commands, queries
from app.assurance.queries import LogFilters
from app.assurance.rules import Move, Outcome
from app.assurance.schemas import (
    Confirmation,
    CountsRead,
    DecisionRead,
    MeetingListRead,
    NewRecord,
    NewSettingsProposal,
    NewWithdrawal,
    ProposalRead,
    Settled,
)
from app.core.dates import OptionalDay
from app.plans.queries import plan_for
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter(prefix="/api/v1/plans/{plan}", tags=["decisions"])
DayQuery = Annotated[OptionalDay, Query()]


@router.get("/decisions")
@act("plan.read")
def decisions(
    read: Reader,
    plan: str,
    page: PageQuery,
    ref: str | None = None,
    move: Move | None = None,
    outcome: Outcome | None = None,
    body: str | None = None,
    since: DayQuery = None,
    until: DayQuery = None,
    meeting: UUID | None = None,
    who: Annotated[str | None, Query(max_length=120)] = None,
) -> Listing[DecisionRead]:
    """The decision log, the newest first."""
    access = plan_for(read, plan)
    filters = LogFilters(ref, move, outcome, body, since, until, meeting, who)
    return listed(read, queries.decisions(read, access, filters), page, access.stream)


@router.post("/settings/proposals", status_code=201)
@act("plan.structure")
def propose_settings(tx: Writer, plan: str, given: NewSettingsProposal) -> ProposalRead:
    """Ask for other rating settings or another legend; in a draft they change at once."""
    access = plan_for(tx, plan, "plan.structure")
    return queries.proposal(tx, access, commands.propose_settings(tx, access=access, given=given).id)


@router.post("/settings/preview")
@act("plan.read")
def preview_settings(read: Reader, plan: str, given: NewSettingsProposal) -> CountsRead:
    """What other settings would do to the ratings, before anybody asks for them."""
    return queries.previewed(read, plan_for(read, plan), given)


@router.get("/meeting-lists")
@act("plan.read")
def meeting_lists(read: Reader, plan: str, page: PageQuery) -> Listing[MeetingListRead]:
    """Decisions of meetings that the office recorded and nobody has confirmed yet."""
    access = plan_for(read, plan)
    return listed(read, queries.meeting_lists(read, access), page, access.stream)


@router.post("/meeting-lists", status_code=201)
@act("meeting.record")
def record(tx: Writer, plan: str, given: NewRecord) -> MeetingListRead:
    """Record what a body decided. Nothing changes until its chair or a deputy confirms the list."""
    access = plan_for(tx, plan, "meeting.record")
    meeting = commands.record(tx, access=access, given=given)
    return next(m for m in queries.meeting_lists(tx, access) if m.id == meeting.id)


@router.post("/meeting-lists/{meeting_id}/confirmation")
@act("meeting.confirm")
def confirm(tx: Writer, plan: str, meeting_id: UUID, given: Confirmation | None = None) -> Settled:
    """Everything recorded for the meeting takes effect; one's own proposals and actions are left for a deputy."""
    access = plan_for(tx, plan, "meeting.confirm")
    made, ratified, left = commands.confirm_meeting(
        tx, access=access, meeting_id=meeting_id, given=given or Confirmation()
    )
    return Settled(
        confirmed=[queries.decision(tx, access, d.id) for d in made],
        ratified=len(ratified),
        left=[queries.proposal(tx, access, p.id).ref or "" for p in left],
    )


@router.post("/meeting-lists/entries/{entry_id}/strike")
@act("plan.read")
def strike(tx: Writer, plan: str, entry_id: UUID, given: NewWithdrawal | None = None) -> ProposalRead:
    """Take an entry off a list before it is confirmed: the office, the chair or a deputy."""
    access = plan_for(tx, plan)
    row = commands.strike(tx, access=access, recorded_id=entry_id, given=given or NewWithdrawal())
    return queries.proposal(tx, access, row.id)
