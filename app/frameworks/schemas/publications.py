"""Publications, recommendations and links as they are given out."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel

from app.frameworks.local import Demand, KeyQuestion, LocalKind, Notice
from app.frameworks.rules import CrosswalkKind, LinkBasis, Provenance


class RecommendationLabel(NamedTuple):
    """What a list shows of a recommendation: chip is its compact name, "IEA 1.10"."""

    key: str
    ref: str
    title: str
    chip: str

    @property
    def name(self) -> str:
        return f"{self.key}:{self.ref}"


class LinkRead(BaseModel):
    """A crosswalk link seen from one of its ends; `to` is what lies at the other, "ockenden_2022:1.2".

    outgoing: this recommendation answers the other; else the other answers this one. accepted: what the viewer's
    organisation has ruled, null where it has not. counts: whether coverage takes it into account there. kind: what
    the organisation says it is, else what is suggested. made_by, made_why: of the organisation's own link; is_mine: the
    viewer made it, so that somebody else has to accept it.
    """

    id: UUID
    outgoing: bool
    to: str
    to_framework: str
    to_ref: str
    to_title: str
    chip: str
    kind: CrosswalkKind
    basis: LinkBasis
    provenance: Provenance
    accepted: bool | None
    why: str
    counts: bool
    ruled_by: str = ""
    ruled_on: date | None = None
    made_by: str = ""
    made_why: str = ""
    is_mine: bool = False


class ItemRead(BaseModel):
    """A recommendation. `parent` is a ref; `applies_to` a comma list, empty for everyone; depth counts from 0."""

    id: UUID
    ref: str
    title: str
    parent: str | None
    summary: str
    applies_to: str
    provenance: Provenance
    is_leaf: bool
    withdrawn: bool
    depth: int
    chip: str
    demand: Demand | None = None
    regulation: str = ""
    links: list[LinkRead] = []


class LocalFacts(BaseModel):
    """What an organisation's own publication says beside its recommendations."""

    kind: LocalKind
    service: str = ""
    inspected_on: date | None = None
    key_questions: list[KeyQuestion] = []
    notices: list[Notice] = []


class FrameworkRead(BaseModel):
    """published is written as exactly as it is known: "2022-03-30", "2022-03" or "2022"."""

    key: str
    title: str
    short_title: str
    edition: str
    scope: str
    prefix: str = ""
    organisation: str | None
    publisher: str
    published: str | None
    published_words: str
    url: str
    nation: str
    status: str
    status_note: str
    item_label: str
    disputed: str
    is_empty: bool
    missing: str
    recommendations: int
    leaves: int
    recalled: int
    supersedes: list[str]
    superseded_by: list[str]
    related: list[str]
    revision: int
    local: LocalFacts | None = None


class DifferencesRead(BaseModel):
    """References that a newer edition added, changed and left out."""

    since: str
    added: list[str]
    changed: list[str]
    gone: list[str]


class FrameworkDetail(FrameworkRead):
    sources: list[str]
    items: list[ItemRead]
    differences: DifferencesRead | None = None


class FoundRead(BaseModel):
    """A recommendation that a search found, with its publication."""

    framework: str
    framework_title: str
    item: ItemRead


class LoadedRead(BaseModel):
    """What loading the library changed; all nought when it was there already."""

    frameworks: int = 0
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    links: int = 0


class KeptRead(BaseModel):
    """An own publication as it was kept: its key, and what that changed, by reference."""

    key: str
    title: str
    is_new: bool
    added: list[str]
    changed: list[str]
    withdrawn: list[str]


class ReaderRead(BaseModel):
    email: str
    name: str


class PrivateRead(BaseModel):
    """For those who are named. wordings: by the recommendation's number."""

    framework: str
    named: list[ReaderRead]
    wordings: dict[str, str]
