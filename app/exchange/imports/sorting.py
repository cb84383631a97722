"""Says of each row of a sheet what it is: an action, a group's name, a total, a legend, or none of the table's."""

import re
from collections.abc import Mapping
from itertools import pairwise

from app.exchange.imports import further
from app.exchange.imports.headings import simple
from app.exchange.imports.sheets import Area, Cell, Kind, Sheet
from app.exchange.imports.tables import Line, Sort, Table

# Rows of a table do not stand further apart.
FAR = 6
_TOTAL = re.compile(r"(?:grand |sub ?)?totals?\b|count of\b|number of actions\b|% ?complete\b|percentage\b|average\b")
_LEGEND = re.compile(
    r"(?:brag |rag |status |colour |rating )*(?:key|legend|notes?|definitions?|guidance)\b(?! action)|nb\b|"
    r"(?:last )?updated\b|version\b|source:|end of (?:plan|report|table)|prepared by|page \d+"
)
# Who signed it and when, at the foot.
_SIGNED = re.compile(
    r"(?:signed(?: off)?(?: by)?|signature|approved by|reviewed by|agreed by|completed by|author|date|date of review|"
    r"next review(?: date)?|review date|date signed|print name|chief executive|chair)(?: .{0,40})?"
)
_GROUP = re.compile(
    r"(?:theme|priority|workstream|work stream|section|domain|pillar|driver|wave|phase|part|area|objective|strand|"
    r"programme|iea|immediate and essential action|safety action|recommendation|goal|aim|local actions? for learning|"
    r"must do|should do|site|element|chapter|strategic)\b"
)
_NUMBERED = re.compile(r"(?:\d{1,2}|[A-Z])[.):]?\s+\S")
_NAMED_COLOUR = re.compile(r"\b(?:red|amber|yellow|green|blue|grey|gray|purple)\b", re.IGNORECASE)


def lines_of(
    rows: dict[int, dict[int, Cell]], table: Table, sheet: Sheet, spread: dict[tuple[int, int], Cell]
) -> list[Line]:
    heads = {c.place: simple(c.name) for c in table.columns}
    lines: list[Line] = []
    group, last_row, ended = "", table.headings[-1], False
    wide = {a.top: a for a in sheet.merged if a.right > a.left}
    moved: Mapping[int, int] = {}
    stranger, after_group = 0, False
    for number, whole in rows.items():
        cells = whole
        hidden = number in sheet.hidden_rows
        if number < table.headings[0]:
            sort = Sort.legend if _is_legend(cells) else Sort.above
        elif number in table.headings:
            sort = Sort.heading
        else:
            gap = number - last_row > 1
            again = _repeats(whole, heads)
            other = not again and further.are_headings(whole, table)
            strange = not (again or other) and (gap or after_group) and further.are_of_no_actions(whole, table)
            if again or other or strange:
                moved, ended = {} if again else further.moves(whole, table, strange=strange), ended and again
                stranger = number if strange else 0
                if strange:
                    table.others[number] = ", ".join(c.text for c in whole.values() if c.text)
            cells = further.moved(whole, moved) if moved else whole
            is_heading = again or other or strange
            sort = Sort.heading if is_heading else _sort(cells, table, spread, wide.get(number), gap=gap, ended=ended)
            after_group = sort is Sort.group
            ended = ended or sort in (Sort.legend, Sort.below)
            if ended and sort is Sort.action and not gap and _is_full(cells, table):
                ended = False
            if sort is Sort.group:
                group = next(c.text for c in cells.values() if c.text)
            last_row = number
        is_row = sort in (Sort.action, Sort.more)
        lines.append(Line(number, sort, cells, group if is_row else "", hidden, other=stranger if is_row else 0))
        if sort in (Sort.action, Sort.more):
            _fill_in(lines[-1], table, sheet, spread, {to: place for place, to in moved.items()})
    _named_above(lines, table)
    _alone_among_full(lines, table)
    return lines


def _alone_among_full(lines: list[Line], table: Table) -> None:
    """Where most actions say more than their title, a title alone may be the name of a group."""
    title = table.fields["title"]
    held = {x.row: [p for p, c in x.cells.items() if c.text] for x in lines if x.sort is Sort.action and not x.other}
    alone = [row for row, places in held.items() if places == [title]]
    if 0 < 2 * len(alone) < len(held):
        for line in lines:
            # The last row names no group: nothing stands below it.
            line.is_alone = line.row in alone and line.row != max(held)
        _far_below(lines, alone)


def _far_below(lines: list[Line], alone: list[int]) -> None:
    """A text alone many rows below the rest is a note, and so is what stands alone below it."""
    is_far = False
    for before, line in pairwise(lines):
        is_far = is_far or line.row - before.row > FAR
        if is_far and line.row in alone:
            line.sort, line.is_alone, line.group = Sort.below, False, ""


def _named_above(lines: list[Line], table: Table) -> None:
    """Where groups follow, a group's name may stand above the headings as well."""
    above = next((x for x in lines if x.row == table.headings[0] - 1 and x.sort is Sort.above), None)
    if above is None or not any(line.sort is Sort.group for line in lines):
        return
    held = [c.text for c in above.cells.values() if c.text]
    if len(held) == 1 and _GROUP.match(simple(held[0])):
        above.sort = Sort.group
        for line in lines:
            if line.sort in (Sort.action, Sort.more) and not line.group:
                line.group = held[0]


def _fill_in(
    line: Line, table: Table, sheet: Sheet, spread: dict[tuple[int, int], Cell], stands: Mapping[int, int]
) -> None:
    """Colours alone, and what merged blocks say, in the columns of the table."""
    came: set[int] = set()
    for column in table.columns:
        place = (line.row, stands.get(column.place, column.place))
        if column.place in line.cells:
            continue
        if place in spread and (spread[place].row > table.headings[-1]):
            line.cells[column.place] = spread[place]
            came.add(column.place)
        elif column.reading.field in ("status", "stage", "progress", "period") and place in sheet.cells:
            line.cells[column.place] = sheet.cells[place]
    line.spread = frozenset(came)


def _repeats(cells: dict[int, Cell], heads: dict[int, str]) -> bool:
    """The headings once more, as at the top of each printed page."""
    held = {place: cell for place, cell in cells.items() if cell.text}
    same = sum(simple(cell.text) == heads.get(place) for place, cell in held.items())
    return same >= 2 and same >= 0.6 * len(held)


def _is_full(cells: dict[int, Cell], table: Table) -> bool:
    return table.fields["title"] in cells and len(cells) >= 3


def _sort(
    cells: dict[int, Cell],
    table: Table,
    spread: dict[tuple[int, int], Cell],
    wide: Area | None,
    *,
    gap: bool,
    ended: bool,
) -> Sort:
    held = {place: cell for place, cell in cells.items() if cell.text}
    if not held:
        return Sort.below if ended else Sort.more
    row = next(iter(held.values())).row
    first = held[min(held)]
    words = simple(first.text)
    title = table.fields["title"]
    alone = _TOTAL.fullmatch(words) and len(held) < max(3, len(table.columns) / 2)
    if alone or (_TOTAL.match(words) and (title not in held or held[title] is first)):
        return Sort.total
    if _is_legend(held) or (ended and len(held) <= 2):
        return Sort.legend if _is_legend(held) else Sort.below
    if _is_signature(held, table):
        return Sort.below
    if len(held) == 1:
        return _alone(first, table, wide, gap=gap)
    counted = title in held and held[title].kind in (Kind.number, Kind.error)
    if counted and (len(held) <= 2 or _TOTAL.match(words)):
        return Sort.total
    if title not in held and " " in first.text and _is_theme(held, table):
        return Sort.group
    if title in held or ("ref" in table.fields and table.fields["ref"] in held):
        return Sort.action
    if (row, title) in spread:
        return Sort.more
    if all(c.kind is Kind.number or c.text.endswith("%") for p, c in held.items() if p != first.column):
        return Sort.total
    return Sort.more


def _is_theme(held: Mapping[int, Cell], table: Table) -> bool:
    """A theme's name with no more than a rating of the theme beside it."""
    first, *rest = (held[place] for place in sorted(held))
    begins = first.column == min(c.place for c in table.columns)
    named = _GROUP.match(simple(first.text)) is not None
    return begins and named and len(rest) <= 1 and all(len(c.text) <= 12 for c in rest)


def _is_signature(held: Mapping[int, Cell], table: Table) -> bool:
    first = held[min(held)]
    named = first.text.rstrip().endswith((":", "…", "..", "__")) or len(held) == 1
    is_title = table.fields["title"] == first.column
    return named and not is_title and _SIGNED.fullmatch(simple(first.text)) is not None


def _is_legend(cells: dict[int, Cell]) -> bool:
    held = [c for c in cells.values() if c.text]
    if not held:
        return False
    words = simple(held[0].text)
    if _LEGEND.match(words) and len(held) <= 8 and not any(c.kind is Kind.day for c in held):
        return True
    coloured = [c for c in held if _NAMED_COLOUR.match(c.text) and len(c.text) > 8]
    return len(held) <= 8 and bool(coloured) and (len(coloured) >= len(held) - 1)


def _alone(cell: Cell, table: Table, wide: Area | None, *, gap: bool) -> Sort:
    """The only cell of a row: a group's name, an action that has no more than its words, or a note."""
    words = simple(cell.text)
    is_wide = wide is not None and wide.right - wide.left >= 2
    if is_wide or _GROUP.match(words):
        return Sort.group if len(cell.text) <= 300 else Sort.below
    if cell.column == table.fields["title"]:
        return Sort.group if _NUMBERED.match(cell.text) and gap else Sort.action
    if cell.column == min(c.place for c in table.columns) and cell.kind is Kind.text and len(cell.text) > 2:
        return Sort.group if len(cell.text) <= 300 else Sort.below
    return Sort.more
