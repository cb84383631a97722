"""Tables that stand side by side in one sheet, behind an empty column: whether they belong together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.core.words import _
from app.exchange.imports.finding import find
from app.exchange.imports.headings import SURE, reading_of, simple
from app.exchange.imports.questions import ASKED, LISTED, Asked, Fate, Question, Step
from app.exchange.imports.sheets import Cell, Sheet, letters
from app.exchange.imports.tables import Sort, Table

Fates = dict[tuple[str, str], Fate]
_KEY = re.compile(r"(?:key|legend|notes?|guidance)\b")
WITH, APART, OUT = "with", "apart", "out"


def parted(
    sheet: Sheet, whole: Table, given: Mapping[str, str], asked: Asked, fates: Fates
) -> list[tuple[Sheet, Table]]:
    """The table of a sheet that comes in, or the tables that a person says it holds. fates: gains what stays out."""
    if whole.is_export:
        return [(sheet, whole)]
    blocks = _blocks(sheet, whole)
    title = whole.fields.get("title")
    main = next((b for b in blocks if title in b), range(0))
    strange = [b for b in blocks if b is not main and _is_strange(b, main, whole)]
    found = [(sheet, whole)]
    for block in strange:
        answer, is_open = _answer(sheet, whole, block, asked)
        if answer == WITH and not is_open:
            continue
        found[0] = _without(found[0][0], block), whole
        part = _only(sheet, block)
        if answer == APART:
            found.append((part, find(part, given)))
        else:
            told = Fate(ASKED if is_open else LISTED, why=_("Of a table beside the actions"))
            fates |= {(sheet.name, cell.where): told for cell in part.cells.values() if cell.text or cell.note}
    if found[0][0] is sheet:
        return found
    tables = [(part, find(part, given)) for part, _table in found]
    for part, table in tables[1:]:
        table.at = letters(min(place for _row, place in part.cells))
    return tables


def legend_rows(sheets: Sequence[Sheet], fates: Fates) -> list[list[Cell]]:
    """What stays out beside a table may say what its words and colours mean."""
    rows: dict[tuple[str, int], list[Cell]] = {}
    for sheet in sheets:
        for cell in sheet.cells.values():
            if (sheet.name, cell.where) in fates:
                rows.setdefault((sheet.name, cell.row), []).append(cell)
    return list(rows.values())


def _blocks(sheet: Sheet, table: Table) -> list[range]:
    """Stretches of columns with nothing between them, from the headings on."""
    if not table.headings:
        return []
    places = sorted({place for (row, place), cell in sheet.cells.items() if row >= table.headings[0] and cell.text})
    found: list[range] = []
    for place in places:
        if found and place == found[-1].stop:
            found[-1] = range(found[-1].start, place + 1)
        else:
            found.append(range(place, place + 1))
    return found


def _is_strange(block: range, main: range, table: Table) -> bool:
    """It has headings that the table has too, or none, or rows of its own: then it may be another table."""
    names = {p: c.text for line in table.lines if line.sort is Sort.heading for p, c in line.cells.items() if c.text}
    own = {simple(names[p]) for p in main if p in names}
    heads = [names[p] for p in block if p in names]
    if any(simple(h) in own or _KEY.match(simple(h)) for h in heads) or not heads:
        return True
    rows = [line for line in table.lines if line.row > table.headings[-1]]
    here = {line.row for line in rows if any(line.cells[p].text for p in block if p in line.cells)}
    there = {line.row for line in rows if any(line.cells[p].text for p in main if p in line.cells)}
    return bool(here - there)


def _answer(sheet: Sheet, table: Table, block: range, asked: Asked) -> tuple[str, bool]:
    """What becomes of a block, and whether that is still open."""
    heads = [c.text for line in table.lines if line.row == table.headings[-1] for p, c in line.cells.items()
             if p in block and c.text]  # fmt: skip
    fields = {r.field for h in heads if (r := reading_of(h)).sureness >= SURE}
    is_plan = "title" in fields and len(fields) > 1
    question = Question(
        f"beside:{sheet.name}!{letters(block.start)}",
        Step.rows,
        _("Beside the actions of “{sheet}”, in {columns}, stands something else: {headings}. What is it?",
          sheet=sheet.name, columns=_columns(block), headings=", ".join(heads)[:200] or _("no headings")),
        options=(
            *([(APART, _("Another table of actions"))] if is_plan else []),
            (WITH, _("More columns of the same rows")),
            (OUT, _("Something else: leave it out")),
        ),
        suggested=APART if is_plan else OUT if not heads or _KEY.match(simple(heads[0])) else WITH,
    )  # fmt: skip
    answer = asked.ask(question, f"{sheet.name}!{letters(block.start)}{table.headings[-1]}")
    return str(answer or question.suggested), answer is None


def _columns(block: range) -> str:
    first, last = letters(block.start), letters(block.stop - 1)
    return (
        _("column {letter}", letter=first) if first == last else _("columns {first} to {last}", first=first, last=last)
    )


def _without(sheet: Sheet, block: range) -> Sheet:
    return replace(sheet, cells={key: cell for key, cell in sheet.cells.items() if cell.column not in block})


def _only(sheet: Sheet, block: range) -> Sheet:
    cells = {key: cell for key, cell in sheet.cells.items() if cell.column in block}
    merged = tuple(a for a in sheet.merged if a.left in block)
    return replace(sheet, cells=cells, merged=merged, extras=())
