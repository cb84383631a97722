"""What plans' doors give."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from app.plans.rules import BodyKind, BodyRole, Cadence, Colour, FieldKind, PlanState


class PriorityRead(BaseModel):
    """`strategic_priority` is the title of the one it is aligned to."""

    id: UUID
    ref: str
    title: str
    aim: str
    position: int
    strategic_priority: str | None
    archived_on: date | None
    revision: int


class StrategicPriorityRead(BaseModel):
    id: UUID
    title: str
    position: int
    revision: int


class BodyMemberRead(BaseModel):
    """paused_on: since when they decide nothing in the plan, until somebody confirms that the account is theirs."""

    account_id: UUID
    email: str
    name: str
    post: str
    role: BodyRole
    paused_on: date | None = None


class BodyRead(BaseModel):
    """Chairs come first among the members, then deputies."""

    id: UUID
    kind: BodyKind
    kind_words: str
    name: str
    quorum: int
    members: list[BodyMemberRead]
    archived_on: date | None
    revision: int

    @property
    def chairs(self) -> list[BodyMemberRead]:
        return [m for m in self.members if m.role is BodyRole.chair]

    def holds(self, account_id: UUID, *roles: BodyRole) -> bool:
        """Whether this person is in the body, in one of these roles (any, when none is named)."""
        return any(m.account_id == account_id and (not roles or m.role in roles) for m in self.members)


class MeetingRead(BaseModel):
    """`chair` is an e-mail address."""

    id: UUID
    body_id: UUID
    body: str
    name: str
    held_on: date
    chair: str | None
    chair_name: str
    confirmed_on: date | None
    confirmed_by_name: str
    revision: int


class ParticipantRead(BaseModel):
    id: UUID
    organisation: str
    name: str


class FieldRead(BaseModel):
    """A field that the plan's actions have beside those of every plan. key: as `own_fields` of an action names it."""

    key: str
    name: str
    kind: FieldKind


class LegendRead(BaseModel):
    colour: Colour
    word: str


class PlanRead(BaseModel):
    """`plan` is the address; `organisation` and `participants` are codes; `sponsor` is an e-mail address."""

    id: UUID
    plan: str
    title: str
    organisation: str
    organisation_name: str
    state: PlanState
    state_words: str
    edition: int
    vision: str
    period_start: date | None
    period_end: date | None
    cadence: Cadence
    cadence_words: str
    sponsor: str | None
    sponsor_name: str
    adopted_on: date | None
    closed_on: date | None
    participants: list[str]
    settings: dict[str, Any]
    legend: list[LegendRead]
    revision: int
    url: str


class NamedRead(BaseModel):
    email: str
    name: str


class RestrictionRead(BaseModel):
    """What everybody else reads in its place, and who may see it."""

    public_title: str
    named: list[NamedRead]
