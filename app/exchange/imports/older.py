"""Old Excel workbooks (.xls) and OpenDocument ones (.ods): their values; neither colours nor comments."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from app.core.words import _
from app.exchange.imports.guards import MOST_CELLS, Format, refused, too_many_cells
from app.exchange.imports.sheets import Area, Book, Cell, Kind, Sheet, Value
from app.exchange.imports.xlsx import typed

# A grid is held whole while it is read: a value in the last corner of a sheet would be billions of cells.
MOST_GRID = 2_000_000
_REPEATED = re.compile(rb"<table:table-(row|cell)\b([^>]*?)(/?)>|</table:table-row>")
_ROWS = re.compile(rb'number-rows-repeated="(\d{1,9})"')
_COLUMNS = re.compile(rb'number-columns-repeated="(\d{1,9})"')


def read(content: bytes, form: Format) -> Book:
    """Raises CalamineError for what cannot be read."""
    from python_calamine import load_workbook

    if form is Format.ods:
        _within_a_grid(content)
    book = load_workbook(BytesIO(content))
    sheets = []
    for told in book.sheets_metadata:
        if "work" in str(told.typ).lower():
            sheets.append(_sheet(book.get_sheet_by_name(told.name), told))
    return Book(
        form.value,
        sheets,
        (_("Colours, comments and the addresses behind links are not read from this format: save it as .xlsx."),),
    )


def _within_a_grid(content: bytes) -> None:
    """The file may say that a row or a cell is repeated a million times: refuse before anybody believes it."""
    with ZipFile(BytesIO(content)) as archive:
        text = archive.read("content.xml")
    for sheet in text.split(b"<table:table ")[1:]:
        height, width = _grid(sheet)
        if height * width > MOST_GRID:
            raise too_many_cells()


def _grid(sheet: bytes) -> tuple[int, int]:
    """The last row and the last column that hold something."""
    row = column = height = width = repeated = 0
    filled = False
    for match in _REPEATED.finditer(sheet):
        if match[1] == b"row":
            repeated, column, filled = _count(_ROWS, match[2]), 0, False
            row += repeated if match[3] else 0
        elif match[1] == b"cell":
            column += _count(_COLUMNS, match[2])
            if not match[3] or b"office:value" in match[2]:
                filled, width = True, max(width, column)
        else:
            row += repeated
            height = row if filled else height
    return height, width


def _count(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def _sheet(made: Any, told: Any) -> Sheet:
    if made.height * made.width > MOST_GRID:
        raise too_many_cells()
    top, left = made.start or (0, 0)
    cells: dict[tuple[int, int], Cell] = {}
    for down, values in enumerate(made.to_python(skip_empty_area=True), start=top + 1):
        for along, value in enumerate(values, start=left + 1):
            if value != "":
                kind, kept, text = _read(value)
                cells[down, along] = Cell(down, along, kind, kept, text)
        if len(cells) > MOST_CELLS:
            raise too_many_cells()
    merged = made.merged_cell_ranges or []
    return Sheet(
        name=told.name,
        cells=cells,
        merged=tuple(Area(a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1) for a, b in merged),
        hidden="Visible" not in str(told.visible),
    )


def _read(value: Any) -> tuple[Kind, Value, str]:
    if isinstance(value, str):
        return (Kind.error if value in ERRORS else Kind.text), value, value.strip()
    return typed(value, "General")


ERRORS = frozenset({"#REF!", "#VALUE!", "#N/A", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})


def explained(error: Exception) -> Exception:
    """The sentence for what calamine says."""
    if "assword" in str(error) or "ncrypt" in str(error):
        return refused(_("This workbook is locked with a password. Take the password off and save it again."))
    return refused(_("This file is damaged or was cut off. Save it again in the spreadsheet program."))
