"""The ledger over a stretch of time: what changed in it, and how rows stood at several revisions, in few statements."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select
from sqlmodel import select as select_rows

from app.core.db import Read
from app.core.ledger import LEDGER, tracked
from app.core.prepared import Prepared
from app.history.queries.entries import opened, typed, who_and_why, with_seals, within_scope
from app.history.queries.feed import Step, masked

Image = dict[str, Any]


def last_of_days(read: Read, stream: str) -> list[tuple[date, int]]:
    """(day, the stream's revision at its end) of each day on which something was written, in order."""
    within_scope(read, stream)
    rows = read.connection().execute(
        select(LEDGER.c.day, func.max(LEDGER.c.revision))
        .where(LEDGER.c.stream == stream)
        .group_by(LEDGER.c.day)
        .order_by(LEDGER.c.day)
    )
    return [(day, revision) for day, revision in rows]


def images_between(
    read: Read, stream: str, entities: Iterable[str], after: int, until: int
) -> Iterator[tuple[int, str, UUID, Image | None]]:
    """(revision, entity, id, image or None where the row was taken away), in the order they were written.

    Only the last image of a row on each day: what a day-by-day reading needs, in one pass.
    """
    within_scope(read, stream)
    span = and_(
        LEDGER.c.stream == stream,
        LEDGER.c.entity.in_(list(entities)),
        LEDGER.c.revision > after,
        LEDGER.c.revision <= until,
    )
    last = select(func.max(LEDGER.c.seq)).where(span).group_by(LEDGER.c.entity, LEDGER.c.entity_id, LEDGER.c.day)
    rows = read.connection().execute(
        select(LEDGER.c.revision, LEDGER.c.entity, LEDGER.c.entity_id, LEDGER.c.gone, LEDGER.c.image, LEDGER.c.sealed)
        .where(LEDGER.c.seq.in_(last))
        .order_by(LEDGER.c.seq)
    )
    for revision, entity, entity_id, gone, image, sealed in rows:
        yield revision, entity, entity_id, None if gone else typed(entity, opened(entity, image, sealed))


def images_at_revisions(
    read: Read, stream: str, entity: str, plan_id: UUID, revisions: Sequence[int]
) -> dict[int, list[Image]]:
    """How the rows of one table of a plan that are still there stood at each of these revisions.

    One seek for each row and revision: as quick with a long history as with a short one.
    """
    within_scope(read, stream)
    wanted = sorted(set(revisions))
    if not wanted:
        return {}
    made: Any = tracked()[entity]
    newest = [
        select(LEDGER.c.seq)
        .where(
            LEDGER.c.stream == stream,
            LEDGER.c.entity == entity,
            LEDGER.c.entity_id == made.id,
            LEDGER.c.revision <= revision,
        )
        .order_by(LEDGER.c.revision.desc(), LEDGER.c.seq.desc())
        .limit(1)
        .correlate(made)
        .scalar_subquery()
        for revision in wanted
    ]
    # The id beside them, so that one revision alone still answers in rows.
    statement: Any = select_rows(made.id, *newest).where(made.plan_id == plan_id)
    found = read.exec(statement).all()
    images = _images(read, entity, {seq for row in found for seq in row[1:] if seq is not None})
    return {
        revision: [images[row[place]] for row in found if row[place] in images]
        for place, revision in enumerate(wanted, start=1)
    }


def _images(read: Read, entity: str, seqs: Collection[int]) -> dict[int, Image]:
    rows = read.connection().execute(
        select(LEDGER.c.seq, LEDGER.c.image, LEDGER.c.sealed).where(
            LEDGER.c.seq.in_(sorted(seqs)), LEDGER.c.gone.is_(False)
        )
    )
    return {seq: typed(entity, opened(entity, image, sealed)) for seq, image, sealed in rows}


class Written(NamedTuple):
    """What was written of one row in one transaction."""

    revision: int
    entity: str
    entity_id: UUID
    day: date
    act: str
    gone: bool


class AsWritten(NamedTuple):
    """A row as one transaction left it."""

    revision: int
    entity: str
    entity_id: UUID
    image: Image


class Kept:
    """An image with its seals as the ledger keeps them, opened once: it ends one step and begins the next."""

    def __init__(self, entity: str, image: str, sealed: str) -> None:
        self.entity, self.image, self.sealed = entity, image, sealed

    @cached_property
    def seals(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.sealed)
        return found

    @cached_property
    def row(self) -> Image:
        return with_seals(self.entity, self.image, self.seals)


class Unread(NamedTuple):
    """A step that nobody has read yet: of many, few are looked at."""

    entry: Written
    before: Kept | None
    after: Kept
    is_hidden: bool

    def read(self) -> Step:
        before = self.before.row if self.before else None
        step = Step(self.entry, before, self.after.row, None, *who_and_why(self.after.seals))
        return masked(step) if self.is_hidden else step


def steps_of(read: Read, stream: str, entity: str, ids: Collection[UUID], since: int, until: int) -> list[Unread]:
    """What was done to these rows of one table after `since`, up to `until`, oldest first; without references.

    One seek for each row and one for each of its changes: as quick with a long history as with a short one.
    """
    within_scope(read, stream)
    if not ids or since >= until:
        return []
    # Their own numbers give the order: asked for in order, they are sought through all that was written in between.
    done = sorted(_DONE.rows(read, stream=stream, entity=entity, ids=list(ids), since=since, until=until))
    if not done:
        return []
    # Of what one transaction wrote of a row, the last.
    last = {(row[1], row[3]): row[1:] for row in done}
    changed = list({entity_id for _revision, entity_id in last})
    before = {
        id: Kept(entity, image, sealed)
        for id, image, sealed in _beforehand(entity).rows(read, stream=stream, ids=changed, since=since)
    }
    found = []
    for *written, image, sealed in last.values():
        entry, after = Written(*written), Kept(entity, image, sealed)
        found.append(Unread(entry, before.pop(entry.entity_id, None), after, entry.entity_id in read.hidden))
        if not entry.gone:
            before[entry.entity_id] = after
    return found


_IDS: Any = bindparam("ids", expanding=True)
_DONE = Prepared(
    select(LEDGER.c.seq, *(LEDGER.c[name] for name in Written._fields), LEDGER.c.image, LEDGER.c.sealed).where(
        LEDGER.c.stream == bindparam("stream"),
        LEDGER.c.entity == bindparam("entity"),
        LEDGER.c.entity_id.in_(_IDS),
        LEDGER.c.revision > bindparam("since"),
        LEDGER.c.revision <= bindparam("until"),
    )
)


@cache
def _beforehand(entity: str) -> Prepared:
    """The newest images up to `since` of rows that are still there."""
    rows: Any = tracked()[entity].__table__  # type: ignore[attr-defined]
    older = LEDGER.alias("older")
    newest = (
        select(older.c.seq)
        .where(
            older.c.stream == bindparam("stream"),
            older.c.entity == entity,
            older.c.entity_id == rows.c.id,
            older.c.revision <= bindparam("since"),
        )
        .order_by(older.c.revision.desc(), older.c.seq.desc())
        .limit(1)
        .correlate(rows)
        .scalar_subquery()
    )
    return Prepared(
        select(LEDGER.c.entity_id, LEDGER.c.image, LEDGER.c.sealed).where(
            LEDGER.c.seq.in_(select(newest).select_from(rows).where(rows.c.id.in_(_IDS))), LEDGER.c.gone.is_(False)
        )
    )


def written_in(read: Read, stream: str, revisions: Collection[int], entities: Collection[str]) -> list[AsWritten]:
    """The rows of these tables that were written in these revisions, in one statement."""
    within_scope(read, stream)
    if not revisions:
        return []
    rows = _WRITTEN.rows(read, stream=stream, revisions=sorted(revisions), entities=list(entities))
    return [
        AsWritten(revision, entity, entity_id, typed(entity, opened(entity, image, sealed)))
        for revision, entity, entity_id, subject_id, image, sealed in rows
        if subject_id not in read.hidden and entity_id not in read.hidden
    ]


_WRITTEN = Prepared(
    select(
        LEDGER.c.revision, LEDGER.c.entity, LEDGER.c.entity_id, LEDGER.c.subject_id, LEDGER.c.image, LEDGER.c.sealed
    ).where(
        LEDGER.c.stream == bindparam("stream"),
        LEDGER.c.revision.in_(bindparam("revisions", expanding=True)),
        LEDGER.c.entity.in_(bindparam("entities", expanding=True)),
    )
)


def touched(read: Read, stream: str, since: int, until: int, most: int) -> list[tuple[str, UUID, bool]] | None:
    """(entity, whose history, taken away) of what was written after `since`; None where that is more than `most`."""
    within_scope(read, stream)
    found: list[Any] = _TOUCHED.rows(read, stream=stream, since=since, until=until, most=most + 1)
    return found if len(found) <= most else None


_TOUCHED = Prepared(
    select(LEDGER.c.entity, LEDGER.c.subject_id, LEDGER.c.gone)
    .where(
        LEDGER.c.stream == bindparam("stream"),
        LEDGER.c.revision > bindparam("since"),
        LEDGER.c.revision <= bindparam("until"),
    )
    .limit(bindparam("most"))
)
