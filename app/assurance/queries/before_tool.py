"""What a first import brought in as assured and no validator has confirmed."""

import sqlalchemy as sa
from sqlmodel import col, select

from app.actions.models import Action
from app.actions.queries import plan_view
from app.actions.view import ActionView, PlanView
from app.core.db import Read
from app.core.prepared import Prepared
from app.history.queries import rows
from app.plans.queries import PlanAccess


def before_tool_waiting(read: Read, access: PlanAccess, view: PlanView | None = None) -> list[ActionView]:
    """In the plan's order; view: the plan on the day of its access, where it is at hand."""
    view = view or plan_view(read, access)
    if not view.counts.assured_before_tool:
        return []
    if access.as_at is None:
        unconfirmed = {id for (id,) in _UNCONFIRMED.rows(read, plan=access.id)}
    else:
        found = rows(read, Action, access.id, assured_before_tool=True, before_tool_confirmed_on=None)
        unconfirmed = {row.id for row in found}
    return [a for a in view.actions if a.stage.is_assured and a.id in unconfirmed]


_UNCONFIRMED = Prepared(
    select(Action.id).where(
        Action.plan_id == sa.bindparam("plan"),
        col(Action.assured_before_tool),
        col(Action.before_tool_confirmed_on).is_(None),
    )
)
