"""Showing an action, or one update on it, to named people alone."""

from uuid import UUID

from sqlmodel import select

from app.actions.commands.ground import begin, contributors_of, row_of
from app.actions.models import Action, Update
from app.core.db import Write
from app.core.errors import NotFound
from app.core.moment import now_of
from app.core.words import _
from app.plans import commands as plans
from app.plans.models import Restriction
from app.plans.queries import PlanAccess
from app.plans.rules import Restrictable
from app.plans.schemas import NewRestriction, OpenedAgain


def restrict_action(tx: Write, *, access: PlanAccess, ref: str, given: NewRestriction) -> Restriction:
    """Its words, people, parts and history are for these people; everybody else reads the public-safe title.

    The accountable person, the lead executive and the contributors keep seeing what they have to do.
    """
    access, action = _begun(tx, access, ref)
    tx.act("action.restricted", why=given.why)
    action.updated_at = now_of(tx)
    doers = {action.accountable_person_id, action.lead_executive_id, *contributors_of(tx, access, action.id)}
    return plans.restrict(
        tx, access=access, kind=Restrictable.action, restricted_id=action.id, given=given, always=doers
    )


def open_action(tx: Write, *, access: PlanAccess, ref: str, given: OpenedAgain) -> None:
    access, action = _begun(tx, access, ref)
    tx.act("action.unrestricted", why=given.why)
    action.updated_at = now_of(tx)
    plans.open_again(tx, access=access, restricted_id=action.id)


def restrict_update(tx: Write, *, access: PlanAccess, ref: str, update_id: UUID, given: NewRestriction) -> Restriction:
    """One update; what it reported of the progress stays on the action for everybody."""
    access, action = _begun(tx, access, ref)
    said = _update(tx, access, action, update_id)
    tx.act("update.restricted", why=given.why)
    action.updated_at = now_of(tx)
    return plans.restrict(
        tx, access=access, kind=Restrictable.update, restricted_id=said.id, given=given, always={said.by_id}
    )


def open_update(tx: Write, *, access: PlanAccess, ref: str, update_id: UUID, given: OpenedAgain) -> None:
    access, action = _begun(tx, access, ref)
    said = _update(tx, access, action, update_id)
    tx.act("update.unrestricted", why=given.why)
    action.updated_at = now_of(tx)
    plans.open_again(tx, access=access, restricted_id=said.id)


def _begun(tx: Write, access: PlanAccess, ref: str) -> tuple[PlanAccess, Action]:
    access = begin(tx, access)
    action = row_of(tx, access, ref)
    access.require("action.restrict", action)
    return access, action


def _update(tx: Write, access: PlanAccess, action: Action, update_id: UUID) -> Update:
    wanted = select(Update).where(Update.plan_id == access.id, Update.action_id == action.id, Update.id == update_id)
    found = tx.exec(wanted).first()
    if found is None:
        raise NotFound(_("There is no such update on this action."))
    return found
