"""Reads the days that people write, the day first; a civil date has no time and no zone."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from app.core.text import refused
from app.core.words import _

FIRST = date(1990, 1, 1)
LAST = date(2100, 12, 31)

_MONTHS = (
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
)
_WEEKDAY = r"(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun),?\s+)?"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})(?:\s*([-/.])\s*|\s+)(\d{1,2})(?(2)\s*\2\s*|\s+)(\d{4}|\d{2})", re.ASCII)
_WORDS = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?(?:[-/.\s]\s*|\s+of\s+)?([^\W\d_]{3,10})(?:[-/.,\s]\s*){0,2}(\d{4}|\d{2})",
    re.ASCII,
)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def parse_day(text: str) -> date:
    """The civil day that `text` names: 2026-10-31, 31/10/2026, 31.10.26, 31 10 2026, 31 Oct 2026.

    Day before month, always; a year of two digits lies in 1990 to 2089; month names in English or Welsh,
    whole or cut to three letters or more. Raises PydanticCustomError (a ValueError) with a sentence that says
    what to do, of type date_unreadable, date_impossible or date_far_away (before 1990 or after 2100).
    """
    written = unicodedata.normalize("NFKC", text).translate(_DASHES).strip().lower()
    year, month, day = _parts(written)
    try:
        found = date(year, month, day)
    except ValueError:
        raise refused(
            "date_impossible",
            _(
                "{written} is not a day in the calendar. Write day, month and year, like 31/10/2026.",
                written=text.strip(),
            ),
        ) from None
    return _near(found)


def day(value: Any) -> date:
    """A `date` from a date, a midnight `datetime` or a text; errors as `parse_day`."""
    if isinstance(value, datetime):
        if value.time() == time.min:
            return _near(value.date())
    elif isinstance(value, date):
        return _near(value)
    elif isinstance(value, str):
        return parse_day(value)
    raise _unreadable()


def optional_day(value: Any) -> date | None:
    """As `day`; None and white space are None."""
    return None if value is None or (isinstance(value, str) and not value.strip()) else day(value)


Day = Annotated[date, BeforeValidator(day), WithJsonSchema({"type": "string", "format": "date"})]
OptionalDay = Annotated[
    date | None,
    BeforeValidator(optional_day),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}),
]


def _parts(written: str) -> tuple[int, int, int]:
    if match := _YEAR_FIRST.fullmatch(written):
        return int(match[1]), int(match[3]), int(match[4])
    if match := _NUMBERS.fullmatch(written):
        return _year(match[4]), int(match[3]), int(match[1])
    if match := _WORDS.fullmatch(written):
        return _year(match[3]), _month(match[2]), int(match[1])
    raise _unreadable()


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= FIRST.year % 100 else 2000)


def _month(word: str) -> int:
    for number, names in enumerate(_MONTHS, start=1):
        if any(name.startswith(word) for name in names):
            return number
    raise _unreadable()


def _near(found: date) -> date:
    if FIRST <= found <= LAST:
        return found
    raise refused(
        "date_far_away",
        _("The year {year} is too far away. Enter a date from 1990 to 2100.", year=found.year),
    )


def _unreadable() -> ValueError:
    return refused("date_unreadable", _("Enter a date like 31 October 2026 or 31/10/2026."))
