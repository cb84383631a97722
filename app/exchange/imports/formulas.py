"""Cells that hold formulas, results that a file does not hold, and cells that an NHS number was taken out of."""

from collections import Counter
from typing import TYPE_CHECKING

from app.core.words import _, ngettext
from app.exchange.imports import row_questions
from app.exchange.imports.keeping import as_words
from app.exchange.imports.questions import ASKED, LISTED, STORED, Fate, Question, Step
from app.exchange.imports.sheets import Cell, Kind
from app.exchange.imports.tables import Column

if TYPE_CHECKING:
    from app.exchange.imports.row import Row
    from app.exchange.imports.rows import Reader

# Of a column, up to these are asked about one by one.
FEW = 3


class Formulas:
    def __init__(self, reader: "Reader") -> None:
        self.reader = reader
        self.without: Counter[int] = Counter()
        self.met: Counter[str] = Counter()
        self.first: dict[str, str] = {}
        for line in reader.table.actions:
            self.without.update(place for place, cell in line.cells.items() if cell.kind is Kind.error)

    def mended(self, row: "Row", column: Column, cell: Cell, place: str) -> Cell | None:
        """The cell as a person says it should read; None where nothing is to be read, and its fate is told."""
        if cell.masked:
            sentence = _("This cell held what looks like an NHS number. It was taken out: […].")
            question = Question(f"cell:{place}", Step.values, sentence, typed=cell.text, suggested=cell.text)
            return _typed(cell, self.reader.asked.ask(question, place))
        if cell.kind is Kind.error:
            return self._without_result(row, column, cell, place)
        if cell.formula and cell.text:
            self.met[column.name] += 1
            self.first.setdefault(column.name, place)
        return _typed(cell, self.reader.asked.answers.get(f"cell:{place}"))

    def _without_result(self, row: "Row", column: Column, cell: Cell, place: str) -> Cell | None:
        asked, given = self.reader.asked, self.reader.asked.answers.get(f"cell:{place}")
        sentence = _("The formula {formula} has no result. Enter the value.", formula=cell.formula or cell.text)
        question = Question(f"cell:{place}", Step.values, sentence, typed="")
        if self.without[column.place] > FEW and not isinstance(given, str):
            whole = row_questions.without_result(column, self.without[column.place])
            answer = asked.ask(whole, place)
            if answer != row_questions.EACH:
                self._settle(row, column, cell, answer, whole.text)
                return None
        given = asked.ask(question, place)
        if given:
            return _typed(cell, given)
        self._settle(row, column, cell, given, sentence)
        return None

    def _settle(self, row: "Row", column: Column, cell: Cell, answer: object, asked: str) -> None:
        """answer: None while it is open; what is not left out is kept as the formula that it is."""
        if answer is None:
            row.asked = True
            fate = Fate(ASKED, why=asked)
        elif answer == row_questions.OUT:
            fate = Fate(LISTED, why=_("The formula has no result"))
        else:
            told = as_words(self.reader, row, column, _typed(cell, cell.formula or cell.text))
            fate = Fate(STORED, told.where)
        self.reader.fate(cell, fate)

    def tell(self) -> None:
        for name, count in self.met.items():
            told = ngettext(
                "“{column}” holds {n} formula: its last result is brought in.",
                "“{column}” holds {n} formulas: their last results are brought in.",
                count,
                column=name,
            )
            self.reader.notes.append((self.first[name], told))


def _typed(cell: Cell, given: object) -> Cell:
    if not isinstance(given, str):
        return cell
    text = given.strip()
    return Cell(cell.row, cell.column, Kind.text, text, text, cell.fill, cell.note)
