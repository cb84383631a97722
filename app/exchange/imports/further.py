"""A second table further down a sheet, whose headings stand in another order or say something else."""

from collections.abc import Mapping

from app.exchange.imports.headings import SURE, UNKNOWN, reading_of, simple
from app.exchange.imports.sheets import Cell, Kind
from app.exchange.imports.tables import Column, Table

# Columns that only a table further down has stand beyond every column that a sheet can have.
BEYOND = 100_000
_MOST_HEADING = 60


def are_headings(cells: dict[int, Cell], table: Table) -> bool:
    """Whether a row below the headings holds the headings of another table, not an action."""
    held = [cell for cell in cells.values() if cell.text]
    if len(held) < 3 or any(c.kind is not Kind.text or len(c.text) > _MOST_HEADING for c in held):
        return False
    names = {simple(column.name) for column in table.columns}
    known = {r.field for c in held if (r := reading_of(c.text)).sureness >= SURE and r.field}
    return "title" in known and len(known) >= 3 and sum(_is_known(c, names) for c in held) >= 0.6 * len(held)


def are_of_no_actions(cells: dict[int, Cell], table: Table) -> bool:
    """Whether a row below a gap holds the headings of a table of something else, such as risks."""
    held = {place: cell for place, cell in cells.items() if cell.text}
    if len(held) < 3 or any(c.kind is not Kind.text or len(c.text) > _MOST_HEADING for c in held.values()):
        return False
    ref, first = table.fields.get("ref"), held[min(held)]
    known = [r.field for c in held.values() if (r := reading_of(c.text)).sureness >= SURE]
    names_ref = reading_of(first.text).field == "ref" and not any(ch.isdigit() for ch in first.text)
    return names_ref and min(held) <= (ref or min(held)) and "title" not in known and len(set(known)) == len(known)


def _is_known(cell: Cell, names: set[str]) -> bool:
    return simple(cell.text) in names or reading_of(cell.text).sureness >= SURE


def moves(cells: dict[int, Cell], table: Table, *, strange: bool = False) -> dict[int, int]:
    """For each column of the sheet below these headings, its place in the table, which gains those it lacks.

    strange: none of them is an action, so that the first that is unknown stands for it.
    """
    found: dict[int, int] = {}
    by_name = {simple(column.name): column.place for column in table.columns}
    for place, cell in sorted(cells.items()):
        if not cell.text:
            continue
        read = reading_of(cell.text)
        same = by_name.get(simple(cell.text))
        if same is None and read.sureness >= SURE:
            same = table.fields.get(read.field)
        if strange and not read.field and table.fields["title"] not in found.values():
            same = table.fields["title"]
        if same is None or same in found.values():
            same = BEYOND + len(table.columns)
            taken = table.fields.get(read.field) in found.values()
            name = " ".join(cell.text.split())
            name = name if simple(name) not in by_name else f"{name} ({cell.where})"
            table.columns.append(Column(same, name, UNKNOWN if taken else read))
            by_name[simple(name)] = same
        found[place] = same
    return found


def moved(cells: dict[int, Cell], moves: Mapping[int, int]) -> dict[int, Cell]:
    """A row's cells at the places of the table; what stands below no heading of its own is in no column."""
    taken = frozenset(moves.values())
    return {moves.get(p, p if p not in taken else -p): cell for p, cell in cells.items()}
