"""The rows of a past moment: day -> revision first, then the newest image of each row up to that revision."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core.db import Read
from app.core.ledger import LEDGER
from app.history.queries.entries import opened, typed, within_scope


def revision_at(read: Read, stream: str, day: date) -> int:
    """The stream's revision at the end of that day in London; 0 before its first."""
    within_scope(read, stream)
    found = read.connection().execute(
        select(LEDGER.c.revision)
        .where(LEDGER.c.stream == stream, LEDGER.c.day <= day)
        .order_by(LEDGER.c.day.desc(), LEDGER.c.revision.desc())
        .limit(1)
    )
    return found.scalar() or 0


def first_day(read: Read, stream: str) -> date | None:
    """The day of the stream's first entry."""
    within_scope(read, stream)
    found = read.connection().execute(select(func.min(LEDGER.c.day)).where(LEDGER.c.stream == stream))
    return found.scalar()


def images_at(
    read: Read, stream: str, at: date | int, entities: Iterable[str]
) -> dict[str, dict[UUID, dict[str, Any]]]:
    """{entity: {id: image}} of the rows that existed at the end of a day, or at a revision.

    An image holds the model's attributes, typed (dates, UUIDs, enums), sealed values included; a value removed from
    the record reads "[removed]". Each entity asked for has its key, empty or not. Rows gone by then are left out.
    """
    within_scope(read, stream)
    wanted = list(entities)
    revision = at if isinstance(at, int) else revision_at(read, stream, at)
    # Plain "group, join back" is the quickest on both databases; never sort rows that carry the image.
    newest = (
        select(func.max(LEDGER.c.seq).label("seq"))
        .where(LEDGER.c.stream == stream, LEDGER.c.entity.in_(wanted), LEDGER.c.revision <= revision)
        .group_by(LEDGER.c.entity, LEDGER.c.entity_id)
        .subquery()
    )
    rows = read.connection().execute(
        select(LEDGER.c.entity, LEDGER.c.entity_id, LEDGER.c.image, LEDGER.c.sealed)
        .join(newest, LEDGER.c.seq == newest.c.seq)
        .where(LEDGER.c.gone.is_(False))
        .order_by(LEDGER.c.seq)
    )
    found: dict[str, dict[UUID, dict[str, Any]]] = {name: {} for name in wanted}
    for entity, entity_id, image, sealed in rows:
        found[entity][entity_id] = typed(entity, opened(entity, image, sealed))
    return found
