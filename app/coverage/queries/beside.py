"""What lies beside a plan's actions on its view's day: publications it sets out to answer, decisions, links."""

from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.actions.view import PlanView
from app.core.columns import PlanTracked
from app.core.db import Read
from app.core.walls import ready
from app.coverage.covering import Edge, Stood
from app.coverage.models import PlanFramework, RecommendationStanding
from app.coverage.rules import Answer
from app.frameworks.models import Framework, Recommendation
from app.frameworks.queries import counting_links
from app.frameworks.rules import CrosswalkKind, chip
from app.history.queries import rows_at

Row = TypeVar("Row", bound=PlanTracked)


def rows_then(read: Read, model: type[Row], view: PlanView) -> list[Row]:
    """The rows of this table as they stood when the view did."""
    if view.as_at is None:
        return list(read.exec(_statement(model), params={"plan": view.id}).all())
    return rows_at(read, model, f"plan:{view.id}", view.revision)


@cache
def _statement(model: type[PlanTracked]) -> Any:
    # Made once: to put a statement together costs more than to run it.
    return ready(select(model).where(model.plan_id == sa.bindparam("plan")))


def added_keys(read: Read, view: PlanView) -> list[str]:
    ids = {row.framework_id for row in rows_then(read, PlanFramework, view)}
    return list(read.exec(select(Framework.key).where(col(Framework.id).in_(ids))).all()) if ids else []


def stood_of(read: Read, view: PlanView) -> dict[str, Stood]:
    """What was decided and asked for, by names like "ockenden_2022:1.2"."""
    rows = rows_then(read, RecommendationStanding, view)
    names = names_of(read, {row.recommendation_id for row in rows})
    return {names[row.recommendation_id]: stood(row) for row in rows}


def stood(row: RecommendationStanding) -> Stood:
    return Stood(
        answer=row.answer,
        asked=Answer(row.asked) if row.asked else None,
        why=row.why,
        contact=row.contact,
        last_chased_on=row.last_chased_on,
        decided_on=row.decided_on,
        decided_by=row.decided_by_name,
    )


def names_of(read: Read, ids: set[UUID]) -> dict[UUID, str]:
    if not ids:
        return {}
    found = read.exec(_NAMES, params={"ids": sorted(ids)}).all()
    return {id: f"{key}:{ref}" for id, key, ref in found}


_NAMES = ready(
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
    parts = _parts(read, [id for id, end in ends.items() if not end[5]])
    found: dict[str, list[Edge]] = {}

    def help_with(start: UUID, end: UUID, kind: CrosswalkKind, by: str, on: Any) -> None:
        key, ref, _title, _prefix, _publication, is_leaf = ends[end]
        if not is_leaf:
            return
        whole = ends[start][5]
        for start_ref, title in [(ends[start][1], ends[start][2])] if whole else parts.get(start, []):
            kept = kind if whole or kind is not CrosswalkKind.same else CrosswalkKind.contributes
            edge = Edge(ends[start][0], start_ref, chip(ends[start][3], start_ref), title, ends[start][4], kept, by, on)
            found.setdefault(f"{key}:{ref}", []).append(edge)

    for link in links:
        help_with(link.from_id, link.to_id, link.kind, link.by, link.on)
        if link.kind is not CrosswalkKind.contributes:
            help_with(link.to_id, link.from_id, link.kind, link.by, link.on)
    return found


def _ends(read: Read, ids: set[UUID]) -> dict[UUID, tuple[str, str, str, str, str, bool]]:
    """By id: key, ref, title, prefix, the publication's title, and whether nothing stands under it."""
    rows = read.exec(_ENDS, params={"ids": sorted(ids)}).all() if ids else []
    return {row[0]: tuple(row[1:]) for row in rows}


_ENDS = ready(
    sa.select(
        col(Recommendation.id), col(Framework.key), col(Recommendation.ref), col(Recommendation.title),
        col(Framework.prefix), col(Framework.short_title), col(Recommendation.is_leaf),
    )
    .join(Framework, col(Framework.id) == col(Recommendation.framework_id))
    .where(col(Recommendation.id).in_(sa.bindparam("ids", expanding=True)))
)  # fmt: skip


def _parts(read: Read, chapters: list[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    rows = read.exec(_PARTS, params={"chapters": sorted(chapters)}).all() if chapters else []
    found: dict[UUID, list[tuple[str, str]]] = {}
    for parent, ref, title in rows:
        found.setdefault(parent, []).append((ref, title))
    return found


_PARTS = ready(
    sa.select(col(Recommendation.parent_id), col(Recommendation.ref), col(Recommendation.title))
    .where(
        col(Recommendation.parent_id).in_(sa.bindparam("chapters", expanding=True)),
        col(Recommendation.is_leaf),
        col(Recommendation.withdrawn_on).is_(None),
    )
    .order_by(col(Recommendation.position))
)
