"""Actions as read models: the whole plan as one value, its actions, their updates, and drafts."""

from app.actions.queries.drafts import draft, drafts
from app.actions.queries.kept import standing
from app.actions.queries.plan import action, of_id, of_ref, plan_view, stamp, update_reads, updates, view_then
from app.actions.queries.reads import action_read, as_json
from app.actions.queries.saved import saved_view, saved_views
from app.actions.queries.saved import watched as views_watched
from app.actions.queries.wanted import Wanted, shown, view_named, wanted

__all__ = [
    "Wanted",
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
    "shown",
    "stamp",
    "standing",
    "update_reads",
    "updates",
    "view_named",
    "view_then",
    "views_watched",
    "wanted",
]
