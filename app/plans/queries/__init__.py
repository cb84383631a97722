"""Plans as read models: `access` is the first wall, `structure` what a plan is made of, `listing` the plans."""

from app.plans.queries.access import (
    Concerned,
    PlanAccess,
    held_at,
    plan_for,
    readable_plans,
    restricted,
    settings_of,
)
from app.plans.queries.listing import plan_nav, plan_read, plan_reads, plan_row
from app.plans.queries.narrowing import plan_of_token
from app.plans.queries.restrictions import restriction_of, restrictions_of
from app.plans.queries.seats import confirmers_of, judges, live_plans_of, paused_in, to_confirm
from app.plans.queries.structure import (
    bodies,
    body_row,
    held_meetings,
    meeting_row,
    meetings,
    participants,
    plan_fields,
    priorities,
    priority_row,
    strategic_priorities,
    strategic_priority_row,
)

__all__ = [
    "Concerned",
    "PlanAccess",
    "bodies",
    "body_row",
    "confirmers_of",
    "held_at",
    "held_meetings",
    "judges",
    "live_plans_of",
    "meeting_row",
    "meetings",
    "participants",
    "paused_in",
    "plan_fields",
    "plan_for",
    "plan_nav",
    "plan_of_token",
    "plan_read",
    "plan_reads",
    "plan_row",
    "priorities",
    "priority_row",
    "readable_plans",
    "restricted",
    "restriction_of",
    "restrictions_of",
    "settings_of",
    "strategic_priorities",
    "strategic_priority_row",
    "to_confirm",
]
