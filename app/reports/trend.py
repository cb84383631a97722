"""Delivered and assured against agreed dates, month by month: the shape of the drawing and its finding; pure."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.actions.rules import Stage
from app.actions.view import ActionView, PlanView

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Reached:
    """How many actions stood delivered or further, and assured or further, at the end of a day."""

    delivered: int
    assured: int

    @property
    def unproven(self) -> int:
        return self.delivered - self.assured


@dataclass(frozen=True, slots=True)
class Point:
    """agreed: actions in force whose due date is on or before the day; first_agreed: by their original due dates."""

    day: date
    agreed: int
    first_agreed: int
    reached: Reached


@dataclass(frozen=True, slots=True)
class Trend:
    """The last point is the day itself. oldest_unproven: which was completed first, and how many days ago."""

    points: tuple[Point, ...]
    oldest_unproven: tuple[str, int] | None

    @property
    def now(self) -> Point:
        return self.points[-1]

    @property
    def behind(self) -> int:
        return self.now.agreed - self.now.reached.delivered

    @property
    def has_moved(self) -> bool:
        """Whether dates were agreed anew, so that both lines are worth drawing."""
        return any(p.agreed != p.first_agreed for p in self.points)


def month_ends(day: date, first: date, most: int = MONTHS) -> list[date]:
    """The ends of the months before `day`, from the plan's first day on, oldest first."""
    found: list[date] = []
    year, month = day.year, day.month
    while len(found) < most - 1:
        month -= 1
        if not month:
            year, month = year - 1, 12
        end = date(year, month, monthrange(year, month)[1])
        if end < first:
            break
        found.append(end)
    return found[::-1]


def reached(stages: Mapping[Stage, int]) -> Reached:
    """stages: how many actions stood at each."""
    assured = sum(n for stage, n in stages.items() if stage.is_assured)
    return Reached(assured + stages.get(Stage.delivered, 0), assured)


def trend(plan: PlanView, past: Mapping[date, Reached]) -> Trend:
    """past: what was reached at the ends of the months before."""
    in_force = [a for a in plan.actions if a.stage.is_in_force]
    agreed = sorted(a.facts.due_date for a in in_force if a.facts.due_date)
    first = sorted(d for a in in_force if (d := a.facts.original_due_date or a.facts.due_date))
    stood = {**past, plan.day: reached(plan.counts.by_stage)}
    points = tuple(Point(day, bisect_right(agreed, day), bisect_right(first, day), stood[day]) for day in sorted(stood))
    return Trend(points, _oldest(plan, in_force))


def _oldest(plan: PlanView, in_force: Sequence[ActionView]) -> tuple[str, int] | None:
    done = [
        (a.facts.completion_date, a.ref) for a in in_force if a.stage is Stage.delivered and a.facts.completion_date
    ]
    if not done:
        return None
    day, ref = min(done)
    return ref, (plan.day - day).days
