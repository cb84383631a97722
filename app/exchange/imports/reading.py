"""A file's bytes as a book: guarded, parsed, and without what looks like an NHS number."""

import re
from collections.abc import Collection

from app.core.errors import TrackerError
from app.core.identifiers import nhs_numbers, warnings
from app.core.words import _
from app.exchange.imports import delimited, guards, older, xlsx
from app.exchange.imports.guards import MOST_ROWS, Format, refused, too_many_rows
from app.exchange.imports.sheets import Book, Cell, Kind

_DIGITS = re.compile(r"(?:\d[^\w\n]{0,4}){9}\d")
MASK = "[…]"


def read(name: str, content: bytes, stated: Collection[str] = ()) -> Book:
    """The book, or Invalid of the field "file" with a sentence. stated: ten digits said to be no NHS number.

    What looks like an NHS number leaves its cell here, which is marked: nothing later can keep it.
    """
    checked = guards.check(name, content)
    try:
        book = _parsed(content, checked.format)
    except TrackerError:
        raise
    except MemoryError:
        raise guards.too_many_cells() from None
    except Exception as error:
        raise _explained(error, checked.format) from None
    book.extras += checked.extras
    rows = {(sheet.name, cell.row) for sheet, cell in book.cells()}
    if len(rows) > MOST_ROWS + 1:
        raise too_many_rows()
    if not rows:
        raise refused(_("This workbook holds no values. Choose another file."))
    for _sheet, cell in book.cells():
        _mask(cell, stated)
        cell.hinted = cell.kind is Kind.text and bool(warnings(f"{cell.text}\n{cell.note}"))
    return book


def _parsed(content: bytes, form: Format) -> Book:
    if form is Format.xlsx:
        return xlsx.read(content)
    if form is Format.csv:
        return delimited.read(content)
    return older.read(content, form)


def _explained(error: Exception, form: Format) -> Exception:
    if form in (Format.xls, Format.ods):
        return older.explained(error)
    return refused(_("This file is damaged or was cut off. Save it again in the spreadsheet program."))


def _mask(cell: Cell, stated: Collection[str]) -> None:
    text, note = without_numbers(cell.text, stated), without_numbers(cell.note, stated)
    cell.link = without_numbers(cell.link, stated)
    if text == cell.text and note == cell.note:
        return
    cell.masked = True
    cell.note = note
    if text != cell.text:
        cell.text, cell.value, cell.formula = text, text, ""


def without_numbers(text: str, stated: Collection[str]) -> str:
    """The text with each NHS number that is not stated to be none taken out."""
    if not _DIGITS.search(text):
        return text
    for found in reversed(nhs_numbers(text)):
        if found.digits not in stated:
            text = text[: found.start] + MASK + text[found.end :]
    return text
