"""One cell as the value of one field: days, people, references, statuses, words."""

import re
from datetime import date
from typing import TYPE_CHECKING

from app.core.words import _
from app.exchange.imports import day_cells, link_cells, meanings, people_cells, statuses
from app.exchange.imports.choosing import is_later
from app.exchange.imports.headings import DAYS
from app.exchange.imports.keeping import Told, as_own, as_words
from app.exchange.imports.questions import LISTED, Question, Step
from app.exchange.imports.sheets import Cell, Kind

if TYPE_CHECKING:
    from app.exchange.imports.row import Row
    from app.exchange.imports.rows import Reader
    from app.exchange.imports.tables import Column

PEOPLE = ("lead_executive", "accountable_person")
LINKS = ("recommendations", "contributes_to", "linked")
# limit of each text field; a title is one line
TEXTS = {"title": 300, "intended_outcome": 4000, "success_measure": 4000, "commentary": 4000, "help_needed": 2000,
         "external_contact": 200}  # fmt: skip
SWITCHES = ("regulatory", "external_lead")
YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔"})
# What an action has once: a second column of it is kept in a field of the plan's own.
ONCE = frozenset({*DAYS, *statuses.SAID, *PEOPLE, *SWITCHES, "ref", "priority", "organisation", "depends_on"})
NO = frozenset({"no", "n", "false", "0", "-"})
# As an export tells an item of evidence.
_ITEM = re.compile(r"E\d+: ")


def read(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell, place: str) -> Told:
    held = row.columns.get(name)
    if held is not None and held is not column and name in ONCE and not is_later(column):
        return as_own(reader, row, column, cell)
    row.cells.setdefault(name, cell)
    if name in DAYS:
        return day_cells.read_into(reader, row, column, name, cell, place)
    row.columns[name] = column
    if name in statuses.SAID:
        return _status(reader, row, column, name, cell, place)
    if name == "period":
        return _period(row, column, cell)
    if name in PEOPLE:
        return people_cells.person(reader, row, column, name, cell, place)
    if name == "contributors":
        return people_cells.contributors(reader, row, column, cell)
    if name in LINKS:
        return link_cells.links(reader, row, column, name, cell, place)
    if name == "organisation":
        return link_cells.organisation(reader, row, column, cell, place)
    if name in SWITCHES:
        return _switch(reader, row, column, name, cell)
    if name in TEXTS:
        return _text(reader, row, column, name, cell)
    if name == "ref" and cell.kind is Kind.day:
        return _ref_as_day(reader, row, cell, place)
    if name in ("ref", "priority"):
        row.values[name] = " ".join(cell.text.split())
        return Told()
    if name == "depends_on":
        row.values[name] = [p.strip() for p in cell.text.replace("\n", ";").replace(",", ";").split(";") if p.strip()]
        return Told()
    if name == "evidence" and reader.table.is_export and all(map(_ITEM.match, cell.text.splitlines())):
        return Told(LISTED, why=_("The tracker works this out by itself"))
    if name == "said":
        row.said.append(f"{column.name}: {cell.text}")
        return Told(where="commentary")
    return as_own(reader, row, column, cell)


def _ref_as_day(reader: "Reader", row: "Row", cell: Cell, place: str) -> Told:
    """A spreadsheet program makes a day of the reference 2/1."""
    found = cell.value if isinstance(cell.value, date) else reader.ground.today
    question = Question(
        f"ref day:{place}",
        Step.values,
        _("The spreadsheet program made a day of this reference: {day}. Enter the reference.", day=cell.text),
        suggested=f"{found.day}.{found.month}",
        typed="text",
    )
    answer = reader.asked.ask(question, place)
    row.values["ref"] = str(answer) if answer else cell.text
    return Told(asked=question.key)


def _status(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell, place: str) -> Told:
    if meanings.is_blank(cell):
        return Told(LISTED, why=_("Says nothing"))
    if str(row.values.get("ref", "")).casefold() in reader.ground.exited:
        return Told(LISTED, why=_("The action has left the plan, so it no longer changes."))
    meaning, key = statuses.meaning(reader, column, name, cell, place)
    if meaning is None:
        # "Complete" beside a column of stages follows that column.
        return Told(asked=key) if key else Told()
    row.meanings[name] = meaning
    if meaning is meanings.Meaning.out:
        row.out = True
    if meaning is meanings.Meaning.nothing:
        words = Cell(cell.row, cell.column, Kind.text, "", cell.text or statuses.words_of(meanings.key_of(cell), cell))
        return as_own(reader, row, column, words) if cell.text else as_words(reader, row, column, words)
    return Told()


def _period(row: "Row", column: "Column", cell: Cell) -> Told:
    words = cell.text or statuses.words_of(meanings.key_of(cell), cell)
    if words:
        row.said.append(f"{column.name}: {words}")
    return Told(where="commentary")


def _switch(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell) -> Told:
    said = cell.text.casefold().strip()
    if said in YES or said in NO:
        row.values[name] = said in YES
        return Told()
    return as_own(reader, row, column, cell)


def _text(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell) -> Told:
    """Words beyond what a field holds are kept whole in a field of the plan's own."""
    limit, text = TEXTS[name], cell.text
    if name == "title":
        text = " ".join(text.split())
    if name in row.values:
        text = f"{row.values[name]}\n\n{column.name}: {text}"
    if len(text) > limit:
        as_own(reader, row, column, cell, _("(in full)"))
        text = text[: limit - 1].rstrip() + "…"
    row.values[name] = text
    return Told()
