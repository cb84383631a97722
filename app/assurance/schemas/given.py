"""What the doors of proposals and decisions take; names and shapes are the contract's."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.assurance.rules import Asked, Verdict
from app.core.dates import Day, OptionalDay
from app.core.given import Given
from app.core.text import OptionalLine, Writing
from app.plans.schemas import ChangedLegend, ChangedSettings

Why = Annotated[str | None, Writing(2000, optional=True)]
Agreed = Annotated[str | None, Writing(1000, optional=True)]
BodyName = Annotated[str | None, Writing(120, lines=False, optional=True)]
Present = list[Annotated[str, Writing(254, lines=False)]]
MeetingName = Annotated[str, Writing(120, lines=False)]


class NewProposal(Given):
    """Only the dates that belong to the move; `replaced_by` is another action's reference.

    regulator_agreed: what the regulator agreed, when and by whom. retest_handed_over: re-testing belongs to the audit
    programme, so no re-test date is set. voices_asked_on: when the voices partnership was asked; what it said may stay
    empty, which is no answer and never consent.
    """

    move: Asked
    due_date: OptionalDay = None
    regulator_date: OptionalDay = None
    completion_date: OptionalDay = None
    evidence_by_date: OptionalDay = None
    retest_date: OptionalDay = None
    retest_handed_over: bool | None = None
    voices_asked_on: OptionalDay = None
    voices_said: Why = None
    recovery_plan: Why = None
    replaced_by: OptionalLine = None
    regulator_agreed: Agreed = None
    why: Why = None
    impact: Why = None
    mitigation: Why = None


class StepBack(Given):
    """Lower a stage: `to` delivered, not_delivered or retest_failed; from assured to not delivered with a new due date.

    A failed re-test goes back to not delivered where a new due date is given, otherwise to delivered.
    """

    to: Annotated[Asked, Field(description="delivered, not_delivered or retest_failed")]
    due_date: OptionalDay = None
    why: Why = None


class GivenMeeting(Given):
    """present: the members of the body who were there, as e-mail addresses; the quorum is counted from them."""

    name: MeetingName
    date: Day
    present: Present = Field(default_factory=list, max_length=60)


class NewDecision(Given):
    """Without a meeting it is taken between meetings. `body` is a body's name; without it, the one it belongs to."""

    outcome: Verdict
    body: BodyName = None
    meeting: GivenMeeting | None = None
    why: Why = None
    regulator_agreed: Agreed = None


class ManyDecisions(NewDecision):
    """The same answer to several proposals: one record each, and all or none."""

    proposals: Annotated[list[UUID], Field(min_length=1, max_length=100)]


class NewWithdrawal(Given):
    why: Why = None


class Bringing(Given):
    """Put it on the agenda of a body instead of deciding between meetings; without `body`, the one it belongs to."""

    body: BodyName = None


class RecordedItem(Given):
    proposal: UUID
    outcome: Verdict
    why: Why = None
    regulator_agreed: Agreed = None


class NewRecord(Given):
    """What a body decided at a meeting, as the office wrote it down."""

    body: BodyName = None
    meeting: GivenMeeting
    items: Annotated[list[RecordedItem], Field(min_length=1, max_length=200)]


class Confirmation(Given):
    """ratify: decisions taken between meetings that this meeting made its own.

    present: who was there, as e-mail addresses; left out, it stays as it was recorded.
    """

    ratify: list[UUID] = Field(default_factory=list, max_length=200)
    present: Present | None = Field(default=None, max_length=60)


class NewDelegation(Given):
    """body: the name of the body one chairs or deputises in; without it, a lead executive's own power.

    person: an e-mail address. It holds from the first day to the last, both included.
    """

    body: BodyName = None
    person: Annotated[str, Writing(254, lines=False)]
    starts_on: Day
    ends_on: Day
    why: Why = None


class Declaration(Given):
    """What the interest is, in a sentence; it may stay empty."""

    why: Agreed = None


class NewSettingsProposal(Given):
    """Thresholds of the rating rules (only those sent change) and the legend's words."""

    settings: ChangedSettings | None = None
    legend: ChangedLegend | None = None
    why: Why = None
