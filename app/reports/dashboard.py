"""What the dashboard shows, in the order a chief executive reads: every number with the rows behind it; pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.actions.display import LOOKS, look_of, look_word, owner
from app.actions.reasons import label, progress_word, reason_text, stage_word
from app.actions.rules import Flag, Stage
from app.actions.view import ActionView, PlanView, PriorityView
from app.core.words import _, short_day
from app.coverage.covering import Coverage, Standing
from app.plans.rules import Colour
from app.reports.addresses import Addresses
from app.reports.compare import Change
from app.reports.schemas import HeadlineRead


@dataclass(frozen=True, slots=True)
class Number:
    """A count that opens its own rows, nought none; look: beside a colour."""

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


class Part(NamedTuple):
    """One look in a strip: so many, from where and how wide in percent."""

    look: str
    x: int
    width: int
    many: int
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    key: str
    title: str
    href: str
    numbers: tuple[Number, ...]
    looks: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PriorityRow:
    ref: str
    title: str
    href: str
    look: str
    headline: str
    looks: tuple[Part, ...]
    total: Number


def change_line(change: Change, to: Addresses, today: date, why: str | None = None) -> Line:
    """ "1.04 Ward rounds · was on track · due 31 October, 21 days ago · clinical director".

    why: by default what was written with the act alone.
    """
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
        change.why if why is None else why,
    )


def other_reds(view: PlanView, seen: Iterable[str]) -> list[ActionView]:
    """The reds that no list of news names, in the plan's order."""
    known = set(seen)
    return [a for a in view.actions if a.rating.colour is Colour.red and a.ref not in known]


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


def look_words(legend: Mapping[str, str]) -> dict[str, str]:
    return {look: look_word(look, legend) for look in LOOKS}


def strip(counted: Mapping[str, int], words: Mapping[str, str], href: Callable[[str], str]) -> tuple[Part, ...]:
    """The looks that something has, in the order of the house."""
    whole, found = sum(counted.values()), []
    at: float = 0
    for look, word in words.items():
        if many := counted.get(look, 0):
            width = 100 * many / whole
            found.append(Part(look, round(at), round(at + width) - round(at), many, word, href(look)))
            at += width
    return tuple(found)


def source_row(found: Coverage, words: Mapping[str, str], to: Addresses) -> SourceRow:
    """words: of each look."""
    key = found.publication.key
    counts = found.counts

    def number(count: int, text: str, standing: str) -> Number:
        return Number(count, text, to.recommendations(key, standing=standing) if count else "")

    return SourceRow(
        key=key,
        title=found.publication.title,
        href=to.recommendations(key),
        numbers=(
            number(found.in_scope, _("In scope"), "in_scope"),
            number(counts[Standing.covered], _("Met by an action"), Standing.covered.value),
            number(counts[Standing.partly], _("Partly"), Standing.partly.value),
            number(counts[Standing.without_action], _("No action"), Standing.without_action.value),
            number(found.apart, _("Apart"), "apart"),
        ),
        looks=strip(found.by_look, words, lambda look: to.recommendations(key, look=look)),
    )


def priority_row(
    priority: PriorityView, headline: HeadlineRead, mine: Sequence[ActionView], words: Mapping[str, str], to: Addresses
) -> PriorityRow:
    """mine: its actions; words: of each look."""
    counted = Counter([look_of(a.rating) for a in mine])
    looks = strip(counted, words, lambda look: to.look(look, priority=priority.ref))
    rows = to.rows(priority=(priority.ref,))
    return PriorityRow(
        priority.ref, priority.title, rows, headline.rating, headline.reasons[0].text, looks,
        Number(len(mine), _("Actions"), rows),
    )  # fmt: skip


def apart(view: PlanView, to: Addresses) -> list[Number]:
    """What is counted besides: led from outside, regulatory, waiting, slipped, exited; nought is left out."""
    counts = view.counts
    found = []
    for flag, text in ((Flag.external, _("led from outside")), (Flag.regulatory, _("regulatory"))):
        red = _reds([a for a in view.actions if flag in a.flags]) if counts.by_flag[flag] else 0
        found += [
            Number(counts.by_flag[flag], text, to.rows(flag=(flag.value,))),
            Number(red, _("of them red"), to.rows(flag=(flag.value,), rating=("red",)), "red"),
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
