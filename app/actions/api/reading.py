"""Reading actions."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.actions import queries
from app.actions.api.answers import (
    AsAt,
    IfNoneMatch,
    ListQuery,
    etag_of,
    listing,
    one,
    row_etag,
    unchanged,
)
from app.actions.api.walk import walk
from app.actions.schemas import ActionRead, UpdateRead
from app.plans.queries import plan_for
from app.web import etags
from app.web.access import act
from app.web.doors import Reader
from app.web.kept import keep
from app.web.listing import Listing

router = APIRouter()
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "What is held is what stands."}}


@router.get("/actions", response_model=Listing[ActionRead], responses=NOT_MODIFIED)
@act("plan.read")
def actions(
    request: Request, read: Reader, plan: str, asked: Annotated[ListQuery, Query()], if_none_match: IfNoneMatch = None
) -> Response:
    """The plan's actions with their ratings, filtered and sorted as on the tracker's page."""
    access = plan_for(read, plan)
    keep(request, read, access.id, queries.views_watched(access))
    params = asked.pairs()
    saved, stamp = queries.view_named(read, access, params), queries.stamp(read, access)
    etag = etag_of(request, access, stamp, saved)
    if etags.matches(if_none_match, etag):
        return unchanged(etag)
    place = walk(request, asked.cursor, stamp, saved)
    view = queries.plan_view(read, access) if place.stamp == stamp else queries.view_then(read, access, place.stamp)
    found = queries.shown(read, access, view, params)
    return listing(request, view, found, place, asked.limit, etag)


@router.get("/actions/{ref}", response_model=ActionRead, responses=NOT_MODIFIED)
@act("plan.read")
def action(
    request: Request, read: Reader, plan: str, ref: str, as_at: AsAt = None, if_none_match: IfNoneMatch = None
) -> Response:
    """One action; its ETag goes back as If-Match."""
    access = plan_for(read, plan)
    keep(request, read, access.id)
    found = queries.action(read, access, ref, as_at)
    view = queries.plan_view(read, access, as_at)
    etag = row_etag(request, access, view, found)
    return unchanged(etag) if etags.matches(if_none_match, etag) else one(request, access, view, ref)


@router.get("/actions/{ref}/updates")
@act("plan.read")
def updates(read: Reader, plan: str, ref: str, as_at: AsAt = None) -> list[UpdateRead]:
    """All reports of progress on an action, the latest first."""
    return queries.update_reads(read, plan_for(read, plan), ref, as_at)


@router.get("/actions/{ref}/draft")
@act("action.draft")
def draft(read: Reader, plan: str, ref: str) -> dict[str, str]:
    """What the signed-in person has typed and not saved; empty where there is nothing."""
    access = plan_for(read, plan, "action.draft")
    queries.action(read, access, ref)
    return queries.draft(read, access, ref) or {}
