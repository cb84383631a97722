"""Counts and the headline of a priority or a plan: counts, never an average."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from app.actions.rules.codes import Code, Label, Rating
from app.actions.rules.facts import Facts, Progress, Stage
from app.plans.rules import Colour, RatingSettings


class Flag(StrEnum):
    """The words that `flag=` and the status answer use."""

    __hash__ = str.__hash__  # an enum's own takes five times as long

    overdue = "overdue"
    stale = "stale"
    unowned = "unowned"
    evidence_overdue = "evidence_overdue"
    awaiting_decision = "awaiting_decision"
    external = "external"
    slipped = "slipped"
    regulatory = "regulatory"


_CODE_FLAGS: Mapping[Code, Flag] = {
    Code.R1: Flag.overdue,
    Code.A3: Flag.stale,
    Code.R3: Flag.stale,
    Code.A5: Flag.unowned,
    Code.R2: Flag.evidence_overdue,
}


class Rated(NamedTuple):
    """An action with its rating. `awaiting_decision`: a proposal is open; the room above knows."""

    facts: Facts
    rating: Rating
    awaiting_decision: bool = False

    @property
    def flags(self) -> frozenset[Flag]:
        return flags(self)


def flags(rated: Rated) -> frozenset[Flag]:
    """The flags an action carries: the same for a count and for the rows it opens."""
    facts = rated.facts
    found = [_CODE_FLAGS[r.code] for r in rated.rating.reasons if r.code in _CODE_FLAGS]
    if rated.awaiting_decision:
        found.append(Flag.awaiting_decision)
    if facts.external_lead:
        found.append(Flag.external)
    if facts.slips >= 1:
        found.append(Flag.slipped)
    if facts.regulatory:
        found.append(Flag.regulatory)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage that names both its numbers, and what was left out of them."""

    part: int
    whole: int
    exited: int
    percent: int


def percent(part: int, whole: int, still_open: int) -> int:
    """Whole percent: 100 only when it is all and nothing is open, 0 only when there is none."""
    if not whole or not part:
        return 0
    nearest = (200 * part + whole) // (2 * whole)
    most = 100 if part >= whole and not still_open else 99
    return min(most, max(1, nearest))


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of some actions. by_rating and by_stage name every colour and stage, by_label those found.

    total = in_force + exited; assured = stage assured or embedded, whatever the colour, of which
    assured_before_tool came with a first import and are also counted apart.
    """

    total: int
    in_force: int
    exited: int
    open: int
    assured: int
    assured_before_tool: int
    by_rating: dict[Colour, int]
    by_stage: dict[Stage, int]
    by_label: dict[Label, int]
    by_flag: dict[Flag, int]

    @property
    def delivered_proof_due(self) -> int:
        """Green, and always drawn apart from on track."""
        return self.by_label.get(Label.delivered_proof_due, 0)

    @property
    def assured_share(self) -> Share:
        """'Assured 96 of 212 in force, 8 exited'."""
        return self.share(self.assured)

    @property
    def delivered_share(self) -> Share:
        """Delivered or further, of those in force; never 100 % while a proof is owed."""
        return self.share(self.assured + self.by_stage[Stage.delivered])

    def share(self, part: int) -> Share:
        return Share(part, self.in_force, self.exited, percent(part, self.in_force, self.open))


class Counted(Protocol):
    """What is counted: an action with its rating and the flags it carries."""

    @property
    def facts(self) -> Facts: ...
    @property
    def rating(self) -> Rating: ...
    @property
    def flags(self) -> frozenset[str]: ...


def count(rated: Sequence[Counted]) -> Counts:
    """The counts of these actions, exited ones (grey) included in total, by_rating, by_stage and by_label."""
    colours = Counter([each.rating.colour for each in rated])
    stages = Counter([each.facts.stage for each in rated])
    carried: Counter[str] = Counter([flag for each in rated for flag in each.flags])
    labels = Counter([each.rating.label for each in rated])
    exited = sum(number for stage, number in stages.items() if stage.is_exited)
    return Counts(
        total=len(rated),
        in_force=len(rated) - exited,
        exited=exited,
        open=sum(number for stage, number in stages.items() if stage.is_open),
        assured=sum(number for stage, number in stages.items() if stage.is_assured),
        assured_before_tool=sum(1 for each in rated if each.facts.assured_before_tool and each.facts.stage.is_assured),
        by_rating={colour: colours[colour] for colour in Colour},
        by_stage={stage: stages[stage] for stage in Stage},
        by_label={label: labels[label] for label in Label if labels[label]},
        by_flag={flag: carried[flag] for flag in Flag},
    )


def counted_by(each: Counted) -> tuple[object, ...]:
    """All that `count` looks at: who is alike in this is counted alike."""
    return each.rating.colour, each.rating.label, each.flags, each.facts.stage, each.facts.assured_before_tool


class HeadlineCode(StrEnum):
    """Why a headline has its colour."""

    regulatory_red = "regulatory_red"
    red_share = "red_share"
    some_red = "some_red"
    amber_share = "amber_share"
    all_assured = "all_assured"
    none_in_force = "none_in_force"
    none_started = "none_started"
    nothing_drives = "nothing_drives"


@dataclass(frozen=True, slots=True)
class HeadlineReason:
    """number of `of` actions; keys: the actions that drive it."""

    code: HeadlineCode
    number: int
    of: int
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Headline:
    colour: Colour
    reasons: tuple[HeadlineReason, ...]


def headline(rated: Sequence[Counted], settings: RatingSettings) -> Headline:
    """The headline colour of a priority or plan.

    It looks at open actions led by the plan's own organisation, and at assured ones gone amber or red; blue
    looks at every action in force, external ones too, so that nothing open hides behind it.
    """
    in_force = [each for each in rated if each.facts.stage.is_in_force]
    own = [each for each in in_force if not each.facts.external_lead]
    looked_at = [e for e in own if e.facts.stage.is_open or e.rating.colour in (Colour.amber, Colour.red)]
    bad = _bad_news(looked_at, settings)
    if bad:
        return bad
    of = len(in_force)
    if in_force and all(each.rating.colour == Colour.blue for each in in_force):
        return Headline(Colour.blue, (HeadlineReason(HeadlineCode.all_assured, of, of),))
    if not own:
        return Headline(Colour.grey, (HeadlineReason(HeadlineCode.none_in_force, 0, 0),))
    if not any(_has_started(each.facts) for each in own):
        return Headline(Colour.grey, (HeadlineReason(HeadlineCode.none_started, 0, len(own)),))
    return Headline(Colour.green, (HeadlineReason(HeadlineCode.nothing_drives, 0, len(looked_at)),))


def _bad_news(looked_at: Sequence[Counted], settings: RatingSettings) -> Headline | None:
    of = len(looked_at)
    red = [each for each in looked_at if each.rating.colour == Colour.red]
    amber = [each for each in looked_at if each.rating.colour == Colour.amber]
    regulatory = [each for each in red if each.facts.regulatory]
    reasons = []
    if regulatory:
        reasons.append(HeadlineReason(HeadlineCode.regulatory_red, len(regulatory), of, _keys(regulatory)))
    if len(red) >= settings.headline_red_least and 100 * len(red) >= settings.headline_red_share * of:
        reasons.append(HeadlineReason(HeadlineCode.red_share, len(red), of, _keys(red)))
    if reasons:
        return Headline(Colour.red, tuple(reasons))
    if red:
        reasons.append(HeadlineReason(HeadlineCode.some_red, len(red), of, _keys(red)))
    if amber and 100 * len(amber) >= settings.headline_amber_share * of:
        reasons.append(HeadlineReason(HeadlineCode.amber_share, len(amber), of, _keys(amber)))
    return Headline(Colour.amber, tuple(reasons)) if reasons else None


def _keys(rated: Iterable[Counted]) -> tuple[str, ...]:
    return tuple(each.facts.key for each in rated)


def _has_started(facts: Facts) -> bool:
    return facts.stage != Stage.not_delivered or facts.progress != Progress.not_started
