"""The accepted evidence of a plan's actions."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import select

from app.actions.queries.kept import Beside
from app.actions.view import PlanView
from app.core.db import Read
from app.coverage.proof import Proven
from app.evidence.queries import proof_of
from app.evidence.rules import Item
from app.plans.models import Restriction
from app.plans.queries import PlanAccess

_proven: Beside[Proven] = Beside(16)


def proven_actions(read: Read, access: PlanAccess, view: PlanView) -> Proven:
    """By action, on the day of the view, which is the session's; the same for everybody.

    Everything counts. How strong it is, and for which days it speaks, is told of what all readers may open.
    """

    def found() -> Proven:
        proofs = proof_of(read, access, today=view.day)
        with read.unhidden():
            restricted = set(read.exec(select(Restriction.restricted_id).where(Restriction.plan_id == access.id)).all())
        about = {id: (*proof.implementation, *proof.effect) for id, proof in proofs.items()}
        closed = restricted | {item.id for id in about.keys() & restricted for item in about[id]}
        accepted = {id: tuple(_told(i, closed) for i in items if i.is_accepted) for id, items in about.items()}
        return {id: items for id, items in accepted.items() if items}

    return _proven.get(view, "proven", found)


def _told(item: Item, closed: set[UUID]) -> Item:
    if item.confidential or item.id in closed:
        return replace(item, strength=None, speaks_for=None)
    return item
