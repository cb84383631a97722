"""Actions as read models: the whole plan as one value, its actions, their updates, and drafts."""

from app.actions.queries.drafts import draft, drafts
from app.actions.queries.kept import standing
from app.actions.queries.plan import action, of_id, of_ref, plan_view, stamp, update_reads, updates
from app.actions.queries.reads import action_read, as_json
from app.actions.queries.saved import saved_view, saved_views
from app.actions.queries.saved import watched as views_watched

__all__ = [
    "action",
    "action_read",
    "as_json",
    "draft",
    "drafts",
    "of_id",
    "of_ref",
    "plan_view",
    "saved_view",
    "saved_views",
    "stamp",
    "standing",
    "update_reads",
    "updates",
    "views_watched",
]
