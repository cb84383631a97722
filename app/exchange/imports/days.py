"""Days as people write them in plans; what names no single day is left for a person to settle."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.dates import FIRST, LAST, parse_day
from app.core.words import _
from app.exchange.imports.sheets import Cell, Kind


@dataclass(frozen=True, slots=True)
class ReadDay:
    """day: None where only a person can tell; asked: why; loose: says that a stretch was read as its end; done: a day
    that the text calls the day of completion."""

    day: date | None
    asked: str = ""
    loose: str = ""
    done: date | None = None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?P<year>\d{4}|\d{2})"
_QUARTER = re.compile(
    r"(?:end (?:of )?)?(?:q(?:uarter|tr)?[ .]?(?P<q>[1-4])|(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th) quarter)"
    r"(?: of)?[ ,\-]*(?:fy ?)?(?P<first>\d{4}|\d{2})(?:[ ]?[/\-][ ]?(?P<second>\d{4}|\d{2}))?"
)
_YEAR_FIRST_QUARTER = re.compile(
    r"(?:fy ?)?(?P<first>\d{4}|\d{2})(?:[/\-](?P<second>\d{4}|\d{2}))?[ ,\-]*q(?:uarter)?[ .]?(?P<q>[1-4])"
)
_STRETCH = re.compile(
    rf"(?:by |before |for |in |on |from |due )?(?:the )?"
    rf"(?P<part>end|mid|middle|early|late|beginning|start|w/?e|week ending)?"
    rf"(?: of)?[ \-]*{_MONTH}\.?[ ,\-/']*{_YEAR}?"
)
_FINANCIAL = re.compile(
    r"(?:by |end (?:of )?)*(?:fy ?|financial year ?)(?P<first>\d{4}|\d{2})(?:[/\-](?:\d{4}|\d{2}))?"
)
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_OPEN = re.compile(
    r"(?:on ?going|continuous|continual|asap|as soon as possible|immediate(?:ly)?|tbc|tba|tbd|"
    r"to be (?:confirmed|agreed|"
    r"advised|determined)|rolling|n/?a|not applicable|-+|\?+|none|various|monthly|quarterly|weekly|annual(?:ly)?|"
    r"in progress|business as usual|bau|complete[d]?|done|closed|overdue|see .*|date tbc|awaiting.*|not set|unknown)\.?"
)
_EMPTY = frozenset({"", "-", "--", "–", "—", "n/a", "na", "none", "not applicable", "nil"})
_LEAD = re.compile(r"^(?:by|before|due|from|on|w/?e|week ending|target:?|date:?)\s+")
_DONE = re.compile(r"(?:completed?|done|closed)(?: on)?:?\s+(.*)")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})t\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?")
_HALF = re.compile(
    r"(?:end (?:of )?)?(?:h(?:alf)?[ .]?(?P<half>[12])|(?P<nth>first|second|1st|2nd) half)"
    r"(?: of)?[ ,\-]*(?:fy ?)?(?P<first>\d{4}|\d{2})[ ]?[/\-][ ]?(?P<second>\d{4}|\d{2})"
)
_PART_OF_YEAR = re.compile(
    r"(?:end (?:of )?)?(?:q(?:uarter|tr)?[ .]?[1-4]|h(?:alf)?[ .]?[12]|"
    r"(?:first|second|third|fourth|1st|2nd|3rd|4th) (?:quarter|half))"
)
_WRITTEN_DAY = re.compile(
    rf"(?<![\d/.\-])(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[/.\-]\d{{1,2}}[/.\-](?:\d{{4}}|\d{{2}})|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ \-]+{_MONTH.replace('?P<month>', '?:')}[ ,\-]+(?:\d{{4}}|\d{{2}}))(?![\d/])"
)
_SERIAL = (30_000, 75_000)


def read_day(cell: Cell, today: date, *, since_1904: bool = False) -> ReadDay:
    """The day a cell means. Numbers are Excel's own count; a month or a quarter means its last day, and says so."""
    if cell.kind is Kind.day and isinstance(cell.value, date):
        return _near(cell.value)
    if cell.kind is Kind.number:
        return _of_number(cell, since_1904=since_1904)
    if cell.kind is Kind.error:
        return ReadDay(None, _("The formula has no result. Enter the day."))
    return of_text(cell.text, today)


def of_text(text: str, today: date) -> ReadDay:
    said = " ".join(text.replace("–", "-").replace("—", "-").split()).strip(" .").casefold()
    if said in _EMPTY:
        return ReadDay(None)
    if match := _MOMENT.fullmatch(said):
        said = match[1]
    bare = _LEAD.sub("", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b(?! (?:quarter|half))", "", said))
    bare = re.sub(r"[ ,]*\b\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]m)?$", "", bare)
    for each in (said, bare):
        try:
            return ReadDay(parse_day(each))
        except ValueError as error:
            if getattr(error, "type", "") == "date_impossible":
                asked = _("“{text}” is not a day in the calendar. Enter the day.", text=text[:120])
                return ReadDay(None, asked)
    if match := _DONE.fullmatch(bare):
        return _done(match[1], text)
    if _OPEN.fullmatch(said):
        return ReadDay(
            None, _("“{text}” is not a day. Enter the day, or a review date for work that goes on.", text=text)
        )
    return _stretch(bare, text, today) or _several(said, text) or _unreadable(text)


def _done(said: str, text: str) -> ReadDay:
    asked = _("“{text}” tells when it was completed. Enter the day.", text=text[:120])
    try:
        return ReadDay(None, asked, done=parse_day(said))
    except ValueError:
        return ReadDay(None, asked)


def _stretch(said: str, text: str, today: date) -> ReadDay | None:
    if match := _QUARTER.fullmatch(said) or _YEAR_FIRST_QUARTER.fullmatch(said):
        quarter = int(match["q"]) if match["q"] else _NTH[match.groupdict().get("nth") or "first"]
        return _quarter(quarter, match["first"], match["second"], text)
    if match := _HALF.fullmatch(said):
        half = int(match["half"]) if match["half"] else _NTH[match["nth"]]
        return _quarter(2 * half, match["first"], match["second"], text)
    if _PART_OF_YEAR.fullmatch(said):
        return ReadDay(None, _("“{text}” names no year. Enter the day.", text=text[:120]))
    if match := _FINANCIAL.fullmatch(said):
        return _loose(date(_full(match["first"]) + 1, 3, 31), text)
    if match := _STRETCH.fullmatch(said):
        month = _MONTHS.index(match["month"][:3]) + 1
        if match["year"] is None:
            return _without_year(month, match["part"] or "", text, today)
        return _loose(_in_month(_full(match["year"]), month, match["part"] or ""), text)
    if match := re.fullmatch(r"(?:end (?:of )?)?(\d{1,2})[/\-.](\d{4})", said):
        return _loose(_in_month(int(match[2]), int(match[1]), "end"), text) if 1 <= int(match[1]) <= 12 else None
    if match := re.fullmatch(r"(?:by |end (?:of )?)*(20\d\d)", said):
        asked = _("“{text}” names a year alone. Enter the day.", text=text)
        return ReadDay(None, asked)
    return None


def _quarter(quarter: int, first: str, second: str | None, text: str) -> ReadDay | None:
    """Quarters are those of the financial year, from April, where two years are named; else a person tells."""
    year = _full(first)
    if second is None:
        asked = _("“{text}” may be a quarter of the calendar or of the financial year. Enter the day.", text=text)
        return ReadDay(None, asked)
    if _full(second) != year + 1:
        return ReadDay(None, _("“{text}” is not a financial year. Enter the day.", text=text))
    month = (6, 9, 12, 3)[quarter - 1]
    return _loose(_in_month(year + (quarter == 4), month, "end"), text)


def _in_month(year: int, month: int, part: str) -> date:
    if part in ("mid", "middle"):
        return date(year, month, 15)
    if part in ("early", "beginning", "start"):
        return date(year, month, 10 if part == "early" else 1)
    return date(year, month, monthrange(year, month)[1])


def _without_year(month: int, part: str, text: str, today: date) -> ReadDay:
    ahead = _in_month(today.year, month, part)
    if ahead < today - timedelta(days=31):
        ahead = _in_month(today.year + 1, month, part)
    return ReadDay(None, _("“{text}” names no year. Enter the day, for example {day}.", text=text,
                           day=f"{ahead.day}/{ahead.month}/{ahead.year}"))  # fmt: skip


def _several(said: str, text: str) -> ReadDay | None:
    days = _WRITTEN_DAY.findall(said)
    if len(days) > 1:
        return ReadDay(None, _("“{text}” names several days. Enter the one that counts.", text=text[:120]))
    if len(days) == 1:
        try:
            found = parse_day(days[0])
        except ValueError:
            return None
        return ReadDay(None, _("“{text}” says more than a day. Enter the day, for example {day}.", text=text[:120],
                               day=f"{found.day}/{found.month}/{found.year}"))  # fmt: skip
    return None


def _unreadable(text: str) -> ReadDay:
    return ReadDay(None, _("“{text}” cannot be read as a day. Enter it like 31/10/2026.", text=text[:120]))


def _of_number(cell: Cell, *, since_1904: bool) -> ReadDay:
    value = float(cell.value) if isinstance(cell.value, int | float) else 0.0
    if _SERIAL[0] <= value <= _SERIAL[1]:
        begin = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
        found = _near(begin + timedelta(days=int(value)))
        if found.day is None:
            return found
        shown = found.day.strftime("%d/%m/%Y")
        return ReadDay(found.day, loose=_("The number {number} is read as {day}.", number=cell.text, day=shown))
    if 19_900_101 <= value <= 21_001_231:
        digits = str(int(value))
        try:
            return _near(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))
        except ValueError:
            pass
    return ReadDay(None, _("{number} is not a day. Enter it like 31/10/2026.", number=cell.text))


def _near(found: date) -> ReadDay:
    if FIRST <= found <= LAST:
        return ReadDay(found)
    return ReadDay(None, _("The year {year} is too far away. Enter a date from 1990 to 2100.", year=found.year))


def _loose(found: date, text: str) -> ReadDay:
    near = _near(found)
    if near.day is None:
        return near
    told = f"{found.day}/{found.month}/{found.year}"
    return ReadDay(found, loose=_("“{text}” is read as {day}.", text=text, day=told))


def _full(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
