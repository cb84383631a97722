"""A text file with a separator between its cells (.csv): which encoding, which separator, which cells."""

import csv
from io import StringIO

from app.core.errors import Invalid
from app.core.words import _
from app.exchange.guarding import unguarded
from app.exchange.imports.guards import MOST_CELLS, MOST_ROWS, refused, too_many_cells, too_many_rows
from app.exchange.imports.sheets import Book, Cell, Kind, Sheet

SEPARATORS = ("\t", ";", ",", "|")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_END = "\u2404"


def read(content: bytes) -> Book:
    text = decoded(content)
    if "\0" in text:
        raise refused(_("This is not a spreadsheet that can be read. Save it as an Excel workbook (.xlsx)."))
    cells: dict[tuple[int, int], Cell] = {}
    rows = 0
    for number, row in _rows(text):
        filled = False
        for column, value in enumerate(row, start=1):
            if value.strip():
                filled = True
                # As an export marks what a spreadsheet would take for a formula.
                cells[number, column] = Cell(number, column, Kind.text, value, unguarded(value).strip())
        rows += filled
        if rows > MOST_ROWS + 1:
            raise too_many_rows()
        if len(cells) > MOST_CELLS:
            raise too_many_cells()
    return Book("csv", [Sheet(_("Rows"), cells)])


def decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16, or the Windows code page of western Europe."""
    for mark, code in _MARKS:
        if content.startswith(mark):
            return _of(content, code)
    if content[1:2] == b"\0" and content[3:4] == b"\0":
        return _of(content, "utf-16-le")
    if content[:1] == b"\0" and content[2:3] == b"\0":
        return _of(content, "utf-16-be")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _of(content: bytes, code: str) -> str:
    try:
        return content.decode(code)
    except UnicodeDecodeError:
        raise refused(_("This file is damaged or was cut off. Save it again in the spreadsheet program.")) from None


def separator(text: str) -> str:
    """What stands between the cells: the one that cuts the most rows into the same number of cells, above one."""
    lines = text[:64_000]
    found = {each: _widths(lines, each) for each in SEPARATORS}
    return max(SEPARATORS, key=lambda each: (found[each], -SEPARATORS.index(each)))


def _widths(text: str, between: str) -> float:
    try:
        widths = [len(row) for row in csv.reader(StringIO(text, newline=""), delimiter=between) if any(row)][:60]
    except csv.Error:
        return 0
    if not widths:
        return 0
    usual = max(set(widths), key=widths.count)
    return widths.count(usual) / len(widths) * min(usual - 1, 12) if usual > 1 else 0


def _rows(text: str) -> list[tuple[int, list[str]]]:
    first, _end, rest = text.partition("\n")
    declared = first.strip().lower()
    between = declared[4:5] if declared.startswith("sep=") else separator(text)
    body, start = (rest, 2) if declared.startswith("sep=") and between else (text, 1)
    # A quotation mark that is never closed takes in all that follows, this line as well.
    body += f"\n{_END}"
    try:
        rows = list(enumerate(csv.reader(StringIO(body, newline=""), delimiter=between or ","), start=start))
    except csv.Error as error:
        raise _not_closed() from error
    if rows.pop()[1] != [_END]:
        raise _not_closed()
    return rows


def _not_closed() -> Invalid:
    return refused(_("These rows cannot be read: a quotation mark is not closed."))
