"""What the columns of a table hold, beside what their headings say: a column may be something else than its name."""

import re
from datetime import date

from app.exchange.imports import days, meanings
from app.exchange.imports.choosing import CHOSEN
from app.exchange.imports.headings import DAYS, SURE, UNKNOWN, Reading, reading_of, simple
from app.exchange.imports.sheets import Cell, Kind, Sheet
from app.exchange.imports.tables import Column, Table

# How urgent an action is, which is no part of a plan.
_IMPORTANCE = re.compile(r"(?:very )?(?:high|medium|low)|critical|urgent|routine|[hml]|p?[1-5]|priority [1-5]")
_NO_DAY = re.compile(r"[<>≥≤=~]*\s*\d{1,3}(?:\.\d+)?\s*%?|yes|no|y|n|partial(?:ly)?|true|false|x|✓|✔|✗")
# A heading that names a month names its year.
SOME_DAY = date(2000, 1, 1)


def best_reading(heading: str, parts: tuple[str, ...] = ()) -> Reading:
    """parts: what each row of headings says, the lowest last: of equals it counts most."""
    below = [Reading(r.field, r.sureness - 1) for p in reversed(parts) if (r := reading_of(p)).sureness > 1]
    return max([*below[:1], reading_of(heading), *below[1:]], key=lambda r: r.sureness)


def describe(table: Table) -> None:
    """What a column holds may tell more than its heading: long words are no status, and days no commentary."""
    freed: set[int] = set()
    for column in table.columns:
        column.filled = sum(1 for x in table.actions if (c := x.cells.get(column.place)) is not None and c.text)
        if column.reading.field and not table.is_export and not _fits(column, _held(table, column)):
            wordy = column.reading.field in CHOSEN and "commentary" not in table.fields
            table.fields = {f: p for f, p in table.fields.items() if p != column.place}
            column.reading = Reading("commentary", 1) if wordy else UNKNOWN
            if wordy:
                table.fields["commentary"] = column.place
            freed.add(column.place)
    for column in table.columns if freed else ():
        _take_over(table, column, freed)
    if not table.is_export:
        _monthly(table)


def _take_over(table: Table, column: Column, freed: set[int]) -> None:
    """Where a column does not hold what its heading says, another one of the same heading may."""
    read = UNKNOWN if column.reading.field or column.place in freed else best_reading(column.name)
    if not read.field or read.field in table.fields or not column.filled:
        return
    column.reading = read
    if _fits(column, _held(table, column)):
        table.fields[read.field] = column.place
    else:
        column.reading = UNKNOWN


def _held(table: Table, column: Column) -> list[Cell]:
    cells = (line.cells.get(column.place) for line in table.actions)
    return [c for c in cells if c is not None and c.text and c.kind is not Kind.error]


def _monthly(table: Table) -> None:
    """Columns of months that hold colours' names or words of states say how far an action had come each month."""
    lines = table.actions
    for column in table.columns:
        held = [c for line in lines if (c := line.cells.get(column.place)) is not None and c.text]
        keys = {meanings.key_of(c) for c in held}
        if column.reading.field or not keys or not all(map(_is_state, keys)):
            continue
        if days.of_text(column.name, SOME_DAY).day is not None:
            column.reading = Reading("period", 1)


def _is_state(key: str) -> bool:
    return meanings.is_colour(key) or key in meanings.COMPLETE or meanings.known(key, "status") is not None


def coloured(table: Table, sheet: Sheet) -> None:
    """A column of colours alone, which the action beside them has not, says something: a chart of months does."""
    title = table.fields["title"]
    for column in table.columns:
        if column.filled or column.reading.field or not sheet.cells.get((table.headings[-1], column.place)):
            continue
        cells = [c for (row, place), c in sheet.cells.items() if place == column.place and row > table.headings[-1]]
        beside = [sheet.cells.get((c.row, title)) for c in cells]
        if any(c.fill and b is not None and b.text and b.fill != c.fill for c, b in zip(cells, beside, strict=True)):
            column.reading = Reading("period", 1)


def _fits(column: Column, held: list[Cell]) -> bool:
    name, some = column.reading.field, held[:400]
    if not some:
        return True
    if name in CHOSEN:
        distinct = {simple(c.text) for c in some}
        if any(meanings.known(words, "status") for words in distinct):
            return True
        length = sum(len(c.text) for c in some) / len(some)
        long = length > 45 or (length > 24 and len(distinct) > 0.7 * len(some))
        days = sum(c.kind is Kind.day for c in some) > len(some) / 2
        return not long and not days and not (len(distinct) > 14 and len(distinct) > len(some) / 3)
    if name == "priority":
        return not all(_IMPORTANCE.fullmatch(simple(c.text)) for c in some)
    is_day = name in DAYS
    if is_day and all(c.kind is not Kind.day and _NO_DAY.fullmatch(c.text.casefold().strip()) for c in some):
        return False
    if column.reading.sureness >= SURE:
        return True
    if is_day:
        return sum(c.kind is Kind.day or any(n.isdigit() for n in c.text) for c in some) >= len(some) / 3
    return sum(c.kind is Kind.day for c in some) <= len(some) / 2
