"""The publications a plan answers, with the actions, links and decisions that coverage is made of."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.actions.queries import standing
from app.actions.queries.kept import Beside
from app.actions.view import PlanView
from app.core.db import Read
from app.core.prepared import Prepared
from app.core.shelf import Shelf
from app.coverage.around import Around, Edge
from app.coverage.covering import Coverage, Leaf, Publication, Whom, answers, cover, keys_of
from app.coverage.queries.beside import added_keys, edges_of, followed_by, stood_of
from app.frameworks.models import Framework, Recommendation
from app.frameworks.queries import framework_row
from app.organisations.models import Organisation
from app.plans.queries import PlanAccess

_published: Shelf[tuple[Publication, ...]] = Shelf(32)
_whom: Shelf[Whom] = Shelf(64)
_edges: Shelf[dict[str, list[Edge]]] = Shelf(32)
_editions: Shelf[dict[str, str]] = Shelf(32)
_covered: Beside[tuple[Coverage, ...]] = Beside(16)


def shared_now(read: Read, access: PlanAccess) -> int:
    """The shared stream's revision: recommendations are shown as they stand, on a past day too."""
    return standing(read, access.id)[1]


def coverages(read: Read, view: PlanView, shared: int) -> tuple[Coverage, ...]:
    """Of every publication with a link in the plan, or that it sets out to answer: local ones first, newest first.

    The latest edition of an own publication stands in the place of those before it.
    """

    def made() -> tuple[Coverage, ...]:
        followed = editions(read, view, shared)
        keys = {followed.get(key, key) for key in keys_of(view, added_keys(read, view))}
        return _coverages(read, view, shared, tuple(sorted(keys)))

    return _covered.get(view, shared, made)


def editions(read: Read, view: PlanView, shared: int) -> dict[str, str]:
    """Own publications that newer editions have followed, on the view's day, with the key of the latest."""
    then = view.shared_revision if view.as_at else None
    kept = (read.info["database"].identity, shared, view.organisation_id, then)
    found = _editions.get(kept)
    if found is None:
        found = followed_by(read, view.organisation_id, then)
        _editions.put(kept, found)
    return found


def coverage(read: Read, access: PlanAccess, view: PlanView, key: str) -> Coverage:
    """Of one publication, linked or not; 404 where there is none."""
    shared = shared_now(read, access)
    linked = next((c for c in coverages(read, view, shared) if c.publication.key == key), None)
    if linked is not None:
        return linked
    row = framework_row(read, key, (view.organisation_id,))
    return _coverages(read, view, shared, (row.key,))[0]


def _coverages(read: Read, view: PlanView, shared: int, keys: tuple[str, ...]) -> tuple[Coverage, ...]:
    url = read.info["database"].identity
    whom = _kept_whom(read, url, view.organisation_id, shared)
    kept = (url, shared, keys, view.day)
    found = _published.get(kept)
    if found is None:
        found = publications(read, keys, view.day)
        _published.put(kept, found)
    given = answers(view)
    edges = _kept_edges(read, url, view, shared)
    around = Around(edges, given, stood_of(read, view)) if found else Around()
    return tuple(cover(each, whom, given.get(each.key, {}), around) for each in found)


def _kept_edges(read: Read, url: str, view: PlanView, shared: int) -> dict[str, list[Edge]]:
    # Of a past day the links of that day count: the view's own shared revision tells them apart.
    kept = (url, shared, view.organisation_id, view.shared_revision if view.as_at else None)
    found = _edges.get(kept)
    if found is None:
        found = edges_of(read, view.organisation_id, view.shared_revision if view.as_at else None)
        _edges.put(kept, found)
    return found


def _kept_whom(read: Read, url: str, organisation_id: UUID, shared: int) -> Whom:
    found = _whom.get((url, organisation_id, shared))
    if found is None:
        [(kind, name)] = _ORGANISATION.rows(read, id=organisation_id)
        found = Whom(str(kind), name)
        _whom.put((url, organisation_id, shared), found)
    return found


def publications(read: Read, keys: Sequence[str], day: date) -> tuple[Publication, ...]:
    """With what an action answers: the recommendations of that day that have none beneath them, in reading order."""
    if not keys:
        return ()
    rows = _PUBLICATIONS.rows(read, keys=list(keys))
    leaves = _leaves(read, {key: prefix for key, _title, prefix in rows}, day)
    return tuple(Publication(key, title, tuple(leaves.get(key, ()))) for key, title, _prefix in rows)


def _leaves(read: Read, prefixes: dict[str, str], day: date) -> dict[str, list[Leaf]]:
    found: dict[str, list[Leaf]] = {}
    for key, ref, title, applies_to, under in _LEAVES.rows(read, keys=list(prefixes), day=day):
        found.setdefault(key, []).append(Leaf(ref, title, prefixes[key], applies_to, under or ""))
    return found


_ORGANISATION = Prepared(select(Organisation.kind, Organisation.name).where(Organisation.id == sa.bindparam("id")))
_LINKED = col(Framework.key).in_(sa.bindparam("keys", expanding=True))
_PUBLICATIONS = Prepared(
    select(Framework.key, Framework.short_title, Framework.prefix)
    .where(_LINKED)
    .order_by(
        sa.case((col(Framework.organisation_id).is_(None), 1), else_=0),
        sa.case((col(Framework.published).is_(None), 1), else_=0),
        col(Framework.published).desc(),
        col(Framework.key),
    )
)
_Above = aliased(Recommendation)
# No ids: to make objects of them cost more than all else of a publication.
_LEAVES = Prepared(
    sa.select(
        col(Framework.key), col(Recommendation.ref), col(Recommendation.title), col(Recommendation.applies_to),
        col(_Above.title),
    )
    .join(Recommendation, col(Recommendation.framework_id) == col(Framework.id))
    .outerjoin(_Above, col(_Above.id) == col(Recommendation.parent_id))
    .where(
        _LINKED,
        col(Recommendation.is_leaf),
        sa.or_(col(Recommendation.withdrawn_on).is_(None), col(Recommendation.withdrawn_on) > sa.bindparam("day")),
    )
    .order_by(col(Recommendation.position), col(Recommendation.ref))
)  # fmt: skip
