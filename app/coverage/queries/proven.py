"""Which actions have accepted evidence."""

from uuid import UUID

from app.actions.queries.kept import Beside
from app.actions.view import PlanView
from app.core.db import Read
from app.evidence.queries import proof_of
from app.plans.queries import PlanAccess

_proven: Beside[frozenset[UUID]] = Beside(16)


def proven_actions(read: Read, access: PlanAccess, view: PlanView) -> frozenset[UUID]:
    """On the day of the view, which is the session's."""

    def found() -> frozenset[UUID]:
        proofs = proof_of(read, access, today=view.day)
        return frozenset(
            id for id, proof in proofs.items() if any(i.is_accepted for i in (*proof.implementation, *proof.effect))
        )

    return _proven.get(view, "proven", found)
