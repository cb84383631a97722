"""What the doors of proposals and decisions take and give; names and shapes are the contract's."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from app.actions.rules import Move, Part
from app.assurance.rules import Asked, Outcome, ProposalState, Verdict
from app.core.dates import Day, OptionalDay
from app.core.text import OptionalLine, Writing
from app.plans.schemas import ChangedLegend, ChangedSettings, Given

Why = Annotated[str | None, Writing(2000, optional=True)]
Agreed = Annotated[str | None, Writing(1000, optional=True)]
BodyName = Annotated[str | None, Writing(120, lines=False, optional=True)]
MeetingName = Annotated[str, Writing(120, lines=False)]


class NewProposal(Given):
    """Only the dates that belong to the move; `replaced_by` is another action's reference.

    regulator_agreed: what the regulator agreed, when and by whom.
    """

    move: Asked
    due_date: OptionalDay = None
    regulator_date: OptionalDay = None
    completion_date: OptionalDay = None
    evidence_by_date: OptionalDay = None
    retest_date: OptionalDay = None
    replaced_by: OptionalLine = None
    regulator_agreed: Agreed = None
    why: Why = None
    impact: Why = None
    mitigation: Why = None


class StepBack(Given):
    """Lower a stage: `to` delivered or not_delivered; from assured to not delivered with a new due date."""

    to: Annotated[Asked, Field(description="delivered or not_delivered")]
    due_date: OptionalDay = None
    why: Why = None


class GivenMeeting(Given):
    name: MeetingName
    date: Day


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
    """ratify: decisions taken between meetings that this meeting made its own."""

    ratify: list[UUID] = Field(default_factory=list, max_length=200)


class NewSettingsProposal(Given):
    """Thresholds of the rating rules (only those sent change) and the legend's words."""

    settings: ChangedSettings | None = None
    legend: ChangedLegend | None = None
    why: Why = None


class PersonShown(BaseModel):
    name: str
    post: str


class DecidersRead(BaseModel):
    """Who may decide: in words, one by one, and why it came to them."""

    part: Part | None
    text: str
    people: list[PersonShown]
    passed_on: str


class MeetingShown(BaseModel):
    id: UUID
    name: str
    date: date


class CountsRead(BaseModel):
    """Actions by rating before and after a change of settings, and how many change colour."""

    before: dict[str, int]
    after: dict[str, int]
    changed: int


class DecisionRead(BaseModel):
    id: UUID
    proposal: UUID | None
    ref: str | None
    title: str | None
    move: Move
    move_words: str
    outcome: Outcome
    text: str
    body: str | None
    meeting: MeetingShown | None
    decided_on: date
    decided_at: datetime
    decided_by: str
    capacity: str
    recorded_by: str | None
    passed_on: str | None
    chairs_action: bool
    ratified_at: MeetingShown | None
    before: dict[str, Any]
    after: dict[str, Any]
    why: str | None


class ProposalRead(BaseModel):
    """asks, agreeing, returning: what it is about and what either answer means, as sentences.

    recorded: what the office wrote down and nobody has confirmed yet.
    """

    id: UUID
    state: ProposalState
    state_words: str
    move: Move
    move_words: str
    ref: str | None
    title: str | None
    asks: str
    agreeing: str
    returning: str
    due_date: date | None
    regulator_date: date | None
    completion_date: date | None
    evidence_by_date: date | None
    retest_date: date | None
    replaced_by: str | None
    regulator_agreed: str | None
    why: str | None
    impact: str | None
    mitigation: str | None
    settings: dict[str, Any] | None
    counts: CountsRead | None
    proposed_on: date
    proposed_at: datetime
    proposed_by: str
    slips: int | None
    slip_days: int | None
    brought_to: str | None
    recorded: Outcome | None
    deciders: DecidersRead | None
    may_decide: bool
    may_withdraw: bool
    closed_on: date | None
    closed_by: str | None
    closed_why: str | None
    decision: DecisionRead | None
    url: str


class RecordedRead(BaseModel):
    id: UUID
    proposal: ProposalRead
    outcome: Outcome
    why: str | None
    recorded_by: str
    recorded_on: date


class MeetingListRead(BaseModel):
    """What one meeting decided, as recorded and not confirmed, and the chair's actions it may ratify."""

    id: UUID
    body: str
    name: str
    date: date
    items: list[RecordedRead]
    to_ratify: list[DecisionRead]
    may_confirm: bool
    confirmers: str


class Settled(BaseModel):
    """After a meeting's list: what took effect, and what waits for somebody else because it is the confirmer's own."""

    confirmed: list[DecisionRead]
    ratified: int
    left: list[str]
