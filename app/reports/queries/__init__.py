"""Reports as read models: the status, coverage, what changed since, the days, the tables and the trend."""

from app.coverage.queries import coverage, coverages, shared_now
from app.reports.queries.days import daily, plan_trend
from app.reports.queries.lists import Wanted, answered, news
from app.reports.queries.screen import months, screen, usual_day
from app.reports.queries.since import began_on, comparison, comparison_read, last_meeting
from app.reports.queries.status import coverage_read, plan_status, shown_priorities
from app.reports.queries.tables import TABLES, daily_table, table

__all__ = [
    "TABLES",
    "Wanted",
    "answered",
    "began_on",
    "comparison",
    "comparison_read",
    "coverage",
    "coverage_read",
    "coverages",
    "daily",
    "daily_table",
    "last_meeting",
    "months",
    "news",
    "plan_status",
    "plan_trend",
    "screen",
    "shared_now",
    "shown_priorities",
    "table",
    "usual_day",
]
