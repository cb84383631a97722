"""What may be written where everybody reads it: evidence by its public-safe words, nothing that is restricted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlmodel import select

from app.core import clock
from app.core.db import Read
from app.evidence.models import Evidence, EvidenceAction, EvidenceRecommendation, EvidenceVersion
from app.evidence.rules import EvidenceState, has_expired
from app.history.queries import rows
from app.plans.models import Restriction
from app.plans.queries import PlanAccess


@dataclass(frozen=True, slots=True)
class Shown:
    """One item of evidence. counts: accepted, neither held nor expired. sha256: of the file that counts."""

    ref: str
    shows: str
    kind: str
    state: str
    counts: bool
    accepted_on: date | None
    accepted_by: str
    expires_on: date | None
    confidential: bool
    sha256: str
    actions: frozenset[UUID]
    recommendations: frozenset[UUID]


@contextmanager
def as_anybody(read: Read, access: PlanAccess) -> Iterator[PlanAccess]:
    """The plan as somebody sees it to whom nothing restricted is open."""
    held = read.hidden
    with read.unhidden():
        every = frozenset(read.exec(select(Restriction.restricted_id).where(Restriction.plan_id == access.id)).all())
    read.hide(held | every)
    try:
        yield replace(access, hidden=access.hidden | every)
    finally:
        read.hide(held)


def evidence_shown(read: Read, access: PlanAccess) -> list[Shown]:
    """Not withdrawn, by reference; without what is hidden in this session."""
    links, recommended = rows(read, EvidenceAction, access.id), rows(read, EvidenceRecommendation, access.id)
    files = {(v.evidence_id, v.number): v.sha256 for v in rows(read, EvidenceVersion, access.id) if not v.removed_on}
    of_actions = _by_item([(link.evidence_id, link.action_id) for link in links])
    of_recommendations = _by_item([(link.evidence_id, link.recommendation_id) for link in recommended])
    day = access.as_at or clock.today()
    found = [row for row in rows(read, Evidence, access.id) if row.state is not EvidenceState.withdrawn]
    return [
        Shown(
            ref=row.ref,
            shows=row.public_summary if row.confidential else row.shows,
            kind=row.kind.value,
            state=row.state.value,
            counts=row.state is EvidenceState.accepted and not row.held and not has_expired(row.expires_on, day),
            accepted_on=row.accepted_on,
            accepted_by=row.reviewed_by_name,
            expires_on=row.expires_on,
            confidential=row.confidential,
            sha256=files.get((row.id, row.version), ""),
            actions=of_actions.get(row.id, frozenset()),
            recommendations=of_recommendations.get(row.id, frozenset()),
        )
        for row in sorted(found, key=lambda e: (len(e.ref), e.ref))
        if not (access.hidden and of_actions.get(row.id, frozenset()) & access.hidden)
    ]


def _by_item(pairs: list[tuple[UUID, UUID]]) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for item, other in pairs:
        found.setdefault(item, set()).add(other)
    return {item: frozenset(others) for item, others in found.items()}
