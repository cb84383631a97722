"""What a workbook says itself of its words, letters and colours: shown to the person who answers, never taken."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from app.core.words import _
from app.exchange.imports import colours
from app.exchange.imports.sheets import Cell
from app.exchange.imports.tables import Sort, Table

LETTERS = {"r": "red", "a": "amber", "g": "green", "b": "blue", "y": "yellow"}
_COLOURED = frozenset({"status", "stage", "progress", "period"})
_MOST = 300
# A sheet with more rows than this is no key of colours.
_MOST_ROWS = 40


def beside(tables: Sequence[Table], chosen: Collection[str]) -> list[list[Cell]]:
    """Rows that may be a legend, each as its cells: around the tables that come in, and small sheets that do not."""
    found = []
    for table in tables:
        every = table.sheet not in chosen and len(table.lines) <= _MOST_ROWS
        for line in table.lines:
            if every or line.sort in (Sort.legend, Sort.above, Sort.below):
                found.append([line.cells[place] for place in sorted(line.cells)])
    return found


def said_of(key: str, rows: Sequence[Sequence[Cell]]) -> str:
    """What the rows say of a word in small letters or of "#RRGGBB"; a colour's name alone is told by its neighbour."""
    name = colours.colour_name(key[1:]) if key.startswith("#") else LETTERS.get(key, key)
    return "; ".join(dict.fromkeys(_said(name, key, rows)))[:_MOST] if name else ""


def _said(name: str, key: str, rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    # "R" is red, and stands for itself in "R = overdue".
    named = re.compile(rf"\b{re.escape(name)}\b|^{re.escape(key)}\s*[=:–-]")
    for cells in rows:
        for place, cell in enumerate(cells):
            if not named.search(cell.text.casefold()) and f"#{cell.fill}" != key:
                continue
            after = cells[place + 1].text if place + 1 < len(cells) else ""
            alone = len(cell.text) <= len(name) + 2
            if cell.text or after:
                yield f"{cell.text}: {after}".strip(": ") if alone else cell.text


def not_taken(table: Table, fields: Mapping[str, str], taken: int | None) -> str:
    """That colours outside the status columns stay behind, where some rows have them and others have not.

    taken: the column whose colours were asked about.
    """
    grounds: Counter[str] = Counter()
    lines = table.actions
    for column in table.columns:
        if fields.get(column.name) in _COLOURED or taken is not None:
            continue
        fills = [line.cells[column.place].fill for line in lines if column.place in line.cells]
        if len(set(fills)) > 1:
            grounds.update(fill for fill in fills if fill)
    if not grounds:
        return ""
    shown = ", ".join(f"{colours.colour_name(fill)} (#{fill}): {n}" for fill, n in grounds.most_common(6))
    return _("“{sheet}”: cells outside the status columns have colours, which are not brought in: {colours}.",
             sheet=table.sheet, colours=shown)  # fmt: skip
