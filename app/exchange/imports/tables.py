"""What is found in a sheet: a table of columns and lines, each line of one sort."""

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


@dataclass(slots=True)
class Line:
    row: int
    sort: Sort
    cells: dict[int, Cell]
    group: str = ""
    is_hidden: bool = False
    # Columns whose value comes from a merged block that begins above.
    spread: frozenset[int] = frozenset()


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

    @property
    def actions(self) -> list[Line]:
        return [line for line in self.lines if line.sort is Sort.action]
