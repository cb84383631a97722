"""Crosswalk links, with what the viewer's organisation has ruled on each."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select

from app.core.columns import SHARED
from app.core.db import Read
from app.core.errors import NotFound
from app.core.prepared import Prepared
from app.core.words import _
from app.frameworks.models import Crosswalk, CrosswalkRuling
from app.frameworks.queries.recommendations import recommendation_labels
from app.frameworks.rules import CrosswalkKind, link_counts
from app.frameworks.schemas import LinkRead, RecommendationLabel
from app.history.queries import rows_at
from app.people.rights import Relation, allows


def ruling_organisation(read: Read) -> UUID | None:
    """For which organisation the actor may accept or refuse links: their own before others; None for nobody's."""
    actor = read.actor
    may = {g.organisation_id for g in actor.grants if allows("library.rule", [(g.role, Relation.organisation)])}
    return actor.organisation_id if actor.organisation_id in may else min(may, default=None)


def link_row(read: Read, link_id: UUID) -> Crosswalk:
    row = read.exec(select(Crosswalk).where(Crosswalk.id == link_id, _ours(read))).first()
    if row is None:
        raise NotFound(_("There is no such link between recommendations."))
    return row


def _ours(read: Read) -> ColumnElement[bool]:
    """Suggested links, and those of the viewer's organisation: nobody sees another organisation's own."""
    return or_(
        col(Crosswalk.organisation_id).is_(None),
        col(Crosswalk.organisation_id) == (ruling_organisation(read) or read.actor.organisation_id),
    )


def links_of(read: Read, ids: Sequence[UUID]) -> dict[UUID, list[LinkRead]]:
    """The links of these recommendations, at either end, outgoing first."""
    ends = or_(col(Crosswalk.from_id).in_(ids), col(Crosswalk.to_id).in_(ids))
    rows = read.exec(select(Crosswalk).where(ends, _ours(read))).all()
    rulings = _rulings(read, [r.id for r in rows])
    labels = recommendation_labels(read, {end for r in rows for end in (r.from_id, r.to_id)})
    here, found = set(ids), dict[UUID, list[LinkRead]]()
    for row in rows:
        for end, other, outgoing in ((row.from_id, row.to_id, True), (row.to_id, row.from_id, False)):
            if end in here:
                made = _read_model(row, labels[other], rulings.get(row.id), outgoing=outgoing)
                made.is_mine = row.made_by_id is not None and row.made_by_id == read.actor.id
                found.setdefault(end, []).append(made)
    for links in found.values():
        links.sort(key=lambda link: (not link.outgoing, link.chip))
    return found


def _rulings(read: Read, ids: Sequence[UUID]) -> dict[UUID, CrosswalkRuling]:
    organisation_id = ruling_organisation(read) or read.actor.organisation_id
    if organisation_id is None:
        return {}
    rows = read.exec(
        select(CrosswalkRuling).where(
            CrosswalkRuling.organisation_id == organisation_id, col(CrosswalkRuling.crosswalk_id).in_(ids)
        )
    ).all()
    return {r.crosswalk_id: r for r in rows}


def _read_model(
    row: Crosswalk, other: RecommendationLabel, ruling: CrosswalkRuling | None, *, outgoing: bool
) -> LinkRead:
    accepted = ruling.accepted if ruling else None
    return LinkRead(
        id=row.id,
        outgoing=outgoing,
        to=other.name,
        to_framework=other.key,
        to_ref=other.ref,
        to_title=other.title,
        chip=other.chip,
        kind=(ruling.kind if ruling else None) or row.kind,
        basis=row.basis,
        provenance=row.provenance,
        accepted=accepted,
        why=ruling.why if ruling else "",
        counts=link_counts(row.basis, accepted),
        ruled_by=ruling.ruled_by_name if ruling else "",
        ruled_on=ruling.ruled_on if ruling else None,
        made_by=row.made_by_name,
        made_why=row.made_why,
    )


class CountingLink(NamedTuple):
    """A link as it counts for one organisation, in its own word for it. by, on: who said so, where anybody has."""

    from_id: UUID
    to_id: UUID
    kind: CrosswalkKind
    by: str
    on: date | None


def counting_links(read: Read, organisation_id: UUID, revision: int | None = None) -> list[CountingLink]:
    """Those that coverage takes into account for this organisation, now or at a past revision of the shared stream."""
    told = (
        _LINKS.tied(read, organisation=organisation_id) if revision is None else _then(read, organisation_id, revision)
    )
    found = [
        CountingLink(_id(start), _id(end), own or kind, by or "", on)
        for start, end, kind, basis, accepted, own, by, on in told
        if link_counts(basis, accepted)
    ]
    return sorted(found, key=lambda link: (link.from_id.int, link.to_id.int))


def _id(tied: UUID | str) -> UUID:
    """Of the few that count: most are only suggested."""
    return tied if isinstance(tied, UUID) else UUID(tied)


def _then(read: Read, organisation_id: UUID, revision: int) -> Iterator[tuple[Any, ...]]:
    rulings = rows_at(read, CrosswalkRuling, SHARED, revision)
    ruled = {r.crosswalk_id: r for r in rulings if r.organisation_id == organisation_id}
    for link in rows_at(read, Crosswalk, SHARED, revision):
        if link.organisation_id in (None, organisation_id):
            word = ruled.get(link.id)
            said = (word.accepted, word.kind, word.ruled_by_name, word.ruled_on) if word else (None, None, "", None)
            yield link.from_id, link.to_id, link.kind, link.basis, *said


# Columns, not entities: coverage is read far more often than links are ruled on.
_LINKS = Prepared(
    sa.select(
        col(Crosswalk.from_id), col(Crosswalk.to_id), col(Crosswalk.kind), col(Crosswalk.basis),
        col(CrosswalkRuling.accepted), col(CrosswalkRuling.kind), col(CrosswalkRuling.ruled_by_name),
        col(CrosswalkRuling.ruled_on),
    )
    .outerjoin(
        CrosswalkRuling,
        sa.and_(
            col(CrosswalkRuling.crosswalk_id) == col(Crosswalk.id),
            col(CrosswalkRuling.organisation_id) == sa.bindparam("organisation"),
        ),
    )
    .where(
        or_(col(Crosswalk.organisation_id).is_(None), col(Crosswalk.organisation_id) == sa.bindparam("organisation"))
    )
)  # fmt: skip
