"""Accepting, returning and withdrawing."""

from app.core.db import Write
from app.core.errors import Conflict, Invalid
from app.core.moment import today_of
from app.core.words import _
from app.evidence.commands.ground import (
    begun,
    item_row,
    links_of,
    refuse_bare,
    refuse_over,
    refuse_own,
    require_hand,
    said_of,
    write_clocks,
)
from app.evidence.models import Evidence
from app.evidence.rules import EvidenceState
from app.evidence.schemas import EvidenceWithdrawal, NewReview, ReviewOutcome
from app.people.permissions import require_person
from app.plans.queries import PlanAccess


def review(tx: Write, *, access: PlanAccess, ref: str, given: NewReview, revision: int | None = None) -> Evidence:
    """Accept an item for all actions that it is linked to, or return it with a reason. A signed-in person's act."""
    access = begun(tx, access)
    row = item_row(tx, access, ref, revision)
    access.require("evidence.review")
    require_person(tx.actor, "evidence.review")
    refuse_own(tx, access, row)
    links = links_of(tx, access, row.id)
    is_accepted = given.outcome is ReviewOutcome.accept
    _refuse_state(row, given, all(link.covered for link in links))
    if not is_accepted and not given.why:
        raise Invalid("why", _("Say what is missing, so that it can be put right."))
    if given.expires_on is not None and given.expires_on <= today_of(tx):
        raise Invalid("expires_on", _("It would have expired already. Enter a later day, or none."))
    tx.act("evidence.accepted" if is_accepted else "evidence.returned", why=said_of(row, given.why))
    today = today_of(tx)
    row.state = EvidenceState.accepted if is_accepted else EvidenceState.returned
    row.reviewed_on, row.reviewed_by_id, row.reviewed_by_name = today, tx.actor.person_id, tx.actor.name[:120]
    row.review_why = given.why or ""
    if is_accepted:
        row.accepted_on = today
        row.strength = given.strength or row.strength
        row.expires_on = given.expires_on or row.expires_on
    else:
        row.returned_on, row.accepted_on, row.strength = today, None, None
    for link in links:
        link.covered = is_accepted
    touched = [link.action_id for link in links]
    if not is_accepted:
        refuse_bare(tx, access, touched)
    write_clocks(tx, access, touched)
    tx.flush()
    return row


def withdraw(
    tx: Write, *, access: PlanAccess, ref: str, given: EvidenceWithdrawal, revision: int | None = None
) -> Evidence:
    """It stays to be read, with the reason, and counts for nothing."""
    access = begun(tx, access)
    row = item_row(tx, access, ref, revision)
    require_hand(tx, access, row, "evidence.withdraw")
    refuse_over(row)
    tx.act("evidence.withdrawn", why=said_of(row, given.why))
    row.state = EvidenceState.withdrawn
    row.withdrawn_on, row.withdrawn_by_name, row.withdrawn_why = today_of(tx), tx.actor.name[:120], given.why
    touched = [link.action_id for link in links_of(tx, access, row.id)]
    refuse_bare(tx, access, touched)
    write_clocks(tx, access, touched)
    tx.flush()
    return row


def _refuse_state(row: Evidence, given: NewReview, all_covered: bool) -> None:
    refuse_over(row)
    if row.held:
        raise Conflict(_("This file may hold NHS numbers. Who added it must settle that first."), "held")
    if row.state is EvidenceState.returned:
        raise Conflict(_("This was returned already. It must be submitted again first."), "returned")
    if row.state is EvidenceState.accepted and given.outcome is ReviewOutcome.accept and all_covered:
        raise Conflict(_("This was accepted already. Nothing was changed."), "accepted")
