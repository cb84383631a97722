"""The programs' door to proposals and decisions. A token proposes and reads; it never decides."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.assurance import commands, queries
from app.assurance.queries import LogFilters
from app.assurance.rules import Move, Outcome, ProposalState
from app.assurance.schemas import (
    Bringing,
    Confirmation,
    CountsRead,
    DecisionRead,
    ManyDecisions,
    MeetingListRead,
    NewDecision,
    NewProposal,
    NewRecord,
    NewSettingsProposal,
    NewWithdrawal,
    ProposalRead,
    Settled,
    StepBack,
)
from app.core.dates import OptionalDay
from app.plans.queries import plan_for
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter(prefix="/api/v1/plans/{plan}", tags=["decisions"])
DayQuery = Annotated[OptionalDay, Query()]


@router.post("/actions/{ref}/proposals", status_code=201)
@act("action.propose")
def propose(tx: Writer, plan: str, ref: str, given: NewProposal, response: Response) -> ProposalRead:
    """Ask for a move of an action: a later date, an exit, delivered, assured. Lowering a stage takes effect at once."""
    access = plan_for(tx, plan)
    made = commands.propose(tx, access=access, ref=ref, given=given)
    response.headers["Location"] = f"/api/v1/plans/{plan}/proposals/{made.id}"
    return queries.proposal(tx, access, made.id)


@router.post("/actions/{ref}/step-back", status_code=201)
@act("action.step_back")
def step_back(tx: Writer, plan: str, ref: str, given: StepBack) -> ProposalRead:
    """Lower an action's stage, with a reason. A signed-in person's act; it needs no second person."""
    access = plan_for(tx, plan)
    return queries.proposal(tx, access, commands.step_back(tx, access=access, ref=ref, given=given).id)


@router.get("/proposals")
@act("plan.read")
def proposals(
    read: Reader,
    plan: str,
    page: PageQuery,
    state: ProposalState | None = None,
    ref: str | None = None,
) -> Listing[ProposalRead]:
    """What was asked for, the newest first."""
    access = plan_for(read, plan)
    return listed(read, queries.proposals(read, access, state=state, ref=ref), page, access.stream)


# Before the addresses with an id: "decisions" is no id.
@router.post("/proposals/decisions", status_code=201)
@act("proposal.decide")
def decide_many(tx: Writer, plan: str, given: ManyDecisions) -> list[DecisionRead]:
    """The same answer to several proposals: one record each, and all or none."""
    access = plan_for(tx, plan, "proposal.decide")
    made = commands.decide_many(tx, access=access, given=given)
    return [queries.decision(tx, access, d.id) for d in made]


# As an id only: a GET of "decisions" is a wrong method there, not a wrong id here.
@router.get("/proposals/{proposal_id:uuid}")
@act("plan.read")
def proposal(read: Reader, plan: str, proposal_id: UUID) -> ProposalRead:
    """One proposal: what is asked, who may decide, and what either answer means."""
    return queries.proposal(read, plan_for(read, plan), proposal_id)


@router.post("/proposals/{proposal_id}/decision")
@act("proposal.decide")
def decide(tx: Writer, plan: str, proposal_id: UUID, given: NewDecision) -> ProposalRead:
    """Accept or return it. A signed-in person's act: a token gets 403; decided already is 409."""
    access = plan_for(tx, plan, "proposal.decide")
    commands.decide(tx, access=access, proposal_id=proposal_id, given=given)
    return queries.proposal(tx, access, proposal_id)


@router.post("/proposals/{proposal_id}/withdrawal")
@act("proposal.withdraw")
def withdraw(tx: Writer, plan: str, proposal_id: UUID, given: NewWithdrawal | None = None) -> ProposalRead:
    """Withdraw what oneself, or one's office, asked for. It stays visible."""
    access = plan_for(tx, plan, "proposal.withdraw")
    commands.withdraw(tx, access=access, proposal_id=proposal_id, given=given or NewWithdrawal())
    return queries.proposal(tx, access, proposal_id)


@router.post("/proposals/{proposal_id}/meeting")
@act("proposal.decide")
def bring_to_meeting(tx: Writer, plan: str, proposal_id: UUID, given: Bringing | None = None) -> ProposalRead:
    """Put it before a body instead of deciding between meetings."""
    access = plan_for(tx, plan, "proposal.decide")
    commands.bring_to_meeting(tx, access=access, proposal_id=proposal_id, given=given or Bringing())
    return queries.proposal(tx, access, proposal_id)


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
) -> Listing[DecisionRead]:
    """The decision log, the newest first."""
    access = plan_for(read, plan)
    filters = LogFilters(ref, move, outcome, body, since, until)
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
