"""The moment a session looks at: now, or the end of a past day in London that its door was asked for; and that of an
act: now, or in the demonstration the instant of the year that it tells.
"""

from datetime import date, datetime

from app.core import clock
from app.core.actor import Stamp
from app.core.db import Read, Write

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


def today_of(tx: Write) -> date:
    """The civil day of this act."""
    stamp: Stamp = tx.info["stamp"]
    return stamp.at_day or clock.today()


def now_of(tx: Write) -> datetime:
    """The instant of this act."""
    stamp: Stamp = tx.info["stamp"]
    return stamp.at_instant or clock.now()
