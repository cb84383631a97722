"""What every act on an action stands on: the claimed plan as it is now, the row, the day."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select

from app.actions.models import Action, Contributor
from app.actions.refs import fits
from app.core.db import Read, Write
from app.core.errors import Conflict, NotFound
from app.core.ledger import claim
from app.core.prepared import Prepared
from app.core.walls import ready
from app.core.words import _
from app.people.queries import person_named
from app.plans.models import Plan
from app.plans.queries import PlanAccess, restricted
from app.plans.rules import PlanState

# As it stands behind the claim, whatever the session has seen before.
_PLAN = Prepared(select(col(Plan.state), col(Plan.adopted_on)).where(Plan.id == bindparam("id")))
_BY_REF = ready(
    select(Action)
    .where(Action.plan_id == bindparam("plan"), Action.ref == bindparam("ref"))
    .execution_options(populate_existing=True)
)
_CONTRIBUTORS = Prepared(
    select(Contributor.account_id).where(
        Contributor.plan_id == bindparam("plan"), Contributor.action_id == bindparam("action")
    )
)


def begin(tx: Write, access: PlanAccess) -> PlanAccess:
    """Queue for the plan; it may have been adopted or closed since it was looked up. A closed one takes no changes."""
    claim(tx, access.stream)
    [(state, adopted_on)] = _PLAN.rows(tx, id=access.id)
    if state is PlanState.closed:
        raise Conflict(_("This plan is closed. Its actions no longer change."), "plan_closed")
    return replace(access, state=state, adopted_on=adopted_on)


def row_of(tx: Write, access: PlanAccess, ref: str) -> Action:
    """The action as it stands behind the claim."""
    absent = NotFound(_("There is no action “{ref}” in this plan.", ref=ref))
    if not fits(ref):
        raise absent
    row: Action | None = tx.exec(_BY_REF, params={"plan": access.id, "ref": ref}).first()
    if row is None:
        raise absent
    if row.id in access.hidden:
        raise restricted()
    return row


def row_of_id(tx: Write, access: PlanAccess, action_id: UUID) -> Action:
    wanted = select(Action).where(Action.plan_id == access.id, Action.id == action_id)
    row = tx.exec(wanted).first()
    if row is None:
        raise NotFound(_("There is no such action in this plan."))
    if row.id in access.hidden:
        raise restricted()
    return row


def contributors_of(read: Read, access: PlanAccess, action_id: UUID) -> frozenset[UUID]:
    return frozenset(account for (account,) in _CONTRIBUTORS.rows(read, plan=access.id, action=action_id))


def person_id(read: Read, access: PlanAccess, field: str, email: str) -> UUID:
    """A person of the plan's organisation or of a participant; 422 naming the field where there is none."""
    return person_named(read, field, email, {access.organisation_id, *access.participants}).id
