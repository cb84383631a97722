"""Rows of a table as actions: each cell read for its field, with what is unclear asked and what is left said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.words import _
from app.exchange.imports import keeping, legends, row_questions, statuses, steps, values
from app.exchange.imports.formulas import Formulas
from app.exchange.imports.own import OwnField
from app.exchange.imports.questions import ASKED, LISTED, STORED, Asked, Fate
from app.exchange.imports.row import Ground, Row
from app.exchange.imports.sheets import Cell, letters
from app.exchange.imports.tables import Column, Line, Sort, Table


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
    # By column: a day of it that can only begin with the month, "" where there is none.
    month_first: dict[int, str] = field(default_factory=dict)
    # The last cell of each column that says something of its own.
    above: dict[int, Cell] = field(default_factory=dict)
    step_rows: Mapping[int, int] = field(init=False)
    # The cell that names the group of the rows that come.
    named: Cell | None = None
    formulas: Formulas = field(init=False)
    colours: statuses.RowColours = field(init=False)

    def __post_init__(self) -> None:
        places = {name: c.place for c in reversed(self.table.columns) if (name := self.fields.get(c.name))}
        title = places.get("title", self.table.fields["title"])
        self.step_rows = steps.below(self.table.lines, places.get("ref"), title, self.ground.known)
        self.formulas = Formulas(self)
        self.colours = statuses.RowColours(self, title)

    def rows(self) -> list[Row]:
        found: list[Row] = []
        group = ""
        for line in self.table.lines:
            if line.sort is Sort.group:
                group = ""
                self._unused(found)
            if self._stays_out(line):
                self._listed(line)
            elif line.is_alone and self._names_a_group(line):
                group = next(c.text for c in line.cells.values() if c.text)
                self._listed(line, Sort.group)
            elif line.sort is Sort.action and not self._is_step(line, found):
                found.append(self._row(line, group or line.group, found))
            elif line.sort is Sort.more and found:
                self._more(found[-1], line)
            elif line.sort is not Sort.action:
                self._listed(line)
        self._unused(found)
        self.formulas.tell()
        return found

    def _unused(self, found: Sequence[Row]) -> None:
        """The name of a group that no action follows goes nowhere."""
        if self.named is not None and not (found and found[-1].row > self.named.row):
            self.fates[self.table.sheet, self.named.where] = Fate(LISTED, why=_("Names a group without actions"))
        self.named = None

    def _stays_out(self, line: Line) -> bool:
        """A hidden row, or one of a table without actions, that a person has not let in."""
        if line.sort not in (Sort.action, Sort.more):
            return False
        asked = []
        if line.other:
            asked.append(row_questions.another_table(self.table.sheet, line.other, self.table.others[line.other]))
        if line.is_hidden:
            asked.append(row_questions.hidden_rows(self.table.sheet))
        if line.is_struck:
            asked.append(row_questions.struck(self.table.sheet))
        answers = [self.asked.ask(question, self._place(line)) for question in asked]
        return any(answer != row_questions.IN for answer in answers)

    def _place(self, line: Line) -> str:
        return f"{self.table.sheet}!{self.table.at}{line.row}"

    def _listed(self, line: Line, sort: Sort | None = None) -> None:
        sort = sort or line.sort
        left_out = _("Hidden row, left out") if line.is_hidden else _("Of a table that does not come in")
        left_out = _("Struck through, left out") if line.is_struck else left_out
        why = {
            Sort.above: _("Above the table"),
            Sort.heading: _("Heading"),
            Sort.group: _("Names a group of actions: becomes their priority"),
            Sort.total: _("Total: the tracker counts by itself"),
            Sort.legend: _("Legend or note beside the table"),
            Sort.below: _("Below the table"),
            Sort.more: left_out if line.is_hidden or line.is_struck or line.other else _("Belongs to no action"),
            Sort.action: left_out,
        }[sort]
        keys = [key for key, holds in ((f"hidden:{self.table.sheet}", line.is_hidden),
                                       (f"struck:{self.table.sheet}", line.is_struck),
                                       (f"other:{self.table.sheet}!{line.other}", line.other)) if holds]  # fmt: skip
        is_open = any(k in self.asked.found and self.asked.found[k].is_open for k in keys)
        waits = is_open and sort in (Sort.action, Sort.more)
        named = sort is Sort.group
        for cell in line.cells.values():
            self._comment_listed(cell)
            if waits:
                self.fate(cell, Fate(ASKED, why=why))
            elif named and cell.text:
                self.named = cell
                self.fate(cell, Fate(STORED, "priority", why))
                named = False
            else:
                self.fate(cell, Fate(LISTED, why=why if sort is not Sort.group else _("Beside the name of a group")))

    def _comment_listed(self, cell: Cell) -> None:
        """A comment on a cell that does not come in, such as a heading, can be read with the check."""
        if cell.note:
            told = _("The comment on “{text}” is not brought in: {comment}", text=cell.text[:120], comment=cell.note)
            self.notes.append((f"{self.table.sheet}!{cell.where}", told))

    def fate(self, cell: Cell, fate: Fate) -> None:
        """Say what became of a cell; that it waits for an answer stands before everything else."""
        if cell.text or cell.note or cell.fill:
            key = (self.table.sheet, cell.where)
            known = self.fates.get(key)
            if known is None or known.kind == LISTED or fate.kind == ASKED:
                self.fates[key] = fate

    def _names_a_group(self, line: Line) -> bool:
        text = next(c.text for c in line.cells.values() if c.text)
        question = row_questions.alone(self.table.sheet, text)
        return bool(self.asked.ask(question, self._place(line)) == row_questions.GROUP)

    def _is_step(self, line: Line, found: list[Row]) -> bool:
        """Whether a row that stands under another by its reference is a milestone of it, or words."""
        of = self.step_rows.get(line.row)
        above = next((row for row in reversed(found) if row.row == of), None) if of else None
        if above is None:
            return False
        told = steps.read(self, line, self.fields)
        ref = next((c.text for c in self.table.columns_of("ref", self.fields, line) if c.text), "")
        question = row_questions.steps(
            self.table.sheet, (ref or told.title)[:60], str(above.values.get("ref") or above.values.get("title"))[:60]
        )
        answer = self.asked.ask(question, self._place(line))
        if answer in (row_questions.STEPS, row_questions.JOIN):
            self._joined(above, told, as_step=answer == row_questions.STEPS)
            return True
        return False

    def _joined(self, row: Row, told: steps.Read, *, as_step: bool) -> None:
        if as_step and told.title:
            row.values.setdefault("milestones", []).append(told.told)
            row.said += [told.words] if told.words else []
        else:
            row.said.append("; ".join([*([told.title] if told.title else []), *told.said]))
        for cell, where in told.cells:
            self.fate(cell, Fate(STORED, where if as_step and told.title else "commentary"))

    def _row(self, line: Line, group: str, found: Sequence[Row]) -> Row:
        row = Row(self.table.sheet, line.row, group, at=self.table.at)
        merged = self._merged(line)
        for column in self.table.columns:
            cell = line.cells.get(column.place)
            if cell is None:
                continue
            if column.place in line.spread and merged != row_questions.EACH:
                continue
            self._cell(row, column, cell)
        for cell in line.cells.values():
            if (self.table.sheet, cell.where) not in self.fates:
                self.fate(cell, Fate(LISTED, why=_("In no column of the table")))
        row.wheres = [cell.where for cell in line.cells.values() if cell.row == line.row]
        statuses.latest_period(self, row, line)
        self.colours.take(row, line)
        self._first_date(row)
        self._as_above(row, found)
        return row

    def _first_date(self, row: Row) -> None:
        """Where no later date was agreed, the first one holds."""
        first = row.values.get("original_due_date")
        if first and "due_date" not in row.cells and not self.table.is_export:
            row.values["due_date"] = first

    def _as_above(self, row: Row, found: Sequence[Row]) -> None:
        """A theme that is written once, above the empty cells of its other rows."""
        column = next((c for c in self.table.columns if self.fields.get(c.name) == "priority"), None)
        above = found[-1].values.get("priority") if found else None
        if column is None or not above or row.group or row.values.get("priority") or self.table.is_export:
            return
        answer = self.asked.ask(row_questions.as_above(column), row.place)
        row.asked = row.asked or answer is None
        if answer != row_questions.NONE:
            row.values["priority"] = above

    def _merged(self, line: Line) -> str:
        if not line.spread:
            return row_questions.EACH
        place = f"{self.table.sheet}!{letters(min(line.spread))}{line.row}"
        return str(self.asked.ask(row_questions.merged(self.table.sheet), place) or row_questions.EACH)

    def _more(self, row: Row, line: Line) -> None:
        """A row without an action of its own goes on with the one above, or is left out."""
        held = [c for c in self.table.columns if c.place in line.cells and c.place not in line.spread]
        held = [c for c in held if line.cells[c.place].text or line.cells[c.place].note]
        if not held:
            for place, cell in line.cells.items():
                if place not in line.spread:
                    self.fate(cell, Fate(LISTED, why=_("In no column of the table")))
            return
        answer = self.asked.ask(row_questions.without_action(self.table.sheet), self._place(line))
        if answer == row_questions.STEPS:
            told = steps.read(self, line, self.fields)
            self._first_step(row, told)
            self._joined(row, told, as_step=True)
            return
        for column in held:
            cell = line.cells[column.place]
            if answer == row_questions.JOIN:
                row.said += [f"{column.name}: {text}" for text in (cell.with_address, cell.note) if text]
                self.fate(cell, Fate(STORED, "commentary"))
            else:
                kind = ASKED if answer is None else LISTED
                self.fate(cell, Fate(kind, why=_("The row names no action")))

    def _first_step(self, row: Row, told: steps.Read) -> None:
        """What the action's own row says in the column of its steps is the first of them."""
        column = next((c for c in self.table.columns if told.place == c.place), None)
        if column is not None and "milestones" not in row.values and (words := row.own.pop(column.name, "")):
            row.values["milestones"] = [{"title": words[: steps.MOST_TITLE], "due_date": None, "done_on": None}]
            row.said += [words] if len(words) > steps.MOST_TITLE else []

    def _cell(self, row: Row, column: Column, cell: Cell) -> None:
        name = self.fields.get(column.name, "")
        place = f"{self.table.sheet}!{cell.where}"
        if not name or name == "told":
            why = _("The tracker works this out by itself") if name else _("Column left out")
            self._comment_listed(cell)
            self.fate(cell, Fate(LISTED, why=why))
            return
        if column.place in self.table.hidden_columns and not self._comes_though_hidden(row, column, cell, place):
            return
        if cell.note:
            row.said.append(_("Comment on “{column}”: {text}", column=column.name, text=cell.note))
        before = len(self.asked.found)
        cell = keeping.repeated(self, row, column, name, cell, place)
        mended = self.formulas.mended(row, column, keeping.with_address(row, column, name, cell), place)
        if mended is None:
            return
        if not mended.text and not mended.fill:
            self.fate(cell, Fate(STORED if cell.note else LISTED, "commentary", _("Left empty")))
            return
        told = values.read(self, row, column, name, mended, place)
        fresh = list(self.asked.found.values())[before:] if len(self.asked.found) > before else []
        if any(q.is_open for q in fresh) or (told.asked and self.asked.found[told.asked].is_open):
            row.asked = True
            self.fate(cell, Fate(ASKED, name, told.why))
        else:
            self.fate(cell, Fate(told.kind, told.where or name, told.why))

    def _comes_though_hidden(self, row: Row, column: Column, cell: Cell, place: str) -> bool:
        answer = self.asked.ask(row_questions.hidden_column(column), place)
        if answer != row_questions.IN:
            self.fate(cell, Fate(ASKED if answer is None else LISTED, why=_("Hidden column")))
            row.asked = row.asked or answer is None
        return bool(answer == row_questions.IN)


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
        notes += statuses.two_grounds(reader)
        if said := legends.not_taken(table, fields, reader.colours.place):
            notes.append(("", said))
    return rows, fates, own, notes
