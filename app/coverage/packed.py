"""What a pack holds: rows of recommendations with their actions, and the evidence with its files."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Held:
    """A file in the store: the name to ask for it by, its own name, its version, and the hash it was added with."""

    stored_as: str
    file_name: str
    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Proof:
    """One item of evidence; withheld: why its file is not in the pack, where that is so."""

    ref: str
    shows: str
    kind: str
    state: str
    accepted_on: date | None
    expires_on: date | None
    where: str
    withheld: str
    file: Held | None


@dataclass(frozen=True, slots=True)
class PackRow:
    publication: str
    chip: str
    recommendation: str
    stands: str
    action: str
    action_title: str
    stage: str
    rating: str
    decision: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """file_name: what the whole is called when it is taken away."""

    file_name: str
    title: str
    plan: str
    organisation: str
    day: date
    revision: int
    rows: tuple[PackRow, ...]
    proofs: tuple[Proof, ...]
