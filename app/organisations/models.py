"""Tables of organisations."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import UniqueConstraint, Uuid
from sqlmodel import Field

from app.core.columns import Tracked, choice
from app.organisations.rules import MembershipKind, OrganisationKind


class Organisation(Tracked, table=True):
    code: str = Field(max_length=10, unique=True)
    name: str = Field(max_length=200)
    kind: OrganisationKind = Field(sa_type=choice(OrganisationKind))
    nation: str = Field(default="England", max_length=32)
    parent_id: UUID | None = Field(default=None, foreign_key="organisation.id", sa_type=Uuid)
    archived_on: date | None = None


class Membership(Tracked, table=True):
    """A system's member or partner."""

    __table_args__: ClassVar = (UniqueConstraint("system_id", "member_id"),)
    system_id: UUID = Field(foreign_key="organisation.id", sa_type=Uuid)
    member_id: UUID = Field(foreign_key="organisation.id", sa_type=Uuid, index=True)
    kind: MembershipKind = Field(default=MembershipKind.member, sa_type=choice(MembershipKind))
