"""What plans' doors take."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from app.core.dates import Day, OptionalDay
from app.core.given import Given, none_if_empty
from app.core.text import OptionalLine, OptionalText, Writing, refused
from app.core.words import _
from app.plans.rules import BodyKind, BodyRole, Cadence, is_priority_ref, is_slug

Title = Annotated[str, Writing(200, lines=False)]
PriorityTitle = Annotated[str, Writing(300, lines=False)]
Name = Annotated[str, Writing(120, lines=False)]
Aim = Annotated[str | None, Writing(2000, optional=True)]
Word = Annotated[str | None, Writing(40, lines=False, optional=True)]
Pasted = Annotated[str | None, Writing(100_000, optional=True)]


def _slug(value: str) -> str:
    if not is_slug(value):
        raise refused(
            "slug",
            _("Use 3 to 64 small letters, digits and hyphens, beginning with a letter or digit, like saltmarsh-mip."),
        )
    return value


def _ref(value: str) -> str:
    if not is_priority_ref(value):
        raise refused("ref", _("A reference has up to 16 letters, digits, dots and hyphens, like 1 or 2a."))
    return value


def several(value: Any) -> Any:
    """A list, from a form that sent one value too; an empty one is refused."""
    found = [value] if isinstance(value, str) else value
    if isinstance(found, list):
        found = [each for each in found if each]
        if not found:
            raise refused("named", _("Choose the people who may see it."))
        if len(found) > 200:
            raise refused("named", _("Choose at most {n} people.", n=200))
    return found


def number(least: int, most: int) -> BeforeValidator:
    """A whole number, typed or sent, refused in words that say what is allowed; None stays None."""

    def check(value: Any) -> Any:
        given = value.strip() if isinstance(value, str) else value
        if given is None:
            return None
        if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 10:
            given = int(given)
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
            raise refused("whole_number", _("Enter a whole number from {least} to {most}.", least=least, most=most))
        return given

    return BeforeValidator(check)


Slug = Annotated[str, Writing(64, lines=False), AfterValidator(_slug)]
Ref = Annotated[str, Writing(16, lines=False), AfterValidator(_ref)]
OptionalRef = Annotated[Ref | None, BeforeValidator(none_if_empty)]
Quorum = Annotated[int, number(1, 50)]
Position = Annotated[int, number(1, 200)]


class Beginning(StrEnum):
    """How a plan begins: from a publication, from four priorities, from pasted rows, or empty."""

    framework = "framework"
    template = "template"
    rows = "rows"
    empty = "empty"


class NewPlan(Given):
    """`plan` is the plan's address. `framework` goes with that beginning, and `rows` with that one."""

    plan: Slug
    title: Title
    organisation: Annotated[str, Writing(10, lines=False)]
    begin: Beginning = Beginning.empty
    framework: OptionalLine = None
    rows: Pasted = None


class ChangedPlan(Given):
    """Only what is sent changes. The cadence of a live plan is a rating setting, so a decision changes it."""

    title: Title | None = None
    vision: OptionalText = None
    period_start: OptionalDay = None
    period_end: OptionalDay = None
    cadence: Cadence | None = None
    sponsor: OptionalLine = None


class ChangedLegend(Given):
    """The word beside each colour; one left empty is the usual word again."""

    red: Word = None
    amber: Word = None
    green: Word = None
    blue: Word = None
    grey: Word = None


class ChangedSettings(Given):
    """Thresholds of the rating rules, in days unless the name says otherwise; only what is sent changes."""

    cadence: Cadence | None = None
    idle_grace_days: Annotated[int | None, number(0, 60)] = None
    unknown_cadences: Annotated[int | None, number(1, 6)] = None
    update_rounds: bool | None = None
    rounds_stale: Annotated[int | None, number(1, 6)] = None
    rounds_unknown: Annotated[int | None, number(1, 12)] = None
    due_soon_days: Annotated[int | None, number(0, 180)] = None
    due_quiet_days: Annotated[int | None, number(0, 90)] = None
    quiet_days: Annotated[int | None, number(0, 90)] = None
    regulator_near_days: Annotated[int | None, number(0, 90)] = None
    slipped_rule: bool | None = None
    slipped_times: Annotated[int | None, number(1, 20)] = None
    slipped_days: Annotated[int | None, number(0, 730)] = None
    proof_due_soon_days: Annotated[int | None, number(0, 90)] = None
    return_grace_days: Annotated[int | None, number(0, 90)] = None
    headline_red_share: Annotated[int | None, number(1, 100)] = None
    headline_red_least: Annotated[int | None, number(1, 50)] = None
    headline_amber_share: Annotated[int | None, number(1, 100)] = None
    evidence_by_default_days: Annotated[int | None, number(1, 365)] = None
    evidence_by_relapse_days: Annotated[int | None, number(1, 180)] = None
    retest_months_regulatory: Annotated[int | None, number(1, 36)] = None
    retest_months_other: Annotated[int | None, number(1, 36)] = None
    retest_months_imported: Annotated[int | None, number(1, 12)] = None
    executive_date_moves: Annotated[int | None, number(0, 10)] = None
    executive_date_days: Annotated[int | None, number(0, 180)] = None
    embedded_stage: bool | None = None
    embedded_retest_months: Annotated[int | None, number(1, 36)] = None
    voices_view: bool | None = None


class ClosedPlan(Given):
    why: Annotated[str, Writing(2000)]


class NewRestriction(Given):
    """named: e-mail addresses of all who may see it; public_title: what everybody else reads in its place."""

    public_title: PriorityTitle
    named: Annotated[list[Annotated[str, Writing(254, lines=False)]], BeforeValidator(several)]
    why: Annotated[str, Writing(2000)]


class OpenedAgain(Given):
    why: Annotated[str, Writing(2000)]


class NewPriority(Given):
    """Without `ref`: the next number."""

    ref: OptionalRef = None
    title: PriorityTitle
    aim: Aim = None
    strategic_priority: OptionalLine = None


class ChangedPriority(Given):
    """Only what is sent changes; `position` counts from 1. The reference stays."""

    title: PriorityTitle | None = None
    aim: Aim = None
    strategic_priority: OptionalLine = None
    position: Position | None = None


class NewStrategicPriority(Given):
    title: Title


class NewParticipant(Given):
    organisation: Annotated[str, Writing(10, lines=False)]


class NewBody(Given):
    kind: BodyKind
    name: Name
    quorum: Quorum = 1


class ChangedBody(Given):
    name: Name | None = None
    quorum: Quorum | None = None


class GivenMember(Given):
    """A person of the plan's organisations, by e-mail address, and what they are in the body."""

    person: Annotated[str, Writing(254, lines=False)]
    role: BodyRole = BodyRole.member


class NewMeeting(Given):
    """`body` is its name; without `chair`, the body's."""

    body: Name
    name: Name
    held_on: Day
    chair: OptionalLine = None


class ChangedMeeting(Given):
    name: Name | None = None
    held_on: OptionalDay = None
    chair: OptionalLine = None
