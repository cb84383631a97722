"""A plan's rows at the moment its session looks at: as they stand, or as they stood at the end of a past day.

The door sets the day (`core.moment`), the plan's first wall finds the revision (`look_back`), and every query that
reads rows through `rows` shows that moment without being told.
"""

from collections.abc import Collection
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import col, select

from app.core.columns import PlanTracked, Tracked
from app.core.db import Read
from app.core.moment import day_asked, remember, revision_shown
from app.history.queries.images import images_at, until

Row = TypeVar("Row", bound=PlanTracked)
Single = TypeVar("Single", bound=Tracked)


def look_back(read: Read, stream: str) -> int | None:
    """The stream's revision at the end of the session's day (None: now). 404 before its first, 422 on a day to come."""
    revision = until(read, stream, day_asked(read))
    if revision is not None:
        remember(read, stream, revision)
    return revision


def rows(read: Read, model: type[Row], plan_id: UUID, **equal: Any) -> list[Row]:
    """The rows of one table of a plan at the session's moment, in no order; those of the past belong to no session.

    equal: what a column must be; a set, list or tuple holds alternatives.
    """
    stream = f"plan:{plan_id}"
    revision = revision_shown(read, stream)
    if revision is not None:
        return [row for row in rows_at(read, model, stream, revision) if _fits(row, equal)]
    wanted: Any = select(model).where(model.plan_id == plan_id)
    for name, value in equal.items():
        column = col(getattr(model, name))
        wanted = wanted.where(column.in_(value) if _is_several(value) else column == value)
    return list(read.exec(wanted).all())


def own_row(read: Read, model: type[Single], stream: str) -> Single | None:
    """The one row of this table in the stream as it stood at the session's past day."""
    revision = revision_shown(read, stream)
    return next(iter(rows_at(read, model, stream, revision)), None) if revision is not None else None


def rows_at(read: Read, model: type[Single], stream: str, revision: int) -> list[Single]:
    """The rows of one table of a stream as they stood at this revision; they belong to no session."""
    name = str(model.__tablename__)
    return [model(**image) for image in images_at(read, stream, revision, [name])[name].values()]


def _fits(row: Tracked, equal: dict[str, Any]) -> bool:
    return all(
        getattr(row, name) in value if _is_several(value) else getattr(row, name) == value
        for name, value in equal.items()
    )


def _is_several(value: object) -> bool:
    return isinstance(value, Collection) and not isinstance(value, str)
