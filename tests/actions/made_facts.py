"""Facts for tests: one ordinary action, with what a case changes about it; the day is always 15 June 2026."""

from datetime import date, timedelta
from typing import Any

from app.actions.rules import Facts, Progress, Stage
from app.plans.rules import RatingSettings

TODAY = date(2026, 6, 15)
SETTINGS = RatingSettings()
ORDINARY = Facts(
    key="1.1",
    stage=Stage.not_delivered,
    progress=Progress.on_track,
    created_on=date(2026, 1, 5),
    adopted_on=date(2026, 1, 10),
    start_date=date(2026, 4, 1),
    due_date=date(2026, 9, 30),
    original_due_date=date(2026, 9, 30),
    last_update_on=date(2026, 6, 14),
)
DELIVERED = ORDINARY._replace(
    stage=Stage.delivered,
    progress=Progress.complete,
    completion_date=date(2026, 4, 30),
    evidence_by_date=date(2026, 8, 1),
)
ASSURED = DELIVERED._replace(
    stage=Stage.assured,
    submitted_on=date(2026, 5, 10),
    accepted_on=date(2026, 5, 20),
    retest_date=date(2026, 12, 1),
)


def ahead(number: int) -> date:
    """The day so many days after (or, below 0, before) 15 June 2026."""
    return TODAY + timedelta(days=number)


def made(base: Facts = ORDINARY, **changed: Any) -> Facts:
    return base._replace(**changed)
