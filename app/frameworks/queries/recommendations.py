"""Recommendations: those of one publication as a tree, one by its name, labels for lists, and a search over all."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from uuid import UUID

from sqlmodel import col, select

from app.core.db import Read
from app.core.errors import Invalid
from app.core.search import matcher, prepare
from app.core.words import _
from app.frameworks import rules
from app.frameworks.models import Framework, Recommendation
from app.frameworks.queries.sight import visible
from app.frameworks.schemas import FoundRead, ItemRead, RecommendationLabel


def items(read: Read, framework_key: str, *, withdrawn: bool = False) -> list[ItemRead]:
    """The recommendations in reading order, without links: parents first; withdrawn ones only when asked for."""
    rows = read.exec(
        select(Recommendation, Framework.prefix)
        .join(Framework, col(Recommendation.framework_id) == Framework.id)
        .where(Framework.key == framework_key)
        .order_by(col(Recommendation.position), col(Recommendation.ref))
    ).all()
    refs = {row.id: row.ref for row, _prefix in rows}
    plain = [_item(row, prefix, refs) for row, prefix in rows if withdrawn or row.withdrawn_on is None]
    found = []
    for depth, item in rules.walk(plain):
        item.depth = depth
        found.append(item)
    return found


def leaves(read: Read, framework_key: str) -> list[ItemRead]:
    """What an action answers: the recommendations in force that have none beneath them, in reading order."""
    return [item for item in items(read, framework_key) if item.is_leaf]


def leaves_under(found: Sequence[ItemRead], ref: str) -> list[ItemRead]:
    return rules.leaves(found, ref)


def recommendation_named(read: Read, field: str, name: str) -> Recommendation:
    """The row behind "ockenden_2022:1.2", whatever the case; 422 naming the field where there is none."""
    key, colon, ref = name.strip().partition(":")
    rows: Sequence[Recommendation] = ()
    if colon and "\0" not in name:
        # One publication has at most some hundred: comparing here is alike on both databases.
        rows = read.exec(
            select(Recommendation)
            .join(Framework, col(Recommendation.framework_id) == Framework.id)
            .where(Framework.key == key.strip().lower(), visible(read))
        ).all()
    wanted = ref.strip().casefold()
    for row in rows:
        if row.ref.casefold() == wanted:
            return row
    raise Invalid(
        field,
        _("There is no recommendation “{name}”. Write the publication's key and the number, like ockenden_2022:1.2.",
          name=name),
    )  # fmt: skip


def recommendation_title(read: Read, name: str, also: Collection[UUID] = ()) -> str:
    """What "ockenden_2022:1.2" is called, where it is in force and may be seen; empty where there is no such one."""
    key, _colon, ref = name.partition(":")
    found = read.exec(
        select(Recommendation.title)
        .join(Framework, col(Recommendation.framework_id) == Framework.id)
        .where(
            Framework.key == key,
            Recommendation.ref == ref,
            col(Recommendation.withdrawn_on).is_(None),
            visible(read, also),
        )
    ).first()
    return found or ""


def recommendation_labels(read: Read, ids: Iterable[UUID]) -> dict[UUID, RecommendationLabel]:
    """What lists show of these recommendations; withdrawn ones keep their label."""
    wanted = set(ids)
    if not wanted:
        return {}
    return {
        row.id: RecommendationLabel(publication.key, row.ref, row.title, rules.chip(publication.prefix, row.ref))
        for row, publication in read.exec(
            select(Recommendation, Framework)
            .join(Framework, col(Recommendation.framework_id) == Framework.id)
            .where(col(Recommendation.id).in_(wanted))
        ).all()
    }


def search(read: Read, query: str, keys: Iterable[str]) -> list[FoundRead]:
    """The recommendations of these publications that hold every word asked for, in reading order."""
    matches = matcher(query)
    rows = read.exec(
        select(Recommendation, Framework)
        .join(Framework, col(Recommendation.framework_id) == Framework.id)
        .where(col(Framework.key).in_(list(keys)), col(Recommendation.withdrawn_on).is_(None))
        .order_by(col(Framework.published).desc(), Framework.key, col(Recommendation.position))
    ).all()
    return [
        FoundRead(
            framework=publication.key,
            framework_title=publication.short_title,
            item=_item(row, publication.prefix, {}),
        )
        for row, publication in rows
        if matches(_haystack(rules.chip(publication.prefix, row.ref), row.title, row.summary))
    ]


@lru_cache(maxsize=4096)
def _haystack(*texts: str) -> str:
    return prepare(*texts)


def _item(row: Recommendation, prefix: str, refs: dict[UUID, str]) -> ItemRead:
    return ItemRead(
        id=row.id,
        ref=row.ref,
        title=row.title,
        parent=refs.get(row.parent_id) if row.parent_id else None,
        summary=row.summary,
        applies_to=row.applies_to,
        provenance=row.provenance,
        is_leaf=row.is_leaf,
        withdrawn=row.withdrawn_on is not None,
        depth=0,
        chip=rules.chip(prefix, row.ref),
        demand=row.demand,
        regulation=row.regulation,
    )
