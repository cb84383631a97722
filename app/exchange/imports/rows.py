"""Rows of a table as actions: each cell read for its field, with what is unclear asked and what is left said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.core.words import _
from app.exchange.imports import legends, meanings, values
from app.exchange.imports.meanings import Meaning
from app.exchange.imports.names import Person
from app.exchange.imports.own import OwnField
from app.exchange.imports.questions import ASKED, LISTED, STORED, Asked, Fate, Question, Step
from app.exchange.imports.sheets import Cell, letters
from app.exchange.imports.tables import Column, Line, Sort, Table


@dataclass(frozen=True, slots=True)
class Ground:
    """What values are read against. recommendations: by (framework, ref in small letters), the key; organisations: code
    by code and by name in small letters; today: for a day that names no year; exited: references in small letters of
    actions that have left the plan."""

    people: tuple[Person, ...]
    recommendations: Mapping[tuple[str, str], str]
    local: frozenset[str]
    publications: Mapping[str, str]
    organisations: Mapping[str, str]
    today: date
    exited: frozenset[str] = frozenset()


@dataclass(slots=True)
class Row:
    """values: by field, as the commands take them; own: words for the plan's own fields by their names; said: what
    becomes commentary beside its own column; meanings: by status field."""

    sheet: str
    row: int
    group: str
    values: dict[str, Any] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    meanings: dict[str, Meaning] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    asked: bool = False
    out: bool = False

    @property
    def place(self) -> str:
        return f"{self.sheet}!{self.row}"


@dataclass(slots=True)
class Reader:
    """Reads the rows of one table. fields: what each of its columns is brought in as, by the column's name."""

    table: Table
    fields: Mapping[str, str]
    ground: Ground
    asked: Asked
    fates: dict[tuple[str, str], Fate]
    own: dict[str, OwnField]
    since_1904: bool = False
    # Rows of the workbook that may say what words and colours mean.
    legend: Sequence[Sequence[Cell]] = ()
    notes: list[tuple[str, str]] = field(default_factory=list)

    def rows(self) -> list[Row]:
        found: list[Row] = []
        for line in self.table.lines:
            if line.sort is Sort.action and not self._stays_hidden(line):
                found.append(self._row(line))
            elif line.sort is Sort.more and found and not self._stays_hidden(line):
                self._more(found[-1], line)
            else:
                self._listed(line)
        return found

    def _stays_hidden(self, line: Line) -> bool:
        if not line.is_hidden:
            return False
        question = Question(
            f"hidden:{self.table.sheet}",
            Step.rows,
            _("“{sheet}” has hidden rows. Bring them in?", sheet=self.table.sheet),
            options=(("in", _("Bring them in")), ("out", _("Leave them out"))),
        )
        return bool(self.asked.ask(question, f"{self.table.sheet}!{line.row}") != "in")

    def _listed(self, line: Line) -> None:
        why = {
            Sort.above: _("Above the table"),
            Sort.heading: _("Heading"),
            Sort.group: _("Names a group of actions: becomes their priority"),
            Sort.total: _("Total: the tracker counts by itself"),
            Sort.legend: _("Legend or note beside the table"),
            Sort.below: _("Below the table"),
            Sort.more: _("Belongs to no action"),
            Sort.action: _("Hidden row, left out"),
        }[line.sort]
        kind = STORED if line.sort is Sort.group else LISTED
        hidden = self.asked.found.get(f"hidden:{self.table.sheet}")
        if line.is_hidden and hidden is not None and hidden.is_open:
            kind, why = ASKED, _("Hidden row")
        for cell in line.cells.values():
            self._fate(cell, Fate(kind, "priority" if kind is STORED else "", why))

    def _fate(self, cell: Cell, fate: Fate) -> None:
        if cell.text or cell.note or cell.fill:
            key = (self.table.sheet, cell.where)
            known = self.fates.get(key)
            if known is None or known.kind == LISTED or fate.kind == ASKED:
                self.fates[key] = fate

    def _row(self, line: Line) -> Row:
        row = Row(self.table.sheet, line.row, line.group)
        merged = self._merged(line)
        for column in self.table.columns:
            cell = line.cells.get(column.place)
            if cell is None:
                continue
            if column.place in line.spread and merged != "each":
                continue
            self._cell(row, column, cell)
        for cell in line.cells.values():
            if (self.table.sheet, cell.where) not in self.fates:
                self._fate(cell, Fate(LISTED, why=_("In no column of the table")))
        self._latest_period(row, line)
        return row

    def _latest_period(self, row: Row, line: Line) -> None:
        """Where each quarter has a status and nothing says the present one, the last that is filled in does."""
        if any(name in values.STATUSES for name in self.fields.values()):
            return
        quarters = [c for c in self.table.columns if self.fields.get(c.name) == "period"]
        held = [(c, line.cells[c.place]) for c in quarters if c.place in line.cells]
        filled = [(c, cell) for c, cell in held if not meanings.is_blank(cell)]
        if filled:
            column, cell = filled[-1]
            meaning, key = self.meaning(column, "period", cell, f"{self.table.sheet}!{cell.where}")
            if meaning is not None:
                row.meanings["status"] = meaning
                row.out = row.out or meaning is Meaning.out
            elif key:
                row.asked = True
                self._fate(cell, Fate(ASKED, "period"))

    def _merged(self, line: Line) -> str:
        if not line.spread:
            return "each"
        question = Question(
            f"merged:{self.table.sheet}",
            Step.rows,
            _("In “{sheet}” merged cells hold one value for several rows. Does it count for each of them?",
              sheet=self.table.sheet),
            options=(("each", _("For each row")), ("first", _("For the first row only"))),
            suggested="each",
        )  # fmt: skip
        places = [f"{self.table.sheet}!{letters(p)}{line.row}" for p in sorted(line.spread)]
        return str(self.asked.ask(question, places[0]) or "each")

    def _more(self, row: Row, line: Line) -> None:
        """A row without an action of its own goes on with the one above, or is left out."""
        if all(place in line.spread for place in line.cells):
            return
        question = Question(
            f"more:{self.table.sheet}",
            Step.rows,
            _("Some rows of “{sheet}” name no action. Do they go on with the action above?", sheet=self.table.sheet),
            options=(("join", _("Add their words to the action above")), ("out", _("Leave them out"))),
            suggested="join",
        )
        answer = self.asked.ask(question, f"{self.table.sheet}!{line.row}")
        for column in self.table.columns:
            cell = line.cells.get(column.place)
            if cell is None or column.place in line.spread or not (cell.text or cell.note):
                continue
            if answer == "join":
                row.said.append(f"{column.name}: {cell.text}" if cell.text else cell.note)
                self._fate(cell, Fate(STORED, "commentary"))
            else:
                kind = ASKED if answer is None else LISTED
                self._fate(cell, Fate(kind, why=_("The row names no action")))

    def _cell(self, row: Row, column: Column, cell: Cell) -> None:
        name = self.fields.get(column.name, "")
        place = f"{self.table.sheet}!{cell.where}"
        if not name or name == "told":
            why = _("The tracker works this out by itself") if name else _("Column left out")
            self._fate(cell, Fate(LISTED, why=why))
            return
        if column.place in self.table.hidden_columns and not self._comes_though_hidden(row, column, cell, place):
            return
        if cell.note:
            row.said.append(_("Comment on “{column}”: {text}", column=column.name, text=cell.note))
        if cell.formula and cell.text:
            self.notes.append((place, _("A formula: its last result is brought in, not the formula.")))
        cell = self._mended(cell, place)
        if not cell.text and not cell.fill:
            self._fate(cell, Fate(STORED if cell.note else LISTED, "commentary", _("Left empty")))
            return
        before = len(self.asked.found)
        told = values.read(self, row, column, name, cell, place)
        fresh = list(self.asked.found.values())[before:] if len(self.asked.found) > before else []
        if any(q.is_open for q in fresh) or (told.asked and self.asked.found[told.asked].is_open):
            row.asked = True
            self._fate(cell, Fate(ASKED, name, told.why))
        else:
            self._fate(cell, Fate(told.kind, told.where or name, told.why))

    def _comes_though_hidden(self, row: Row, column: Column, cell: Cell, place: str) -> bool:
        question = Question(
            f"hidden column:{column.name}",
            Step.rows,
            _("The column “{column}” is hidden. Bring it in?", column=column.name),
            options=(("in", _("Bring it in")), ("out", _("Leave it out"))),
        )
        answer = self.asked.ask(question, place)
        if answer != "in":
            self._fate(cell, Fate(ASKED if answer is None else LISTED, why=_("Hidden column")))
            row.asked = row.asked or answer is None
        return bool(answer == "in")

    def _mended(self, cell: Cell, place: str) -> Cell:
        """The cell as a person says it should read: where a number was taken out, or a formula has no result."""
        given = self.asked.answers.get(f"cell:{place}")
        if cell.masked:
            sentence = _("This cell held what looks like an NHS number. It was taken out: […].")
            question = Question(f"cell:{place}", Step.values, sentence, typed=cell.text, suggested=cell.text)
            given = self.asked.ask(question, place)
        elif cell.kind.value == "error":
            sentence = _("The formula {formula} has no result. Enter the value.", formula=cell.formula or cell.text)
            given = self.asked.ask(Question(f"cell:{place}", Step.values, sentence, typed=""), place)
        if not isinstance(given, str):
            return cell
        text = given.strip()
        return Cell(cell.row, cell.column, type(cell.kind).text, text, text, cell.fill, cell.note)

    def meaning(self, column: Column, name: str, cell: Cell, place: str) -> tuple[Meaning | None, str]:
        """What the status says by the legend, and the key of the question about it."""
        key = meanings.key_of(cell)
        found = meanings.known(key, name)
        if found is None and key in meanings.COMPLETE and name == "progress" and "stage" in self.fields.values():
            return None, ""
        # The columns of several quarters have one legend.
        asked_as = f"legend:{'period' if name == 'period' else column.name}:{key}"
        if found is not None and asked_as not in self.asked.answers:
            return found, ""
        said = legends.said_of(key, self.legend) if asked_as not in self.asked.found else ""
        question = Question(
            asked_as,
            Step.legend,
            _("What does {what} mean in “{column}”?", what=values.status_words(key, cell), column=column.name),
            options=tuple((m.value, meanings.meaning_word(m)) for m in Meaning),
            hint=_("The workbook says: {text}", text=said) if said else "",
        )
        answer = self.asked.ask(question, place)
        if answer is None:
            return None, question.key
        return Meaning(answer) if answer else Meaning.nothing, question.key


def read(
    tables: Sequence[tuple[Table, Mapping[str, str], bool]],
    ground: Ground,
    asked: Asked,
    legend: Sequence[Sequence[Cell]] = (),
) -> tuple[list[Row], dict[tuple[str, str], Fate], dict[str, OwnField], list[tuple[str, str]]]:
    """The rows of all tables with the fates of their cells, the own fields they need, and notes by place."""
    fates: dict[tuple[str, str], Fate] = {}
    own: dict[str, OwnField] = {}
    rows: list[Row] = []
    notes: list[tuple[str, str]] = []
    for table, fields, since_1904 in tables:
        reader = Reader(table, fields, ground, asked, fates, own, since_1904, legend)
        rows += reader.rows()
        notes += reader.notes
        if said := legends.not_taken(table, fields):
            notes.append(("", said))
    return rows, fates, own, notes
