"""What a row says of the state of its action: by a word, a letter or a colour, in its columns or on its ground."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.core.words import _
from app.exchange.imports import colours, legends, meanings
from app.exchange.imports.meanings import Meaning
from app.exchange.imports.questions import ASKED, Fate, Question, Step
from app.exchange.imports.sheets import Cell
from app.exchange.imports.tables import Column, Line

if TYPE_CHECKING:
    from app.exchange.imports.row import Row
    from app.exchange.imports.rows import Reader

SAID = ("stage", "progress", "status")
_FIELDS = frozenset({*SAID, "period"})
# More grounds than these are no legend.
_MOST = 8


def words_of(key: str, cell: Cell) -> str:
    if key.startswith("#"):
        return _("the colour {name} ({rgb})", name=colours.colour_name(key[1:]), rgb=key)
    return f"“{' '.join(cell.text.split())[:60]}”"


def meaning(reader: "Reader", column: Column, name: str, cell: Cell, place: str) -> tuple[Meaning | None, str]:
    """What the status says by the legend, and the key of the question about it."""
    key = meanings.key_of(cell)
    found = meanings.known(key, name)
    if found is None and key in meanings.COMPLETE and name == "progress" and "stage" in reader.fields.values():
        return None, ""
    # The columns of several quarters have one legend.
    asked_as = f"legend:{'period' if name == 'period' else column.name}:{key}"
    if found is not None and asked_as not in reader.asked.answers:
        return found, ""
    text = _("What does {what} mean in “{column}”?", what=words_of(key, cell), column=column.name)
    return _asked(reader, asked_as, key, text, place), asked_as


def _asked(reader: "Reader", asked_as: str, key: str, text: str, place: str) -> Meaning | None:
    said = legends.said_of(key, reader.legend) if asked_as not in reader.asked.found else ""
    question = Question(
        asked_as,
        Step.legend,
        text,
        options=tuple((m.value, meanings.meaning_word(m)) for m in Meaning),
        hint=_("The workbook says: {text}", text=said) if said else "",
    )
    answer = reader.asked.ask(question, place)
    return None if answer is None else Meaning(answer) if answer else Meaning.nothing


def latest_period(reader: "Reader", row: "Row", line: Line) -> None:
    """Where each quarter has a status and nothing says the present one, the last that is filled in does."""
    if any(name in SAID for name in reader.fields.values()):
        return
    quarters = [c for c in reader.table.columns if reader.fields.get(c.name) == "period"]
    held = [(c, line.cells[c.place]) for c in quarters if c.place in line.cells]
    filled = [(c, cell) for c, cell in held if not meanings.is_blank(cell)]
    if filled:
        column, cell = filled[-1]
        found, key = meaning(reader, column, "period", cell, f"{reader.table.sheet}!{cell.where}")
        if found is not None:
            row.meanings["status"] = found
            row.out = row.out or found is Meaning.out
        elif key:
            row.asked = True
            reader.fate(cell, Fate(ASKED, "period"))


class RowColours:
    """Where no column holds a status and the rows stand on grounds of several colours, the ground is asked about."""

    def __init__(self, reader: "Reader", title: int) -> None:
        self.reader = reader
        self.place: int | None = title if self._tell(reader, title) else None

    def _tell(self, reader: "Reader", title: int) -> bool:
        if _FIELDS & set(reader.fields.values()):
            return False
        fills = [line.cells[title].fill for line in reader.table.actions if title in line.cells]
        striped = len(fills) > 3 and fills[0] != fills[1] and fills[2:] == fills[:-2]
        told = {fill for fill in fills if fill and colours.colour_name(fill) != _("grey")}
        return len(set(fills)) > 1 and 0 < len(told) <= _MOST and not striped

    def take(self, row: "Row", line: Line) -> None:
        cell = line.cells.get(self.place) if self.place is not None else None
        if cell is None or not cell.fill:
            return
        key = f"#{cell.fill}"
        what = words_of(key, cell)
        text = _("The rows have colours. What does {what} mean?", what=what)
        found = _asked(self.reader, f"legend:rows:{key}", key, text, f"{self.reader.table.sheet}!{cell.where}")
        if found is None:
            row.asked = True
            self.reader.fate(cell, Fate(ASKED, "status"))
        elif found is Meaning.nothing:
            row.said.append(_("The row has {what}.", what=what))
        else:
            row.meanings["status"] = found
            row.out = row.out or found is Meaning.out


def two_grounds(reader: "Reader") -> Sequence[tuple[str, str]]:
    """Words of a status column that stand on grounds of different colours: the word is taken, and that is said."""
    told = []
    for column in reader.table.columns:
        if reader.fields.get(column.name) not in SAID:
            continue
        grounds: dict[str, Counter[str]] = defaultdict(Counter)
        first: dict[str, Cell] = {}
        for line in reader.table.actions:
            cell = line.cells.get(column.place)
            if cell is not None and cell.text and cell.fill:
                grounds[meanings.key_of(cell)][colours.colour_name(cell.fill)] += 1
                first.setdefault(meanings.key_of(cell), cell)
        for key, found in grounds.items():
            if len(found) > 1:
                cell = first[key]
                shown = ", ".join(f"{name}: {n}" for name, n in found.most_common())
                sentence = _("“{word}” stands on different colours ({colours}). The word counts, not the colour.",
                             word=cell.text[:60], colours=shown)  # fmt: skip
                told.append((f"{reader.table.sheet}!{cell.where}", sentence))
    return told
