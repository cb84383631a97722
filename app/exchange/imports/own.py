"""Columns that are a plan's own: under which name, of which kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.exchange.imports.headings import simple
from app.exchange.imports.sheets import Cell, Kind

MOST_COLUMNS = 10
MOST_CHOICES = 8


class OwnKind(StrEnum):
    text = "text"
    date = "date"
    choice = "choice"


@dataclass(slots=True)
class OwnField:
    """key: how programs call it; name: as people read it."""

    key: str
    name: str
    kind: OwnKind = OwnKind.text


def key_of(name: str) -> str:
    """ "Must / Should" is must_should."""
    return re.sub(r"[^a-z0-9]+", "_", simple(name)).strip("_")[:60] or "field"


def kind_of(cells: Sequence[Cell]) -> OwnKind:
    """Days where every cell is one; a choice where few short words repeat."""
    held = [c for c in cells if c.text]
    if held and all(c.kind is Kind.day and not has_time(c) for c in held):
        return OwnKind.date
    distinct = {simple(c.with_address) for c in held}
    short = all(len(c.with_address) <= 40 for c in held)
    if held and short and 1 < len(distinct) <= MOST_CHOICES and len(held) >= 3 * len(distinct):
        return OwnKind.choice
    return OwnKind.text


def value_of(cell: Cell) -> str:
    return cell.value.isoformat() if isinstance(cell.value, date) and not has_time(cell) else cell.text


def has_time(cell: Cell) -> bool:
    """Whether a day is written with the time of day."""
    return cell.kind is Kind.day and ":" in cell.text
