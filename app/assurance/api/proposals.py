"""Asking for moves, and deciding on what was asked for. A token proposes and reads; it never decides."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.assurance import commands, queries
from app.assurance.rules import ProposalState
from app.assurance.schemas import (
    Bringing,
    DecisionRead,
    Declaration,
    ManyDecisions,
    NewDecision,
    NewProposal,
    NewWithdrawal,
    ProposalRead,
    StepBack,
)
from app.plans.queries import plan_for
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter(prefix="/api/v1/plans/{plan}", tags=["decisions"])


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


@router.post("/proposals/{proposal_id}/interest")
@act("proposal.decide")
def declare_interest(tx: Writer, plan: str, proposal_id: UUID, given: Declaration | None = None) -> ProposalRead:
    """Say that one has an interest in it: it passes to the next who may decide, and the record says so."""
    access = plan_for(tx, plan, "proposal.decide")
    commands.declare_interest(tx, access=access, proposal_id=proposal_id, given=given or Declaration())
    return queries.proposal(tx, access, proposal_id)
