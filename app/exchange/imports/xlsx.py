"""An Excel workbook as sheets of cells, with colours, comments, merged and hidden cells and formulas' results."""

import re
from datetime import date, datetime, time
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from app.core.words import _
from app.exchange.imports.colours import Palette
from app.exchange.imports.guards import MOST_CELLS, too_many_cells
from app.exchange.imports.sheets import Area, Book, Cell, Kind, Sheet, Value, bare

_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]{0,2400}))'
)
_LINK = re.compile(r'=\s*HYPERLINK\(\s*"([^"]+)"\s*(?:,\s*"([^"]*)"\s*)?\)', re.IGNORECASE)
# Of a formula this much is kept, to be shown where it has no result.
_MOST_FORMULA = 200
_DECIMALS = re.compile(r"[#0,]*0(?:\.(0+))?(%?)")
_RULES = b"<conditionalFormatting"


def read(content: bytes) -> Book:
    """Raises whatever openpyxl raises for what it cannot read."""
    from openpyxl import load_workbook  # half a second and 20 MB, needed by whoever imports alone

    book = load_workbook(BytesIO(content), data_only=True, keep_links=False)
    with ZipFile(BytesIO(content)) as archive:
        sources = _sources(archive)
        names = archive.namelist()
        parts_struck = "xl/sharedStrings.xml" in names and b"<strike" in archive.read("xl/sharedStrings.xml")
        palette = Palette(book)
        sheets = []
        for made in book.worksheets:
            raw = sources.get(_path_of(made, book), b"")
            sheets.append(_sheet(made, raw, palette, since_1904=book.epoch.year == 1904))
    others = [made.title for made in book.chartsheets]
    extras = tuple(_("The sheet “{name}” holds a chart alone.", name=name) for name in others)
    if parts_struck:
        extras += (_("Parts of some texts are struck through: they are brought in with the rest of the text."),)
    return Book("xlsx", sheets, extras)


def _sources(archive: ZipFile) -> dict[str, bytes]:
    """The text of the sheets that hold a formula or a rule for colours; of the others nothing is asked."""
    found = {}
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            text = archive.read(name)
            if b"<f" in text or b":f" in text or _RULES in text:
                found[name] = text
    return found


def _path_of(made: Any, book: Any) -> str:
    path = getattr(made, "_rel_path", "")
    return path or f"xl/worksheets/sheet{book.worksheets.index(made) + 1}.xml"


def _sheet(made: Any, raw: bytes, palette: Palette, *, since_1904: bool) -> Sheet:
    formulas = _formulas(raw)
    fills = palette.fills
    cells: dict[tuple[int, int], Cell] = {}
    if len(made._cells) > MOST_CELLS:
        raise too_many_cells()
    for place, source in made._cells.items():
        value = source._value if hasattr(source, "_value") else None
        fill = fills[source._style.fillId] if source.has_style else ""
        if value is None and not fill and place not in formulas:
            comment = getattr(source, "comment", None)
            if comment is None:
                continue
        cells[place] = _cell(place, source, value, fill, formulas.get(place, ""))
        cells[place].struck = source.has_style and palette.struck[source._style.fontId]
    # The parser's own copy is larger than ours.
    made._cells.clear()
    return Sheet(
        name=made.title,
        cells=cells,
        merged=tuple(Area(a.min_row, a.min_col, a.max_row, a.max_col) for a in made.merged_cells.ranges),
        hidden=made.sheet_state != "visible",
        hidden_rows=frozenset(n for n, d in made.row_dimensions.items() if d.hidden),
        hidden_columns=_hidden_columns(made),
        since_1904=since_1904,
        extras=(_("Colours that rules give (conditional formatting) are not read: words are."),)
        if _RULES in raw
        else (),
    )


def _hidden_columns(made: Any) -> frozenset[int]:
    found: set[int] = set()
    for dimension in made.column_dimensions.values():
        if dimension.hidden:
            first = dimension.min or dimension.index
            if isinstance(first, int):
                found |= set(range(first, min(dimension.max or first, first + 200) + 1))
    return frozenset(found)


def _formulas(raw: bytes) -> dict[tuple[int, int], str]:
    found = {}
    for match in _FORMULA.finditer(raw):
        column = 0
        for letter in match[1].decode():
            column = column * 26 + ord(letter) - 64
        found[int(match[2]), column] = "=" + unescape((match[3] or b"").decode("utf-8", "replace"))
    return found


def _cell(place: tuple[int, int], source: Any, value: Any, fill: str, formula: str) -> Cell:
    row, column = place
    comment = getattr(source, "comment", None)
    note = str(comment.text or "").strip() if comment is not None else ""
    kind, kept, text = _read(source, value)
    linked = _LINK.match(formula)
    if linked and value is None:
        kind, kept, text = _read(source, linked[2] or linked[1])
    elif formula and value is None:
        kind, kept, text = Kind.error, "", formula[:_MOST_FORMULA]
    if linked:
        return Cell(row, column, kind, kept, text, fill, note, link=linked[1])
    return Cell(row, column, kind, kept, text, fill, note, formula[:_MOST_FORMULA], link=_target(source))


def _target(source: Any) -> str:
    """Where a cell's link leads to outside the workbook."""
    link = getattr(source, "hyperlink", None)
    return str(link.target or "").strip().removeprefix("mailto:") if link is not None else ""


def _read(source: Any, value: Any) -> tuple[Kind, Value, str]:
    if value is None:
        return Kind.text, "", ""
    if isinstance(value, str):
        return (Kind.error if source.data_type == "e" else Kind.text), value, bare(value)
    return typed(value, source.number_format)


def typed(value: Any, number_format: str) -> tuple[Kind, Value, str]:
    """What a cell holds that is no text: its kind, its value, and the text that people see. A time of day is words."""
    if isinstance(value, bool):
        return Kind.yes, value, "Yes" if value else "No"
    if isinstance(value, datetime):
        return Kind.day, value.date(), moment_text(value)
    if isinstance(value, date):
        return Kind.day, value, value.strftime("%d/%m/%Y")
    if isinstance(value, int | float):
        return Kind.number, value, number_text(value, number_format)
    return Kind.text, str(value), str(value).strip()


def moment_text(value: datetime) -> str:
    """A day as people write it, with the time of day where it has one."""
    return value.strftime("%d/%m/%Y" if value.time() == time.min else "%d/%m/%Y %H:%M")


def number_text(value: float, shape: str) -> str:
    """As the cell shows it where its format is plain: 1.1 in the format 0.00 is the reference 1.10."""
    if "£" in shape and isinstance(value, int | float):
        return f"{'-' if value < 0 else ''}£{abs(value):,.2f}".removesuffix(".00")
    match = _DECIMALS.fullmatch(shape)
    if match and (match[1] or match[2] or shape.strip("#,") == "0"):
        return f"{value * 100:.{len(match[1] or '')}f}%" if match[2] else f"{value:.{len(match[1] or '')}f}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.12g}" if isinstance(value, float) else str(value)
