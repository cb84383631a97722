"""Tables of proposals, decisions, and what stands round them."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, Uuid, false
from sqlmodel import Field

from app.actions.models import Action
from app.assurance.rules import Move, Outcome, ProposalState
from app.core.columns import Document, PlanTracked, Tracked, choice


class Proposal(PlanTracked, table=True):
    """Somebody asks for a move of one action, or (no action_id) for other settings of the plan."""

    sealed_fields: ClassVar[tuple[str, ...]] = (
        "why", "impact", "mitigation", "regulator_agreed", "recovery_plan", "voices_said", "proposed_by_name",
        "closed_by_name", "closed_why",
    )  # fmt: skip
    action_id: UUID | None = Field(default=None, foreign_key="action.id", sa_type=Uuid, index=True)
    move: Move = Field(sa_type=choice(Move))
    state: ProposalState = Field(default=ProposalState.open, sa_type=choice(ProposalState))
    due_date: date | None = None
    regulator_date: date | None = None
    completion_date: date | None = None
    evidence_by_date: date | None = None
    retest_date: date | None = None
    replaced_by_id: UUID | None = Field(default=None, foreign_key="action.id", sa_type=Uuid)
    # What the regulator agreed, when and by whom; needed for a regulator's date.
    regulator_agreed: str = Field(default="", max_length=1000)
    # When the voices partnership was asked, and what it said; nothing said is no answer, never consent.
    voices_asked_on: date | None = None
    voices_said: str = Field(default="", max_length=2000, sa_column_kwargs={"server_default": ""})
    # Re-testing belongs to the audit programme from now on, so that no re-test date is set.
    retest_handed_over: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    recovery_plan: str = Field(default="", max_length=2000, sa_column_kwargs={"server_default": ""})
    # For settings: the new values, and what they would move (counts by rating before and after).
    given: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    why: str = Field(max_length=2000)
    impact: str = Field(default="", max_length=2000)
    mitigation: str = Field(default="", max_length=2000)
    proposed_on: date
    proposed_at: datetime
    proposed_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    proposed_by_name: str = Field(max_length=120)
    # The part it was proposed in: what the office asked for, anybody of the office may withdraw.
    proposed_as: str = Field(default="", max_length=32, sa_column_kwargs={"server_default": ""})
    # Who withdrew it and why; an exit withdraws what can no longer be decided.
    closed_on: date | None = None
    closed_by_name: str = Field(default="", max_length=120, sa_column_kwargs={"server_default": ""})
    closed_why: str = Field(default="", max_length=2000, sa_column_kwargs={"server_default": ""})
    # Put on the agenda of this meeting's body instead of being decided between meetings.
    brought_to_id: UUID | None = Field(default=None, foreign_key="body.id", sa_type=Uuid)

    def root(self) -> tuple[type[Tracked], UUID] | None:
        return (Action, self.action_id) if self.action_id else None


class Decision(PlanTracked, table=True):
    """What was decided, by whom, for which body, at which meeting, why."""

    __table_args__: ClassVar = (Index("ix_decision_plan_decided_on", "plan_id", "decided_on"),)
    sealed_fields: ClassVar[tuple[str, ...]] = (
        "why", "decided_by_name", "recorded_by_name", "passed_on", "delegated_by",
    )  # fmt: skip
    proposal_id: UUID | None = Field(default=None, foreign_key="proposal.id", sa_type=Uuid, unique=True)
    action_id: UUID | None = Field(default=None, foreign_key="action.id", sa_type=Uuid, index=True)
    move: Move = Field(sa_type=choice(Move))
    outcome: Outcome = Field(sa_type=choice(Outcome))
    body_id: UUID | None = Field(default=None, foreign_key="body.id", sa_type=Uuid)
    meeting_id: UUID | None = Field(default=None, foreign_key="meeting.id", sa_type=Uuid)
    decided_on: date
    decided_at: datetime
    decided_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    decided_by_name: str = Field(max_length=120)
    # In which capacity: executive, chair, deputy, validator.
    capacity: str = Field(default="", max_length=32)
    recorded_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    recorded_by_name: str = Field(default="", max_length=120)
    # Why it came to this person (the first decider's own proposal or action).
    passed_on: str = Field(default="", max_length=400)
    # By whose delegation and until when, in words; empty where the decider had the power in their own right.
    delegated_by: str = Field(default="", max_length=400, sa_column_kwargs={"server_default": ""})
    # Taken between meetings, to be ratified at the next one.
    chairs_action: bool = False
    ratified_at_id: UUID | None = Field(default=None, foreign_key="meeting.id", sa_type=Uuid)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    why: str = Field(default="", max_length=2000)

    def root(self) -> tuple[type[Tracked], UUID] | None:
        return (Action, self.action_id) if self.action_id else None


class RecordedDecision(PlanTracked, table=True):
    """What the office wrote down of a body's meeting. It has no effect until the chair or a deputy confirms the list,
    which turns it into a `Decision` and takes it away."""

    __tablename__ = "recorded_decision"
    sealed_fields: ClassVar[tuple[str, ...]] = ("why", "regulator_agreed", "recorded_by_name")
    proposal_id: UUID = Field(foreign_key="proposal.id", sa_type=Uuid, unique=True)
    action_id: UUID | None = Field(default=None, foreign_key="action.id", sa_type=Uuid)
    meeting_id: UUID = Field(foreign_key="meeting.id", sa_type=Uuid, index=True)
    outcome: Outcome = Field(sa_type=choice(Outcome))
    why: str = Field(default="", max_length=2000)
    regulator_agreed: str = Field(default="", max_length=1000)
    recorded_on: date
    recorded_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    recorded_by_name: str = Field(default="", max_length=120)

    def root(self) -> tuple[type[Tracked], UUID] | None:
        return (Action, self.action_id) if self.action_id else None


class Delegation(PlanTracked, table=True):
    """Somebody's own power to decide, lent to somebody else from one day to another: a body's chair's, or (no body)
    a lead executive's on their own portfolio."""

    sealed_fields: ClassVar[tuple[str, ...]] = ("given_by_name", "given_to_name", "why")
    body_id: UUID | None = Field(default=None, foreign_key="body.id", sa_type=Uuid)
    given_by_id: UUID = Field(foreign_key="account.id", sa_type=Uuid)
    given_by_name: str = Field(max_length=120)
    given_to_id: UUID = Field(foreign_key="account.id", sa_type=Uuid)
    given_to_name: str = Field(max_length=120)
    starts_on: date
    ends_on: date
    why: str = Field(default="", max_length=2000)
    given_on: date
    # Taken back before its last day.
    ended_on: date | None = None


class DeclaredInterest(PlanTracked, table=True):
    """Somebody who could decide on a proposal says that they have an interest in it: it passes to the next."""

    __tablename__ = "declared_interest"
    __table_args__: ClassVar = (UniqueConstraint("proposal_id", "account_id"),)
    sealed_fields: ClassVar[tuple[str, ...]] = ("name", "why")
    proposal_id: UUID = Field(foreign_key="proposal.id", sa_type=Uuid)
    action_id: UUID | None = Field(default=None, foreign_key="action.id", sa_type=Uuid)
    account_id: UUID = Field(foreign_key="account.id", sa_type=Uuid)
    name: str = Field(max_length=120)
    why: str = Field(default="", max_length=1000)
    declared_on: date

    def root(self) -> tuple[type[Tracked], UUID] | None:
        return (Action, self.action_id) if self.action_id else None


class Attendance(PlanTracked, table=True):
    """A member of the body was present at its meeting: what the quorum is counted from."""

    __table_args__: ClassVar = (UniqueConstraint("meeting_id", "account_id"),)
    sealed_fields: ClassVar[tuple[str, ...]] = ("name",)
    meeting_id: UUID = Field(foreign_key="meeting.id", sa_type=Uuid)
    account_id: UUID = Field(foreign_key="account.id", sa_type=Uuid)
    name: str = Field(max_length=120)


class ExceptionReport(PlanTracked, table=True):
    """What went wrong with an action and what is done about it, on one side of paper.

    A new date, and a recovery plan of a re-opened action, are proposals that refer to it; the answer is to the ask.
    """

    __tablename__ = "exception_report"
    sealed_fields: ClassVar[tuple[str, ...]] = (
        "cause", "interim_control", "recovery_plan", "ask", "made_by_name", "answer", "answered_by_name",
    )  # fmt: skip
    action_id: UUID = Field(foreign_key="action.id", sa_type=Uuid, index=True)
    cause: str = Field(max_length=2000)
    interim_control: str = Field(max_length=2000)
    recovery_plan: str = Field(max_length=2000)
    new_due_date: date | None = None
    ask: str = Field(default="", max_length=1000)
    date_proposal_id: UUID | None = Field(default=None, foreign_key="proposal.id", sa_type=Uuid)
    recovery_proposal_id: UUID | None = Field(default=None, foreign_key="proposal.id", sa_type=Uuid)
    made_on: date
    made_at: datetime
    made_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    made_by_name: str = Field(max_length=120)
    answer: str = Field(default="", max_length=2000)
    answered_on: date | None = None
    answered_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    answered_by_name: str = Field(default="", max_length=120)

    def root(self) -> tuple[type[Tracked], UUID] | None:
        return Action, self.action_id


class BoardQuestion(PlanTracked, table=True):
    """A reader of the board asks about an action; it shows until it is answered."""

    __tablename__ = "board_question"
    sealed_fields: ClassVar[tuple[str, ...]] = ("question", "asked_by_name", "answer", "answered_by_name")
    action_id: UUID = Field(foreign_key="action.id", sa_type=Uuid, index=True)
    question: str = Field(max_length=1000)
    asked_on: date
    asked_at: datetime
    asked_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    asked_by_name: str = Field(max_length=120)
    answer_by: date
    answer: str = Field(default="", max_length=2000)
    answered_on: date | None = None
    answered_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    answered_by_name: str = Field(default="", max_length=120)

    def root(self) -> tuple[type[Tracked], UUID] | None:
        return Action, self.action_id
