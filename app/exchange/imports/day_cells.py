"""A cell of a column of days: the day it means, or the question that settles it."""

import re
from datetime import date
from typing import TYPE_CHECKING

from app.core.words import _
from app.exchange.imports import days
from app.exchange.imports.keeping import Told, as_own, as_words
from app.exchange.imports.questions import AS_WORDS, LISTED, Question, Step, slug
from app.exchange.imports.sheets import Cell, Kind

if TYPE_CHECKING:
    from app.exchange.imports.row import Row
    from app.exchange.imports.rows import Reader
    from app.exchange.imports.tables import Column

_NUMBERS = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})")
MONTH_FIRST, DAY_FIRST = "month", "day"


def read_into(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell, place: str) -> Told:
    cell, told = _ordered(reader, column, cell, place)
    if told is not None:
        return told if told.asked else as_words(reader, row, column, cell)
    found = days.read_day(cell, reader.ground.today, since_1904=reader.since_1904)
    if found.day is None and found.done is not None and name == "completion_date":
        found = days.ReadDay(found.done)
    if found.day is not None:
        _put(reader, row, column, name, cell, found.day)
        if found.loose:
            reader.notes.append((place, found.loose))
        return Told()
    if not found.asked:
        return Told(LISTED, why=_("Says that there is no day"))
    sentence = f"{column.name}: {found.asked}"
    question = Question(f"day:{column.name}:{slug(cell.text)}", Step.values, sentence, typed="day")
    answer = reader.asked.ask(question, place)
    if answer is None:
        return Told(asked=question.key, why=found.asked)
    if answer == AS_WORDS:
        return as_words(reader, row, column, cell)
    given = days.of_text(str(answer), reader.ground.today)
    if given.day is None:
        known = reader.asked.found[question.key]
        known.answer, known.hint = None, given.asked
        return Told(asked=question.key, why=given.asked)
    _put(reader, row, column, name, cell, given.day)
    row.said.append(f"{column.name}: {cell.text}")
    return Told(why=_("Its own words are kept as commentary: the day is what was answered."))


def _put(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell, day: date) -> None:
    """Of several revised dates the last that is filled in holds; the earlier ones stay in fields of the plan's own."""
    before = row.columns.get(name)
    if before is not None and before is not column:
        as_own(reader, row, before, row.cells[name])
    row.values[name], row.columns[name], row.cells[name] = day, column, cell


def _ordered(reader: "Reader", column: "Column", cell: Cell, place: str) -> tuple[Cell, Told | None]:
    """The cell with its day before its month, where the column has days that can only begin with a month.

    A day that may be either waits for the answer that is given once for the column.
    """
    match = _NUMBERS.fullmatch(cell.text.strip()) if cell.kind is Kind.text else None
    first = _month_first(reader, column) if match else ""
    if match is None or not first:
        return cell, None
    question = Question(
        f"order of days:{column.name}",
        Step.rows,
        _("In “{column}” some days begin with the month, like {example}. Do all of them?",
          column=column.name, example=first),
        options=((MONTH_FIRST, _("Yes: the month, then the day")), (DAY_FIRST, _("No: the day, then the month"))),
        hint=_("A spreadsheet program may have turned days of this column round. Look at each of them."),
    )  # fmt: skip
    answer = reader.asked.ask(question, place)
    one, between, two, year = match.groups()
    if answer is None:
        return cell, Told(asked=question.key)
    if answer == AS_WORDS and int(one) <= 12 and int(two) <= 12 and int(one) != int(two):
        return cell, Told()
    if answer != MONTH_FIRST or int(one) > 12:
        return cell, None
    turned = f"{two}{between}{one}{between}{year}"
    return Cell(cell.row, cell.column, cell.kind, turned, turned, cell.fill, cell.note), None


def _month_first(reader: "Reader", column: "Column") -> str:
    """A day of the column that can only begin with the month ("12/31/2026"), else ""."""
    known = reader.month_first.get(column.place)
    if known is None:
        texts = (c.text.strip() for x in reader.table.actions if (c := x.cells.get(column.place)) is not None)
        found = (t for t in texts if (m := _NUMBERS.fullmatch(t)) and int(m[1]) <= 12 < int(m[3]) <= 31)
        known = reader.month_first[column.place] = next(found, "")
    return known
