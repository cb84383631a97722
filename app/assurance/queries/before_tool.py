"""What a first import brought in as assured and no validator has confirmed."""

from app.actions.models import Action
from app.actions.queries import plan_view
from app.actions.view import ActionView
from app.core.db import Read
from app.history.queries import rows
from app.plans.queries import PlanAccess


def before_tool_waiting(read: Read, access: PlanAccess) -> list[ActionView]:
    """In the plan's order."""
    view = plan_view(read, access)
    if not view.counts.assured_before_tool:
        return []
    found = rows(read, Action, access.id, assured_before_tool=True)
    waiting = {a.id for a in found if a.before_tool_confirmed_on is None and a.stage.is_assured}
    return [a for a in view.actions if a.id in waiting]
