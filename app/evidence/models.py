"""Tables of evidence. An item is an aggregate of its versions; its link to an action is a part of the action."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import UniqueConstraint, Uuid
from sqlmodel import Field

from app.actions.models import ActionPart
from app.core.columns import Document, PlanTracked, Tracked, choice
from app.evidence.rules import EvidenceForm, EvidenceKind, EvidenceSort, EvidenceState, Searched, Strength


class Evidence(PlanTracked, table=True):
    """What is shown, for which period, by what; who submitted it, who looked at it and what they said."""

    __table_args__: ClassVar = (UniqueConstraint("plan_id", "ref"),)
    sealed_fields: ClassVar[tuple[str, ...]] = (
        "shows", "method", "result", "kept_at", "url", "public_summary", "submitted_by_name", "reviewed_by_name",
        "review_why", "withdrawn_by_name", "withdrawn_why",
    )  # fmt: skip
    untold_fields: ClassVar[tuple[str, ...]] = (
        "shows", "method", "result", "kept_at", "url", "review_why", "withdrawn_why", "sample_size", "strength",
        "period_from", "period_to", "dated_on",
    )  # fmt: skip
    ref: str = Field(max_length=16)
    kind: EvidenceKind = Field(sa_type=choice(EvidenceKind))
    form: EvidenceForm = Field(sa_type=choice(EvidenceForm))
    sort: EvidenceSort = Field(sa_type=choice(EvidenceSort))
    shows: str = Field(max_length=500)
    period_from: date | None = None
    period_to: date | None = None
    # The day it was seen, or that the document carries.
    dated_on: date | None = None
    method: str = Field(default="", max_length=1000)
    sample_size: int | None = None
    result: str = Field(default="", max_length=1000)
    kept_at: str = Field(default="", max_length=300)
    url: str = Field(default="", max_length=1000)
    strength: Strength | None = Field(default=None, sa_type=choice(Strength))
    expires_on: date | None = None
    confidential: bool = False
    public_summary: str = Field(default="", max_length=500)
    # The number of the version that counts; 0 for a link and for what was seen.
    version: int = 0
    # As the newest version's: kept here so that whether an item counts is known from its own row.
    held: bool = False

    state: EvidenceState = Field(default=EvidenceState.submitted, sa_type=choice(EvidenceState))
    submitted_on: date
    submitted_at: datetime
    submitted_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    submitted_by_name: str = Field(max_length=120)
    # The last day each was said, whatever was submitted again since.
    accepted_on: date | None = None
    returned_on: date | None = None
    reviewed_on: date | None = None
    reviewed_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    reviewed_by_name: str = Field(default="", max_length=120)
    review_why: str = Field(default="", max_length=2000)
    withdrawn_on: date | None = None
    withdrawn_by_name: str = Field(default="", max_length=120)
    withdrawn_why: str = Field(default="", max_length=2000)


class EvidenceVersion(PlanTracked, table=True):
    """One file of an item, as it was added; it never changes, and its bytes lie in the store under `stored_as`."""

    __tablename__ = "evidence_version"
    __table_args__: ClassVar = (UniqueConstraint("evidence_id", "number"),)
    sealed_fields: ClassVar[tuple[str, ...]] = ("file_name", "added_by_name", "stated_by_name", "stated_why")
    untold_fields: ClassVar[tuple[str, ...]] = ("file_name", "stated_why", "stored_as", "sha256", "found")
    evidence_id: UUID = Field(foreign_key="evidence.id", sa_type=Uuid, index=True)
    number: int
    file_name: str = Field(max_length=255)
    media_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64)
    stored_as: str = Field(max_length=64, unique=True)
    added_on: date
    added_at: datetime
    added_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    added_by_name: str = Field(max_length=120)
    searched: Searched = Field(sa_type=choice(Searched))
    # Where text that looks like an NHS number stands: {"page": [3, 4]}, {"sheet": [1]}; never the digits.
    found: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    held: bool = False
    # "These are not NHS numbers", with the reason.
    stated_on: date | None = None
    stated_by_name: str = Field(default="", max_length=120)
    stated_why: str = Field(default="", max_length=1000)
    # Taken away by who added it: the bytes are gone, the record that there was a file is not.
    removed_on: date | None = None

    def root(self) -> tuple[type[Tracked], UUID] | None:
        return Evidence, self.evidence_id


class EvidenceAction(ActionPart, table=True):
    """The item shows something about this action.

    covered: whoever accepted the item looked at it for this action too; a link that is made afterwards waits for that.
    """

    __tablename__ = "evidence_action"
    __table_args__: ClassVar = (UniqueConstraint("evidence_id", "action_id"),)
    evidence_id: UUID = Field(foreign_key="evidence.id", sa_type=Uuid, index=True)
    linked_on: date
    covered: bool = False


class EvidenceRecommendation(PlanTracked, table=True):
    """The item shows something about this recommendation itself, whichever action answers it."""

    __tablename__ = "evidence_recommendation"
    __table_args__: ClassVar = (UniqueConstraint("evidence_id", "recommendation_id"),)
    evidence_id: UUID = Field(foreign_key="evidence.id", sa_type=Uuid, index=True)
    recommendation_id: UUID = Field(foreign_key="recommendation.id", sa_type=Uuid, index=True)

    def root(self) -> tuple[type[Tracked], UUID] | None:
        return Evidence, self.evidence_id
