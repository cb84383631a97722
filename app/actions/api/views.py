"""Saved views of the tracker. A token reads the shared ones; saving is a signed-in person's act."""

from fastapi import APIRouter

from app.actions import commands, queries
from app.actions.schemas import ChangeView, SaveView, ViewRead
from app.core.db import Read
from app.core.errors import NotFound
from app.core.words import _
from app.plans.queries import PlanAccess, plan_for
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter()


@router.get("/views")
@act("plan.read")
def views(read: Reader, plan: str, page: PageQuery) -> Listing[ViewRead]:
    """One's own views and the shared ones; `query` holds the parameters of the list of actions."""
    access = plan_for(read, plan)
    return listed(read, queries.saved_views(read, access), page, access.stream)


@router.post("/views", status_code=201)
@act("view.save")
def save(tx: Writer, plan: str, given: SaveView) -> ViewRead:
    """Save a state of the tracker under a name; shared ones by the office, the chair and lead executives."""
    access = plan_for(tx, plan, "view.save")
    return _told(tx, access, commands.save_view(tx, access=access, given=given).slug)


@router.patch("/views/{slug}")
@act("view.save")
def change(tx: Writer, plan: str, slug: str, given: ChangeView) -> ViewRead:
    """Rename it, give it another state, share it, or open the tracker with it; its address stays."""
    access = plan_for(tx, plan, "view.save")
    return _told(tx, access, commands.change_view(tx, access=access, slug=slug, given=given).slug)


@router.delete("/views/{slug}", status_code=204)
@act("view.save")
def remove(tx: Writer, plan: str, slug: str) -> None:
    """Delete a view."""
    commands.remove_view(tx, access=plan_for(tx, plan, "view.save"), slug=slug)


def _told(read: Read, access: PlanAccess, slug: str) -> ViewRead:
    found = queries.saved_view(read, access, slug)
    if found is None:
        raise NotFound(_("There is no view “{view}” in this plan.", view=slug))
    return found
