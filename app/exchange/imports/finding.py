"""Finds the table in a sheet: its headings below titles and legends, its rows, groups, totals and what is neither."""

import re
from collections.abc import Mapping
from itertools import pairwise

from app.exchange.columns import exported
from app.exchange.imports.choosing import as_exported, choose, take
from app.exchange.imports.fitting import best_reading, coloured, describe
from app.exchange.imports.headings import SURE, UNKNOWN, reading_of, simple
from app.exchange.imports.sheets import Cell, Kind, Sheet, letters
from app.exchange.imports.sorting import lines_of
from app.exchange.imports.tables import Column, Line, Sort, Table

LOOKED_AT = 200
MOST_HEADING = 160


def find(sheet: Sheet, given: Mapping[str, str] | None = None) -> Table:
    """The table of a sheet; without headings where none can be told, and then every cell stands in `above`.

    given: what a person says that columns hold, by their headings.
    """
    rows = sheet.rows()
    spread = _spread(sheet)
    headings, score = _headings(rows, sheet)
    headings = headings or _above_a_list(rows)
    guess = () if headings else _above_a_table(rows)
    if not headings and not guess:
        return _without_headings(sheet, rows)
    headings = headings or guess
    columns = _columns(rows, headings, sheet)
    table = Table(sheet.name, headings, columns, [], sheet.hidden, score, is_guess=bool(guess))
    table.hidden_columns = sheet.hidden_columns
    if layout := exported([c.name for c in columns]):
        as_exported(table, layout, _texts(rows, headings, sheet))
    else:
        choose(table)
    take(table, given or {})
    if "title" not in table.fields:
        return _without_headings(sheet, rows)
    coloured(table, sheet)
    table.lines = lines_of(rows, table, sheet, spread)
    describe(table)
    return table


def _spread(sheet: Sheet) -> dict[tuple[int, int], Cell]:
    """What merged blocks say in each of their cells but the first."""
    found: dict[tuple[int, int], Cell] = {}
    for area in sheet.merged:
        first = sheet.cells.get((area.top, area.left))
        if first is None or not (first.text or first.fill) or (area.bottom - area.top) > 2000:
            continue
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, min(area.right, area.left + 60) + 1):
                if (row, column) != (area.top, area.left):
                    found[row, column] = first
    return found


def _without_headings(sheet: Sheet, rows: dict[int, dict[int, Cell]]) -> Table:
    lines = [Line(n, Sort.above, cells, is_hidden=n in sheet.hidden_rows) for n, cells in rows.items()]
    return Table(sheet.name, (), [], lines, sheet.hidden, 0)


def _headings(rows: dict[int, dict[int, Cell]], sheet: Sheet) -> tuple[tuple[int, ...], int]:
    best: tuple[tuple[int, ...], int] = ((), 0)
    numbers = list(rows)[:LOOKED_AT]
    for place, number in enumerate(numbers):
        if not _looks_like_headings(rows[number]):
            continue
        one = _score(_texts(rows, (number,), sheet))
        if one > best[1]:
            best = (number,), one
        below = numbers[place + 1] if place + 1 < len(numbers) else 0
        if below == number + 1 and _looks_like_headings(rows[below]) and _fits_below(rows[number], rows[below], sheet):
            two = _score(_texts(rows, (number, below), sheet))
            if one >= 4 and _parts_blocks(rows[below], number, sheet):
                two = max(two, one + 1)
            if two > best[1] and two > _score(_texts(rows, (below,), sheet)):
                best = (number, below), two
    return best if best[1] >= 4 else ((), 0)


def _looks_like_headings(cells: dict[int, Cell]) -> bool:
    held = [c for c in cells.values() if c.text]
    if len(held) < 2 and not any(c.text for c in held):
        return False
    words = [c for c in held if c.kind is Kind.text and len(c.text) <= MOST_HEADING]
    months = [c for c in held if c.kind is Kind.day]
    if months and not _are_months(months, words):
        return False
    return bool(held) and len(words) + len(months) >= 0.7 * len(held)


def _are_months(months: list[Cell], words: list[Cell]) -> bool:
    """Days above columns: a chart of months behind headings that are known."""
    known = {r.field for c in words if (r := reading_of(c.text)).sureness >= SURE and r.field}
    return len(months) >= 2 and len({c.value for c in months}) == len(months) and len(known) >= 2


def _fits_below(above: dict[int, Cell], below: dict[int, Cell], sheet: Sheet) -> bool:
    """A second row of headings cuts a block above into parts, or goes on with its words."""
    blocks = [a for a in sheet.merged if a.right > a.left or a.bottom > a.top]
    first = min(above)
    under = any(a.top in {c.row for c in above.values()} for a in blocks)
    short = all(len(c.text) <= 40 and c.kind is Kind.text for c in below.values())
    return (
        short
        and (under or len(below) <= len(above))
        and not re.search(r"\d{3}", "".join(c.text for c in below.values()))
        and first > 0
    )


def _above_a_table(rows: dict[int, dict[int, Cell]]) -> tuple[int, ...]:
    """The first row of at least three short texts, each once, above a row that fills most of their columns."""
    numbers = list(rows)[:LOOKED_AT]
    for number, below in pairwise(numbers):
        held = {place: cell for place, cell in rows[number].items() if cell.text}
        texts = {simple(cell.text) for cell in held.values()}
        if (
            len(held) < 3
            or len(texts) < len(held)
            or any(c.kind is not Kind.text or len(c.text) > 60 for c in held.values())
        ):
            continue
        if len(held.keys() & rows[below].keys()) > len(held) / 2:
            return (number,)
    return ()


def _above_a_list(rows: dict[int, dict[int, Cell]]) -> tuple[int, ...]:
    """A list of actions, and nothing else, below a heading that says so."""
    first = min(rows, default=0)
    if len({place for cells in rows.values() for place, cell in cells.items() if cell.text}) != 1 or len(rows) < 2:
        return ()
    read = reading_of(next(iter(rows[first].values())).text)
    return (first,) if read.field == "title" and read.sureness >= SURE else ()


def _parts_blocks(below: dict[int, Cell], above: int, sheet: Sheet) -> bool:
    """Whether a row stands wholly under blocks of the headings ("Status" over "Last month" and "This month")."""
    blocks = [a for a in sheet.merged if a.top == a.bottom == above and a.right > a.left]
    under = {place for a in blocks for place in range(a.left, min(a.right, a.left + 60) + 1)}
    return len(below) >= 2 and below.keys() <= under


def _texts(rows: dict[int, dict[int, Cell]], numbers: tuple[int, ...], sheet: Sheet) -> dict[int, str]:
    """The heading above each column, of one row or of two that belong together."""
    spread = {(a.top, c): a for a in sheet.merged for c in range(a.left, min(a.right, a.left + 60) + 1)}
    places = sorted({p for n in numbers for p in rows[n]})
    found = {}
    for place in places:
        parts = []
        for number in numbers:
            cell = rows[number].get(place)
            if cell is None and len(numbers) > 1 and number == numbers[0]:
                area = spread.get((number, place))
                cell = rows[number].get(area.left) if area else None
            if cell is not None and cell.text:
                parts.append(cell.text)
        found[place] = " ".join(dict.fromkeys(parts))
    return found


def _score(texts: dict[int, str]) -> int:
    found: dict[str, int] = {}
    for text in texts.values():
        read = reading_of(text) if len(text) <= MOST_HEADING else UNKNOWN
        if read.field:
            found[read.field] = max(found.get(read.field, 0), read.sureness)
    total = sum(found.values())
    return total if len(found) >= 2 else 0


def _columns(rows: dict[int, dict[int, Cell]], headings: tuple[int, ...], sheet: Sheet) -> list[Column]:
    texts = _texts(rows, headings, sheet)
    last = headings[-1]
    below: dict[int, list[str]] = {}
    for number, cells in rows.items():
        if number > last:
            for place, cell in cells.items():
                if cell.text:
                    below.setdefault(place, []).append(cell.text)
    for (row, place), cell in sheet.cells.items():
        if row > last and cell.fill and place in texts:
            below.setdefault(place, [])
    columns, taken = [], set[str]()
    for place in sorted({*texts, *below}):
        heading = " ".join(texts.get(place, "").split())
        parts = tuple(c.text for n in headings if (c := rows[n].get(place)) is not None and len(headings) > 1)
        name = _once(heading or f"Column {letters(place)}", taken)
        held = below.get(place, [])
        read = best_reading(heading, parts) if heading else UNKNOWN
        columns.append(Column(place, name, read, tuple(dict.fromkeys(held))[:3], len(held)))
    return columns


def _once(name: str, taken: set[str]) -> str:
    made, number = name, 1
    while made.casefold() in taken:
        number += 1
        made = f"{name} ({number})"
    taken.add(made.casefold())
    return made
