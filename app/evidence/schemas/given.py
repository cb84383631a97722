"""What the doors of evidence take; a form sends the same fields as a program."""

import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.core.dates import OptionalDay
from app.core.given import Given, none_if_empty
from app.core.text import Writing
from app.evidence.rules import EvidenceForm, EvidenceKind, EvidenceSort, Strength

Shows = Annotated[str, Writing(500, lines=False)]
Summary = Annotated[str | None, Writing(500, optional=True)]
Method = Annotated[str | None, Writing(1000, optional=True)]
Kept = Annotated[str | None, Writing(300, lines=False, optional=True)]
Address = Annotated[str | None, Writing(1000, lines=False, optional=True)]
Why = Annotated[str, Writing(2000)]
OptionalWhy = Annotated[str | None, Writing(2000, optional=True)]
Reason = Annotated[str, Writing(1000)]


def _split(value: Any) -> Any:
    """A form may send one text of several, a line or a comma between them."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        return value
    return list(dict.fromkeys(part for v in values for each in re.split(r"[,\n]", v) if (part := each.strip())))


Refs = Annotated[list[Annotated[str, Writing(120, lines=False)]], Field(max_length=100), BeforeValidator(_split)]
Sample = Annotated[Annotated[int, Field(ge=1, le=10_000_000)] | None, BeforeValidator(none_if_empty)]
GivenStrength = Annotated[Strength | None, BeforeValidator(none_if_empty)]
Tick = Annotated[bool, BeforeValidator(lambda value: False if value == "" else value)]


class NewEvidence(Given):
    """kind: implementation (the change was made) or effect (it works). form: file (sent beside), link or seen.

    actions: references; recommendations: keys like ockenden_2022:1.2; one of either at least. dated_on: the day it was
    seen, or that the document carries. A confidential item shows others its public_summary alone.
    """

    kind: EvidenceKind
    form: EvidenceForm
    sort: EvidenceSort
    shows: Shows
    actions: Refs = Field(default_factory=list)
    recommendations: Refs = Field(default_factory=list)
    period_from: OptionalDay = None
    period_to: OptionalDay = None
    dated_on: OptionalDay = None
    method: Method = None
    sample_size: Sample = None
    result: Method = None
    kept_at: Kept = None
    url: Address = None
    expires_on: OptionalDay = None
    confidential: Tick = False
    public_summary: Summary = None


class ChangedEvidence(Given):
    """The fields to change; what it says changing, it is submitted again. Links alone leave it as it was reviewed."""

    kind: EvidenceKind | None = None
    sort: EvidenceSort | None = None
    shows: Annotated[str | None, Writing(500, lines=False)] = None
    actions: Refs | None = None
    recommendations: Refs | None = None
    period_from: OptionalDay = None
    period_to: OptionalDay = None
    dated_on: OptionalDay = None
    method: Method = None
    sample_size: Sample = None
    result: Method = None
    kept_at: Kept = None
    url: Address = None
    expires_on: OptionalDay = None
    confidential: Tick | None = None
    public_summary: Summary = None
    why: OptionalWhy = None

    @property
    def sent(self) -> dict[str, Any]:
        """What is to change: a null empties what may be empty, and leaves the rest as it is."""
        never = ("kind", "sort", "shows", "actions", "recommendations", "confidential")
        given = {name: getattr(self, name) for name in self.model_fields_set - {"why"}}
        return {name: value for name, value in given.items() if value is not None or name not in never}


class NewVersion(Given):
    """why: what is new about it."""

    why: OptionalWhy = None


class ReviewOutcome(StrEnum):
    accept = "accept"
    return_ = "return"


class NewReview(Given):
    """why is needed to return it. strength and expires_on are the reviewer's word on what is accepted."""

    outcome: ReviewOutcome
    why: OptionalWhy = None
    strength: GivenStrength = None
    expires_on: OptionalDay = None


class EvidenceWithdrawal(Given):
    why: Why


class NewStatement(Given):
    """Why what was found are not NHS numbers."""

    why: Reason
