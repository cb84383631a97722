"""What reading the ledger gives: entries as changes, deeds for people, the findings of verify."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from app.core.dates import OptionalDay
from app.core.given import Given


class Difference(BaseModel):
    """A field's value before and after; null where there was none."""

    old: Any = None
    new: Any = None


class ChangeRead(BaseModel):
    """What one transaction made of one row. `ref` is the reference people know it or its action by.

    changes: by the names that the other answers use: people as e-mail addresses, `priority` as its reference,
    `organisation` as its code, `recommendation` as its key, as they are called today.
    """

    revision: int
    at: str
    day: date
    actor: str
    door: str
    act: str
    entity: str
    id: UUID
    subject_id: UUID
    ref: str | None
    gone: bool
    changes: dict[str, Difference]
    why: str | None


class Between(Given):
    """The days, both included, that a history is narrowed to."""

    since: OptionalDay = None
    until: OptionalDay = None


class Head(BaseModel):
    """The newest revision of a stream and the hash that seals everything before it."""

    revision: int
    hash: str


class ChangesRead(BaseModel):
    """`next` goes back as `cursor` (or as `since`); null when nothing newer is there."""

    items: list[ChangeRead]
    next: str | None
    head: Head
    as_at: date
    revision: int = Field(description="The revision that this answer shows the changes up to.")


@dataclass(frozen=True, slots=True)
class Changed:
    """One row in a deed. `fields`: name -> (old, new) as JSON values; `image`: the row afterwards."""

    entity: str
    id: UUID
    subject_id: UUID
    ref: str | None
    new: bool
    gone: bool
    fields: dict[str, tuple[Any, Any]]
    image: dict[str, Any]


def in_order(ref: str) -> list[tuple[bool, int, str]]:
    """Numbers as numbers: 1.2, 1.10, E7."""
    parts = re.findall(r"\d+|\D+", ref)
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did in one transaction on one stream."""

    revision: int
    at: datetime
    day: date
    actor_id: str
    actor: str
    door: str
    act: str
    why: str | None
    changed: list[Changed] = field(default_factory=list)

    @property
    def refs(self) -> list[str]:
        """What it is about, the plan itself apart, in the order of their numbers."""
        found = {c.ref for c in self.changed if c.ref and c.entity != "plan"}
        return sorted(found, key=in_order)


@dataclass(frozen=True, slots=True)
class Filters:
    """person: an actor_id of the ledger; act: a whole name or the part before its dot; days inclusive."""

    person: str = ""
    door: str = ""
    act: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Trail:
    """Deeds, newest first; `before` gives the next page, None on the last."""

    deeds: list[Deed]
    before: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """The first entry that is wrong: what is one of the codes of `queries.verify`."""

    stream: str
    revision: int
    seq: int | None
    what: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """bad: None when everything holds. heads: stream -> (revision, hash)."""

    entries: int
    heads: dict[str, tuple[int, str]]
    redactions: int
    erased: int
    rows: int
    bad: Finding | None = None
