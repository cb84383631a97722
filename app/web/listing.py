"""Lists of the API: items, the cursor of the next page, the day and the revision they show."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, Generic, TypeVar
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
# By the first of these that it has an item is found again.
MARKS = ("id", "key", "slug", "number", "recommendation")


class Listing(BaseModel, Generic[Item]):
    """next: goes back as `cursor`; null on the last page."""

    items: list[Item]
    next: str | None
    as_at: str
    revision: int


@dataclass(frozen=True, slots=True)
class Page:
    """after: what the page before ended with; offset: how many items came before, where that one is gone."""

    request: Request
    response: Response
    limit: int
    offset: int
    after: str

    def begins_at(self, items: Sequence[Any]) -> int:
        """After the last item of the page before, however many came or went in front of it."""
        marks = (at for at, item in enumerate(items, 1) if _mark(item) == self.after)
        return next(marks, self.offset) if self.after else self.offset


def _page(
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    cursor: Annotated[str | None, Query()] = None,
) -> Page:
    offset, after = _place(parts_of(cursor, query_of(request))) if cursor else (0, "")
    return Page(request, response, limit, offset, after)


def _place(parts: list[Any]) -> tuple[int, str]:
    match parts:
        case [int(offset), str(after)] if offset >= 0:
            return offset, after
    raise not_ours()


PageQuery = Annotated[Page, Depends(_page)]


def query_of(request: Request) -> str:
    """The list that is asked for, without the page of it."""
    pairs = request.query_params.multi_items()
    return f"{request.url.path}?{urlencode(sorted(p for p in pairs if p[0] not in ('cursor', 'limit')))}"


def link_to(request: Request, cursor: str) -> str:
    """The RFC 8288 Link to the page after this one."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "cursor"]
    return f'<{request.url.path}?{urlencode([*kept, ("cursor", cursor)])}>; rel="next"'


def cursor_of(parts: Sequence[int | str], query: str) -> str:
    """query: the list that it leads on in; with another one it is refused."""
    return base64.urlsafe_b64encode(json.dumps([*parts, _digest(parts, query)]).encode()).decode()


def parts_of(cursor: str, query: str) -> list[Any]:
    """What `cursor_of` was given; 422 where it is none of ours, was changed, or is of another list."""
    try:
        given = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
    except (ValueError, binascii.Error, UnicodeEncodeError, RecursionError):
        given = None
    if not isinstance(given, list) or len(given) < 2:
        raise not_ours()
    *parts, digest = given
    if digest != _digest(parts, query):
        raise Invalid(
            "cursor",
            _("This cursor is of another list. Send it with the filters it was given for, or begin again without it."),
        )
    return parts


def not_ours() -> Invalid:
    return Invalid("cursor", _("This cursor is not one of ours. Send back `next` as it was given."))


def _digest(parts: Sequence[Any], query: str) -> str:
    return sha256(json.dumps([*parts, query]).encode()).hexdigest()[:16]


def _mark(item: Any) -> str:
    return next((str(getattr(item, name)) for name in MARKS if hasattr(item, name)), "")


def listed(read: Read, items: Sequence[Item], page: Page, stream: str = SHARED) -> Listing[Item]:
    """One page of a list that was read whole."""
    start = page.begins_at(items)
    after = start + page.limit
    following = None
    if after < len(items):
        following = cursor_of((after, _mark(items[after - 1])), query_of(page.request))
        page.response.headers["Link"] = link_to(page.request, following)
    return Listing(
        items=list(items[start:after]),
        next=following,
        as_at=(day_asked(read) or clock.today()).isoformat(),
        revision=revision_shown(read, stream) or revision_of(read, stream),
    )
