"""Plans: listed, begun, read, changed, adopted, closed."""

from typing import Annotated

from fastapi import APIRouter, Header, Response

from app.actions.commands import beginnings, life
from app.core.db import Read
from app.plans import commands, queries
from app.plans.schemas import ChangedLegend, ChangedPlan, ChangedSettings, ClosedPlan, NewPlan, PlanRead
from app.web import etags
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter(prefix="/api/v1/plans", tags=["plans"])
IfMatch = Annotated[str | None, Header()]


@router.get("")
@act("home")
def plans(read: Reader, page: PageQuery) -> Listing[PlanRead]:
    """The plans that may be read, by title."""
    return listed(read, queries.plan_reads(read), page)


@router.post("", status_code=201)
@act("plan.create")
def begin(tx: Writer, given: NewPlan, response: Response) -> PlanRead:
    """Begin a plan as a draft: from a publication, from four priorities, from pasted rows, or empty."""
    made = beginnings.begin_plan(tx, given=given)
    response.headers["Location"] = f"/api/v1/plans/{made.slug}"
    return _told(tx, made.slug, response)


@router.get("/{plan}")
@act("plan.read")
def plan(read: Reader, plan: str, response: Response) -> PlanRead:
    """One plan: its words, its life, its rating settings and legend."""
    return _told(read, plan, response)


@router.patch("/{plan}")
@act("plan.structure")
def change(tx: Writer, plan: str, given: ChangedPlan, response: Response, if_match: IfMatch = None) -> PlanRead:
    """Change title, vision, period, sponsor; the cadence only of a draft."""
    commands.change_plan(tx, slug=plan, given=given, revision=etags.revision_read(if_match))
    return _told(tx, plan, response)


@router.put("/{plan}/legend")
@act("plan.legend")
def change_legend(
    tx: Writer, plan: str, given: ChangedLegend, response: Response, if_match: IfMatch = None
) -> PlanRead:
    """The word beside each colour; one left out is the usual word again."""
    commands.change_legend(tx, slug=plan, given=given, revision=etags.revision_read(if_match))
    return _told(tx, plan, response)


@router.patch("/{plan}/settings")
@act("plan.structure")
def change_settings(
    tx: Writer, plan: str, given: ChangedSettings, response: Response, if_match: IfMatch = None
) -> PlanRead:
    """Thresholds of the rating rules of a draft; in a live plan a change is a proposal (409)."""
    commands.change_settings(tx, slug=plan, given=given, revision=etags.revision_read(if_match))
    return _told(tx, plan, response)


@router.post("/{plan}/adoption")
@act("plan.adopt")
def adopt(tx: Writer, plan: str, response: Response, if_match: IfMatch = None) -> PlanRead:
    """The chair makes a draft live: original due dates are fixed, and the clocks start."""
    life.adopt_plan(tx, slug=plan, revision=etags.revision_read(if_match))
    return _told(tx, plan, response)


@router.post("/{plan}/closing")
@act("plan.adopt")
def close(tx: Writer, plan: str, given: ClosedPlan, response: Response, if_match: IfMatch = None) -> PlanRead:
    """The chair closes a live plan; nothing in it changes after that."""
    commands.close_plan(tx, slug=plan, revision=etags.revision_read(if_match), why=given.why)
    return _told(tx, plan, response)


def _told(read: Read, slug: str, response: Response) -> PlanRead:
    return etags.tagged(response, queries.plan_read(read, queries.plan_for(read, slug)))
