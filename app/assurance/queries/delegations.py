"""Who lent which power to decide to whom, and until when."""

from app.assurance.models import Delegation
from app.assurance.schemas import DelegationRead
from app.core import clock
from app.core.db import Read
from app.core.words import _, day
from app.history.queries import rows
from app.plans.models import Body
from app.plans.queries import PlanAccess


def delegations(read: Read, access: PlanAccess) -> list[DelegationRead]:
    """All of them, the newest first: they stay on the record."""
    named = {b.id: b.name for b in rows(read, Body, access.id)}
    found = sorted(rows(read, Delegation, access.id), key=lambda d: (d.starts_on, d.id), reverse=True)
    return [_read_model(row, access, named.get(row.body_id) if row.body_id else None) for row in found]


def _read_model(row: Delegation, access: PlanAccess, body: str | None) -> DelegationRead:
    today, me = access.as_at or clock.today(), access.actor
    is_over = (row.ended_on is not None and row.ended_on <= today) or row.ends_on < today
    power = _("as lead executive") if body is None else _("for “{body}”", body=body)
    return DelegationRead(
        id=row.id,
        body=body,
        given_by=row.given_by_name,
        given_to=row.given_to_name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        ended_on=row.ended_on,
        why=row.why or None,
        given_on=row.given_on,
        text=_(
            "{to} decides for {by}, {power}, from {first} to {last}.",
            to=row.given_to_name,
            by=row.given_by_name,
            power=power,
            first=day(row.starts_on),
            last=day(row.ends_on),
        ),
        in_force=not is_over and row.starts_on <= today,
        may_end=not is_over and access.as_at is None and me.is_person and me.id in (row.given_by_id, row.given_to_id),
    )
