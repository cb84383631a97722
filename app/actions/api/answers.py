"""Answers about actions: made once for a view and joined as bytes; conditional by what they depend on."""

import json
from typing import Annotated

from fastapi import Header, Query, Request, Response
from pydantic import Field

from app.actions import queries
from app.actions.api.walk import Stamp, Walk
from app.actions.schemas import ListFilters, ViewRead
from app.actions.view import ActionView, PlanView
from app.core.dates import OptionalDay
from app.plans.queries import PlanAccess
from app.web import etags
from app.web.listing import link_to

IfMatch = Annotated[str | None, Header(description="The ETag, or the bare revision, of what was read.")]
IfNoneMatch = Annotated[str | None, Header(description="The ETag of what is held already.")]
AsAt = Annotated[OptionalDay, Query(description="As it stood at the end of that day in London.")]
JSON = "application/json"
PRIVATE = {"Cache-Control": "private, no-cache"}


class ListQuery(ListFilters):
    """A page of the list, as at a day."""

    as_at: OptionalDay = Field(None, description="As it stood at the end of that day in London.")
    limit: int = Field(100, ge=1, le=500)
    cursor: str | None = Field(None, description="`next` of the page before.")


def etag_of(request: Request, access: PlanAccess, stamp: Stamp, saved: ViewRead | None) -> str:
    """Plan revision, shared revision, day, the saved view that is open, viewer and build."""
    return etags.of_answer(*stamp, saved.query if saved else "", *_reader(request, access))


def row_etag(request: Request, access: PlanAccess, plan: PlanView, action: ActionView) -> str:
    # Other actions, names and the day may change the answer while the action's own revision stays.
    held = (plan.revision, plan.shared_revision, plan.day)
    return etags.of_row(action.revision, *held, *_reader(request, access))


def _reader(request: Request, access: PlanAccess) -> tuple[object, ...]:
    return access.actor.id or access.actor.token_id, request.app.version


def base_of(request: Request) -> str:
    return str(request.app.state.settings.base_url).rstrip("/")


def unchanged(etag: str) -> Response:
    return Response(status_code=304, headers=PRIVATE | {"ETag": etag})


def listing(
    request: Request, view: PlanView, found: tuple[ActionView, ...], place: Walk, limit: int, etag: str
) -> Response:
    rows = queries.as_json(view, base_of(request))
    after = place.offset + limit
    following = place.cursor(after) if after < len(found) else None
    shown = b",".join(rows[a.ref] for a in found[place.offset : after])
    rest = json.dumps({"next": following, "as_at": view.day.isoformat(), "revision": view.revision})
    headers = PRIVATE | {"ETag": etag}
    if following:
        headers["Link"] = link_to(request, following)
    return Response(b'{"items":[' + shown + b"]," + rest[1:].encode(), media_type=JSON, headers=headers)


def one(request: Request, access: PlanAccess, view: PlanView, ref: str, status: int = 200) -> Response:
    """One action with its ETag; a new one with its address."""
    action = view.by_ref[ref]
    made = queries.action_read(action, view, base_of(request))
    headers = PRIVATE | {"ETag": row_etag(request, access, view, action)}
    if status == 201:
        headers["Location"] = f"/api/v1/plans/{access.slug}/actions/{ref}"
    return Response(made.model_dump_json(), status, media_type=JSON, headers=headers)
