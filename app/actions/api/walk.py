"""A walk through the pages of the list of actions: every page tells the moment that the first one told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Request

from app.actions.schemas import ViewRead
from app.core import words
from app.core.errors import Invalid
from app.core.words import _
from app.web.listing import cursor_of, not_ours, parts_of, query_of

# The plan's revision, the shared one, and the day.
Stamp = tuple[int, int, date]


@dataclass(frozen=True, slots=True)
class Walk:
    """offset: how many actions came before; stamp: what all pages show; query: the list that is walked."""

    offset: int
    stamp: Stamp
    query: str

    def cursor(self, offset: int) -> str:
        revision, shared, day = self.stamp
        return cursor_of((offset, revision, shared, day.isoformat()), self.query)


def walk(request: Request, cursor: str | None, now: Stamp, saved: ViewRead | None) -> Walk:
    """Where the cursor stands; without one, at the beginning of the list as it is. now: the plan's stamp today."""
    # A saved view that has been changed is another list.
    query = query_of(request) + (f"\n{saved.query}" if saved else "")
    if not cursor:
        return Walk(0, now, query)
    match parts_of(cursor, query):
        case [int(offset), int(revision), int(shared), str(day)] if offset >= 0:
            return Walk(offset, (*_revisions(revision, shared, now), _day(day, now)), query)
    raise not_ours()


def _revisions(revision: int, shared: int, now: Stamp) -> tuple[int, int]:
    if not (0 < revision <= now[0] and 0 < shared <= now[1]):
        raise not_ours()
    return revision, shared


def _day(told: Any, now: Stamp) -> date:
    if told != now[2].isoformat():
        raise Invalid(
            "cursor",
            _("This cursor is of another day than {day}. Begin again without it.", day=words.day(now[2])),
        )
    return now[2]
