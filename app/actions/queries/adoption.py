"""What a draft still lacks when its chair looks at it."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from app.actions.models import Action
from app.core.db import Read


@dataclass(frozen=True, slots=True)
class DraftCounts:
    """owner: the accountable person. overdue is left to the rating: a draft starts no clocks."""

    actions: int
    without_due_date: int
    without_owner: int


def draft_counts(read: Read, plan_id: UUID) -> DraftCounts:
    rows = read.exec(
        select(col(Action.due_date), col(Action.accountable_person_id)).where(col(Action.plan_id) == plan_id)
    ).all()
    return DraftCounts(
        actions=len(rows),
        without_due_date=sum(due is None for due, _owner in rows),
        without_owner=sum(owner is None for _due, owner in rows),
    )
