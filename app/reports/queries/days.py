"""How a plan stood on each day of a stretch, from one pass over the ledger; and what was reached at month ends."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from app.actions.queries.kept import Shelf
from app.actions.view import PlanView
from app.core.columns import SHARED
from app.core.db import Read
from app.core.errors import Invalid
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
from app.reports.standing import Rows, Standing
from app.reports.trend import Reached, Trend, month_ends, reached, trend

OF_PLAN = ("plan", "priority", "action", "action_dependency")
MOST_DAYS = 1100
# A day that is past never changes; today's key changes with every write.
_days: Shelf[Standing] = Shelf(1500)
_reached: Shelf[Reached] = Shelf(512)


def daily(read: Read, access: PlanAccess, first: date, last: date) -> list[Standing]:
    """Each day from `first` to `last` on which the plan existed, oldest first; at most three years."""
    if (last - first).days >= MOST_DAYS:
        raise Invalid("from", _("Ask for at most {n} days at a time.", n=MOST_DAYS))
    plan_days, shared_days = last_of_days(read, access.stream), last_of_days(read, SHARED)
    if not plan_days:
        return []
    wanted = _wanted(max(first, plan_days[0][0]), last)
    stood = dict(zip(wanted, zip(_until(plan_days, wanted), _until(shared_days, wanted), strict=True), strict=True))
    url = read.info["database"].identity
    found = {day: _days.get((url, access.id, day, *stood[day])) for day in wanted}
    missing = [day for day in wanted if found[day] is None]
    for made in _walk(read, access, missing, stood):
        _days.put((url, access.id, made.day, *stood[made.day]), made)
        found[made.day] = made
    return [standing for day in wanted if (standing := found[day]) is not None]


def _wanted(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _until(days: Sequence[tuple[date, int]], wanted: Sequence[date]) -> list[int]:
    """The revision at the end of each wanted day; both are in order."""
    out, place, revision = [], 0, 0
    for day in wanted:
        while place < len(days) and days[place][0] <= day:
            revision = days[place][1]
            place += 1
        out.append(revision)
    return out


def _walk(
    read: Read, access: PlanAccess, days: Sequence[date], stood: dict[date, tuple[int, int]]
) -> Iterator[Standing]:
    """The days in order; the rows are read whole for the first, and moved on by what was written after it."""
    if not days:
        return
    (start, start_shared), (end, end_shared) = stood[days[0]], stood[days[-1]]
    rows = Rows(active=dict(read.exec(select(Account.id, Account.active)).all()))
    for stream, at, entities in ((access.stream, start, OF_PLAN), (SHARED, start_shared, ("account",))):
        for entity, images in images_at(read, stream, at, entities).items():
            for key, image in images.items():
                rows.put(entity, key, image)
    changes = images_between(read, access.stream, OF_PLAN, start, end)
    of_people = images_between(read, SHARED, ("account",), start_shared, end_shared)
    ahead, ahead_people = next(changes, None), next(of_people, None)
    for day in days:
        revision, shared = stood[day]
        ahead = _moved(rows, changes, ahead, revision)
        ahead_people = _moved(rows, of_people, ahead_people, shared)
        yield rows.standing(day, revision, settings_of(rows.plan["settings"], rows.plan["cadence"]))


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
    missing = {end: revision_at(read, access.stream, end) for end, held in past.items() if held is None}
    images = images_at_revisions(read, access.stream, "action", access.id, sorted({*missing.values()}))
    for end, revision in missing.items():
        past[end] = made = reached([image["stage"] for image in images[revision]])
        _reached.put((url, access.id, end), made)
    return trend(view, {end: held for end, held in past.items() if held is not None})
