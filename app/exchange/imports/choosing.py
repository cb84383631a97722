"""Which column of a table holds which field: by its heading, beside the other columns, or as a person says."""

import re
from collections.abc import Mapping, Sequence

from app.exchange import columns as exchange
from app.exchange.imports.headings import FIELDS, SURE, TOLD, UNKNOWN, Reading, simple
from app.exchange.imports.tables import Column, Table

# On average, in characters: references and codes are shorter.
WORDY = 15
CHOSEN = ("status", "stage", "progress", "period")
# Fields that several columns may hold together.
REPEATED = frozenset({"period", "told", "recommendations", "linked", "commentary", "contributors"})
_EARLIER = re.compile(r"\b(?:last|previous|prior|earlier|former|old)\b")
_REVISED = re.compile(r"\b(?:revised|current|new|agreed|extended|latest|updated)\b")


def choose(table: Table) -> None:
    """Each field one column, the surest; the title must have one."""
    _only_in_exports(table.columns)
    _first_and_revised(table.columns)
    _now_and_then(table.columns)
    for column in sorted(table.columns, key=lambda c: (-c.reading.sureness, c.place)):
        name = column.reading.field
        if name and (name not in table.fields or name in REPEATED):
            table.fields.setdefault(name, column.place)
        elif name == "due_date" and is_later(column):
            # Each time that a date was revised has a column: the last that is filled in holds.
            continue
        elif name:
            # A second status is kept in words: nothing of it is lost.
            column.reading = Reading("period", 1) if name in CHOSEN else UNKNOWN
    if "title" not in table.fields:
        _title_of(table)


def as_exported(table: Table, layout: Sequence[exchange.Column], headings: Mapping[int, str]) -> None:
    """An export of ours says what each of its columns holds; behind the layout stand the plan's own fields, and what a
    person has added that the layout lacks."""
    table.is_export = True
    keys = {c.key for c in layout}
    for place, column in enumerate(table.columns):
        if place >= len(layout):
            column.own = " ".join(headings.get(column.place, column.name).split())
            if column.reading.field in keys or column.reading.sureness < SURE:
                column.reading = UNKNOWN
            continue
        key = layout[place].key
        column.reading = Reading("told" if key in TOLD else key, SURE)
        table.fields.setdefault(column.reading.field, column.place)


def take(table: Table, given: Mapping[str, str]) -> None:
    """What a person says of a column stands before what its heading says."""
    by_simple = {simple(name): field for name, field in given.items()}
    title = table.fields.get("title")
    for column in table.columns:
        field = given.get(column.name, by_simple.get(simple(column.name)))
        table.is_stand_in = table.is_stand_in and field != "title"
        if field is None or field == column.reading.field:
            continue
        table.fields = {f: p for f, p in table.fields.items() if p != column.place}
        column.reading = Reading(field, 0) if field in FIELDS else UNKNOWN
        if field in FIELDS:
            table.fields[field] = column.place
    if title is not None:
        # Rows are told apart by it even where nothing is brought in as the action.
        table.fields.setdefault("title", title)


def _only_in_exports(columns: list[Column]) -> None:
    """What the tracker's own export says and nobody types counts as that only in such an export."""
    told = [c for c in columns if c.reading.field == "told"]
    if len(told) >= 3:
        return
    for column in told:
        column.reading = Reading("status", 2) if simple(column.name) == "rating" else UNKNOWN


def _first_and_revised(columns: list[Column]) -> None:
    """Of two due dates the one that is called revised is the due date, the other the original one."""
    due = [c for c in columns if c.reading.field == "due_date"]
    others = [c for c in due if not is_later(c)]
    if len(others) < len(due) and others and not any(c.reading.field == "original_due_date" for c in columns):
        others[0].reading = Reading("original_due_date", SURE)


def is_later(column: Column) -> bool:
    """Whether its heading says that it was revised."""
    return _REVISED.search(simple(column.name)) is not None


def _now_and_then(columns: list[Column]) -> None:
    """The status of last month is history where another column says this month's."""
    for name in CHOSEN:
        same = [c for c in columns if c.reading.field == name]
        earlier = [c for c in same if _EARLIER.search(simple(c.name))]
        for column in earlier if len(earlier) < len(same) else ():
            column.reading = Reading("period", column.reading.sureness)


def _title_of(table: Table) -> None:
    """A recommendation or an outcome stands for the action where no column is called so; else the longest texts."""
    stand_in = [c for c in table.columns if c.reading.field in ("recommendations", "intended_outcome", "milestones")]
    free = [c for c in table.columns if not c.reading.field and c.sample]
    wordy = [c for c in stand_in if _length(c) > WORDY]
    found = (wordy or sorted(free, key=_length, reverse=True) or stand_in)[:1]
    for column in found:
        table.fields.pop(column.reading.field, None)
        column.reading = Reading("title", 1)
        table.fields["title"] = column.place
        table.is_stand_in = True


def _length(column: Column) -> float:
    return sum(len(s) for s in column.sample) / max(1, len(column.sample))
