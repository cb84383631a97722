"""A plan as sheets, whatever the format they are written in; shapes only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.exchange.cells import Cell
from app.exchange.columns import Column, Layout


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells; look: the drawing of its coloured cells; a band is one text across the sheet."""

    cells: Sequence[Cell]
    look: str = ""
    band: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """coloured: the columns drawn in each row's look; choices: the words that a column's cells are chosen from."""

    key: str
    name: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    coloured: frozenset[str] = frozenset()
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Colour:
    """A line of the legend: the drawing, its words, what it means, and how many of the rows below have it."""

    look: str
    word: str
    means: str
    count: int


@dataclass(frozen=True, slots=True)
class Book:
    """A plan on a day. lines: what stands above the first sheet; stamp: what stands under every printed page."""

    slug: str
    title: str
    lines: Sequence[str]
    stamp: str
    layout: Layout
    as_at: date
    revision: int
    made_at: datetime
    legend: Sequence[Colour]
    sheets: Sequence[Sheet]
    # For programs: the actions and the rest as the API shapes them.
    data: Mapping[str, Any] = field(default_factory=dict)
