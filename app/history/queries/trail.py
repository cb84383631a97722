"""Who did what: the ledger as people read it, one deed a transaction, newest first."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from app.core.db import Read
from app.core.ledger import LEDGER
from app.history.queries.entries import said, seen, within_scope
from app.history.queries.feed import Step, steps
from app.history.schemas import Changed, Deed, Filters, Trail

NOTHING = Filters()


def trail(
    read: Read,
    stream: str,
    subject_id: UUID | None = None,
    *,
    filters: Filters = NOTHING,
    before: int | None = None,
    limit: int = 50,
    until: int | None = None,
) -> Trail:
    """Deeds on a stream, or on one aggregate of it. before: the cursor; until: the revision of an as-at day."""
    within_scope(read, stream)
    about = and_(seen(read), LEDGER.c.subject_id == subject_id if subject_id is not None else true())
    picked = (
        select(LEDGER.c.revision)
        .where(LEDGER.c.stream == stream, about, _matching(filters))
        .distinct()
        .order_by(LEDGER.c.revision.desc())
        .limit(limit + 1)
    )
    if before is not None:
        picked = picked.where(LEDGER.c.revision < before)
    if until is not None:
        picked = picked.where(LEDGER.c.revision <= until)
    revisions = list(read.connection().execute(picked).scalars())
    shown = revisions[:limit]
    if not shown:
        return Trail([], None)
    deeds: dict[int, Deed] = {}
    for step in steps(read, stream, and_(LEDGER.c.revision.in_(shown), about)):
        deed = deeds.setdefault(step.entry.revision, _deed(step))
        deed.changed.append(_changed(step))
    return Trail([deeds[r] for r in shown], shown[-1] if len(revisions) > limit else None)


def _matching(filters: Filters) -> ColumnElement[bool]:
    asked: list[ColumnElement[bool]] = [true()]
    if filters.person:
        asked.append(LEDGER.c.actor_id == filters.person)
    if filters.door:
        asked.append(LEDGER.c.door == filters.door)
    if filters.act:
        asked.append(or_(LEDGER.c.act == filters.act, LEDGER.c.act.startswith(f"{filters.act}.", autoescape=True)))
    if filters.since:
        asked.append(LEDGER.c.day >= filters.since)
    if filters.until:
        asked.append(LEDGER.c.day <= filters.until)
    return and_(*asked)


def _deed(step: Step) -> Deed:
    entry = step.entry
    return Deed(
        revision=entry.revision,
        at=datetime.fromisoformat(entry.at),
        day=entry.day,
        actor_id=entry.actor_id,
        actor=step.actor,
        door=entry.door,
        act=entry.act,
        why=step.why,
    )


def _changed(step: Step) -> Changed:
    entry = step.entry
    return Changed(
        entity=entry.entity,
        id=entry.entity_id,
        subject_id=entry.subject_id,
        ref=step.ref,
        new=step.before is None,
        gone=entry.gone,
        fields=step.fields,
        image=step.after,
    )


def people_in(read: Read, stream: str) -> dict[str, str]:
    """actor_id -> the newest name of everybody who acted on a stream, by name: the history's filter."""
    within_scope(read, stream)
    newest = select(func.max(LEDGER.c.seq)).where(LEDGER.c.stream == stream).group_by(LEDGER.c.actor_id)
    rows = read.connection().execute(select(LEDGER.c.actor_id, LEDGER.c.sealed).where(LEDGER.c.seq.in_(newest)))
    found = {row.actor_id: said(row.sealed)[0] for row in rows}
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))
