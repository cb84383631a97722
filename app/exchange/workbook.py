"""A book written as an xlsx workbook, as people like it: frozen heads, filters, choices, colours and a print set-up.

Imported on use: XlsxWriter costs memory and time.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter

from app.core.instants import london
from app.core.words import _
from app.exchange.book import Book, Colour, Sheet
from app.exchange.cells import Cell
from app.exchange.columns import PRINTED_TO, Column, Kind, Layout

A3, A4 = 8, 9
# The drawings of the pages: ground, ink, edge.
LOOKS: Mapping[str, tuple[str, str, str]] = {
    "red": ("#FBE4E2", "#7A120A", "#B3261E"),
    "amber": ("#FFF2CF", "#4D3300", "#A06A00"),
    "green": ("#DFF2E6", "#00401E", "#007F3B"),
    "proof": ("#FFFFFF", "#00401E", "#007F3B"),
    "blue": ("#DBE9F7", "#002F5C", "#005EB8"),
    "grey": ("#EEF1F3", "#3A4A55", "#768692"),
}
LINE = "#D8DDE0"
DAY, INSTANT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
DAY_ZERO = date(1899, 12, 30).toordinal()
# In points; no row may be higher than the second.
LINE_HEIGHT, MOST_HEIGHT = 15, 405
# Rows of more go to disk as they are written, which takes longer and bounds the memory.
MOST_IN_MEMORY = 10_000
# What a footer may hold, in characters.
MOST_FOOTER = 250


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": "#003D78"})
        self.note = book.add_format({"font_color": "#4C6272"})
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "font_color": "#FFFFFF", "bg_color": "#005EB8",
             "border": 1, "border_color": "#003D78"}
        )  # fmt: skip
        # Of a row, so that a line runs under its empty cells too, none of which is written.
        self.row = book.add_format({"bottom": 1, "bottom_color": LINE})
        self.band = book.add_format({"bold": True, "bg_color": "#DBE9F7", "font_color": "#002F5C", "valign": "vcenter"})

    def of(self, number: str = "", look: str = "") -> Any:
        """A cell's format; number: how a day is shown; look: the drawing of a rating."""
        found = self._made.get((number, look))
        if found is None:
            told: dict[str, Any] = {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": LINE}
            if number:
                told |= {"num_format": number, "align": "left"}
            if look:
                ground, ink, edge = LOOKS[look]
                told |= {"bg_color": ground, "font_color": ink, "border_color": edge, "bold": True}
                told["border"] = 3 if look == "proof" else 1
            found = self._made[number, look] = self._book.add_format(told)
        return found


def write_xlsx(book: Book, out: IO[bytes]) -> None:
    rows = sum(len(sheet.lines) for sheet in book.sheets)
    kept = {"constant_memory": True} if rows > MOST_IN_MEMORY else {"in_memory": True}
    made = xlsxwriter.Workbook(out, {**kept, "default_date_format": DAY})
    made.set_properties(
        {"title": book.title, "comments": book.stamp, "created": london(book.made_at).replace(tzinfo=None)}
    )
    styles = Styles(made)
    words = _words_sheet(book)
    for number, sheet in enumerate(book.sheets):
        page = made.add_worksheet(sheet.name)
        first = _above(page, book, styles) if number == 0 else 0
        _table(page, sheet, styles, first, words, plain=book.layout is Layout.classic and number == 0)
        _print(page, book, sheet, first)
    page = made.add_worksheet(_("Legend"))
    _legend(page, book.legend, styles, words)
    made.close()


def _words_sheet(book: Book) -> dict[str, tuple[int, Sequence[str]]]:
    """The choices of the first sheet by column: each stands in a column of the legend's sheet."""
    return {key: (4 + n, words) for n, (key, words) in enumerate(book.sheets[0].choices.items())}


def _above(page: Any, book: Book, styles: Styles) -> int:
    """The title, when it stands for, and the legend in one row; how many rows that took."""
    page.write_string(0, 0, book.title, styles.title)
    for at, line in enumerate(book.lines, 1):
        page.write_string(at, 0, line, styles.note)
    row = len(book.lines) + 1
    page.set_row(row, 4 * LINE_HEIGHT)
    for at, each in enumerate(book.legend):
        text = _("{word} ({n})", word=each.word, n=each.count)
        page.write_string(row, at + 2, text, styles.of(look=each.look))
    return row + 2


def _table(
    page: Any, sheet: Sheet, styles: Styles, first: int, words: Mapping[str, tuple[int, Sequence[str]]], *, plain: bool
) -> None:
    heads = [column.heading if plain else _(column.heading) for column in sheet.columns]
    page.set_row(first, _height(heads, [c.width - 3 for c in sheet.columns]))
    for at, (column, head) in enumerate(zip(sheet.columns, heads, strict=True)):
        page.set_column(at, at, column.width)
        page.write_string(first, at, head, styles.head)
    last = first + max(len(sheet.lines), 1)
    _lines(page, sheet, styles, first + 1)
    page.freeze_panes(first + 1, 1)
    page.autofilter(first, 0, last, len(sheet.columns) - 1)
    for at, column in enumerate(sheet.columns):
        if sheet.lines and column.key in words:
            _choice(page, first + 1, last, at, *words[column.key])


def _choice(page: Any, first: int, last: int, at: int, place: int, words: Sequence[str]) -> None:
    """By reference, since words hold commas; it warns and lets pass, as an import may know better."""
    letter = chr(ord("A") + place)
    source = f"='{_('Legend')}'!${letter}$2:${letter}${len(words) + 1}"
    page.data_validation(
        first, at, last, at, {"validate": "list", "source": source, "error_type": "warning",
                              "error_title": _("Not one of the words"), "error_message": _("Choose one of the list.")}
    )  # fmt: skip


def _lines(page: Any, sheet: Sheet, styles: Styles, first: int) -> None:
    text, number, blank, moment = page.write_string, page.write_number, page.write_blank, page.write_datetime
    plain, coloured = styles.of(), [c.key in sheet.coloured for c in sheet.columns]
    formats = [styles.of(_number(c)) for c in sheet.columns]
    width, printed = range(len(sheet.columns)), _printed(sheet)
    widths = [c.width for c in sheet.columns]
    for row, line in enumerate(sheet.lines, first):
        if line.band:
            text(row, 0, str(line.cells[0]), styles.band)
            for at in width[1:]:
                blank(row, at, None, styles.band)
            continue
        drawn, most = styles.of(look=line.look) if line.look else plain, 1
        for at in width:
            value: Cell = line.cells[at]
            shape = drawn if coloured[at] else formats[at]
            if isinstance(value, str) and value:
                text(row, at, value, shape)
                if (len(value) > widths[at] or "\n" in value) and at < printed:
                    most = max(most, _lines_of(value, widths[at]))
            elif isinstance(value, datetime):
                moment(row, at, value, shape)
            elif isinstance(value, date):
                # As a workbook counts days: the library would work it out for each through its instants.
                number(row, at, value.toordinal() - DAY_ZERO, shape)
            elif isinstance(value, int):
                number(row, at, value, shape)
        # Excel would fit the height by itself; others show one line of a long text.
        page.set_row(row, min(most * LINE_HEIGHT, MOST_HEIGHT), styles.row)


def _printed(sheet: Sheet) -> int:
    """How many of the columns are printed."""
    keys = [c.key for c in sheet.columns]
    return keys.index(PRINTED_TO) + 1 if PRINTED_TO in keys and sheet.key == "actions" else len(keys)


def _height(heads: Sequence[str], widths: Sequence[int]) -> int:
    return min(LINE_HEIGHT * max(map(_lines_of, heads, widths), default=1), MOST_HEIGHT)


def _lines_of(text: str, width: int) -> int:
    """About as many letters as the column is wide stand in a line."""
    return sum(1 + len(part) // width for part in text.split("\n"))


def _number(column: Column) -> str:
    return {Kind.day: DAY, Kind.instant: INSTANT}.get(column.kind, "")


def _print(page: Any, book: Book, sheet: Sheet, head: int) -> None:
    page.set_landscape()
    page.set_paper(A3 if _printed(sheet) > 12 else A4)
    page.fit_to_pages(1, 0)
    page.print_area(0, 0, head + max(len(sheet.lines), 1), _printed(sheet) - 1)
    page.repeat_rows(head)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    # An ampersand begins a code of a footer; two of them are one.
    said = f"{book.title} · {book.stamp}"[: MOST_FOOTER - 60].replace("&", "&&")
    page.set_footer(f"&L&8{said}&R&8{_('Page {n} of {m}', n='&P', m='&N')}")


def _legend(
    page: Any, legend: Sequence[Colour], styles: Styles, words: Mapping[str, tuple[int, Sequence[str]]]
) -> None:
    """The colours with their words and counts; beside them the words that cells are chosen from."""
    heads = [_("Colour and word"), _("What it means"), _("Actions"), ""]
    titles = {"stage": _("Words for the stage"), "progress": _("Words for progress")}
    chosen = [words[key][1] for key in words]
    for at, (text, width) in enumerate(
        zip([*heads, *(titles[key] for key in words)], (28, 56, 10, 4, 30, 30), strict=False)
    ):
        page.set_column(at, at, width)
        if text:
            page.write_string(0, at, text, styles.head)
    for row in range(max(len(legend), *(len(c) for c in chosen))):
        if row < len(legend):
            each = legend[row]
            page.write_string(row + 1, 0, each.word, styles.of(look=each.look))
            page.write_string(row + 1, 1, each.means, styles.of())
            page.write_number(row + 1, 2, each.count, styles.of())
        for at, column in enumerate(chosen, 4):
            if row < len(column):
                page.write_string(row + 1, at, column[row], styles.of())
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
