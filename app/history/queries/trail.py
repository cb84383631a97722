"""Who did what: the ledger as people read it, one deed a transaction, newest first."""

from dataclasses import replace
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
        if _tells_more(step.entry.act, deed.act, filters.act):
            deed = deeds[step.entry.revision] = replace(deed, act=step.entry.act, why=step.why)
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


def _tells_more(act: str, told: str, asked: str) -> bool:
    """Of several acts in one transaction: the one that was asked for, else the one that holds the others."""
    if asked:
        return not _is_asked(told, asked) and _is_asked(act, asked)
    return act == "meeting.confirmed" != told


def _is_asked(act: str, asked: str) -> bool:
    return act == asked or act.startswith(f"{asked}.")


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


def told_in(read: Read, stream: str, until: int | None = None) -> tuple[dict[str, str], frozenset[str]]:
    """(actor_id -> the newest name of everybody who acted, by name; the acts) of a stream: the history's filters."""
    within_scope(read, stream)
    inside = and_(LEDGER.c.stream == stream, seen(read), LEDGER.c.revision <= until if until is not None else true())
    newest = select(func.max(LEDGER.c.seq)).where(inside).group_by(LEDGER.c.actor_id, LEDGER.c.act)
    rows = read.connection().execute(
        select(LEDGER.c.actor_id, LEDGER.c.act, LEDGER.c.sealed).where(LEDGER.c.seq.in_(newest)).order_by(LEDGER.c.seq)
    )
    found, acts = {}, set()
    for row in rows:
        found[row.actor_id] = said(row.sealed)[0]
        acts.add(row.act)
    return dict(sorted(found.items(), key=lambda item: item[1].casefold())), frozenset(acts)
