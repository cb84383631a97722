"""The changes feed of one stream: commit-ordered, whole revisions, each row once a revision with what changed in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select

from app.core import clock
from app.core.db import Read
from app.core.ledger import LEDGER, STREAM, tracked
from app.history.queries.entries import opened, own_reference, references, said, within_scope
from app.history.queries.spelling import instant, spelled
from app.history.schemas import ChangeRead, ChangesRead, Difference, Head

NOT_A_CHANGE = frozenset({"revision"})
IN_ONE_QUESTION = 5000


@cache
def _untold(entity: str) -> frozenset[str]:
    made = tracked().get(entity)
    return NOT_A_CHANGE | frozenset(made.untold_fields if made else ())


@dataclass(frozen=True, slots=True)
class Step:
    """A row before and after one revision; `before` is None when it was made there (or made anew)."""

    entry: Any
    before: dict[str, Any] | None
    after: dict[str, Any]
    ref: str | None
    actor: str
    why: str | None

    @property
    def entity(self) -> str:
        return str(self.entry.entity)

    @property
    def fields(self) -> dict[str, tuple[Any, Any]]:
        untold = _untold(self.entity)
        if self.entry.gone:
            return {k: (v, None) for k, v in self.after.items() if k not in untold and v not in (None, "")}
        old = self.before or {}
        return {
            k: (old.get(k), v)
            for k, v in self.after.items()
            if k not in untold and (old.get(k) != v if self.before else v not in (None, ""))
        }


# What everybody sees of an action that is restricted to named people: what its colour is made of.
SEEN_BY_ALL = frozenset(
    {
        "ref", "priority_id", "position", "organisation_id", "start_date", "original_due_date", "due_date",
        "completion_date", "evidence_by_date", "retest_date", "regulatory", "regulator_date", "external_lead", "stage",
        "progress", "slips", "slip_days", "revision",
    }
)  # fmt: skip


def masked(step: Step) -> Step:
    """That it changed, and how its dates and stage did; not who did it, nor why or by what act."""
    entry = SimpleNamespace(**step.entry._asdict())
    entry.act, entry.door = "action.changed", ""
    before, after = (
        image and {k: v for k, v in image.items() if k in SEEN_BY_ALL} for image in (step.before, step.after)
    )
    return Step(entry, before, after or {}, step.ref, "", None)


def _as_seen(read: Read, found: list[Step]) -> list[Step]:
    """Of what is restricted to others, the action's own row alone."""
    hidden = read.hidden
    if not hidden:
        return found
    told = []
    for step in found:
        if step.entry.subject_id not in hidden and step.entry.entity_id not in hidden:
            told.append(step)
        elif step.entity == "action":
            told.append(masked(step))
    return told


def steps(read: Read, stream: str, where: ColumnElement[bool]) -> list[Step]:
    """The last image of each row in each revision that `where` picks, beside the one before that revision."""
    # Picked here: asked to group, SQLite walks the whole stream in the order of the groups.
    picked = select(LEDGER.c.revision, LEDGER.c.entity, LEDGER.c.entity_id, LEDGER.c.seq)
    picked = picked.where(LEDGER.c.stream == stream, where).order_by(LEDGER.c.revision, LEDGER.c.seq)
    rows = read.connection().execute(picked)
    last = {(r.revision, r.entity, r.entity_id): r.seq for r in rows}
    found: list[Any] = []
    for part in batched(sorted(last.values()), IN_ONE_QUESTION):
        found += _beside_the_one_before(read, part)
    found.sort(key=lambda r: (r.revision, r.seq))
    return list(_told(read, stream, found))


def batched(numbers: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]


def _beside_the_one_before(read: Read, seqs: list[int]) -> Sequence[Any]:
    older, before = LEDGER.alias("older"), LEDGER.alias("before")
    previous = (
        select(func.max(older.c.seq))
        .where(
            older.c.stream == LEDGER.c.stream,
            older.c.entity == LEDGER.c.entity,
            older.c.entity_id == LEDGER.c.entity_id,
            older.c.revision < LEDGER.c.revision,
        )
        .correlate(LEDGER)
        .scalar_subquery()
    )
    old = (before.c.image.label("old_image"), before.c.sealed.label("old_sealed"), before.c.gone.label("old_gone"))
    asked = select(LEDGER, *old).select_from(LEDGER.outerjoin(before, before.c.seq == previous))
    return read.connection().execute(asked.where(LEDGER.c.seq.in_(seqs))).all()


def _told(read: Read, stream: str, rows: Any) -> Iterator[Step]:
    after = [opened(r.entity, r.image, r.sealed) for r in rows]
    own = [own_reference(image) for image in after]
    lent = references(read, stream, {r.subject_id for r, ref in zip(rows, own, strict=True) if ref is None})
    for row, image, ref in zip(rows, after, own, strict=True):
        existed = row.old_image is not None and not row.old_gone
        before = opened(row.entity, row.old_image, row.old_sealed) if existed else None
        actor, why = said(row.sealed)
        yield Step(row, before, image, ref or lent.get(row.subject_id), actor, why)


def head(read: Read, stream: str) -> Head:
    within_scope(read, stream)
    row = (
        read.connection().execute(select(STREAM.c.revision, STREAM.c.head).where(STREAM.c.name == stream)).one_or_none()
    )
    return Head(revision=row.revision, hash=row.head) if row else Head(revision=0, hash="")


def changes(
    read: Read,
    stream: str,
    since: int = 0,
    limit: int = 100,
    *,
    subject_id: UUID | None = None,
    until: int | None = None,
    day: date | None = None,
) -> ChangesRead:
    """Changes after revision `since` (to `until`, by default the head), at least one whole revision, oldest first.

    subject_id: of one aggregate alone; limit counts entries and a page ends on a whole revision; day: what as_at says.
    """
    within_scope(read, stream)
    newest = head(read, stream)
    top = newest.revision if until is None else min(until, newest.revision)
    span = and_(LEDGER.c.revision > since, LEDGER.c.revision <= top)
    if subject_id is not None:
        span = and_(span, LEDGER.c.subject_id == subject_id)
    last = _last_whole_revision(read, stream, span, limit)
    found = _as_seen(read, steps(read, stream, and_(span, LEDGER.c.revision <= last) if last else span))
    return ChangesRead(
        items=as_the_contract_says(read, found),
        next=str(last) if last and last < top else None,
        head=newest,
        as_at=day or clock.today(),
        revision=top,
    )


def _last_whole_revision(read: Read, stream: str, span: ColumnElement[bool], limit: int) -> int | None:
    """The revision a page must end on; None when everything fits."""
    inside = (
        select(LEDGER.c.revision)
        .where(LEDGER.c.stream == stream, span)
        .order_by(LEDGER.c.revision, LEDGER.c.seq)
        .limit(limit + 1)
    )
    revisions: list[int] = list(read.connection().execute(inside).scalars())
    if len(revisions) <= limit:
        return None
    cut = revisions[-1]
    whole = [r for r in revisions if r < cut]
    # One revision may be larger than the page: it is given whole.
    return whole[-1] if whole else cut


def as_the_contract_says(read: Read, found: Sequence[Step]) -> list[ChangeRead]:
    """The changes under the contract's names; `change_read` alone keeps the columns' own."""
    told = spelled(read, [(step.entity, step.fields) for step in found])
    return [
        change_read(step).model_copy(update={"at": instant(step.entry.at), "changes": each})
        for step, each in zip(found, told, strict=True)
    ]


def change_read(step: Step) -> ChangeRead:
    entry = step.entry
    return ChangeRead(
        revision=entry.revision,
        at=entry.at,
        day=entry.day,
        actor=step.actor,
        door=entry.door,
        act=entry.act,
        entity=entry.entity,
        id=entry.entity_id,
        subject_id=entry.subject_id,
        ref=step.ref,
        gone=entry.gone,
        changes={k: Difference(old=old, new=new) for k, (old, new) in step.fields.items()},
        why=step.why,
    )
