"""Which actions a decision re-opened, those that were assured again since included."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.actions.rules import Move, Stage, is_reopening
from app.assurance.models import Decision
from app.assurance.rules import Outcome
from app.core.db import Read
from app.core.prepared import Prepared

LOWERING = (Move.delivered, Move.not_delivered, Move.retest_failed)


def reopened_between(read: Read, plan_id: UUID, since: date, until: date) -> frozenset[UUID]:
    """By decisions after `since`, to `until`; for every reader the same ids, whatever is restricted."""
    with read.unhidden():
        found = _LOWERED.rows(read, plan=plan_id, since=since, until=until, moves=LOWERING)
    return frozenset(
        action_id
        for action_id, before, after in found
        if "stage" in after and is_reopening(Stage(before["stage"]), Stage(after["stage"]))
    )


_LOWERED = Prepared(
    select(Decision.action_id, Decision.before, Decision.after).where(
        Decision.plan_id == sa.bindparam("plan"),
        Decision.outcome == Outcome.accepted,
        col(Decision.move).in_(sa.bindparam("moves", expanding=True)),
        Decision.decided_on > sa.bindparam("since"),
        Decision.decided_on <= sa.bindparam("until"),
    )
)
