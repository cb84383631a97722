"""The days that the daily work wrote down: read where they still hold, and found where they are missing."""

import inspect
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from app.actions.rules import Stage, codes, facts, rating
from app.core.columns import SHARED
from app.core.db import Read
from app.core.prepared import Prepared
from app.core.walls import ready
from app.history.queries import revision_by
from app.plans import rules as of_plans
from app.reports import past, standing
from app.reports.models import PlanDay
from app.reports.past import Then, read_actions, read_lines, read_stages
from app.reports.standing import Standing

# All that a rating and its spelling are made by; what is written down by other rules is not used.
MAKERS = (codes, facts, rating, of_plans, standing, past)


@cache
def rules() -> str:
    """The version of the rules: their own text."""
    return sha256("\n".join(map(inspect.getsource, MAKERS)).encode()).hexdigest()[:16]


def _holding(*columns: Any) -> Prepared:
    """These columns of the days that end at the revisions they were made of, by the rules of this release."""
    streams = ((PlanDay.revision, "stream"), (PlanDay.shared_revision, "shared"))
    holds = (column == revision_by(sa.bindparam(name), col(PlanDay.day)) for column, name in streams)
    of_plan = (col(PlanDay.plan_id) == sa.bindparam("plan"), col(PlanDay.rules) == sa.bindparam("rules"))
    wanted = sa.select(*columns).where(*of_plan, col(PlanDay.day).in_(sa.bindparam("days", expanding=True)), *holds)
    return Prepared(wanted)


_STAGES = _holding(col(PlanDay.day), col(PlanDay.lines))
_ACTIONS = _holding(col(PlanDay.revision), col(PlanDay.actions))
_SPAN = ready(
    sa.select(*(getattr(PlanDay, n) for n in ("day", "revision", "shared_revision", "state", "lines"))).where(
        col(PlanDay.plan_id) == sa.bindparam("plan"),
        col(PlanDay.rules) == sa.bindparam("rules"),
        col(PlanDay.day).between(sa.bindparam("first"), sa.bindparam("last")),
    )
)
_MADE = ready(
    sa.select(*(getattr(PlanDay, n) for n in ("day", "revision", "shared_revision", "rules"))).where(
        col(PlanDay.plan_id) == sa.bindparam("plan")
    )
)


def _asked(plan_id: UUID, days: Sequence[date]) -> dict[str, Any]:
    return {"plan": plan_id, "rules": rules(), "stream": f"plan:{plan_id}", "shared": SHARED, "days": list(days)}


def kept_stages(read: Read, plan_id: UUID, days: Sequence[date]) -> dict[date, Counter[Stage]]:
    """How many actions stood at each stage, on those of these days that are written down."""
    if not days:
        return {}
    return {day: read_stages(lines) for day, lines in _STAGES.rows(read, **_asked(plan_id, days))}


def kept_then(read: Read, plan_id: UUID, day: date) -> Then | None:
    found = _ACTIONS.rows(read, **_asked(plan_id, [day]))
    return Then(day, found[0][0], read_actions(found[0][1])) if found else None


def kept_standings(
    read: Read, plan_id: UUID, days: Sequence[date], ends: Mapping[date, tuple[int, int]]
) -> dict[date, Standing]:
    """Those of these days that are written down; ends: both revisions at the end of each."""
    if not days:
        return {}
    asked = {"plan": plan_id, "rules": rules(), "first": days[0], "last": days[-1]}
    return {
        day: Standing(day, revision, state, read_lines(lines))
        for day, revision, shared, state, lines in read.exec(_SPAN, params=asked).all()
        if ends.get(day) == (revision, shared)
    }


def lacking(read: Read, plan_id: UUID, ends: Mapping[date, tuple[int, int]], most: int) -> list[date]:
    """Of these days the newest that are not written down, or not as they ended; in order, at most so many."""
    rows = read.exec(_MADE, params={"plan": plan_id}).all()
    holding = {day for day, revision, shared, by in rows if by == rules() and ends.get(day) == (revision, shared)}
    missing = [day for day in sorted(ends, reverse=True) if day not in holding]
    return missing[:most][::-1]
