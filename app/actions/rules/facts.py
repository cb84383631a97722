"""The facts of one action that its rating is derived from."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple


class Stage(StrEnum):
    """The delivery stage, gated; the last three are exits, reached by decision only."""

    __hash__ = str.__hash__  # an enum's own takes five times as long

    not_delivered = "not_delivered"
    delivered = "delivered"
    assured = "assured"
    embedded = "embedded"
    superseded = "superseded"
    descoped = "descoped"
    not_applicable = "not_applicable"

    @property
    def is_exited(self) -> bool:
        return self in EXITS

    @property
    def is_in_force(self) -> bool:
        return self not in EXITS

    @property
    def is_open(self) -> bool:
        """In force and not delivered, or delivered: something is still owed."""
        return self in OPEN

    @property
    def is_assured(self) -> bool:
        """Assured or embedded, whatever the colour."""
        return self in ASSURED


EXITS = frozenset({Stage.superseded, Stage.descoped, Stage.not_applicable})
OPEN = frozenset({Stage.not_delivered, Stage.delivered})
ASSURED = frozenset({Stage.assured, Stage.embedded})
IN_FORCE = OPEN | ASSURED


class Progress(StrEnum):
    """The owner's own words while not delivered; `complete` is set by the system, never typed."""

    __hash__ = str.__hash__  # an enum's own takes five times as long

    not_started = "not_started"
    on_track = "on_track"
    at_risk = "at_risk"
    off_track = "off_track"
    complete = "complete"


TYPED_PROGRESS = (Progress.not_started, Progress.on_track, Progress.at_risk, Progress.off_track)
# How good an owner's word is, on the scale of Colour.severity.
SAYS: Mapping[Progress, int] = {
    Progress.not_started: 1,
    Progress.on_track: 2,
    Progress.complete: 2,
    Progress.at_risk: 3,
    Progress.off_track: 4,
}


class Facts(NamedTuple):
    """One action as the rules see it; all days are civil days in London.

    key: how other actions' `depends_on` and every answer name it (its reference, unique in its plan).
    adopted_on: the day the plan was adopted; None in a draft, which starts no clocks.
    last_update_on: the last update that counts as one ("no change" said too often does not).
    claimed_on: the day of a delivery claim whose gate was complete and that nobody has decided yet.
    submitted_on, accepted_on, returned_on: the last such day for effect evidence.
    reopened_on, recovery_accepted_on: of the latest relapse; both emptied when the action is assured again.
    rounds_missed: closed update rounds in a row without an update, where the plan runs rounds.
    """

    key: str
    stage: Stage
    progress: Progress
    created_on: date
    adopted_on: date | None
    start_date: date | None = None
    due_date: date | None = None
    original_due_date: date | None = None
    completion_date: date | None = None
    evidence_by_date: date | None = None
    retest_date: date | None = None
    regulatory: bool = False
    regulator_date: date | None = None
    external_lead: bool = False
    external_contact: str | None = None
    last_chased_on: date | None = None
    slips: int = 0
    slip_days: int = 0
    claimed_on: date | None = None
    submitted_on: date | None = None
    accepted_on: date | None = None
    returned_on: date | None = None
    reopened_on: date | None = None
    recovery_accepted_on: date | None = None
    concern_since: date | None = None
    has_owner: bool = True
    last_update_on: date | None = None
    rounds_missed: int = 0
    depends_on: tuple[str, ...] = ()
    assured_before_tool: bool = False

    @property
    def retest_handed_over(self) -> bool:
        """Assured without a day to test it again: every other assurance sets one, so the audit programme has it."""
        return self.stage.is_assured and self.retest_date is None and not self.assured_before_tool


def touched_on(facts: Facts, today: date) -> date:
    """The day that idle counts from: the latest of last update, creation, start and the plan's adoption.

    For an external lead a recorded chase counts as an update. A draft is rated as if adopted today.
    """
    latest = facts.adopted_on
    if latest is None:
        return today
    latest = max(latest, facts.created_on)
    if (start := facts.start_date) is not None and start > latest:
        latest = start
    if (update := facts.last_update_on) is not None and update > latest:
        latest = update
    if facts.external_lead and (chased := facts.last_chased_on) is not None and chased > latest:
        latest = chased
    return latest


def may_be_asked(facts: Facts, today: date) -> bool:
    """The start is not in the future, so that a report may be expected; a missing start asks too."""
    return facts.start_date is None or facts.start_date <= today


def returned_this_round(facts: Facts) -> date | None:
    """The last return of effect evidence, unless it was before the latest completion or re-opening."""
    returned = facts.returned_on
    if returned is None:
        return None
    for begun in (facts.completion_date, facts.reopened_on):
        if begun is not None and returned < begun:
            return None
    return returned


def proof_is_in(facts: Facts) -> bool:
    """Effect evidence lies with the panel: submitted or accepted since this round began.

    A round begins with completion (a submission that day counts), re-opening or the last return (it does not:
    what was submitted that day is what was returned). Accepted on the day of a return is accepted after it.
    """
    completed, reopened, returned = facts.completion_date, facts.reopened_on, returned_this_round(facts)
    for given, is_accepted in ((facts.submitted_on, False), (facts.accepted_on, True)):
        if given is None or (completed is not None and given < completed):
            continue
        if reopened is not None and given <= reopened:
            continue
        if returned is None or given > returned or (is_accepted and given == returned):
            return True
    return False


def days(number: int) -> timedelta:
    return timedelta(days=number)
