"""Answers about actions: made once for a view and joined as bytes; conditional by what they depend on."""

import json
from datetime import date
from typing import Annotated

from fastapi import Header, Query, Request, Response
from pydantic import BaseModel, Field

from app.actions import queries
from app.actions.filters import Filters
from app.actions.schemas import filters_asked
from app.actions.view import ActionView, PlanView
from app.core.dates import OptionalDay
from app.core.db import Read
from app.core.errors import Invalid
from app.frameworks.queries import framework_keys
from app.plans.queries import PlanAccess
from app.web import etags
from app.web.listing import Page, cursor_of, link_to

IfMatch = Annotated[str | None, Header(description="The ETag, or the bare revision, of what was read.")]
IfNoneMatch = Annotated[str | None, Header(description="The ETag of what is held already.")]
AsAt = Annotated[OptionalDay, Query(description="As it stood at the end of that day in London.")]
JSON = "application/json"
PRIVATE = {"Cache-Control": "private, no-cache"}


class ListQuery(BaseModel):
    """The filters of the tracker's page; several values of one name are alternatives, names all hold."""

    q: str = Field("", description="Words to find, by their beginnings; a phrase in quotes.")
    rating: list[str] = Field([], description="red, amber, green, blue, grey; on_track, delivered_proof_due.")
    label: list[str] = Field([], description="The cause beside the colour, as `label` of an action names it.")
    priority: list[str] = Field([], description="References of priorities.")
    stage: list[str] = Field([], description="Delivery stages.")
    framework: list[str] = Field([], description="Keys of publications answered.")
    recommendation: list[str] = Field([], description="Recommendations answered, like ockenden_2022:1.2.")
    owner: list[str] = Field([], description="E-mail addresses of accountable persons; none; me.")
    executive: list[str] = Field([], description="E-mail addresses of lead executives; none; me.")
    flag: list[str] = Field(
        [],
        description="overdue, stale, unowned, evidence_overdue, awaiting_decision, external, slipped, regulatory.",
    )
    due_before: str = Field("", description="Due before this day.")
    group: str = Field("", description="Of the page; without effect here.")
    sort: str = Field("", description="ref, due, rating, owner, updated, title; - before it for the other way round.")
    view: str = Field("", description="Of the page; without effect here.")
    as_at: OptionalDay = Field(None, description="As it stood at the end of that day in London.")
    limit: int = Field(100, ge=1, le=500)
    cursor: str | None = Field(None, description="`next` of the page before.")

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that belong to the list's state."""
        out: list[tuple[str, str]] = []
        for name in type(self).model_fields:
            if name not in ("as_at", "limit", "cursor"):
                value = getattr(self, name)
                out += [(name, v) for v in (value if isinstance(value, list) else [value])]
        return out


def filters_of(read: Read, asked: ListQuery, view: PlanView, me: str) -> Filters:
    """The list's state; an unknown value is refused, naming its parameter."""
    found, errors = filters_asked(asked.pairs(), view, me, lambda: framework_keys(read))
    if errors:
        raise Invalid.several(list(errors))
    return found


def etag_of(request: Request, read: Read, access: PlanAccess, as_at: date | None) -> str:
    """Plan revision, shared revision, day, viewer and build."""
    return etags.of_answer(*queries.stamp(read, access, as_at), *_reader(request, access))


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


def listing(request: Request, view: PlanView, found: tuple[ActionView, ...], page: Page, etag: str) -> Response:
    rows = queries.as_json(view, base_of(request))
    after = page.offset + page.limit
    following = cursor_of(after) if after < len(found) else None
    shown = b",".join(rows[a.ref] for a in found[page.offset : after])
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
