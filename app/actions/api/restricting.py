"""Showing an action, or one update on it, to named people alone."""

from uuid import UUID

from fastapi import APIRouter

from app.actions import commands, queries
from app.core.db import Read
from app.core.errors import NotFound
from app.core.words import _
from app.plans.queries import PlanAccess, plan_for, restriction_of
from app.plans.schemas import NewRestriction, OpenedAgain, RestrictionRead
from app.web.access import act
from app.web.doors import Reader, Writer

router = APIRouter(prefix="/actions/{ref}")


@router.get("/restriction")
@act("plan.read")
def restriction(read: Reader, plan: str, ref: str) -> RestrictionRead:
    """Who may see the action, for those who are named; 404 where everybody may, and for everybody else."""
    access = plan_for(read, plan)
    return _told(read, access, queries.action(read, access, ref).id)


@router.put("/restriction")
@act("action.restrict")
def restrict(tx: Writer, plan: str, ref: str, given: NewRestriction) -> RestrictionRead:
    """Show the action to these people alone, or change who they are; everybody else reads the public-safe title."""
    access = plan_for(tx, plan, "action.restrict")
    return _told(tx, access, commands.restrict_action(tx, access=access, ref=ref, given=given).restricted_id)


@router.post("/restriction/end", status_code=204)
@act("action.restrict")
def end(tx: Writer, plan: str, ref: str, given: OpenedAgain) -> None:
    """Open the action to all who read the plan."""
    commands.open_action(tx, access=plan_for(tx, plan, "action.restrict"), ref=ref, given=given)


@router.put("/updates/{update_id}/restriction")
@act("action.restrict")
def restrict_update(tx: Writer, plan: str, ref: str, update_id: UUID, given: NewRestriction) -> RestrictionRead:
    """Show one update to these people alone; the progress it reported stays on the action."""
    access = plan_for(tx, plan, "action.restrict")
    made = commands.restrict_update(tx, access=access, ref=ref, update_id=update_id, given=given)
    return _told(tx, access, made.restricted_id)


@router.post("/updates/{update_id}/restriction/end", status_code=204)
@act("action.restrict")
def end_of_update(tx: Writer, plan: str, ref: str, update_id: UUID, given: OpenedAgain) -> None:
    """Open the update to all who read the plan."""
    access = plan_for(tx, plan, "action.restrict")
    commands.open_update(tx, access=access, ref=ref, update_id=update_id, given=given)


def _told(read: Read, access: PlanAccess, restricted_id: UUID) -> RestrictionRead:
    found = restriction_of(read, access, restricted_id)
    if found is None:
        raise NotFound(_("This is not restricted."))
    return found
