"""Which sheets come in, and what each of their columns is brought in as."""

from collections.abc import Collection, Mapping, Sequence

from app.core.errors import Invalid
from app.core.words import _
from app.exchange.imports.finding import find
from app.exchange.imports.headings import FIELDS, SURE, simple
from app.exchange.imports.own import MOST_COLUMNS
from app.exchange.imports.questions import Asked, Question, Step
from app.exchange.imports.sheets import Book, Sheet
from app.exchange.imports.tables import Column, Table

OWN, SAID, LEFT = "own", "said", ""
CHOICES = (*FIELDS, OWN, SAID, LEFT, "told")
# A plan has references or dates or people beside its actions; a list of contacts has not.
ENOUGH = 6


def tables_of(book: Book, given: Mapping[str, str]) -> list[Table]:
    """given: what a person says that columns hold, by their headings."""
    return [find(sheet, given) for sheet in book.sheets]


def chosen(
    book: Book, tables: Sequence[Table], wanted: Sequence[str] | None, asked: Asked
) -> list[tuple[Sheet, Table]]:
    """The sheets that come in: those named, the only one that can, or what a person says."""
    both = list(zip(book.sheets, tables, strict=True))
    usable = [(s, t) for s, t in both if t.headings and t.actions and not t.is_guess]
    usable = usable or [(s, t) for s, t in both if t.headings and t.actions]
    ours = [(s, t) for s, t in both if t.is_export]
    # The other sheets of an export tell what the tracker knows already.
    bare = ours if not any(t.actions for _s, t in ours) else []
    bare = bare or [(s, t) for s, t in both if t.headings and not t.is_guess and not usable]
    if bare:
        raise Invalid("file", _("There are no rows below the headings of “{sheet}”.", sheet=bare[0][0].name), "no_rows")
    if not usable:
        raise Invalid(
            "file",
            _("No row of headings was found in this workbook. Its table needs a heading such as “Action required”."),
            "no_headings",
        )
    if wanted is not None:
        names = {s.name for s in book.sheets}
        if unknown := [n for n in wanted if n not in names]:
            raise Invalid("sheets", _("There is no sheet “{name}” in this workbook.", name=unknown[0]))
        return [(s, t) for s, t in usable if s.name in wanted]
    shown = [(s, t) for s, t in usable if not s.hidden] or usable
    ours = [(s, t) for s, t in shown if t.is_export]
    if len(ours) == 1:
        # The other sheets of an export tell what the tracker knows already.
        return ours
    likely = [(s, t) for s, t in shown if t.score >= ENOUGH] or shown
    if len(likely) == 1:
        return likely
    question = Question(
        "sheets",
        Step.sheets,
        _("Which sheets hold actions of the plan?"),
        [s.name for s, _t in likely],
        tuple((s.name, s.name) for s, _t in usable),
        suggested=likely[0][0].name,
        several=True,
    )
    asked.ask(question)
    return likely


def ask_of_headings(table: Table, asked: Asked) -> None:
    """Where no heading is one that is known, a person says whether the row above the table holds its headings."""
    row = table.headings[-1]
    title = next((c.name for c in table.columns if c.place == table.fields.get("title")), "")
    if not table.is_guess:
        _ask_of_title(table, title, row, asked)
        return
    question = Question(
        f"headings:{table.sheet}",
        Step.rows,
        _("No heading of “{sheet}” is one that is known. Is row {row} its headings, and “{column}” the action?",
          sheet=table.sheet, row=row, column=title),
        options=(("in", _("Yes: the columns come in as I said")),),
        hint=_("If not, change what the columns come in as, or write a heading such as “Action required” above them."),
    )  # fmt: skip
    asked.ask(question, f"{table.sheet}!{row}")


def _ask_of_title(table: Table, title: str, row: int, asked: Asked) -> None:
    """Where headings are known and none of them is the action, a person says whether the longest texts are."""
    if not table.is_stand_in:
        return
    question = Question(
        f"title column:{table.sheet}",
        Step.rows,
        _(
            "No heading of “{sheet}” says which column is the action. Is it “{column}”?",
            sheet=table.sheet,
            column=title,
        ),
        options=(("in", _("Yes, that is the action")),),
        hint=_("If not, choose the column of the action under Columns."),
        suggested="in",
    )
    asked.ask(question, f"{table.sheet}!{row}")


def fields_of(
    tables: Sequence[Table],
    given: Mapping[str, str],
    remembered: Mapping[str, str],
    ours: Collection[str] = (),
) -> dict[str, str]:
    """The field of each column by its name: as given, as remembered, as its heading says, else the plan's own.

    ours: names in small letters of the own fields that the plan has.

    Raises Invalid for a field that there is not. Beyond ten own columns the words go to the commentary.
    """
    for name, named in given.items():
        if named not in CHOICES:
            raise Invalid(f"columns.{name}"[:120], _("“{field}” is no field of an action.", field=named[:40]))
    found: dict[str, str] = {}
    own = sum(1 for each in given.values() if each == OWN)
    by_simple = {simple(name): wanted for name, wanted in given.items()}
    for column in (c for table in tables for c in table.columns):
        if column.name in found:
            continue
        wanted: str | None = given.get(column.name, by_simple.get(simple(column.name)))
        if wanted is None and column.own.casefold() in ours:
            wanted = OWN
        if wanted is None:
            wanted = _suggested(column, remembered)
            if wanted == OWN:
                own += 1
                wanted = OWN if own <= MOST_COLUMNS else SAID
        found[column.name] = wanted
    if "title" not in found.values():
        raise Invalid("columns", _("Say which column holds the action itself."), "no_title")
    return found


def _suggested(column: Column, remembered: Mapping[str, str]) -> str:
    known = remembered.get(simple(column.name))
    if known is not None and known in CHOICES and column.reading.sureness < SURE:
        return known
    if column.reading.field:
        return column.reading.field
    return OWN if column.filled else LEFT
