"""A plan's life, cadence, bodies, legend and the thresholds of its rating rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{2,63}")
_PRIORITY_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,15}")
# Words of our own addresses: /plans/new is the page that begins a plan.
_RESERVED = frozenset({"new"})


def is_slug(text: str) -> bool:
    """A plan's address: 3 to 64 small letters, digits and hyphens."""
    return _SLUG.fullmatch(text) is not None and text not in _RESERVED


def is_priority_ref(text: str) -> bool:
    return _PRIORITY_REF.fullmatch(text) is not None


class PlanState(StrEnum):
    """A draft starts no clocks and counts in no roll-up; adoption by the chair makes it live."""

    draft = "draft"
    live = "live"
    closed = "closed"


# What each state may become; adoption (draft to live) and closing are the chair's decisions.
NEXT_STATES: Mapping[PlanState, frozenset[PlanState]] = {
    PlanState.draft: frozenset({PlanState.live}),
    PlanState.live: frozenset({PlanState.closed}),
    PlanState.closed: frozenset(),
}


def may_become(state: PlanState, wanted: PlanState) -> bool:
    return wanted in NEXT_STATES[state]


class Cadence(StrEnum):
    """How often the plan's owners report."""

    weekly = "weekly"
    fortnightly = "fortnightly"
    monthly = "monthly"
    two_monthly = "two_monthly"
    quarterly = "quarterly"


CADENCE_DAYS: Mapping[Cadence, int] = {
    Cadence.weekly: 7,
    Cadence.fortnightly: 14,
    Cadence.monthly: 31,
    Cadence.two_monthly: 61,
    Cadence.quarterly: 92,
}


class BodyKind(StrEnum):
    """The bodies that decisions belong to."""

    improvement_group = "improvement_group"
    assurance_panel = "assurance_panel"
    committee = "committee"
    board = "board"


class BodyRole(StrEnum):
    """What a person is in a body; the chair decides, a deputy when the chair may not."""

    chair = "chair"
    deputy = "deputy"
    member = "member"


class FieldKind(StrEnum):
    """What a field of a plan's own holds. choice: one of the words that are used already, or another."""

    text = "text"
    date = "date"
    choice = "choice"


class Restrictable(StrEnum):
    """What may be shown to named people alone."""

    action = "action"
    update = "update"
    evidence = "evidence"


class Colour(StrEnum):
    """The five colours of a rating; a word and a shape always stand beside them."""

    __hash__ = str.__hash__  # an enum's own takes five times as long

    blue = "blue"
    green = "green"
    grey = "grey"
    amber = "amber"
    red = "red"

    @property
    def severity(self) -> int:
        """How bad: blue 0, grey 1, green 2, amber 3, red 4. Only amber and red are bad news."""
        return SEVERITIES[self]


SEVERITIES: Mapping[Colour, int] = {
    Colour.blue: 0,
    Colour.grey: 1,
    Colour.green: 2,
    Colour.amber: 3,
    Colour.red: 4,
}


@dataclass(frozen=True, slots=True)
class LegendWord:
    """The word a plan puts beside a colour. A legend is a view: it never changes a colour."""

    colour: Colour
    word: str


DEFAULT_LEGEND: tuple[LegendWord, ...] = (
    LegendWord(Colour.red, "Needs action"),
    LegendWord(Colour.amber, "Needs attention"),
    LegendWord(Colour.green, "On track"),
    LegendWord(Colour.blue, "Assured"),
    LegendWord(Colour.grey, "Not started or closed"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSettings:
    """Every threshold of the rating rules, in days unless the name says otherwise; a change is a decision."""

    cadence: Cadence = Cadence.monthly
    # A3 and R3: idle over one cadence, or over this many cadences, plus the grace.
    idle_grace_days: int = 7
    unknown_cadences: int = 2
    # Where update rounds are run, A3 and R3 count closed rounds missed instead of idle days.
    update_rounds: bool = False
    rounds_stale: int = 1
    rounds_unknown: int = 2
    # A2: due within the first number and not started, or within the second and idle over the third.
    due_soon_days: int = 28
    due_quiet_days: int = 14
    quiet_days: int = 14
    # R7 and A14.
    regulator_near_days: int = 14
    # A6, off unless the plan switches it on.
    slipped_rule: bool = False
    slipped_times: int = 2
    slipped_days: int = 90
    # A7, and how long a return of evidence stays amber (R2, R4, A7).
    proof_due_soon_days: int = 14
    return_grace_days: int = 14
    # The headline: shares in percent of the actions it looks at.
    headline_red_share: int = 20
    headline_red_least: int = 2
    headline_amber_share: int = 20
    # Dates set by a move.
    evidence_by_default_days: int = 90
    evidence_by_relapse_days: int = 28
    retest_months_regulatory: int = 6
    retest_months_other: int = 12
    retest_months_imported: int = 6
    # Who may move a due date: the lead executive this often and up to this many days; else the body's chair.
    executive_date_moves: int = 1
    executive_date_days: int = 30
    # Stages and steps that a plan may leave out or ask for.
    embedded_stage: bool = True
    embedded_retest_months: int = 6
    voices_view: bool = False

    @property
    def stale_days(self) -> int:
        """A3 fires when idle is more than this."""
        return CADENCE_DAYS[self.cadence] + self.idle_grace_days

    @property
    def unknown_days(self) -> int:
        """R3 fires when idle is more than this."""
        return CADENCE_DAYS[self.cadence] * self.unknown_cadences + self.idle_grace_days
