"""What the evidence of actions proves: the gates of delivered and assured, and the clocks of the rating, ask here."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from app.core import clock
from app.core.db import Read
from app.evidence.models import Evidence, EvidenceAction
from app.evidence.rules import NO_PROOF, EvidenceState, Item, Proof, proof
from app.history.queries import rows
from app.plans.queries import PlanAccess


def proof_of(
    read: Read, access: PlanAccess, action_ids: Collection[UUID] | None = None, today: date | None = None
) -> dict[UUID, Proof]:
    """{action id: what its evidence proves}; each asked for has its key, and without `action_ids` those with evidence.

    Confidential and restricted items count for everybody. today: the day on which it must count; None: the session's.
    """
    day = today or access.as_at or clock.today()
    found = {id: proof(items, day) for id, items in items_of(read, access, action_ids).items()}
    return dict.fromkeys(action_ids or (), NO_PROOF) | found


def items_of(read: Read, access: PlanAccess, action_ids: Collection[UUID] | None = None) -> dict[UUID, list[Item]]:
    """{action id: the items linked to it, of whatever state}; actions without any are left out."""
    asked = {} if action_ids is None else {"action_id": set(action_ids)}
    with read.unhidden():
        links = rows(read, EvidenceAction, access.id, **asked)
        if not links:
            return {}
        narrow = {} if action_ids is None else {"id": {link.evidence_id for link in links}}
        items = {row.id: row for row in rows(read, Evidence, access.id, **narrow)}
    found: dict[UUID, list[Item]] = {}
    for link in links:
        found.setdefault(link.action_id, []).append(item_of(items[link.evidence_id], link))
    return found


def item_of(row: Evidence, link: EvidenceAction) -> Item:
    """The item as it stands for one action: linked after it was accepted, it is only submitted there."""
    is_new = row.state is EvidenceState.accepted and not link.covered
    return Item(
        id=row.id,
        ref=row.ref,
        kind=row.kind,
        state=EvidenceState.submitted if is_new else row.state,
        speaks_for=row.period_to or row.dated_on,
        submitted_on=max(row.submitted_on, link.linked_on),
        accepted_on=None if is_new else row.accepted_on,
        returned_on=row.returned_on,
        submitted_by_id=row.submitted_by_id,
        reviewed_by_id=row.reviewed_by_id,
        expires_on=row.expires_on,
        held=row.held,
        strength=None if is_new else row.strength,
        confidential=row.confidential,
    )
