"""Showing an item of evidence to named people alone. It proves for everybody what it proves."""

from app.core.db import Write
from app.evidence.commands.ground import begun, item_row, said_of
from app.plans import commands as plans
from app.plans.models import Restriction
from app.plans.queries import PlanAccess
from app.plans.rules import Restrictable
from app.plans.schemas import NewRestriction, OpenedAgain


def restrict(tx: Write, *, access: PlanAccess, ref: str, given: NewRestriction) -> Restriction:
    """Its words, files and history are for these people and for who submitted it."""
    access = begun(tx, access)
    row = item_row(tx, access, ref)
    access.require("action.restrict")
    tx.act("evidence.restricted", why=said_of(row, given.why))
    return plans.restrict(
        tx,
        access=access,
        kind=Restrictable.evidence,
        restricted_id=row.id,
        given=given,
        always={row.submitted_by_id, row.reviewed_by_id},
    )


def open_again(tx: Write, *, access: PlanAccess, ref: str, given: OpenedAgain) -> None:
    access = begun(tx, access)
    row = item_row(tx, access, ref)
    access.require("action.restrict")
    tx.act("evidence.unrestricted", why=said_of(row, given.why))
    plans.open_again(tx, access=access, restricted_id=row.id)
