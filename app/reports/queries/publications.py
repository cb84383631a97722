"""The publications a plan answers and the organisation they are answered for, as coverage needs them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.actions.queries import standing
from app.actions.queries.kept import Beside, Shelf
from app.actions.view import PlanView
from app.core.db import Read
from app.frameworks.models import Framework, Recommendation
from app.frameworks.queries import framework_row
from app.frameworks.rules import chip
from app.organisations.models import Organisation
from app.plans.queries import PlanAccess
from app.reports.coverage import Coverage, Leaf, Publication, Whom, cover, keys_of

_published: Shelf[tuple[Publication, ...]] = Shelf(32)
_whom: Shelf[Whom] = Shelf(64)
_covered: Beside[tuple[Coverage, ...]] = Beside(16)


def shared_now(read: Read, access: PlanAccess) -> int:
    """The shared stream's revision: recommendations are shown as they stand, on a past day too."""
    return standing(read, access.id)[1]


def coverages(read: Read, view: PlanView, shared: int) -> tuple[Coverage, ...]:
    """Of every publication with a link in the plan: local ones first, then the newest first."""
    return _covered.get(view, shared, lambda: _coverages(read, view, shared, keys_of(view)))


def coverage(read: Read, access: PlanAccess, view: PlanView, key: str) -> Coverage:
    """Of one publication, linked or not; 404 where there is none."""
    shared = shared_now(read, access)
    linked = next((c for c in coverages(read, view, shared) if c.publication.key == key), None)
    if linked is not None:
        return linked
    row = framework_row(read, key)
    return _coverages(read, view, shared, (row.key,))[0]


def _coverages(read: Read, view: PlanView, shared: int, keys: tuple[str, ...]) -> tuple[Coverage, ...]:
    url = read.info["database"].identity
    whom = _kept_whom(read, url, view.organisation_id, shared)
    kept = (url, shared, keys, view.day)
    found = _published.get(kept)
    if found is None:
        found = publications(read, keys, view.day)
        _published.put(kept, found)
    return tuple(cover(view, publication, whom) for publication in found)


def _kept_whom(read: Read, url: str, organisation_id: UUID, shared: int) -> Whom:
    found = _whom.get((url, organisation_id, shared))
    if found is None:
        wanted = select(Organisation.kind, Organisation.name).where(Organisation.id == organisation_id)
        kind, name = read.exec(wanted).one()
        found = Whom(str(kind), name)
        _whom.put((url, organisation_id, shared), found)
    return found


def publications(read: Read, keys: Sequence[str], day: date) -> tuple[Publication, ...]:
    """With what an action answers: the recommendations of that day that have none beneath them, in reading order."""
    if not keys:
        return ()
    rows = read.exec(
        sa.select(  # type: ignore[call-overload]
            col(Framework.id), col(Framework.key), col(Framework.short_title), col(Framework.prefix)
        )
        .where(col(Framework.key).in_(keys))
        .order_by(
            sa.case((col(Framework.organisation_id).is_(None), 1), else_=0),
            sa.case((col(Framework.published).is_(None), 1), else_=0),
            col(Framework.published).desc(),
            col(Framework.key),
        )
    ).all()
    leaves = _leaves(read, {row[0]: row[3] for row in rows}, day)
    return tuple(Publication(key, title, tuple(leaves.get(found, ()))) for found, key, title, _prefix in rows)


def _leaves(read: Read, prefixes: dict[UUID, str], day: date) -> dict[UUID, list[Leaf]]:
    r = Recommendation
    rows = read.exec(
        sa.select(  # type: ignore[call-overload]
            col(r.id), col(r.framework_id), col(r.parent_id), col(r.ref), col(r.title), col(r.applies_to),
            col(r.is_leaf), col(r.withdrawn_on),
        )
        .where(col(r.framework_id).in_(prefixes))
        .order_by(col(r.position), col(r.ref))
    ).all()  # fmt: skip
    titles = {row[0]: row[4] for row in rows}
    found: dict[UUID, list[Leaf]] = {}
    for _id, framework_id, parent, ref, title, applies_to, is_leaf, withdrawn_on in rows:
        if is_leaf and (withdrawn_on is None or withdrawn_on > day):
            leaf = Leaf(ref, title, chip(prefixes[framework_id], ref), applies_to, titles.get(parent, ""))
            found.setdefault(framework_id, []).append(leaf)
    return found
