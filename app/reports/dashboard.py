"""What the dashboard shows, in the order a chief executive reads: every number with the rows behind it; pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.actions.display import LOOKS, look_of, look_word, owner
from app.actions.reasons import label, progress_word, reason_text, stage_word
from app.actions.rules import Flag, Stage
from app.actions.view import ActionView, PlanView, PriorityView
from app.core.words import _, short_day
from app.coverage.covering import Coverage, Standing
from app.plans.rules import Colour
from app.reports.addresses import Addresses
from app.reports.compare import Change


@dataclass(frozen=True, slots=True)
class Number:
    """A count that opens its own rows; look: beside a colour."""

    count: int
    text: str
    href: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An action in a list of news: its label, its title, and small words on cause, owner, who and why."""

    ref: str
    title: str
    href: str
    look: str
    label: str
    notes: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    key: str
    title: str
    href: str
    numbers: tuple[Number, ...]
    looks: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class PriorityRow:
    ref: str
    title: str
    href: str
    look: str
    headline: str
    looks: tuple[Number, ...]
    total: Number


def change_line(change: Change, to: Addresses, today: date) -> Line:
    """ "1.04 Ward rounds · was on track · due 31 October, 21 days ago · clinical director"."""
    deed = change.deed
    was = _("was {label}", label=label(change.was_label).lower()) if change.was_label else ""
    done = ""
    if deed is not None:
        when = short_day(deed.on, year=deed.on.year != today.year)
        done = _("{name}, {day}", name=deed.by, day=when) if deed.by else when
    notes = (change.detail, was if change.was_label != change.label else "", change.cause, change.owner, done)
    action = change.action
    return Line(
        action.ref,
        action.title,
        to.action(action.ref),
        change.look,
        label(change.label),
        tuple(note for note in notes if note),
        change.why,
    )


def red_lines(view: PlanView, seen: Iterable[str], to: Addresses) -> list[Line]:
    """The reds that no list of news names, in the plan's order."""
    known = set(seen)
    reds = [a for a in view.actions if a.rating.colour is Colour.red and a.ref not in known]
    return [action_line(a, to) for a in reds]


def action_line(action: ActionView, to: Addresses, *notes: str) -> Line:
    why = reason_text(action.rating.reasons[0]) if action.rating.reasons else ""
    told = tuple(n for n in (*notes, why, owner(action)) if n)
    return Line(
        action.ref, action.title, to.action(action.ref), look_of(action.rating), label(action.rating.label), told
    )


def differing_views(view: PlanView, may: Callable[[ActionView], bool], to: Addresses) -> list[Line]:
    """Where the owner says better than the dates support, for those who may see it."""
    return [
        action_line(a, to, _("the owner says {progress}", progress=progress_word(a.facts.progress).lower()))
        for a in view.actions
        if a.views_differ and may(a)
    ]


def look_numbers(
    counted: Mapping[str, int], legend: Mapping[str, str], href: Callable[[str], str]
) -> tuple[Number, ...]:
    return tuple(Number(counted.get(k, 0), look_word(k, legend), href(k), k) for k in LOOKS)


def source_row(found: Coverage, legend: Mapping[str, str], to: Addresses) -> SourceRow:
    key = found.publication.key

    def rows(**asked: str) -> str:
        return to.recommendations(key, **asked)

    counts = found.counts
    looks = look_numbers(found.by_look, legend, lambda look: rows(look=look))
    return SourceRow(
        key=key,
        title=found.publication.title,
        href=rows(),
        numbers=(
            Number(found.in_scope, _("In scope"), rows(standing="in_scope")),
            Number(counts[Standing.covered], _("Met by an action"), rows(standing=Standing.covered.value)),
            Number(counts[Standing.partly], _("Partly"), rows(standing=Standing.partly.value)),
            Number(counts[Standing.without_action], _("No action"), rows(standing=Standing.without_action.value)),
            Number(found.apart, _("Apart"), rows(standing="apart")),
        ),
        looks=looks,
    )


def priority_row(priority: PriorityView, headline: tuple[str, str], view: PlanView, to: Addresses) -> PriorityRow:
    """headline: its colour and its reason in words."""
    mine = [a for a in view.actions if a.priority.id == priority.id]
    counted = Counter(look_of(a.rating) for a in mine)
    looks = look_numbers(counted, view.legend, lambda look: to.look(look, priority=priority.ref))
    rows = to.rows(priority=(priority.ref,))
    return PriorityRow(
        priority.ref, priority.title, rows, headline[0], headline[1], looks,
        Number(len(mine), _("Actions"), rows),
    )  # fmt: skip


def apart(view: PlanView, to: Addresses) -> list[Number]:
    """What is counted besides: led from outside, regulatory, waiting, slipped, exited; nought is left out."""
    counts = view.counts
    external = [a for a in view.actions if Flag.external in a.flags]
    regulatory = [a for a in view.actions if Flag.regulatory in a.flags]
    found = [
        Number(len(external), _("led from outside"), to.rows(flag=(Flag.external.value,))),
        Number(_reds(external), _("of them red"), to.rows(flag=(Flag.external.value,), rating=("red",)), "red"),
        Number(len(regulatory), _("regulatory"), to.rows(flag=(Flag.regulatory.value,))),
        Number(_reds(regulatory), _("of them red"), to.rows(flag=(Flag.regulatory.value,), rating=("red",)), "red"),
    ]
    for flag, text in (
        (Flag.unowned, _("without an owner")),
        (Flag.slipped, _("with a date moved")),
        (Flag.awaiting_decision, _("waiting for a decision")),
    ):
        found.append(Number(counts.by_flag[flag], text, to.rows(flag=(flag.value,))))
    exits = [s for s in Stage if s.is_exited]
    found += [Number(counts.by_stage[s], stage_word(s).lower(), to.rows(stage=(s.value,))) for s in exits]
    return [n for n in found if n.count]


def _reds(actions: Iterable[ActionView]) -> int:
    return sum(a.rating.colour is Colour.red for a in actions)
