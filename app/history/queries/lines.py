"""Entries of a history as pages show them."""

from app.core import clock
from app.core.words import _, day
from app.history.schemas import Deed
from app.history.tails import Names
from app.history.words import DOORS, sentence


def told(deed: Deed, names: Names) -> dict[str, str]:
    """One entry of a history: when, the sentence, through which door, and why."""
    moment = clock.london(deed.at)
    # The demonstration tells a year in an hour: its days are those of the entries.
    at = f"{day(deed.day)} {moment:%H:%M}" if moment.date() == deed.day else day(deed.day)
    return {"at": at, "text": sentence(deed, names), "by": _(DOORS.get(deed.door, "")), "why": deed.why or ""}
