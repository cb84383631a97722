"""Restricting something of a plan to named people, and opening it again."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlmodel import select

from app.core.db import Write
from app.core.errors import Invalid, NotFound
from app.core.words import _
from app.people.queries import person_named
from app.plans.models import Restriction
from app.plans.queries import PlanAccess
from app.plans.rules import Restrictable
from app.plans.schemas import NewRestriction


def restrict(
    tx: Write,
    *,
    access: PlanAccess,
    kind: Restrictable,
    restricted_id: UUID,
    given: NewRestriction,
    always: Iterable[UUID | None] = (),
) -> Restriction:
    """Show it to these people alone, or change who they are. always: those it cannot be kept from, such as its owner.

    Behind the caller's claim, right and act. Whoever restricts must be among them: nobody else could open it again.
    """
    here = {access.organisation_id, *access.participants}
    named = {person_named(tx, "named", email, here).id for email in given.named}
    if access.actor.id is not None and access.actor.id not in named:
        raise Invalid("named", _("Choose yourself too: only the people you choose can open it again."))
    named |= {person for person in always if person is not None}
    row = _row(tx, access, restricted_id)
    if row is None:
        row = Restriction(plan_id=access.id, restricted_id=restricted_id, kind=kind, public_title=given.public_title)
        tx.add(row)
    row.public_title = given.public_title
    row.named = _spelled(named)
    tx.flush()
    return row


def open_again(tx: Write, *, access: PlanAccess, restricted_id: UUID) -> None:
    """Everybody who reads the plan sees it again. Behind the caller's claim, right and act."""
    row = _row(tx, access, restricted_id)
    if row is None:
        raise NotFound(_("This is not restricted."))
    tx.delete(row)
    tx.flush()


def name_also(tx: Write, *, access: PlanAccess, restricted_id: UUID, people: Iterable[UUID | None]) -> None:
    """Let these people see it too, where it is restricted; without a flush of its own."""
    row = _row(tx, access, restricted_id)
    if row is None:
        return
    wanted = _spelled({*map(UUID, row.named), *(p for p in people if p is not None)})
    if wanted != row.named:
        row.named = wanted


def _row(tx: Write, access: PlanAccess, restricted_id: UUID) -> Restriction | None:
    wanted = select(Restriction).where(Restriction.plan_id == access.id, Restriction.restricted_id == restricted_id)
    return tx.exec(wanted).first()


def _spelled(named: Collection[UUID]) -> list[str]:
    return sorted(map(str, named))
