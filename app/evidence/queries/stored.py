"""Which files the rows of a whole database name: for the sweep of orphans, backups and verify."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlmodel import col, select

from app.core.db import Read
from app.evidence.models import Evidence, EvidenceVersion

WHOLE = "the files of the whole store, whichever plan they belong to"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """evidence: the reference that people know it by; removed files have no bytes any more."""

    evidence: str
    number: int
    stored_as: str
    size: int
    sha256: str


def names_in_use(read: Read, names: Collection[str]) -> set[str]:
    """Of these names, those of files that a row still has."""
    read.see_everything(WHOLE)
    found: set[str] = set()
    asked = sorted(names)
    for start in range(0, len(asked), 500):
        some = asked[start : start + 500]
        wanted = select(EvidenceVersion.stored_as).where(
            col(EvidenceVersion.stored_as).in_(some), col(EvidenceVersion.removed_on).is_(None)
        )
        found |= set(read.exec(wanted))
    return found


def stored_files(read: Read) -> Iterator[StoredFile]:
    """Every file there must be, by name."""
    read.see_everything(WHOLE)
    wanted = (
        select(Evidence.ref, EvidenceVersion)
        .join(Evidence, col(EvidenceVersion.evidence_id) == Evidence.id)
        .where(col(EvidenceVersion.removed_on).is_(None))
        .order_by(EvidenceVersion.stored_as)
    )
    for ref, row in read.exec(wanted):
        yield StoredFile(ref, row.number, row.stored_as, row.size, row.sha256)
