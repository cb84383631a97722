"""Publications of a plan and standings of recommendations. A token asks; a signed-in lead executive decides."""

from fastapi import APIRouter

from app.coverage import commands, queries
from app.coverage.schemas import AddedFramework, AnsweredRead, Chased, NewStandings, StandingDecision, StandingRead
from app.plans.queries import plan_for
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter(prefix="/api/v1/plans/{plan}", tags=["coverage"])


@router.post("/frameworks", status_code=201)
@act("coverage.plan")
def add_framework(tx: Writer, plan: str, given: AddedFramework) -> AnsweredRead:
    """The plan sets out to answer a publication: its gaps show, and what is answered already is told."""
    access = plan_for(tx, plan, "coverage.plan")
    return queries.already_answered(tx, access, commands.add_framework(tx, access=access, given=given).key)


@router.delete("/frameworks/{key}", status_code=204)
@act("coverage.plan")
def remove_framework(tx: Writer, plan: str, key: str) -> None:
    """The plan no longer sets out to answer it; what its actions answer shows still."""
    commands.remove_framework(tx, access=plan_for(tx, plan, "coverage.plan"), key=key)


@router.get("/standings")
@act("plan.read")
def standings(read: Reader, plan: str, page: PageQuery) -> Listing[StandingRead]:
    """What the organisation has decided of recommendations, and what waits for the lead executive."""
    access = plan_for(read, plan)
    return listed(read, queries.standings(read, access), page, access.stream)


@router.post("/standings")
@act("standing.propose")
def propose(tx: Writer, plan: str, given: NewStandings) -> list[StandingRead]:
    """Ask for one answer to several recommendations, with the reason: all or none."""
    access = plan_for(tx, plan, "standing.propose")
    commands.propose_standings(tx, access=access, given=given)
    return _told(queries.standings(tx, access), given.recommendations)


@router.post("/standings/decision")
@act("standing.decide")
def decide(tx: Writer, plan: str, given: StandingDecision) -> list[StandingRead]:
    """Accept or return what was asked for. A lead executive's act: a token gets 403; nothing waiting is 409."""
    access = plan_for(tx, plan, "standing.decide")
    commands.decide_standings(tx, access=access, given=given)
    return _told(queries.standings(tx, access), given.recommendations)


@router.post("/standings/chase")
@act("standing.propose")
def chase(tx: Writer, plan: str, given: Chased) -> list[StandingRead]:
    """Note the day on which those who have to act on external recommendations were last asked."""
    access = plan_for(tx, plan, "standing.propose")
    commands.note_chased(tx, access=access, given=given)
    return _told(queries.standings(tx, access), given.recommendations)


def _told(found: list[StandingRead], names: list[str]) -> list[StandingRead]:
    return [s for s in found if s.recommendation in names]
