"""Plan views kept in memory under all that they depend on; nothing is ever invalidated, only left behind.

A view built inside a writing transaction is kept when that transaction has committed: a revision that is rolled back
is given again, with other content.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from app.actions.view import ActionView, PlanView
from app.core import ledger
from app.core.db import Read, Write
from app.core.shelf import Shelf

Value = TypeVar("Value")
MOST_VIEWS = 24
PENDING, CHANGED = "plan_views_pending", "plan_views_changed"


class Beside(Generic[Value]):
    """What is made from a view, kept for that very view: another of the same revision never finds it."""

    def __init__(self, most: int) -> None:
        self._shelf: Shelf[tuple[PlanView, Value]] = Shelf(most)

    def get(self, view: PlanView, variant: Hashable, make: Callable[[], Value]) -> Value:
        key = (id(view), variant)
        found = self._shelf.get(key)
        if found is None or found[0] is not view:
            found = (view, make())
            self._shelf.put(key, found)
        return found[1]


class Alongside(Generic[Value]):
    """What is made of each action, kept for that very `ActionView`: after a write only what changed is made anew.

    most: of how many plans, days and variants. A variant names all that the value depends on beside the action.
    """

    def __init__(self, most: int) -> None:
        self._shelf: Shelf[dict[str, tuple[ActionView, Value]]] = Shelf(most)

    def get(
        self,
        view: PlanView,
        variant: Hashable,
        actions: Iterable[ActionView],
        make: Callable[[Sequence[ActionView]], Iterable[Value]],
    ) -> dict[str, Value]:
        """By reference. make: of several actions at once, in their order."""
        key = (view.id, view.day, view.as_at, variant)
        shown, held = list(actions), self._shelf.get(key) or {}
        missing = [a for a in shown if (there := held.get(a.ref)) is None or there[0] is not a]
        if missing:
            held = held | {a.ref: (a, made) for a, made in zip(missing, make(missing), strict=True)}
            self._shelf.put(key, held)
        return {a.ref: held[a.ref][1] for a in shown}


views: Shelf[PlanView] = Shelf(MOST_VIEWS)
# The last that was kept of each plan and day: what the next one is moved on from.
_newest: Shelf[PlanView] = Shelf(MOST_VIEWS)


def standing(read: Read, plan_id: UUID) -> tuple[int, int]:
    """The revisions of the plan's stream and of the shared one, in one statement."""
    return ledger.standing(read, f"plan:{plan_id}")


def key_of(read: Read, plan_id: UUID, revisions: tuple[int, int], day: date, as_at: date | None) -> Hashable:
    # The database too: a backup restored elsewhere holds the same plan with another history.
    return read.info["database"].identity, plan_id, revisions, day, as_at


def found(read: Read, key: Hashable) -> PlanView | None:
    return None if read.info.get(CHANGED) else views.get(key)


def newest(read: Read, plan_id: UUID, day: date, as_at: date | None) -> PlanView | None:
    return _newest.get((read.info["database"].identity, plan_id, day, as_at))


def keep(read: Read, key: Hashable, view: PlanView) -> None:
    if isinstance(read, Write):
        read.info[PENDING] = (key, view)
    else:
        _put(read, key, view)


def _put(read: Session, key: Hashable, view: PlanView) -> None:
    views.put(key, view)
    place = (read.info["database"].identity, view.id, view.day, view.as_at)
    before = _newest.get(place)
    if before is None or (before.shared_revision, before.revision) <= (view.shared_revision, view.revision):
        _newest.put(place, view)


@event.listens_for(Write, "after_flush")
def _flushed(tx: Session, _context: UOWTransaction) -> None:
    tx.info[CHANGED] = True
    tx.info.pop(PENDING, None)


@event.listens_for(Write, "after_soft_rollback")
def _rolled_back(tx: Session, _previous: object) -> None:
    tx.info.pop(PENDING, None)


@event.listens_for(Write, "after_commit")
def _committed(tx: Session) -> None:
    # The end of a savepoint is told as a commit too.
    if not tx.in_nested_transaction() and (made := tx.info.pop(PENDING, None)):
        _put(tx, *made)
