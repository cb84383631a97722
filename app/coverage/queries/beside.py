"""What lies beside a plan's actions on its view's day: publications it sets out to answer, decisions, links."""

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.actions.view import PlanView
from app.core.columns import SHARED
from app.core.db import Read
from app.core.prepared import Prepared
from app.coverage.around import Edge, Stood
from app.coverage.models import PlanFramework, RecommendationStanding
from app.coverage.rules import Answer
from app.frameworks.models import Framework, Recommendation
from app.frameworks.queries import counting_links
from app.frameworks.rules import CrosswalkKind
from app.history.queries import rows_at

# What an own publication says of itself once another edition has taken its place.
SUPERSEDED = "superseded"
# Of a standing, in the order of `Stood`.
OF_STANDING = ("answer", "asked", "why", "contact", "last_chased_on", "decided_on", "decided_by_name")
_OF_STANDING = attrgetter(*OF_STANDING)


def added_keys(read: Read, view: PlanView) -> list[str]:
    """Of the publications that the plan set out to answer when the view stood."""
    if view.as_at is None:
        return [key for (key,) in _ADDED.rows(read, plan=view.id)]
    ids = {row.framework_id for row in rows_at(read, PlanFramework, f"plan:{view.id}", view.revision)}
    return list(read.exec(select(Framework.key).where(col(Framework.id).in_(ids))).all()) if ids else []


def followed_by(read: Read, organisation_id: UUID, revision: int | None) -> dict[str, str]:
    """The organisation's own publications whose place newer editions have taken, each with the key of the latest.

    At a past shared revision, or now.
    """
    next_of = {key: said[-1] for key, facts in _superseded(read, organisation_id, revision)
               if (said := facts.get("superseded_by"))}  # fmt: skip
    return {key: _latest(key, next_of) for key in next_of}


def _latest(key: str, next_of: Mapping[str, str]) -> str:
    seen = {key}
    while (after := next_of.get(key)) is not None and after not in seen:
        key = after
        seen.add(key)
    return key


def _superseded(read: Read, organisation_id: UUID, revision: int | None) -> Iterable[tuple[str, dict[str, Any]]]:
    if revision is None:
        return ((key, facts) for key, facts in _SUPERSEDED.rows(read, organisation=organisation_id))
    then = rows_at(read, Framework, SHARED, revision)
    return ((f.key, f.facts) for f in then if f.organisation_id == organisation_id and f.status == SUPERSEDED)


_SUPERSEDED = Prepared(
    select(Framework.key, Framework.facts).where(
        col(Framework.organisation_id) == sa.bindparam("organisation"), Framework.status == SUPERSEDED
    )
)
_ADDED = Prepared(
    select(Framework.key)
    .join(PlanFramework, col(PlanFramework.framework_id) == col(Framework.id))
    .where(col(PlanFramework.plan_id) == sa.bindparam("plan"))
)


def stood_of(read: Read, view: PlanView) -> dict[str, Stood]:
    """What was decided and asked for when the view stood, by names like "ockenden_2022:1.2"."""
    if view.as_at is None:
        return {f"{key}:{ref}": _stood(*said) for key, ref, *said in _STANDING.rows(read, plan=view.id)}
    rows = rows_at(read, RecommendationStanding, f"plan:{view.id}", view.revision)
    names = names_of(read, {row.recommendation_id for row in rows})
    return {names[row.recommendation_id]: _stood(*_OF_STANDING(row)) for row in rows}


def _stood(answer: Answer | None, asked: str, *rest: Any) -> Stood:
    return Stood(answer, Answer(asked) if asked else None, *rest)


_STANDING = Prepared(
    sa.select(
        col(Framework.key), col(Recommendation.ref), *(getattr(RecommendationStanding, name) for name in OF_STANDING)
    )
    .join(Recommendation, col(Recommendation.id) == col(RecommendationStanding.recommendation_id))
    .join(Framework, col(Framework.id) == col(Recommendation.framework_id))
    .where(col(RecommendationStanding.plan_id) == sa.bindparam("plan"))
)


def names_of(read: Read, ids: set[UUID]) -> dict[UUID, str]:
    if not ids:
        return {}
    found = _NAMES.rows(read, ids=sorted(ids))
    return {id: f"{key}:{ref}" for id, key, ref in found}


_NAMES = Prepared(
    sa.select(col(Recommendation.id), col(Framework.key), col(Recommendation.ref))
    .join(Framework, col(Framework.id) == col(Recommendation.framework_id))
    .where(col(Recommendation.id).in_(sa.bindparam("ids", expanding=True)))
)


def edges_of(read: Read, organisation_id: UUID, revision: int | None) -> dict[str, list[Edge]]:
    """The links that count for the organisation, by the recommendation they help; at a past shared revision, or now.

    A link from a chapter comes from each of its parts, and is never more than a contribution; one to a chapter
    answers none of its parts.
    """
    links = counting_links(read, organisation_id, revision)
    ends = _ends(read, {end for link in links for end in (link.from_id, link.to_id)})
    parts = _parts(read, [id for id, end in ends.items() if not end.is_leaf])
    found: dict[str, list[Edge]] = {}

    def help_with(start: UUID, end: UUID, kind: CrosswalkKind, by: str, on: Any) -> None:
        helper, helped = ends[start], ends[end]
        if not helped.is_leaf:
            return
        key, _ref, _title, prefix, publication, is_leaf = helper
        edges = found.setdefault(f"{helped.key}:{helped.ref}", [])
        if is_leaf:
            edges.append(Edge(key, helper.ref, prefix, helper.title, publication, kind, by, on))
        else:
            kept = CrosswalkKind.contributes if kind is CrosswalkKind.same else kind
            edges += [Edge(key, ref, prefix, title, publication, kept, by, on) for ref, title in parts.get(start, ())]

    for link in links:
        help_with(link.from_id, link.to_id, link.kind, link.by, link.on)
        if link.kind is not CrosswalkKind.contributes:
            help_with(link.to_id, link.from_id, link.kind, link.by, link.on)
    return found


class _End(NamedTuple):
    """One end of a link; prefix, publication: of its publication; is_leaf: nothing stands under it."""

    key: str
    ref: str
    title: str
    prefix: str
    publication: str
    is_leaf: bool


def _ends(read: Read, ids: set[UUID]) -> dict[UUID, _End]:
    rows = _ENDS.rows(read, ids=list(ids)) if ids else []
    return {id: _End(*told) for id, *told in rows}


_ENDS = Prepared(
    sa.select(
        col(Recommendation.id), col(Framework.key), col(Recommendation.ref), col(Recommendation.title),
        col(Framework.prefix), col(Framework.short_title), col(Recommendation.is_leaf),
    )
    .join(Framework, col(Framework.id) == col(Recommendation.framework_id))
    .where(col(Recommendation.id).in_(sa.bindparam("ids", expanding=True)))
)  # fmt: skip


def _parts(read: Read, chapters: list[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    rows = _PARTS.rows(read, chapters=chapters) if chapters else []
    found: dict[UUID, list[tuple[str, str]]] = {}
    for parent, ref, title in rows:
        found.setdefault(parent, []).append((ref, title))
    return found


_PARTS = Prepared(
    sa.select(col(Recommendation.parent_id), col(Recommendation.ref), col(Recommendation.title))
    .where(
        col(Recommendation.parent_id).in_(sa.bindparam("chapters", expanding=True)),
        col(Recommendation.is_leaf),
        col(Recommendation.withdrawn_on).is_(None),
    )
    .order_by(col(Recommendation.position))
)
