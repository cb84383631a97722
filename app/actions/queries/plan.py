"""A plan as one value, and what is asked of a single action."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select

from app.actions.models import Update
from app.actions.queries import kept, sources
from app.actions.queries.build import build, update_view
from app.actions.queries.masked import as_seen
from app.actions.queries.moved import moved_on
from app.actions.queries.past import past, revisions_at
from app.actions.rules import Progress
from app.actions.schemas import UpdateRead
from app.actions.view import ActionView, PlanView, UpdateView
from app.core import clock
from app.core.db import Read, Write
from app.core.errors import NotFound
from app.core.prepared import Prepared
from app.core.words import _
from app.plans.queries import PlanAccess


def plan_view(read: Read, access: PlanAccess, as_at: date | None = None) -> PlanView:
    """The plan on the day of its access, or at the end of another: facts, names, settings and rules of that day."""
    with read.unhidden():
        view = _whole_view(read, access, as_at or access.as_at)
    return as_seen(read, access, view)


def _whole_view(read: Read, access: PlanAccess, as_at: date | None) -> PlanView:
    if isinstance(read, Write):
        read.flush()
    today = clock.today()
    if as_at is not None and as_at != today:
        return _past_view(read, access, as_at)
    revisions = kept.standing(read, access.id)
    key = kept.key_of(read, access.id, revisions, today, as_at)
    view = kept.found(read, key)
    if view is None:
        view = _live_view(read, access, revisions, today, as_at)
        kept.keep(read, key, view)
    return view


def _live_view(read: Read, access: PlanAccess, revisions: tuple[int, int], today: date, as_at: date | None) -> PlanView:
    base = kept.newest(read, access.id, today, as_at)
    if base is not None and base.shared_revision == revisions[1] and base.revision <= revisions[0]:
        moved = moved_on(read, access, base, revisions[0])
        if moved is not None:
            return moved
    source = sources.live(read, access.id, access.participants)
    return build(source, day=today, as_at=as_at, revision=revisions[0], shared_revision=revisions[1])


def stamp(read: Read, access: PlanAccess, as_at: date | None = None) -> tuple[int, int, date]:
    """What every answer about the plan depends on beside its reader: both revisions and the day."""
    today, as_at = clock.today(), as_at or access.as_at
    if as_at is None or as_at == today:
        return (*kept.standing(read, access.id), today)
    return (*revisions_at(read, access, as_at), as_at)


def view_then(read: Read, access: PlanAccess, then: tuple[int, int, date]) -> PlanView:
    """The plan as it stood at an earlier stamp of its day, whatever was written since."""
    revisions, day = then[:2], then[2]
    with read.unhidden():
        # It may still be there from when it was the newest.
        view = kept.found(read, kept.key_of(read, access.id, revisions, day, None))
        view = view or _view_of(read, access, revisions, day)
    return as_seen(read, access, view)


def _past_view(read: Read, access: PlanAccess, as_at: date) -> PlanView:
    return _view_of(read, access, revisions_at(read, access, as_at), as_at)


def _view_of(read: Read, access: PlanAccess, revisions: tuple[int, int], day: date) -> PlanView:
    key = kept.key_of(read, access.id, revisions, day, day)
    view = kept.found(read, key)
    if view is None:
        source = past(read, access, revisions)
        view = build(source, day=day, as_at=day, revision=revisions[0], shared_revision=revisions[1])
        kept.keep(read, key, view)
    return view


def action(read: Read, access: PlanAccess, ref: str, as_at: date | None = None) -> ActionView:
    """One action by its reference."""
    return of_ref(plan_view(read, access, as_at), ref)


def of_ref(view: PlanView, ref: str) -> ActionView:
    """404 where the plan has no action of this reference."""
    found = view.by_ref.get(ref)
    if found is None:
        raise NotFound(_("There is no action “{ref}” in this plan.", ref=ref))
    return found


def of_id(view: PlanView, action_id: UUID) -> ActionView | None:
    return next((a for a in view.actions if a.id == action_id), None)


def update_reads(read: Read, access: PlanAccess, ref: str, as_at: date | None = None) -> list[UpdateRead]:
    """All that was said on the action with this reference, as programs see it."""
    found = updates(read, access, action(read, access, ref, as_at).id, as_at)
    return [UpdateRead.model_validate(u, from_attributes=True) for u in found]


def updates(read: Read, access: PlanAccess, action_id: UUID, as_at: date | None = None) -> tuple[UpdateView, ...]:
    """All that was said on an action (by the end of that day), the latest first."""
    as_at = as_at or access.as_at
    where = [col(Update.plan_id) == access.id, col(Update.action_id) == action_id]
    if as_at is not None:
        where.append(col(Update.revision) <= revisions_at(read, access, as_at)[0])
    rows = sources.records(read, Update, *where)
    found = [update_view(row) for row in rows]
    return tuple(sorted(found, key=lambda u: (u.said_on, u.made_at), reverse=True))


class LastWord(NamedTuple):
    """What of the latest update the next one is told by."""

    said_on: date
    progress: Progress
    no_change: bool
    forecast: date | None


_UPDATE = Prepared(
    select(col(Update.said_on), col(Update.progress), col(Update.no_change), col(Update.forecast)).where(
        Update.id == bindparam("id")
    )
)


def update_of(read: Read, update_id: UUID | None) -> LastWord | None:
    found = _UPDATE.rows(read, id=update_id) if update_id else []
    return LastWord(*found[0]) if found else None
