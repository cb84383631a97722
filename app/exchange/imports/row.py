"""What rows are read against, and a row as it was read; shapes only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.exchange.imports.meanings import Meaning
from app.exchange.imports.names import Person
from app.exchange.imports.sheets import Cell
from app.exchange.imports.tables import Column


@dataclass(frozen=True, slots=True)
class Ground:
    """What values are read against. recommendations: by (framework, ref in small letters), the key; organisations: code
    by code and by name in small letters; today: for a day that names no year; exited: references in small letters of
    actions that have left the plan; known: those of all its actions."""

    people: tuple[Person, ...]
    recommendations: Mapping[tuple[str, str], str]
    local: frozenset[str]
    publications: Mapping[str, str]
    organisations: Mapping[str, str]
    today: date
    exited: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


@dataclass(slots=True)
class Row:
    """values: by field, as the commands take them; own: words for the plan's own fields by their names; said: what
    becomes commentary beside its own column; meanings: by status field; columns: where each value comes from."""

    sheet: str
    row: int
    group: str
    values: dict[str, Any] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    meanings: dict[str, Meaning] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    # Its cells by where they stand, whatever became of them.
    wheres: list[str] = field(default_factory=list)
    # The first column of its table, where another table stands beside it.
    at: str = ""
    asked: bool = False
    out: bool = False

    @property
    def place(self) -> str:
        return f"{self.sheet}!{self.at}{self.row}"
