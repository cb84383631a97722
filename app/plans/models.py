"""Tables of plans: who takes part, how it is cut into priorities, which bodies decide."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import UniqueConstraint, Uuid
from sqlmodel import Field

from app.core.columns import Document, PlanTracked, Tracked, choice
from app.plans.rules import BodyKind, BodyRole, Cadence, FieldKind, PlanState, Restrictable


class Plan(Tracked, table=True):
    slug: str = Field(max_length=64, unique=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", sa_type=Uuid, index=True)
    title: str = Field(max_length=200)
    state: PlanState = Field(default=PlanState.draft, sa_type=choice(PlanState))
    vision: str = Field(default="", max_length=4000)
    period_start: date | None = None
    period_end: date | None = None
    cadence: Cadence = Field(default=Cadence.monthly, sa_type=choice(Cadence))
    sponsor_id: UUID | None = Field(default=None, foreign_key="account.id", sa_type=Uuid)
    adopted_on: date | None = None
    closed_on: date | None = None
    edition: int = 1
    # Thresholds that differ from the defaults, and the legend's words; each change is a decision.
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    legend: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    sealed_fields: ClassVar[tuple[str, ...]] = ("vision",)

    def stream(self) -> str:
        return f"plan:{self.id}"


class Participant(PlanTracked, table=True):
    """An organisation that takes part in a plan of another one."""

    __tablename__ = "plan_participant"
    __table_args__: ClassVar = (UniqueConstraint("plan_id", "organisation_id"),)
    organisation_id: UUID = Field(foreign_key="organisation.id", sa_type=Uuid, index=True)


class StrategicPriority(PlanTracked, table=True):
    """One of the organisation's strategic priorities, to which the plan's own are aligned."""

    __tablename__ = "strategic_priority"
    __table_args__: ClassVar = (UniqueConstraint("plan_id", "title"),)
    title: str = Field(max_length=200)
    position: int = 0


class Priority(PlanTracked, table=True):
    __table_args__: ClassVar = (UniqueConstraint("plan_id", "ref"),)
    ref: str = Field(max_length=16)
    title: str = Field(max_length=300)
    aim: str = Field(default="", max_length=2000)
    position: int = 0
    strategic_priority_id: UUID | None = Field(default=None, foreign_key="strategic_priority.id", sa_type=Uuid)
    archived_on: date | None = None


class Body(PlanTracked, table=True):
    """A group that decides: improvement group, assurance panel, committee, board."""

    __table_args__: ClassVar = (UniqueConstraint("plan_id", "name"),)
    kind: BodyKind = Field(sa_type=choice(BodyKind))
    name: str = Field(max_length=120)
    quorum: int = 1
    archived_on: date | None = None


class BodyMember(PlanTracked, table=True):
    __tablename__ = "body_member"
    __table_args__: ClassVar = (UniqueConstraint("body_id", "account_id"),)
    body_id: UUID = Field(foreign_key="body.id", sa_type=Uuid)
    account_id: UUID = Field(foreign_key="account.id", sa_type=Uuid, index=True)
    role: BodyRole = Field(default=BodyRole.member, sa_type=choice(BodyRole))
    # Since then they decide nothing in the plan: a one-time code let them in, and nobody has confirmed the account.
    paused_on: date | None = None


class Meeting(PlanTracked, table=True):
    """A body met: the date and who was in the chair. Agenda and minutes come later."""

    __table_args__: ClassVar = (UniqueConstraint("body_id", "held_on", "name"),)
    body_id: UUID = Field(foreign_key="body.id", sa_type=Uuid)
    name: str = Field(max_length=120)
    held_on: date
    chair_id: UUID | None = Field(default=None, foreign_key="account.id", sa_type=Uuid)
    confirmed_on: date | None = None
    confirmed_by_id: UUID | None = Field(default=None, foreign_key="account.id", sa_type=Uuid)


class Restriction(PlanTracked, table=True):
    """An action, an update or an item of evidence that only named people may see.

    Everybody else reads its public-safe title, and it counts in every total. named: ids of accounts, as text.
    """

    __table_args__: ClassVar = (UniqueConstraint("restricted_id"),)
    sealed_fields: ClassVar[tuple[str, ...]] = ("public_title",)
    restricted_id: UUID = Field(sa_type=Uuid)
    kind: Restrictable = Field(sa_type=choice(Restrictable))
    public_title: str = Field(max_length=300)
    named: list[str] = Field(default_factory=list, sa_type=Document)

    def subject_id(self) -> UUID:
        """Its history is that of what it hides: seen by the same people."""
        return self.restricted_id


class PlanField(PlanTracked, table=True):
    """A field that the plan's actions have beside those of every plan: a column of the spreadsheet it came from."""

    __tablename__ = "plan_field"
    __table_args__: ClassVar = (UniqueConstraint("plan_id", "key"),)
    key: str = Field(max_length=64)
    name: str = Field(max_length=120)
    kind: FieldKind = Field(default=FieldKind.text, sa_type=choice(FieldKind))
    position: int = 0
