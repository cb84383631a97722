"""The two clocks: the instant (always real) and the civil day in London (may be pinned for the demonstration)."""

from datetime import UTC, date, datetime

from app.core.instants import LONDON as LONDON
from app.core.instants import london as london

_pinned: date | None = None


def now() -> datetime:
    """The instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The civil day in London that rules, ledger days and as-at use; TRACKER_TODAY pins it."""
    return _pinned or datetime.now(LONDON).date()


def pin(day: date | None) -> None:
    global _pinned
    _pinned = day


def pinned() -> date | None:
    return _pinned
