"""The sheets of a plan: its actions, updates, decisions and coverage, and what each column means; pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.actions.display import LOOKS, look_word
from app.actions.reasons import colour_word, progress_word, stage_word
from app.actions.rules import Progress, Stage
from app.actions.view import ActionView, PlanView
from app.assurance import wording
from app.core.words import N_, _
from app.coverage.covering import Coverage, Standing
from app.evidence.schemas import EvidenceRead
from app.exchange import cells
from app.exchange.book import Colour, Line, Sheet
from app.exchange.cells import Around, Naming
from app.exchange.columns import APART, DELIVERY, GROUP_ROW, LAYOUTS, PROGRESS, Column, Kind, Layout
from app.reports.tables import Table

STANDINGS: Mapping[Standing, str] = {
    Standing.covered: N_("An action meets it"),
    Standing.partly: N_("Actions only contribute to it"),
    Standing.without_action: N_("No action"),
    Standing.not_applicable: N_("Not applicable here"),
    Standing.external: N_("For another organisation"),
    Standing.other_kind: N_("For another kind of organisation"),
    Standing.not_accepted: N_("Not accepted"),
}
MEANINGS: Mapping[str, str] = {
    "red": N_("A date has passed, its owner says off track, or it has relapsed."),
    "amber": N_("Something needs attention before it turns red."),
    "green": N_("On track."),
    "proof": N_("Delivered; its effect is still to be proven."),
    "blue": N_("Evidenced and assured, or embedded."),
    "grey": N_("Not started and not due to start, or closed."),
}
_REF = Column("ref", N_("Reference"), N_("The action it is about."), width=11)
_WHO = N_("Who said it.")
UPDATES = (
    _REF,
    Column("said_on", N_("Said on"), N_("The day it was told."), Kind.day, 12),
    Column("made_at", N_("Written down at"), N_("When it was written down, in London time."), Kind.instant, 16),
    Column("by", N_("By"), _WHO, width=20),
    Column("for", N_("For"), N_("For whom the programme office wrote it."), width=20),
    Column("told_how", N_("Told how"), N_("How they told it."), width=16),
    Column("progress_label", N_("Progress"), N_("How its owner said it was going."), width=13),
    Column("commentary", N_("Commentary"), N_("What was said."), width=60),
    Column("cause", N_("Cause"), N_("Why it is late or at risk."), width=30),
    Column("mitigation", N_("Mitigation"), N_("What is done about it."), width=30),
    Column("help_needed", N_("Help needed"), N_("What its owner asked for."), width=30),
    Column("forecast", N_("Forecast"), N_("The day its owner expected to be done."), Kind.day, 12),
    Column("no_change", N_("No change"), N_("Whether it only says that the word before is still true."), Kind.yes, 9),
)
DECISIONS = (
    _REF,
    Column("move_label", N_("What was decided"), N_("The move that was asked for."), width=22),
    Column("outcome", N_("Outcome"), N_("Agreed or returned."), width=11),
    Column("body", N_("Body"), N_("For which group it was decided."), width=20),
    Column("meeting", N_("Meeting"), N_("At which meeting."), width=20),
    Column("meeting_date", N_("Meeting date"), N_("The day of that meeting."), Kind.day, 12),
    Column("decided_on", N_("Decided on"), N_("The day it was decided."), Kind.day, 12),
    Column("decided_by", N_("Decided by"), N_("Who decided it."), width=20),
    Column("capacity", N_("As"), N_("In which part they decided."), width=16),
    Column("recorded_by", N_("Recorded by"), N_("Who wrote it down."), width=20),
    Column("passed_on", N_("Why it came to them"), N_("Where somebody else would have decided first."), width=30),
    Column("chairs_action", N_("Chair's action"), N_("Whether it was decided between meetings."), Kind.yes, 9),
    Column("ratified_on", N_("Ratified on"), N_("The day a meeting ratified it."), Kind.day, 12),
    Column("why", N_("Why"), N_("The reason given."), width=44),
)
COVERAGE = (
    Column("framework", N_("Publication"), N_("Where the recommendation comes from."), width=26),
    Column("ref", N_("Number"), N_("Its number there."), width=10),
    Column("title", N_("Recommendation"), N_("What it asks for."), width=50),
    Column("standing", N_("Standing"), N_("Whether an action of this plan answers it."), width=24),
    Column("rating", N_("Rating"), N_("The worst colour of the actions that answer it."), width=10),
    Column("meets", N_("Actions that meet it"), N_("By their references."), Kind.several, 20),
    Column("contribute", N_("Actions that contribute"), N_("By their references."), Kind.several, 20),
)
EVIDENCE = (
    Column("ref", N_("Number"), N_("The item's number in the plan."), width=9),
    Column("actions", N_("Actions"), N_("The actions it shows something about."), Kind.several, 16),
    Column("kind_words", N_("Kind"), N_("Whether it shows that something was done, or that it works."), width=18),
    Column("sort_words", N_("Sort"), N_("What it is: an audit, a guideline, minutes."), width=14),
    Column("shows", N_("What it shows"), N_("In a sentence; of a confidential one, what may be said of it."), width=44),
    Column("state_words", N_("State"), N_("Submitted, accepted, returned or withdrawn."), width=13),
    Column("period_from", N_("From"), N_("The first day it covers."), Kind.day, 12),
    Column("period_to", N_("To"), N_("The last day it covers."), Kind.day, 12),
    Column("dated_on", N_("Dated"), N_("The day it carries, or was seen."), Kind.day, 12),
    Column("sample_size", N_("Sample size"), N_("How many were looked at."), Kind.number, 9),
    Column("result", N_("Result"), N_("What was found."), width=30),
    Column("kept", N_("Where it is kept"), N_("The file, the address or the place."), width=40),
    Column("expires_on", N_("Expires on"), N_("The day from which it proves nothing any more."), Kind.day, 12),
    Column("submitted_by", N_("Submitted by"), N_("Who added it."), width=20),
    Column("accepted_on", N_("Accepted on"), N_("The day a reviewer accepted it."), Kind.day, 12),
    Column("reviewed_by", N_("Reviewed by"), N_("Who looked at it last."), width=20),
    Column("confidential", N_("Confidential"), N_("Whether only some may see it."), Kind.yes, 11),
)
NAMES = ("by", "for", "decided_by", "recorded_by")


def actions(shown: Sequence[ActionView], around: Around, layout: Layout, own: Sequence[Column] = ()) -> Sheet:
    """Grouped by priority in the classic layout, each group under a row of its own. own: columns of the plan's own."""
    lines: list[Line] = []
    before = None
    for action in _grouped(shown, layout):
        if layout is Layout.classic and action.priority.id != before:
            before = action.priority.id
            band = GROUP_ROW.format(ref=action.priority.ref, title=action.priority.title)
            lines.append(Line((band,), band=True))
        lines.append(Line(cells.row(action, around, layout), cells.look(action, layout)))
    classic = layout is Layout.classic
    coloured = frozenset({"stage"} if classic else {"rating", "label"})
    choices = {
        "stage": [*DELIVERY.values()] if classic else [stage_word(s) for s in Stage],
        "progress": [*PROGRESS.values()] if classic else [progress_word(p) for p in Progress],
    }
    return Sheet("actions", _("Actions"), (*LAYOUTS[layout], *own), lines, coloured, choices)


def _grouped(shown: Sequence[ActionView], layout: Layout) -> Sequence[ActionView]:
    if layout is Layout.ours:
        return shown
    first: dict[object, int] = {}
    for action in shown:
        first.setdefault(action.priority.id, len(first))
    return sorted(shown, key=lambda a: first[a.priority.id])


def legend(sheet: Sheet, plan: PlanView, layout: Layout) -> list[Colour]:
    """The colours of the sheet of actions with their words, and how many of its rows have each."""
    met = Counter(line.look for line in sheet.lines if not line.band)
    if layout is Layout.ours:
        return [Colour(each, look_word(each, plan.legend), _(MEANINGS[each]), met[each]) for each in LOOKS]
    shown = [(look, DELIVERY[stage], stage_word(stage)) for stage, look in cells.CLASSIC_LOOKS.items()]
    left = APART.join(DELIVERY[s] for s in Stage if s not in cells.CLASSIC_LOOKS)
    return [Colour(look, word, means, met[look]) for look, word, means in [*shown, ("grey", left, _("Closed"))]]


def of_table(key: str, name: str, table: Table, columns: Sequence[Column], refs: Iterable[str], to: Naming) -> Sheet:
    """A flat table's rows about these actions, under headings for people."""
    wanted, ref = frozenset(refs), table.columns.index("ref")
    places = [(table.columns.index(c.key), _converter(c, to)) for c in columns]
    lines = [
        Line(tuple([told(row[at]) if told else row[at] for at, told in places]))
        for row in table.rows
        if row[ref] in wanted
    ]
    return Sheet(key, name, columns, lines)


def _converter(column: Column, to: Naming) -> Callable[[Any], cells.Cell] | None:
    """What makes a cell of a value; None where it is one already, as most are."""
    if column.key in NAMES:
        return to.name if to.shown is not None else None
    if column.key == "outcome":
        return lambda value: _(wording.OUTCOME_WORDS[value])
    if column.key == "capacity":
        return lambda value: wording.part_words(value or "")
    return None if column.kind in (Kind.text, Kind.day) else cells.local


def coverage(found: Iterable[Coverage]) -> Sheet:
    lines = [
        Line(
            (
                each.publication.title,
                item.leaf.ref,
                item.leaf.title,
                _(STANDINGS[item.standing]),
                colour_word(item.colour) if item.colour else "",
                APART.join(a.action.ref for a in item.answers if a.meets),
                APART.join(a.action.ref for a in item.answers if not a.meets),
            ),
            item.look,
        )
        for each in found
        for item in each.items
    ]
    return Sheet("coverage", _("Coverage"), COVERAGE, lines, frozenset({"rating"}))


def evidence(items: Iterable[EvidenceRead], refs: Iterable[str], to: Naming) -> Sheet:
    wanted = frozenset(refs)
    lines = []
    for item in items:
        about = [a.ref for a in item.actions]
        if wanted & {*about} or not about:
            told = {"actions": about, "kept": kept(item), "submitted_by": to.name(item.submitted_by),
                    "reviewed_by": to.name(item.reviewed_by or "")}  # fmt: skip
            values = (told[c.key] if c.key in told else getattr(item, c.key) for c in EVIDENCE)
            lines.append(Line(tuple(map(cells.local, values))))
    return Sheet("evidence", _("Evidence"), EVIDENCE, lines)


def kept(item: EvidenceRead) -> str:
    """Where an item is: its place, its address or its file; of a confidential one nothing."""
    if item.concealed:
        return _("Confidential")
    return item.kept_at or item.link or (item.file.file_name if item.file else "")


def places(items: Iterable[EvidenceRead]) -> dict[str, list[str]]:
    """Where the evidence of each action is, by the action's reference."""
    found: dict[str, list[str]] = {}
    for item in items:
        text = " ".join(f"{item.ref}: {kept(item) or item.shows}".split())
        for action in item.actions:
            found.setdefault(action.ref, []).append(text)
    return found


def definitions(sheets: Iterable[Sheet]) -> Sheet:
    columns = (
        Column("sheet", N_("Sheet"), N_("The sheet of this workbook."), width=16),
        Column("column", N_("Column"), N_("The heading there."), width=30),
        Column("means", N_("What it means"), N_("What its cells hold."), width=80),
    )
    lines = [Line((s.name, _(c.heading), _(c.means))) for s in sheets for c in s.columns]
    return Sheet("definitions", _("Definitions"), columns, lines)
