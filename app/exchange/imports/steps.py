"""Rows that are steps of the action above: "1.1a" below "1.1", or "a) ..." without a reference of its own."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.exchange.imports import days
from app.exchange.imports.sheets import Cell
from app.exchange.imports.tables import Line, Sort

if TYPE_CHECKING:
    from app.exchange.imports.rows import Reader

_LETTERED = re.compile(r"(?P<of>.*\d)\s*[.\-]?\s*(?:\(?[a-z]\)?|\(?[ivx]{1,4}\))", re.IGNORECASE)
_DEEPER = re.compile(r"(?P<of>\d+(?:\.\d+)+)\.\d+")
_ENUMERATED = re.compile(r"\(?(?:[a-z]|[ivx]{1,4})[).]\s+\S|[•▪◦‣*\-–]\s*\S", re.IGNORECASE)
MOST_TITLE = 300


def below(lines: list[Line], ref: int | None, title: int, known: Collection[str]) -> dict[int, int]:
    """For the row of each step the row of its action. known: references in small letters of actions that there are."""
    found: dict[int, int] = {}
    rows: dict[str, int] = {}
    last = 0
    for line in lines:
        if line.sort is not Sort.action:
            continue
        written = _text(line, ref).casefold()
        of = _of(written)
        if of in rows and written not in known:
            found[line.row] = rows[of]
        elif not written and last and _ENUMERATED.match(_text(line, title)):
            found[line.row] = last
        elif written:
            rows[written] = last = line.row
    return found


def _of(ref: str) -> str:
    match = _LETTERED.fullmatch(ref) or _DEEPER.fullmatch(ref)
    return match["of"].strip() if match else ""


def _text(line: Line, place: int | None) -> str:
    cell = line.cells.get(place) if place is not None else None
    return cell.text.strip() if cell else ""


@dataclass(slots=True)
class Read:
    """A row as a milestone. said: what it cannot hold, in words; cells: each with the field it goes to."""

    title: str = ""
    due_date: date | None = None
    done_on: date | None = None
    said: list[str] = field(default_factory=list)
    cells: list[tuple[Cell, str]] = field(default_factory=list)
    # The column of its words.
    place: int = -1

    @property
    def words(self) -> str:
        return "; ".join([f"{self.title}:", *self.said]).replace(":;", ":") if self.said else ""

    @property
    def told(self) -> dict[str, object]:
        return {"title": self.title[:MOST_TITLE], "due_date": self.due_date, "done_on": self.done_on}


def read(reader: "Reader", line: Line, fields: Mapping[str, str]) -> Read:
    """Its words, day and day of completion; what a milestone cannot hold stays words of the action."""
    place = _title_place(reader, line, fields)
    made = Read(place=place)
    for column in reader.table.columns:
        cell = line.cells.get(column.place)
        name = fields.get(column.name, "")
        if cell is None or column.place in line.spread or not (cell.text or cell.note) or name in ("", "told"):
            continue
        where = "milestones"
        day = days.read_day(cell, reader.ground.today, since_1904=reader.since_1904).day if cell.text else None
        if column.place == place:
            made.title = " ".join(cell.text.split())
            if len(made.title) > MOST_TITLE:
                made.said.append(made.title)
        elif name == "due_date" and day is not None:
            made.due_date = day
        elif name == "completion_date" and day is not None and day <= reader.ground.today:
            made.done_on = day
        elif cell.text:
            where = "commentary"
            made.said.append(f"{column.name}: {cell.with_address}")
        if cell.note:
            made.said.append(f"{column.name}: {cell.note}")
        made.cells.append((cell, where))
    return made


def _title_place(reader: "Reader", line: Line, fields: Mapping[str, str]) -> int:
    """The column of the action, of the steps, or of the longest words of the plan's own."""
    held = {p: cell.text for p, cell in line.cells.items() if p not in line.spread and cell.text}
    places = {name: [c.place for c in reader.table.columns if fields.get(c.name) == name and c.place in held]
              for name in ("title", "milestones", "own", "said", "commentary")}  # fmt: skip
    free = [*places["own"], *places["said"], *places["commentary"]]
    first = [*places["title"], *places["milestones"]][:1]
    return first[0] if first else max(free, key=lambda p: len(held[p]), default=-1)
