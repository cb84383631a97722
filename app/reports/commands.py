"""The daily work of reports: the standing of each finished day, written down once it can no longer change."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.core import clock
from app.core.db import Write
from app.core.ledger import claim
from app.reports.models import PlanDay
from app.reports.past import spell_actions, spell_lines, stood
from app.reports.queries.days import ends_of_days, walk
from app.reports.queries.kept_days import lacking, rules


def keep_days(tx: Write, plan_id: UUID, most: int) -> int:
    """Write down the finished days of a plan that are not, the newest first and at most so many; how many.

    A day whose record was added to since, or that other rules had rated, is written anew. Never today.
    """
    # Whoever began before midnight has ended, and nobody else keeps these days at the same time.
    claim(tx, f"plan:{plan_id}")
    ends = ends_of_days(tx, plan_id, None, clock.today() - timedelta(days=1))
    days = lacking(tx, plan_id, ends, most)
    of_plan = select(PlanDay).where(PlanDay.plan_id == plan_id, col(PlanDay.day).in_(days))
    there = {row.day: row for row in tx.exec(of_plan).all()} if days else {}
    for made, rated in walk(tx, plan_id, days, ends):
        revision, shared = ends[made.day]
        told: dict[str, Any] = {
            "revision": revision, "shared_revision": shared, "rules": rules(), "state": made.state,
            "lines": spell_lines(made.lines), "actions": spell_actions(stood(rated)),
        }  # fmt: skip
        row = there.get(made.day)
        if row is None:
            tx.add(PlanDay(plan_id=plan_id, day=made.day, **told))
        else:
            row.sqlmodel_update(told)
    tx.flush()
    return len(days)
