"""Which evidence counts on a day, what it proves of an action, and which days an action's clocks take from it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class EvidenceKind(StrEnum):
    """implementation: the change was made; effect: the change works."""

    implementation = "implementation"
    effect = "effect"


class EvidenceForm(StrEnum):
    file = "file"
    link = "link"
    seen = "seen"


class EvidenceSort(StrEnum):
    guideline = "guideline"
    rota = "rota"
    minutes = "minutes"
    audit = "audit"
    measure = "measure"
    observation = "observation"
    feedback = "feedback"
    training_record = "training_record"
    other = "other"


class EvidenceState(StrEnum):
    submitted = "submitted"
    accepted = "accepted"
    returned = "returned"
    withdrawn = "withdrawn"


class Strength(StrEnum):
    strong = "strong"
    moderate = "moderate"
    limited = "limited"


class Searched(StrEnum):
    """How much of a file's text was searched for NHS numbers: all of it, its beginning, or none (a picture)."""

    whole = "whole"
    part = "part"
    none = "none"


EXPIRING_DAYS = 56
_COUNTS = frozenset({EvidenceState.submitted, EvidenceState.accepted})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What the rules know of one piece of evidence.

    speaks_for: the day up to which it shows something (the end of its period, else the day it was seen or dated);
    held: its newest file may hold NHS numbers, and nobody has said that it does not; strength: its reviewer's word.
    """

    id: UUID
    ref: str
    kind: EvidenceKind
    state: EvidenceState
    speaks_for: date | None
    submitted_on: date
    accepted_on: date | None = None
    returned_on: date | None = None
    submitted_by_id: UUID | None = None
    reviewed_by_id: UUID | None = None
    expires_on: date | None = None
    held: bool = False
    strength: Strength | None = None
    confidential: bool = False

    @property
    def is_accepted(self) -> bool:
        return self.state is EvidenceState.accepted

    def has_expired(self, today: date) -> bool:
        return has_expired(self.expires_on, today)

    def counts(self, today: date) -> bool:
        """Submitted or accepted; neither held nor expired."""
        return self.state in _COUNTS and not self.held and not self.has_expired(today)


def has_expired(expires_on: date | None, today: date) -> bool:
    """Good on its last day; no longer on the day after."""
    return expires_on is not None and expires_on < today


def expires_soon(expires_on: date | None, today: date) -> bool:
    return expires_on is not None and 0 <= (expires_on - today).days <= EXPIRING_DAYS


@dataclass(frozen=True, slots=True)
class Proof:
    """The evidence of one action that counts on a day."""

    implementation: tuple[Item, ...] = ()
    effect: tuple[Item, ...] = ()

    def effect_dates(self) -> tuple[date, ...]:
        """The day each effect item speaks for, accepted or only submitted."""
        return tuple(item.speaks_for for item in self.effect if item.speaks_for is not None)

    def accepted_effect_dates(self, apart_from: Collection[UUID | None] = ()) -> tuple[date, ...]:
        """Of accepted effect items alone, where their reviewer neither submitted them nor is one of `apart_from`."""
        return tuple(
            item.speaks_for for item in self.effect if item.speaks_for is not None and _is_independent(item, apart_from)
        )


def _is_independent(item: Item, apart_from: Collection[UUID | None]) -> bool:
    reviewer = item.reviewed_by_id
    return item.is_accepted and reviewer is not None and reviewer not in {item.submitted_by_id, *apart_from}


NO_PROOF = Proof()


def proof(items: Iterable[Item], today: date) -> Proof:
    """What the items linked to one action prove on this day."""
    known = sorted(items, key=lambda item: (item.submitted_on, len(item.ref), item.ref))
    counting = [item for item in known if item.counts(today)]
    return Proof(
        implementation=tuple(i for i in counting if i.kind is EvidenceKind.implementation),
        effect=tuple(i for i in counting if i.kind is EvidenceKind.effect),
    )


def clocks(items: Iterable[Item]) -> dict[str, date | None]:
    """An action's columns submitted_on, accepted_on and returned_on: the latest day of each among its effect evidence.

    What was withdrawn or is held was never submitted; a return stays a return, whatever became of the item.
    """
    effect = [item for item in items if item.kind is EvidenceKind.effect]
    is_in = [i for i in effect if i.state is not EvidenceState.withdrawn and not i.held]
    return {
        "submitted_on": max((i.submitted_on for i in is_in), default=None),
        "accepted_on": max((i.accepted_on for i in is_in if i.is_accepted and i.accepted_on), default=None),
        "returned_on": max((i.returned_on for i in effect if i.returned_on), default=None),
    }
