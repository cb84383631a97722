"""Tables of coverage: which publications a plan answers, standings, and declarations."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint, Uuid
from sqlmodel import Field

from app.core.columns import PlanTracked, Tracked, choice
from app.coverage.rules import Answer, DeclarationState


class PlanFramework(PlanTracked, table=True):
    """A publication that the plan sets out to answer, whether or not an action does so yet."""

    __tablename__ = "plan_framework"
    __table_args__: ClassVar = (UniqueConstraint("plan_id", "framework_id"),)
    sealed_fields: ClassVar[tuple[str, ...]] = ("added_by_name",)
    framework_id: UUID = Field(foreign_key="framework.id", sa_type=Uuid)
    added_on: date
    added_by_name: str = Field(default="", max_length=120)


class RecommendationStanding(PlanTracked, table=True):
    """What the organisation says of a recommendation: as decided, and as asked for while that waits."""

    __tablename__ = "recommendation_standing"
    __table_args__: ClassVar = (UniqueConstraint("plan_id", "recommendation_id"),)
    sealed_fields: ClassVar[tuple[str, ...]] = (
        "why", "contact", "decided_by_name", "asked_why", "asked_contact", "asked_by_name", "returned_why",
    )  # fmt: skip
    recommendation_id: UUID = Field(foreign_key="recommendation.id", sa_type=Uuid, index=True)
    answer: Answer | None = Field(default=None, sa_type=choice(Answer))
    why: str = Field(default="", max_length=2000)
    # Of an external one: who has to act, and when they were last asked.
    contact: str = Field(default="", max_length=200)
    last_chased_on: date | None = None
    decided_on: date | None = None
    decided_by_name: str = Field(default="", max_length=120)
    # An `Answer`; empty where nothing waits.
    asked: str = Field(default="", max_length=32)
    asked_why: str = Field(default="", max_length=2000)
    asked_contact: str = Field(default="", max_length=200)
    asked_on: date | None = None
    asked_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    asked_by_name: str = Field(default="", max_length=120)
    returned_on: date | None = None
    returned_why: str = Field(default="", max_length=2000)


class Declaration(PlanTracked, table=True):
    """What the chief executive signs for a scheme. Signed, `snapshot` holds all that it said, and never changes."""

    sealed_fields: ClassVar[tuple[str, ...]] = ("statement", "begun_by_name", "signed_by_name", "snapshot")
    framework_id: UUID = Field(foreign_key="framework.id", sa_type=Uuid)
    number: int
    title: str = Field(max_length=200)
    statement: str = Field(default="", max_length=4000)
    state: DeclarationState = Field(default=DeclarationState.draft, sa_type=choice(DeclarationState))
    begun_on: date
    begun_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    begun_by_name: str = Field(default="", max_length=120)
    supersedes_id: UUID | None = Field(default=None, foreign_key="declaration.id", sa_type=Uuid)
    signed_on: date | None = None
    signed_at: datetime | None = None
    signed_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    signed_by_name: str = Field(default="", max_length=120)
    snapshot: str = Field(default="", sa_type=Text)
    sha256: str = Field(default="", max_length=64)


class DeclarationLine(PlanTracked, table=True):
    """One safety action of a declaration: what proof is required, who checked it, and why there is a hole."""

    __tablename__ = "declaration_line"
    __table_args__: ClassVar = (UniqueConstraint("declaration_id", "recommendation_id"),)
    sealed_fields: ClassVar[tuple[str, ...]] = (
        "required", "checked_by_name", "checked_why", "hole_why", "hole_by_name",
    )  # fmt: skip
    declaration_id: UUID = Field(foreign_key="declaration.id", sa_type=Uuid, index=True)
    recommendation_id: UUID = Field(foreign_key="recommendation.id", sa_type=Uuid)
    required: str = Field(default="", max_length=2000)
    # Whether it is met, as somebody has checked it; none: nobody has.
    is_met: bool | None = None
    checked_on: date | None = None
    checked_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    checked_by_name: str = Field(default="", max_length=120)
    checked_why: str = Field(default="", max_length=2000)
    hole_why: str = Field(default="", max_length=2000)
    hole_by_name: str = Field(default="", max_length=120)

    def root(self) -> tuple[type[Tracked], UUID] | None:
        return Declaration, self.declaration_id


class Dissent(PlanTracked, table=True):
    """Somebody disagrees with a line of a declaration. It is never taken away."""

    __tablename__ = "declaration_dissent"
    sealed_fields: ClassVar[tuple[str, ...]] = ("said", "by_name")
    declaration_id: UUID = Field(foreign_key="declaration.id", sa_type=Uuid, index=True)
    line_id: UUID = Field(foreign_key="declaration_line.id", sa_type=Uuid)
    said: str = Field(max_length=2000)
    said_on: date
    by_id: UUID | None = Field(default=None, sa_type=Uuid)
    by_name: str = Field(max_length=120)

    def root(self) -> tuple[type[Tracked], UUID] | None:
        return Declaration, self.declaration_id
