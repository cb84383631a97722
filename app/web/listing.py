"""Lists of the API: items, the cursor of the next page, the day and the revision they show."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel

from app.core import clock
from app.core.columns import SHARED
from app.core.db import Read
from app.core.errors import Invalid
from app.core.ledger import revision_of
from app.core.moment import day_asked, revision_shown
from app.core.words import _

Item = TypeVar("Item")


class Listing(BaseModel, Generic[Item]):
    """next: goes back as `cursor`; null on the last page."""

    items: list[Item]
    next: str | None
    as_at: str
    revision: int


@dataclass(frozen=True, slots=True)
class Page:
    """request, response: of the list, for the Link to the next page; None where the door answers itself."""

    offset: int = 0
    limit: int = 100
    request: Request | None = None
    response: Response | None = None

    def follow(self, cursor: str) -> None:
        if self.request is not None and self.response is not None:
            self.response.headers["Link"] = link_to(self.request, cursor)


def _page(
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    cursor: Annotated[str | None, Query()] = None,
) -> Page:
    return Page(_offset(cursor) if cursor else 0, limit, request, response)


def page_of(limit: int, cursor: str | None) -> Page:
    """The page that `limit` and `cursor` ask for, where a door reads its parameters as one model."""
    return Page(_offset(cursor) if cursor else 0, limit)


def link_to(request: Request, cursor: str) -> str:
    """The RFC 8288 Link to the page after this one."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "cursor"]
    return f'<{request.url.path}?{urlencode([*kept, ("cursor", cursor)])}>; rel="next"'


PageQuery = Annotated[Page, Depends(_page)]


def _offset(cursor: str) -> int:
    try:
        given = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
    except (ValueError, binascii.Error, UnicodeEncodeError):
        given = None
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given < 10**9:
        raise Invalid("cursor", _("This cursor is not one of ours. Send back `next` as it was given."))
    return given


def cursor_of(offset: int) -> str:
    return base64.urlsafe_b64encode(json.dumps(offset).encode()).decode()


def listed(read: Read, items: Sequence[Item], page: Page, stream: str = SHARED) -> Listing[Item]:
    """One page of a list that was read whole."""
    after = page.offset + page.limit
    following = cursor_of(after) if after < len(items) else None
    if following:
        page.follow(following)
    return Listing(
        items=list(items[page.offset : after]),
        next=following,
        as_at=(day_asked(read) or clock.today()).isoformat(),
        revision=revision_shown(read, stream) or revision_of(read, stream),
    )
