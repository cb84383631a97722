"""The access log: kinds and ids, never what somebody typed. Outside the ledger; pruned after a year."""

from uuid import UUID

from app.core import clock
from app.core.db import Write
from app.people.models import AccessEvent
from app.people.rules import AccessKind


def record(
    tx: Write,
    kind: AccessKind,
    *,
    account_id: UUID | None = None,
    organisation_id: UUID | None = None,
    detail: str = "",
    address: str = "",
) -> None:
    """detail: a code of ours, never free text."""
    tx.add(
        AccessEvent(
            at=clock.now(),
            kind=kind,
            account_id=account_id,
            organisation_id=organisation_id,
            detail=detail[:200],
            address=address[:64],
            request_id=tx.actor.request_id,
        )
    )
