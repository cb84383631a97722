"""What an import would do to a plan, worked out without writing: the same when it is looked at and when it is done."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from app.actions import own as own_values
from app.actions.fields import FieldChange
from app.actions.queries import plan_view
from app.actions.schemas import NewAction
from app.actions.view import ActionView, PlanView
from app.core.db import Read
from app.core.identifiers import warning_sentences
from app.core.sentences import field_errors
from app.core.text import STATED
from app.core.words import _
from app.exchange.imports import beside, legends, mapping, rows
from app.exchange.imports.own import OwnField
from app.exchange.imports.questions import ASKED, LISTED, STORED, Asked, Fate, Question, Step
from app.exchange.imports.row import Row
from app.exchange.imports.settling import Plan, Settled, settle
from app.exchange.imports.sheets import Book
from app.exchange.imports.tables import Table
from app.exchange.queries.comparing import Proposed, compared
from app.exchange.queries.ground import Around, around
from app.exchange.queries.leaving import leave_of_new
from app.exchange.schemas import ImportAnswers
from app.plans.queries import PlanAccess

# The answer that a row is none of the actions that are called like it.
NEW = "~new"


@dataclass(slots=True)
class Looked:
    """One row against the plan.

    action: the one it changes, None where it is new; said: commentary to come; facts: stage and progress, where they
    change.
    """

    settled: Settled
    action: ActionView | None
    values: dict[str, Any]
    changes: dict[str, FieldChange] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    said: str = ""
    proposals: list[Proposed] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    # What it says and the plan does not take, as sentences.
    not_taken: list[str] = field(default_factory=list)
    # By field, what becomes of the cell that says it.
    left: dict[str, Fate] = field(default_factory=dict)

    @property
    def is_changed(self) -> bool:
        return bool(self.changes or self.facts or self.own or self.said or self.proposals)


@dataclass(slots=True)
class Check:
    view: PlanView
    around: Around
    tables: list[Table]
    chosen: frozenset[str]
    fields: dict[str, str]
    questions: list[Question]
    looked: list[Looked]
    plan: Plan
    own: dict[str, OwnField]
    fates: dict[tuple[str, str], Fate]
    notes: list[tuple[str, str]]
    left_out: int

    @property
    def ready(self) -> bool:
        return not any(q.is_open for q in self.questions) and not any(each.problems for each in self.looked)


def look(read: Read, access: PlanAccess, book: Book, given: ImportAnswers) -> Check:
    """Read the book by the answers that there are. Raises Invalid where no table or no column of actions is found."""
    view = plan_view(read, access)
    near = around(read, access, view)
    asked = Asked(given.answers, lenient=given.unclear == "words")
    aside: dict[tuple[str, str], Fate] = {}
    tables = mapping.tables_of(book, given.columns)
    whole = mapping.chosen(book, tables, given.sheets, asked)
    chosen = [part for s, t in whole for part in beside.parted(s, t, given.columns, asked, aside)]
    tables = [part for t in tables for part in [c for s, c in chosen if s.name == t.sheet] or [t]]
    held = {f.name.casefold() for f in near.fields.values()}
    fields = mapping.fields_of([t for _s, t in chosen], given.columns, near.remembered, held)
    read_tables = [(t, fields, s.since_1904) for s, t in chosen]
    for _sheet, table in chosen:
        mapping.ask_of_headings(table, asked)
    names = frozenset(t.sheet for _s, t in chosen)
    legend = legends.beside(tables, names) + beside.legend_rows([s for s, _t in whole] if aside else [], aside)
    found, fates, own, notes = rows.read(read_tables, near.ground, asked, legend)
    fates |= {key: fate for key, fate in aside.items() if key not in fates}
    plan = settle(found, near.shape, asked, near.ground.today)
    _left_out(found, plan, fates)
    looked = _looked(read, access, view, near, plan, given, asked)
    _rest(
        book, tables, names, fates, sheets_are_asked=any(q.key == "sheets" and q.is_open for q in asked.found.values())
    )
    refer(looked, fates)
    extras = [(s.name, e) for s in book.sheets for e in s.extras] + [("", e) for e in book.extras]
    return Check(
        view, near, tables, names, fields, list(asked.found.values()), looked, plan, own, fates,
        [*_hints(book, fates), *notes, *plan.notes, *extras], sum(row.out for row in found),
    )  # fmt: skip


def _hints(book: Book, fates: Mapping[tuple[str, str], Fate]) -> Iterator[tuple[str, str]]:
    """Where words that come in may name a patient; they come in all the same."""
    for sheet, cell in book.cells():
        if cell.hinted and fates[sheet.name, cell.where].kind != LISTED:
            for sentence in warning_sentences(f"{cell.text}\n{cell.note}"):
                yield f"{sheet.name}!{cell.where}", sentence


def _looked(
    read: Read, access: PlanAccess, view: PlanView, near: Around, plan: Plan, given: ImportAnswers, asked: Asked
) -> list[Looked]:
    by_ref = {a.ref.casefold(): a for a in view.actions}
    by_title: dict[str, list[ActionView]] = {}
    for each_action in view.actions:
        by_title.setdefault(each_action.title.casefold(), []).append(each_action)
    known = {each.ref.casefold() for each in plan.rows if each.ref} | by_ref.keys()
    titles = Counter(_title(each) for each in plan.rows if not each.ref)
    out = []
    for settled in plan.rows:
        problems: list[str] = []
        action = by_ref.get(settled.ref.casefold()) if settled.ref else _titled(settled, by_title, titles, asked)
        _dependencies(settled, known)
        each = Looked(settled, action, _judged(settled, given, problems), problems=problems)
        if action is None:
            each.said, each.own = settled.commentary, _own_of(settled, near, None)
            leave_of_new(each, access, first=near.shape.first)
        else:
            compared(read, each, access, near)
            each.own = _own_of(settled, near, action)
        _refuse_left(each, near)
        out.append(each)
    return out


def _title(settled: Settled) -> str:
    return str(settled.values["title"]).casefold()


def _titled(
    settled: Settled, by_title: Mapping[str, list[ActionView]], titles: Counter[str], asked: Asked
) -> ActionView | None:
    """The action that a row without a reference changes, by its title; of several of one title each in its turn.

    titles: how many rows without a reference have each. Where the plan has another number, a person says which one is
    meant.
    """
    title = _title(settled)
    left = by_title.get(title, [])
    if len(left) > 1 and titles[title] != len(left):
        place = settled.row.place
        question = Question(
            f"same:{place}",
            Step.rows,
            _("{n} actions of the plan are called “{title}”. Which one is it?", n=len(left), title=left[0].title[:120]),
            options=(*((a.ref, f"{a.ref}: {a.priority.title}") for a in left), (NEW, _("None of them: a new action"))),
            suggested=NEW,
        )
        answer = asked.ask(question, place)
        settled.row.asked = settled.row.asked or answer is None
        return next((a for a in left if a.ref == answer), None)
    titles[title] -= 1
    return left.pop(0) if left else None


def _refuse_left(each: Looked, near: Around) -> None:
    """Nothing new is given to somebody who has left; what they had stays theirs."""
    given = each.values if each.action is None else {name: change.new for name, change in each.changes.items()}
    wanted = {given.get("lead_executive"), given.get("accountable_person"), *(given.get("contributors") or ())}
    for email in sorted(near.left.intersection(wanted)):
        each.problems.append(_("{name} has left. Choose somebody else.", name=email))


def _judged(settled: Settled, given: ImportAnswers, problems: list[str]) -> dict[str, Any]:
    """The values as the model of a new action takes them; what it refuses is a problem of the row."""
    ours = {k: v for k, v in settled.values.items() if k in NewAction.model_fields}
    extra = {k: v for k, v in settled.values.items() if k == "accepted_on"}
    try:
        model = NewAction.model_validate(
            {**ours, "priority": settled.priority}, context={STATED: given.not_nhs_numbers}
        )
    except ValidationError as error:
        problems += [e.message for e in field_errors(list(error.errors()))]
        return {**settled.values}
    return {name: getattr(model, name) for name in ours} | extra


def _dependencies(settled: Settled, known: set[str] | frozenset[str]) -> None:
    """References of no action are kept as words."""
    wanted = settled.values.get("depends_on")
    if wanted:
        held = [ref for ref in wanted if ref.casefold() in known and ref.casefold() != settled.ref.casefold()]
        lost = [ref for ref in wanted if ref not in held]
        settled.values["depends_on"] = held
        if lost:
            settled.commentary = f"{settled.commentary}\n\n{_('Depends on')}: {', '.join(lost)}".strip()


def _own_of(settled: Settled, near: Around, action: ActionView | None) -> dict[str, str]:
    """What changes in the plan's own fields, by their names as they are written above the columns."""
    held = own_values.read(action.own) if action else {}
    by_name = {f.name.casefold(): f.key for f in near.fields.values()}
    out = {}
    for name, value in settled.row.own.items():
        key = by_name.get(name.casefold())
        if key is None or held.get(key, "") != value:
            out[name] = value
    return out


def _left_out(found: Sequence[Row], plan: Plan, fates: dict[tuple[str, str], Fate]) -> None:
    """Nothing is stored of a row that stays out."""
    kept = {id(each.row) for each in plan.rows}
    for row in found:
        if id(row) not in kept:
            why = _("The row is left out") if row.out else _("The row names no action")
            for where in row.wheres:
                fate = fates.get((row.sheet, where))
                if fate is not None and fate.kind == STORED:
                    fates[row.sheet, where] = Fate(LISTED, why=why)


def _rest(
    book: Book, tables: Sequence[Table], chosen: frozenset[str], fates: dict[tuple[str, str], Fate], *,
    sheets_are_asked: bool,
) -> None:  # fmt: skip
    """Every other cell: of a sheet that does not come in, or in no line of a table."""
    found = {t.sheet: t for t in tables}
    for sheet, cell in book.cells():
        key = (sheet.name, cell.where)
        if key in fates:
            continue
        if sheet.name in chosen:
            fates[key] = Fate(LISTED, why=_("In no row of the table"))
        elif sheets_are_asked and found[sheet.name].headings:
            fates[key] = Fate(ASKED, why=_("Whether the sheet comes in"))
        else:
            why = _("Hidden sheet, left out") if sheet.hidden else _("The sheet does not come in")
            fates[key] = Fate(LISTED, why=why)


def refer(looked: Sequence[Looked], fates: dict[tuple[str, str], Fate]) -> None:
    """Give each cell of a row the reference of its action, and what the plan does not take of it the reason."""
    for each in looked:
        row, ref = each.settled.row, each.action.ref if each.action else each.settled.ref
        for name, fate in each.left.items():
            fates[row.sheet, row.cells[name].where] = replace(fate)
        for where in row.wheres:
            known = fates.get((row.sheet, where))
            if known is not None:
                known.ref = ref
