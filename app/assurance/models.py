"""Tables of proposals and decisions."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Uuid
from sqlmodel import Field

from app.actions.models import Action
from app.assurance.rules import Move, Outcome, ProposalState
from app.core.columns import Document, PlanTracked, Tracked, choice


class Proposal(PlanTracked, table=True):
    """Somebody asks for a move of one action, or (no action_id) for other settings of the plan."""

    sealed_fields: ClassVar[tuple[str, ...]] = (
        "why", "impact", "mitigation", "regulator_agreed", "proposed_by_name", "closed_by_name", "closed_why",
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

    sealed_fields: ClassVar[tuple[str, ...]] = ("why", "decided_by_name", "recorded_by_name", "passed_on")
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
