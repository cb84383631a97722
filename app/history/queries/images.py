"""The rows of a past moment: day -> revision first, then the newest image of each row up to that revision."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlmodel import select as select_rows

from app.core import clock
from app.core.db import Read
from app.core.errors import Invalid, NotFound
from app.core.ledger import LEDGER, tracked
from app.core.prepared import Prepared
from app.core.words import _, day
from app.history.queries.entries import opened, seen, typed, within_scope


def revision_at(read: Read, stream: str, on: date) -> int:
    """The stream's revision at the end of that day in London; 0 before its first."""
    within_scope(read, stream)
    found = _REVISION.rows(read, stream=stream, on=on)
    return found[0][0] if found else 0


_REVISION = Prepared(
    select(LEDGER.c.revision)
    .where(LEDGER.c.stream == bindparam("stream"), LEDGER.c.day <= bindparam("on"))
    .order_by(LEDGER.c.day.desc(), LEDGER.c.revision.desc())
    .limit(1)
)


def revision_by(stream: Any, on: Any) -> Any:
    """`revision_at` as a column beside others; 0 before the stream's first. stream: a bound parameter; on: a column.

    It narrows nothing: the rows beside which it stands must be of the session's own plan.
    """
    found = (
        select(LEDGER.c.revision)
        .where(LEDGER.c.stream == stream, LEDGER.c.day <= on)
        .order_by(LEDGER.c.day.desc(), LEDGER.c.revision.desc())
        .limit(1)
        .correlate(on.table)
        .scalar_subquery()
    )
    return func.coalesce(found, 0)


def first_day(read: Read, stream: str) -> date | None:
    """The day of the stream's first entry."""
    within_scope(read, stream)
    first: date | None = _FIRST_DAY.rows(read, stream=stream)[0][0]
    return first


_FIRST_DAY = Prepared(select(func.min(LEDGER.c.day)).where(LEDGER.c.stream == bindparam("stream")))


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
        .where(LEDGER.c.gone.is_(False), seen(read))
        .order_by(LEDGER.c.seq)
    )
    found: dict[str, dict[UUID, dict[str, Any]]] = {name: {} for name in wanted}
    for entity, entity_id, image, sealed in rows:
        found[entity][entity_id] = typed(entity, opened(entity, image, sealed))
    return found


def until(read: Read, stream: str, as_at: date | None) -> int | None:
    """The revision an as_at day shows up to (None: no day was asked for); a day to come 422, one before all 404."""
    if as_at is None:
        return None
    if as_at > clock.today():
        raise Invalid("as_at", _("This day is still to come. Choose today or a day before."))
    revision = revision_at(read, stream, as_at)
    if not revision:
        raise NotFound(_("There is nothing yet on {day}. Choose a later day.", day=day(as_at)))
    return revision


def subject(read: Read, entity: str, ref: str) -> UUID:
    """The id of the row of this kind with this reference, in the plan the session is scoped to."""
    made: Any = tracked()[entity]
    found = read.exec(select_rows(made.id).where(made.ref == ref)).first() if "\0" not in ref else None
    if found is None:
        raise NotFound(_("There is no action “{ref}” in this plan.", ref=ref))
    id: UUID = found
    return id
