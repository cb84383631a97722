"""What is found in a sheet: a table of columns and lines, each line of one sort."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.exchange.imports.headings import Reading
from app.exchange.imports.sheets import Cell


class Sort(StrEnum):
    """What a row of a sheet is."""

    action = "action"
    # Says nothing of its own: it goes on with the action above, or was merged into it.
    more = "more"
    group = "group"
    heading = "heading"
    above = "above"
    total = "total"
    legend = "legend"
    below = "below"


@dataclass(slots=True)
class Column:
    """name: its heading, or its letter, once in the table; sample: what it holds, for a person to recognise."""

    place: int
    name: str
    reading: Reading
    sample: tuple[str, ...] = ()
    filled: int = 0
    # The field of the plan's own that an export of ours wrote it from.
    own: str = ""


@dataclass(slots=True)
class Line:
    row: int
    sort: Sort
    cells: dict[int, Cell]
    group: str = ""
    is_hidden: bool = False
    # Columns whose value comes from a merged block that begins above.
    spread: frozenset[int] = frozenset()
    # One text in the column of actions, where other rows say more: an action, or the name of a group.
    is_alone: bool = False
    # The row of the headings of a table without actions that it belongs to, 0 for none.
    other: int = 0

    @property
    def is_struck(self) -> bool:
        """Whether all its words are struck through."""
        held = [cell for place, cell in self.cells.items() if cell.text and place not in self.spread]
        return bool(held) and all(cell.struck for cell in held)


@dataclass(slots=True)
class Table:
    """headings: the rows that hold them, empty where none were found."""

    sheet: str
    headings: tuple[int, ...]
    columns: list[Column]
    lines: list[Line]
    is_hidden: bool = False
    score: int = 0
    fields: dict[str, int] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    # None of its headings told that they are headings: only that they stand above a table does.
    is_guess: bool = False
    # No heading says which column is the action: the one with the longest texts stands for it.
    is_stand_in: bool = False
    # The letters of its first column, where another table stands beside it.
    at: str = ""
    # Tables without actions further down: their headings, by their row.
    others: dict[int, str] = field(default_factory=dict)
    is_export: bool = False

    def columns_of(self, field: str, fields: Mapping[str, str], line: Line) -> list[Cell]:
        """The line's cells in the columns that are brought in as this field."""
        return [line.cells[c.place] for c in self.columns if fields.get(c.name) == field and c.place in line.cells]

    @property
    def actions(self) -> list[Line]:
        return [line for line in self.lines if line.sort is Sort.action]
