"""Tables of publications, their recommendations, and the links between them."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import UniqueConstraint, Uuid
from sqlmodel import Field

from app.core.columns import Document, Tracked, choice
from app.frameworks.local import Demand
from app.frameworks.rules import CrosswalkKind, LinkBasis, Provenance


class Framework(Tracked, table=True):
    """A publication with numbered recommendations: national, or one organisation's own (organisation_id set)."""

    key: str = Field(max_length=64, unique=True)
    title: str = Field(max_length=300)
    short_title: str = Field(max_length=120)
    prefix: str = Field(default="", max_length=16)
    edition: str = Field(default="", max_length=32)
    scope: str = Field(default="national", max_length=16)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id", sa_type=Uuid)
    publisher: str = Field(default="", max_length=200)
    published: date | None = None
    published_precision: str = Field(default="day", max_length=8)
    url: str = Field(default="", max_length=400)
    nation: str = Field(default="", max_length=32)
    status: str = Field(default="", max_length=400)
    item_label: str = Field(default="", max_length=80)
    disputed: str = Field(default="", max_length=1000)
    # True: known by name only; its items could not be verified, and a trust may fill them in.
    is_empty: bool = False
    # What the library's file says beyond the columns: counts, supersedes, related, source notes.
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    # Of the built-in file it was loaded from; loading the same file again changes nothing.
    pack_digest: str = Field(default="", max_length=64)


class Recommendation(Tracked, table=True):
    __table_args__: ClassVar = (UniqueConstraint("framework_id", "ref"),)
    framework_id: UUID = Field(foreign_key="framework.id", sa_type=Uuid)
    parent_id: UUID | None = Field(default=None, foreign_key="recommendation.id", sa_type=Uuid)
    ref: str = Field(max_length=32)
    title: str = Field(max_length=400)
    summary: str = Field(default="", max_length=2000)
    applies_to: str = Field(default="", max_length=120)
    provenance: Provenance = Field(default=Provenance.recalled, sa_type=choice(Provenance))
    position: int = 0
    is_leaf: bool = True
    withdrawn_on: date | None = None
    # Of an inspection's findings: must do or should do, and the regulation that it cites.
    demand: Demand | None = Field(default=None, sa_type=choice(Demand))
    regulation: str = Field(default="", max_length=160, sa_column_kwargs={"server_default": ""})


class Crosswalk(Tracked, table=True):
    """A link between two recommendations of two publications, with its basis; a local one is organisation_id's."""

    sealed_fields: ClassVar[tuple[str, ...]] = ("made_why", "made_by_name")
    __table_args__: ClassVar = (UniqueConstraint("from_id", "to_id", "organisation_id"),)
    from_id: UUID = Field(foreign_key="recommendation.id", sa_type=Uuid)
    to_id: UUID = Field(foreign_key="recommendation.id", sa_type=Uuid, index=True)
    kind: CrosswalkKind = Field(default=CrosswalkKind.contributes, sa_type=choice(CrosswalkKind))
    basis: LinkBasis = Field(sa_type=choice(LinkBasis))
    provenance: Provenance = Field(default=Provenance.recalled, sa_type=choice(Provenance))
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id", sa_type=Uuid)
    # Who made a local one, which somebody else has to accept; nobody where an edition carried it over.
    made_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    made_by_name: str = Field(default="", max_length=120, sa_column_kwargs={"server_default": ""})
    made_why: str = Field(default="", max_length=1000, sa_column_kwargs={"server_default": ""})


class CrosswalkRuling(Tracked, table=True):
    """An organisation's word on a link: only an official one counts without it. kind: its own word for it."""

    __tablename__ = "crosswalk_ruling"
    __table_args__: ClassVar = (UniqueConstraint("crosswalk_id", "organisation_id"),)
    crosswalk_id: UUID = Field(foreign_key="crosswalk.id", sa_type=Uuid)
    organisation_id: UUID = Field(foreign_key="organisation.id", sa_type=Uuid)
    accepted: bool
    kind: CrosswalkKind | None = Field(default=None, sa_type=choice(CrosswalkKind))
    why: str = Field(default="", max_length=1000)
    ruled_on: date | None = None
    ruled_by_name: str = Field(default="", max_length=120, sa_column_kwargs={"server_default": ""})
    sealed_fields: ClassVar[tuple[str, ...]] = ("why", "ruled_by_name")


class PrivateReader(Tracked, table=True):
    """Somebody who may read what an organisation's own publication says where it names people or cases."""

    __tablename__ = "private_reader"
    __table_args__: ClassVar = (UniqueConstraint("framework_id", "account_id"),)
    framework_id: UUID = Field(foreign_key="framework.id", sa_type=Uuid)
    account_id: UUID = Field(foreign_key="account.id", sa_type=Uuid)


class PrivateWording(Tracked, table=True):
    """The words of a recommendation for named people alone; its title, which all read and count, is public-safe."""

    __tablename__ = "private_wording"
    __table_args__: ClassVar = (UniqueConstraint("recommendation_id"),)
    sealed_fields: ClassVar[tuple[str, ...]] = ("wording",)
    framework_id: UUID = Field(foreign_key="framework.id", sa_type=Uuid, index=True)
    recommendation_id: UUID = Field(foreign_key="recommendation.id", sa_type=Uuid)
    wording: str = Field(max_length=4000)
