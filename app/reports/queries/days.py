"""How a plan stood on each day of a stretch, and at month ends: from days kept, else in one pass over the ledger."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import select

from app.actions.rules import Stage
from app.actions.view import PlanView
from app.core.columns import SHARED
from app.core.db import Read
from app.core.errors import Invalid
from app.core.shelf import Shelf
from app.core.words import _
from app.history.queries import (
    first_day,
    images_at,
    images_at_revisions,
    images_between,
    last_of_days,
    revision_at,
)
from app.people.models import Account
from app.plans.queries import PlanAccess, settings_of
from app.reports.queries.kept_days import kept_stages, kept_standings
from app.reports.standing import Rated, Rows, Standing
from app.reports.trend import Reached, Trend, month_ends, reached, trend

OF_PLAN = ("plan", "priority", "action", "action_dependency")
MOST_DAYS = 1100
# Both revisions at the end of each day.
Ends = Mapping[date, tuple[int, int]]
# A day that is past never changes; today's key changes with every write.
_days: Shelf[Standing] = Shelf(1500)
_reached: Shelf[Reached] = Shelf(512)


def daily(read: Read, access: PlanAccess, first: date, last: date) -> list[Standing]:
    """Each day from `first` to `last` on which the plan existed, oldest first; at most three years."""
    if (last - first).days >= MOST_DAYS:
        raise Invalid("from", _("Ask for at most {n} days at a time.", n=MOST_DAYS))
    ends = ends_of_days(read, access.id, first, last)
    url = read.info["database"].identity
    found = {day: _days.get((url, access.id, day, *end)) for day, end in ends.items()}
    more = kept_standings(read, access.id, [day for day, held in found.items() if held is None], ends)
    missing = [day for day, held in found.items() if held is None and day not in more]
    more |= {made.day: made for made, _rated in walk(read, access.id, missing, ends)}
    for day, made in more.items():
        _days.put((url, access.id, day, *ends[day]), made)
    return [standing for day in ends if (standing := found[day] or more.get(day)) is not None]


def ends_of_days(read: Read, plan_id: UUID, first: date | None, last: date) -> dict[date, tuple[int, int]]:
    """Each day up to `last` on which the plan existed, in order, with the revisions of both streams at its end."""
    plan_days, shared_days = last_of_days(read, f"plan:{plan_id}"), last_of_days(read, SHARED)
    if not plan_days:
        return {}
    began = plan_days[0][0]
    start = max(first or began, began)
    wanted = [start + timedelta(days=n) for n in range((last - start).days + 1)]
    return dict(zip(wanted, zip(_until(plan_days, wanted), _until(shared_days, wanted), strict=True), strict=True))


def _until(days: Sequence[tuple[date, int]], wanted: Sequence[date]) -> list[int]:
    """The revision at the end of each wanted day; both are in order."""
    out, place, revision = [], 0, 0
    for day in wanted:
        while place < len(days) and days[place][0] <= day:
            revision = days[place][1]
            place += 1
        out.append(revision)
    return out


def walk(read: Read, plan_id: UUID, days: Sequence[date], ends: Ends) -> Iterator[tuple[Standing, Rated]]:
    """The days in order; the rows are read whole for the first, and moved on by what was written after it."""
    if not days:
        return
    stream = f"plan:{plan_id}"
    (start, start_shared), (end, end_shared) = ends[days[0]], ends[days[-1]]
    rows = Rows(active=dict(read.exec(select(Account.id, Account.active)).all()))
    for name, at, entities in ((stream, start, OF_PLAN), (SHARED, start_shared, ("account",))):
        for entity, images in images_at(read, name, at, entities).items():
            for key, image in images.items():
                rows.put(entity, key, image)
    changes = images_between(read, stream, OF_PLAN, start, end)
    of_people = images_between(read, SHARED, ("account",), start_shared, end_shared)
    ahead, ahead_people = next(changes, None), next(of_people, None)
    for day in days:
        revision, shared = ends[day]
        ahead = _moved(rows, changes, ahead, revision)
        ahead_people = _moved(rows, of_people, ahead_people, shared)
        rated = rows.rated(day, settings_of(rows.plan["settings"], rows.plan["cadence"]))
        yield rows.standing(day, revision, rated), rated


def _moved(rows: Rows, changes: Iterator[Any], ahead: Any, until: int) -> Any:
    while ahead is not None and ahead[0] <= until:
        _revision, entity, key, image = ahead
        rows.put(entity, key, image)
        ahead = next(changes, None)
    return ahead


def plan_trend(read: Read, access: PlanAccess, view: PlanView) -> Trend:
    """Delivered and assured at the ends of the months before the view's day, and on the day itself.

    A past month is read once: later requests find it kept, however long the history has grown.
    """
    began = first_day(read, access.stream) or view.day
    url = read.info["database"].identity
    # Nothing is ever written on a day that is past: the day alone is the key.
    past = {end: _reached.get((url, access.id, end)) for end in month_ends(view.day, began)}
    missing = [end for end, held in past.items() if held is None]
    for end, made in _stages_at(read, access, missing).items():
        past[end] = reached(made)
        _reached.put((url, access.id, end), reached(made))
    return trend(view, {end: held for end, held in past.items() if held is not None})


def _stages_at(read: Read, access: PlanAccess, days: Sequence[date]) -> dict[date, Counter[Stage]]:
    """How many actions stood at each stage at the end of these days."""
    found = kept_stages(read, access.id, days)
    missing = {day: revision_at(read, access.stream, day) for day in days if day not in found}
    images = images_at_revisions(read, access.stream, "action", access.id, sorted({*missing.values()}))
    for day, revision in missing.items():
        found[day] = Counter(image["stage"] for image in images[revision])
    return found
