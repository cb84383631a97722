"""The moment a session looks at: now, or the end of a past day in London that its door was asked for."""

from datetime import date

from app.core.db import Read

_DAY, _REVISIONS = "as_at", "revisions_then"


def look_at(read: Read, day: date | None) -> None:
    """Set by the door, before anything is read. None: as things stand."""
    read.info[_DAY] = day


def day_asked(read: Read) -> date | None:
    """The past day that the session shows; None: as things stand."""
    found: date | None = read.info.get(_DAY)
    return found


def remember(read: Read, stream: str, revision: int) -> None:
    read.info.setdefault(_REVISIONS, {})[stream] = revision


def revision_shown(read: Read, stream: str) -> int | None:
    """The revision that the session looks back to; None: it sees the stream as it stands."""
    found: int | None = read.info.get(_REVISIONS, {}).get(stream)
    return found
