"""What became of a cell, and the plan's own fields that keep what no field of an action can."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.core.words import _
from app.exchange.imports import own, row_questions
from app.exchange.imports.questions import AS_WORDS, ASKED, STORED, Fate
from app.exchange.imports.sheets import Cell, Kind

if TYPE_CHECKING:
    from app.exchange.imports.row import Row
    from app.exchange.imports.rows import Reader
    from app.exchange.imports.tables import Column


@dataclass(slots=True)
class Told:
    """What became of a cell; asked: the key of the question it waits for."""

    kind: str = STORED
    where: str = ""
    why: str = ""
    asked: str = ""


# Fields that hold words, where the address behind a link can stand with them.
WORDS = frozenset({"own", "said", "evidence", "binding", "milestones", "commentary", "intended_outcome",
                   "success_measure", "help_needed"})  # fmt: skip


_DITTO = frozenset({"as above", "see above", "same as above", "ditto", "do.", '"', "''", "”", "“", "″", "〃", "^"})


def repeated(reader: "Reader", row: "Row", column: "Column", name: str, cell: Cell, place: str) -> Cell:
    """The cell above in the place of one that says “as above”, unless a person keeps the words."""
    written, above = cell.text.casefold().strip(), reader.above.get(column.place)
    if written not in _DITTO or name == "ref" or above is None or reader.table.is_export:
        if cell.text:
            reader.above[column.place] = cell
        return cell
    answer = reader.asked.ask(row_questions.ditto(written), place)
    if answer is None:
        row.asked = True
        reader.fate(cell, Fate(ASKED, name))
    return (
        cell if answer in (row_questions.WORDS, AS_WORDS) else replace(above, row=cell.row, column=cell.column, note="")
    )


def with_address(row: "Row", column: "Column", name: str, cell: Cell) -> Cell:
    """The cell with the address of its link behind its words; where a field holds no words, the commentary says it."""
    if not cell.address:
        return cell
    if name in WORDS and cell.kind is Kind.text:
        return replace(cell, text=cell.with_address, value=cell.with_address)
    row.said.append(_("Link of “{column}”: {address}", column=column.name, address=cell.address))
    return cell


def as_own(reader: "Reader", row: "Row", column: "Column", cell: Cell, suffix: str = "") -> Told:
    """Kept in a field of the plan's own, under the column's heading."""
    name = f"{column.own or column.name} {suffix}".strip()[:120]
    if name not in reader.own:
        cells = [line.cells[column.place] for line in reader.table.actions if column.place in line.cells]
        kind = own.OwnKind.text if suffix else own.kind_of(cells)
        reader.own[name] = own.OwnField(own.key_of(name), name, kind)
    row.own[name] = own.value_of(cell)
    return Told(where=f"own:{name}")


def as_words(reader: "Reader", row: "Row", column: "Column", cell: Cell, why: str = "") -> Told:
    told = as_own(reader, row, column, cell, _("(as written)"))
    told.why = why
    return told
