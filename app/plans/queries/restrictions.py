"""What of a plan is restricted to named people. The third wall hides from everybody else that there is such a row."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select

from app.core.db import Read
from app.people.models import Account
from app.plans.models import Restriction
from app.plans.queries.access import PlanAccess
from app.plans.schemas import NamedRead, RestrictionRead


def restriction_of(read: Read, access: PlanAccess, restricted_id: UUID) -> RestrictionRead | None:
    """Who may see it, for those who do; None where everybody may."""
    found = restrictions_of(read, access, [restricted_id])
    return found.get(restricted_id)


def restrictions_of(read: Read, access: PlanAccess, ids: Collection[UUID]) -> dict[UUID, RestrictionRead]:
    wanted = select(Restriction).where(Restriction.plan_id == access.id, col(Restriction.restricted_id).in_(set(ids)))
    rows = read.exec(wanted).all()
    if not rows:
        return {}
    ids_of_people = {UUID(person) for row in rows for person in row.named}
    accounts = select(Account).where(col(Account.id).in_(ids_of_people)).order_by(Account.name, Account.email)
    people = [(str(a.id), NamedRead(email=a.email, name=a.name)) for a in read.exec(accounts).all()]
    return {
        row.restricted_id: RestrictionRead(
            public_title=row.public_title, named=[told for key, told in people if key in row.named]
        )
        for row in rows
    }
