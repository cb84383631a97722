"""What became of a plan between two days: added, closed, slipped, re-opened, re-coloured, each with who and why.

Pure: a past day of a plan, its view, and what the record says of the actions that differ.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from app.actions.display import look_of, owner
from app.actions.reasons import reason_text, stage_word
from app.actions.rules import Code, Label, is_reopening
from app.actions.view import ActionView, PlanView
from app.core.words import _, day, short_day
from app.plans.rules import Colour
from app.reports.past import Then, Was

REPORTED = "action.updated"
BAD = (Colour.amber, Colour.red)
# Fired by a day that passed: nobody did it, so the record names nobody.
BY_THE_CALENDAR = frozenset({Code.R1, Code.R2, Code.R3, Code.A1, Code.A2, Code.A3, Code.A7, Code.A9, Code.A14})
FACTS = frozenset(
    {
        "stage", "progress", "due_date", "start_date", "evidence_by_date", "retest_date", "regulator_date",
        "regulatory", "submitted_on", "accepted_on", "returned_on", "reopened_on", "recovery_accepted_on", "claimed_on",
        "concern_since", "accountable_person_id", "external_lead", "external_contact", "last_update_on",
    }
)  # fmt: skip

SLIPPED = frozenset({"due_date", "slips"})
CLOSED = frozenset({"stage"})
REOPENED = frozenset({"stage", "reopened_on"})


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did to one action in one transaction, as the record has it; reopens: it lowered the stage."""

    revision: int
    on: date
    by: str
    act: str
    why: str | None
    fields: frozenset[str]
    reopens: bool = False


@dataclass(frozen=True)
class Change:
    """One action that differs; was: None where it did not exist.

    deeds, fields: as `compare` was given them, and which of them made this change (None: the first of all). Its words
    are found when they are asked for, for of many changes few are shown: without a full stop.
    """

    action: ActionView
    was: Was | None
    deeds: Sequence[Deed]
    fields: frozenset[str] | None

    @property
    def look(self) -> str:
        return look_of(self.action.rating)

    @property
    def label(self) -> Label:
        return self.action.rating.label

    @property
    def was_colour(self) -> Colour | None:
        return self.was.rating.colour if self.was else None

    @property
    def was_label(self) -> Label | None:
        return self.was.rating.label if self.was else None

    @property
    def detail(self) -> str:
        if self.fields is SLIPPED and self.was:
            return _due_moved(self.was, self.action)
        return _since_reopened(self.action, self.deed) if self.fields is REOPENED else ""

    @property
    def cause(self) -> str:
        return _cause(self.action)

    @property
    def owner(self) -> str:
        return owner(self.action)

    @cached_property
    def deed(self) -> Deed | None:
        """Kept, for it has to be read."""
        return _deed(self.action, self.deeds, self.fields)

    @property
    def severity(self) -> int:
        return self.action.rating.colour.severity

    @property
    def began_on(self) -> date:
        """The day from which its first reason holds, or on which somebody made it so."""
        reasons = self.action.rating.reasons
        return (reasons[0].since if reasons else None) or self.done_on

    @property
    def done_on(self) -> date:
        """The day of the act that changed it, or of the last one at all; the beginning of time where nobody acted."""
        done = self.deed or (self.deeds[-1] if self.deeds else None)
        return done.on if done else date.min

    @property
    def why(self) -> str:
        """The reason given with the act; for a report of progress, what was reported."""
        if self.deed is None:
            return ""
        said = self.action.latest_update
        if self.deed.why is None and said and self.deed.act == REPORTED:
            return said.cause or said.commentary
        return self.deed.why or ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An action may stand in several parts: it slipped and is worse. worse and better are parts of recoloured.

    worse: gone amber or red from something better, reds first, each colour from the newest change on; better: out of
    amber or red, or become assured, the newest change first.
    """

    since: date
    until: date
    added: tuple[Change, ...]
    closed: tuple[Change, ...]
    slipped: tuple[Change, ...]
    reopened: tuple[Change, ...]
    recoloured: tuple[Change, ...]
    worse: tuple[Change, ...]
    better: tuple[Change, ...]


Deeds = Mapping[UUID, Sequence[Deed]]
Pair = tuple[Was | None, ActionView]


def compare(then: Then, now: PlanView, pairs: Sequence[Pair], deeds: Deeds, reopened: Collection[UUID]) -> Comparison:
    """pairs: those that differ; deeds: what was done to those `asked_about` in between, oldest first, by action id;
    reopened: the actions that were re-opened in between, however they stand at its ends."""
    recoloured = _picked(pairs, _is_recoloured, deeds, FACTS)
    return Comparison(
        since=then.day,
        until=now.day,
        added=_picked(pairs, lambda was, _a: was is None, deeds, None),
        closed=_picked(pairs, _is_closed, deeds, CLOSED),
        slipped=_picked(pairs, _has_slipped, deeds, SLIPPED),
        reopened=_picked(pairs, lambda _was, a: a.id in reopened, deeds, REOPENED),
        recoloured=recoloured,
        worse=_worst_first(c for c in recoloured if c.was and _is_worse(c.was, c.action)),
        better=_newest_first(c for c in recoloured if c.was and _is_better(c.was, c.action)),
    )


def reopened_since(then: Then, now: PlanView, decided: Collection[UUID]) -> frozenset[UUID]:
    """Every action that was re-opened after the earlier day, those that were not yet closed on it included.

    decided: those that a decision in between re-opened, for what was assured again does not know it any more.
    """
    of_ref, found = then.actions.get, set(decided)
    for action in now.actions:
        was, stage, reopened_on = of_ref(action.ref), action.facts.stage, action.facts.reopened_on
        is_lower = was is not None and was.stage is not stage and is_reopening(was.stage, stage)
        if is_lower or (reopened_on is not None and reopened_on > then.day):
            found.add(action.id)
    return frozenset(found)


def differing(then: Then, now: PlanView, reopened: Collection[UUID]) -> list[Pair]:
    """Those in which something differs that a part of the comparison looks at."""
    of_ref = then.actions.get
    return [(was, a) for a in now.actions if (was := of_ref(a.ref)) is None or _differs(was, a) or a.id in reopened]


def asked_about(pairs: Iterable[Pair], reopened: Collection[UUID]) -> list[UUID]:
    """The actions of which the record has to be asked: not those that days alone gave another colour."""
    return [a.id for was, a in pairs if was is None or a.id in reopened or not _is_only_older(was, a)]


def _is_only_older(was: Was, now: ActionView) -> bool:
    """Nothing tells of its deeds: the calendar changed it, on a day that its first reason knows."""
    if was.stage is not now.facts.stage or now.facts.slips > was.slips:
        return False
    return _is_the_calendars(now) and now.rating.reasons[0].since is not None


def _is_the_calendars(now: ActionView) -> bool:
    return bool(now.rating.reasons) and now.rating.reasons[0].code in BY_THE_CALENDAR


def _differs(was: Was, now: ActionView) -> bool:
    facts = now.facts
    return was.stage is not facts.stage or facts.slips > was.slips or look_of(was.rating) != look_of(now.rating)


Test = Callable[[Was | None, ActionView], bool]


def _picked(pairs: Iterable[Pair], test: Test, deeds: Deeds, fields: frozenset[str] | None) -> tuple[Change, ...]:
    return tuple([Change(a, was, deeds.get(a.id, ()), fields) for was, a in pairs if test(was, a)])


def _is_recoloured(was: Was | None, now: ActionView) -> bool:
    return was is not None and was.look != look_of(now.rating)


def _is_closed(was: Was | None, now: ActionView) -> bool:
    return was is not None and was.stage.is_open and not now.stage.is_open


def _has_slipped(was: Was | None, now: ActionView) -> bool:
    return was is not None and now.facts.slips > was.slips


def _is_worse(was: Was, now: ActionView) -> bool:
    return now.rating.colour in BAD and now.rating.colour.severity > was.rating.colour.severity


def _is_better(was: Was, now: ActionView) -> bool:
    if now.stage.is_exited:
        return False
    return (was.rating.colour in BAD and now.rating.colour.severity < was.rating.colour.severity) or (
        now.rating.colour is Colour.blue and was.rating.colour is not Colour.blue
    )


def _worst_first(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Each colour from the newest on; what became so on one day stays in the plan's order."""
    return tuple(sorted(changes, key=lambda c: (c.severity, c.began_on), reverse=True))


def _newest_first(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda c: c.done_on, reverse=True))


def _deed(now: ActionView, deeds: Sequence[Deed], fields: frozenset[str] | None) -> Deed | None:
    """The last one that touched these fields (None: the first of all, which made it)."""
    if fields is None:
        return deeds[0] if deeds else None
    if fields is FACTS and _is_the_calendars(now):
        return None
    if fields is REOPENED:
        return next((d for d in reversed(deeds) if d.reopens), None)
    return next((d for d in reversed(deeds) if d.fields & fields), None)


def _cause(now: ActionView) -> str:
    if now.rating.reasons:
        return reason_text(now.rating.reasons[0])
    if now.stage.is_exited:
        return now.exit_why
    return ""


def _since_reopened(now: ActionView, deed: Deed | None) -> str:
    """Of what was closed again since."""
    if deed is None or now.stage.is_open:
        return ""
    return _("re-opened {day}, now {stage}", day=day(deed.on), stage=stage_word(now.stage).lower())


def _due_moved(was: Was, now: ActionView) -> str:
    before, after = was.due_date, now.facts.due_date
    if before is None or after is None:
        return ""
    return _("{before} to {after}", before=short_day(before, year=before.year != after.year), after=day(after))
