"""Who sits in the bodies of live plans, who judges proof there, and whose seat waits to be confirmed."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.db import Read
from app.people.queries import holders
from app.people.rules import Role
from app.plans.models import Body, BodyMember, Plan
from app.plans.queries.access import PlanAccess
from app.plans.queries.structure import bodies
from app.plans.rules import BodyKind, BodyRole, PlanState
from app.plans.schemas import BodyRead


def live_plans_of(read: Read, account_id: UUID) -> Sequence[Plan]:
    """The live plans in whose bodies the person sits; closes the session's scope."""
    read.see_everything("only in which live plans somebody has a seat")
    seats = (
        select(BodyMember.plan_id)
        .join(Body, col(Body.id) == BodyMember.body_id)
        .where(BodyMember.account_id == account_id, col(Body.archived_on).is_(None))
    )
    wanted = select(Plan).where(col(Plan.id).in_(seats), Plan.state == PlanState.live)
    found = read.exec(wanted.order_by(col(Plan.id))).all()
    read.info["scope"] = frozenset()
    return found


def judges(read: Read, plan_id: UUID, organisation_id: UUID, of: UUID | None = None) -> dict[UUID, str]:
    """Names of those who preside on a panel and hold its role, waiting or not. of: on this one alone."""
    panels = [b for b in bodies(read, plan_id) if b.kind is BodyKind.assurance_panel and of in (None, b.id)]
    return _seated(read, organisation_id, panels, presiding=True)


def paused_in(every: Iterable[BodyRead]) -> frozenset[UUID]:
    """Those who decide nothing in the plan of these bodies until somebody confirms that their account is theirs."""
    return frozenset(m.account_id for b in every for m in b.members if m.paused_on is not None)


def confirmers_of(read: Read, plan_id: UUID, organisation_id: UUID, person: UUID) -> dict[UUID, str]:
    """Names of those who may say that this person's account is in their own hands: others, whose own seats decide.

    Where the person sits on a panel, those who judge proof there; elsewhere also who presides on the same body.
    """
    every = bodies(read, plan_id)
    panels = [b for b in every if b.kind is BodyKind.assurance_panel]
    found = _seated(read, organisation_id, panels)
    if not any(b.holds(person) for b in panels):
        own = [m for b in every if b.holds(person) for m in b.members if m.role is not BodyRole.member]
        found |= {m.account_id: m.name for m in own}
    out = paused_in(every) | {person}
    return {account: name for account, name in found.items() if account not in out}


def to_confirm(read: Read, access: PlanAccess) -> list[str]:
    """Names of those whose account the session's actor may say is their own."""
    every = bodies(read, access.id)
    names = {m.account_id: m.name for b in every for m in b.members if m.paused_on is not None}
    return sorted(
        name
        for person, name in names.items()
        if access.actor.id in confirmers_of(read, access.id, access.organisation_id, person)
    )


def _seated(
    read: Read, organisation_id: UUID, panels: Sequence[BodyRead], *, presiding: bool = False
) -> dict[UUID, str]:
    may = set(holders(read, Role.validator, organisation_id))
    return {
        m.account_id: m.name
        for body in panels
        for m in body.members
        if m.account_id in may and not (presiding and m.role is BodyRole.member)
    }
