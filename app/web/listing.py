"""Lists of the API: items, the cursor of the next page, the day and the revision they show."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel

from app.core import clock
from app.core.columns import SHARED
from app.core.db import Read
from app.core.errors import Invalid
from app.core.ledger import revision_of
from app.core.words import _

Item = TypeVar("Item")


class Listing(BaseModel, Generic[Item]):
    """next: goes back as `cursor`; null on the last page."""

    items: list[Item]
    next: str | None
    as_at: str
    revision: int


class Page(BaseModel):
    offset: int = 0
    limit: int = 100


def _page(limit: Annotated[int, Query(ge=1, le=500)] = 100, cursor: Annotated[str | None, Query()] = None) -> Page:
    return Page(offset=_offset(cursor) if cursor else 0, limit=limit)


def page_of(limit: int, cursor: str | None) -> Page:
    """The page that `limit` and `cursor` ask for, where a door reads its parameters as one model."""
    return _page(limit, cursor)


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
    return Listing(
        items=list(items[page.offset : after]),
        next=cursor_of(after) if after < len(items) else None,
        as_at=clock.today().isoformat(),
        revision=revision_of(read, stream),
    )
