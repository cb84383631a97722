"""What was read of a workbook, whatever its format: sheets of cells, as values and as people see them."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

Value = str | int | float | bool | date


class Kind(StrEnum):
    text = "text"
    number = "number"
    day = "day"
    yes = "yes"
    # A formula's error (#REF!), or a formula whose result the file does not hold.
    error = "error"


@dataclass(slots=True)
class Cell:
    """text: as people see it; fill: RRGGBB of its ground, "" for none; masked: an NHS number was taken out of it; link:
    the address behind its words; hinted: it may name a patient; struck: its words are struck through."""

    row: int
    column: int
    kind: Kind
    value: Value
    text: str
    fill: str = ""
    note: str = ""
    formula: str = ""
    masked: bool = False
    link: str = ""
    hinted: bool = False
    struck: bool = False

    @property
    def address(self) -> str:
        """Of its link, where its words do not say it already."""
        return "" if self.link.rstrip("/") in self.text else self.link

    @property
    def with_address(self) -> str:
        """Its words, and where they lead to."""
        return f"{self.text} ({self.address})" if self.address else self.text

    @property
    def where(self) -> str:
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Area:
    """A merged block, both corners within."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """cells: those with a value, a note or a ground, by (row, column), from 1. extras: what else it holds, unread."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    since_1904: bool = False
    extras: tuple[str, ...] = ()

    def rows(self) -> dict[int, dict[int, Cell]]:
        """Cells that hold something by row and column, in order."""
        found: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            if cell.text or cell.note:
                found.setdefault(row, {})[column] = cell
        return found


@dataclass(slots=True)
class Book:
    kind: str
    sheets: list[Sheet]
    extras: tuple[str, ...] = ()

    def cells(self) -> Iterator[tuple[Sheet, Cell]]:
        """All that hold something."""
        for sheet in self.sheets:
            for cell in sheet.cells.values():
                if cell.text or cell.note:
                    yield sheet, cell


def bare(text: str) -> str:
    """Without white space around it, and without the marks that make an empty cell look filled."""
    return text.strip(" \t\r\n\u00a0\u200b\ufeff")


@lru_cache(1024)
def letters(column: int) -> str:
    """1 is A, 27 is AA."""
    out = ""
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def packed(told: Any) -> str:
    """What JSON can hold as a short text, to be kept in a table."""
    spelt = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return b64encode(zlib.compress(spelt, 3)).decode()


def unpacked(kept: str) -> Any:
    return json.loads(zlib.decompress(b64decode(kept)))


def book_packed(book: Book) -> str:
    return packed(_plain(book))


def book_unpacked(kept: str) -> Book:
    told: Mapping[str, Any] = unpacked(kept)
    return Book(told["kind"], [_sheet(each) for each in told["sheets"]], tuple(told["extras"]))


def _plain(book: Book) -> dict[str, Any]:
    return {
        "kind": book.kind,
        "extras": list(book.extras),
        "sheets": [
            {
                "name": s.name,
                "cells": [_cell_told(c) for c in s.cells.values()],
                "merged": [[a.top, a.left, a.bottom, a.right] for a in s.merged],
                "hidden": s.hidden,
                "hidden_rows": sorted(s.hidden_rows),
                "hidden_columns": sorted(s.hidden_columns),
                "since_1904": s.since_1904,
                "extras": list(s.extras),
            }
            for s in book.sheets
        ],
    }


def _cell_told(cell: Cell) -> list[Any]:
    value = cell.value.isoformat() if isinstance(cell.value, date) else cell.value
    told = [cell.row, cell.column, cell.kind.value, value, cell.text if cell.text != value else None]
    rest = [cell.fill, cell.note, cell.formula, cell.masked, cell.link, cell.hinted, cell.struck]
    return told + rest if any(rest) else told


def _sheet(told: Mapping[str, Any]) -> Sheet:
    cells = [_cell(each) for each in told["cells"]]
    return Sheet(
        name=told["name"],
        cells={(c.row, c.column): c for c in cells},
        merged=tuple(Area(*each) for each in told["merged"]),
        hidden=told["hidden"],
        hidden_rows=frozenset(told["hidden_rows"]),
        hidden_columns=frozenset(told["hidden_columns"]),
        since_1904=told["since_1904"],
        extras=tuple(told["extras"]),
    )


def _cell(told: list[Any]) -> Cell:
    row, column, kind, value, text = told[:5]
    shown = value if text is None else text
    if kind == Kind.day:
        value = date.fromisoformat(value)
    return Cell(row, column, Kind(kind), value, shown, *told[5:])
