"""What the doors of evidence give."""

from datetime import date, datetime

from pydantic import BaseModel

from app.evidence.rules import EvidenceForm, EvidenceKind, EvidenceSort, EvidenceState, Searched, Strength


class ActionShown(BaseModel):
    """covered: whoever accepted the item looked at it for this action too."""

    ref: str
    title: str
    covered: bool


class RecommendationShown(BaseModel):
    key: str
    chip: str
    title: str


class VersionRead(BaseModel):
    """found: where its text looks like an NHS number, in words; held: nobody but who added it can open it."""

    number: int
    file_name: str
    media_type: str
    size: int
    size_words: str
    sha256: str
    added_on: date
    added_by: str
    searched: Searched
    found: str | None
    held: bool
    stated_by: str | None
    stated_why: str | None
    removed_on: date | None
    may_open: bool


class EvidenceRead(BaseModel):
    """One item. concealed: it is confidential and the reader sees its public-safe summary alone.

    recommendations: keys, with their words in answers. speaks_for: the day up to which it shows something; counts: it
    is proof today.
    """

    ref: str
    kind: EvidenceKind
    kind_words: str
    form: EvidenceForm
    sort: EvidenceSort
    sort_words: str
    state: EvidenceState
    state_words: str
    shows: str
    concealed: bool
    confidential: bool
    public_summary: str | None
    period_from: date | None
    period_to: date | None
    dated_on: date | None
    speaks_for: date | None
    method: str | None
    sample_size: int | None
    result: str | None
    kept_at: str | None
    link: str | None
    strength: Strength | None
    strength_words: str | None
    expires_on: date | None
    expired: bool
    expires_soon: bool
    held: bool
    counts: bool
    unused: bool
    version: int
    file: VersionRead | None
    versions: list[VersionRead]
    actions: list[ActionShown]
    recommendations: list[str]
    answers: list[RecommendationShown]
    submitted_on: date
    submitted_at: datetime
    submitted_by: str
    accepted_on: date | None
    returned_on: date | None
    reviewed_on: date | None
    reviewed_by: str | None
    review_why: str | None
    withdrawn_on: date | None
    withdrawn_by: str | None
    withdrawn_why: str | None
    may_review: bool
    may_change: bool
    may_withdraw: bool
    revision: int
    url: str
