"""The programs' door to history: the changes feed of a plan, and of one action."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.core.dates import OptionalDay
from app.history import queries
from app.history.schemas import ChangesRead
from app.plans.queries import plan_for
from app.web.access import act
from app.web.doors import Reader
from app.web.listing import link_to

router = APIRouter(prefix="/api/v1/plans/{plan}", tags=["history"])
Since = Annotated[int, Query(ge=0, lt=2**31, description="Only what came after this revision.")]
Limit = Annotated[int, Query(ge=1, le=500, description="Changes a page; a page ends on a whole revision.")]
Cursor = Annotated[str | None, Query(pattern=r"^\d{1,9}$", description="`next` of the page before.")]
AsAt = Annotated[OptionalDay, Query(description="Up to the end of that day in London.")]


@router.get("/changes")
@act("plan.read")
def changes(
    request: Request, read: Reader, plan: str, response: Response, since: Since = 0, limit: Limit = 100,
    cursor: Cursor = None, as_at: AsAt = None,
) -> ChangesRead:  # fmt: skip
    """What changed in a plan after a revision, oldest first, deletions included."""
    access = plan_for(read, plan)
    until = queries.until(read, access.stream, as_at)
    found = queries.changes(read, access.stream, _after(since, cursor), limit, until=until, day=as_at)
    return _told(request, response, found)


@router.get("/actions/{ref}/history")
@act("plan.read")
def history(
    request: Request, read: Reader, plan: str, ref: str, response: Response, since: Since = 0, limit: Limit = 100,
    cursor: Cursor = None, as_at: AsAt = None,
) -> ChangesRead:  # fmt: skip
    """What changed in one action and its parts, oldest first."""
    access = plan_for(read, plan)
    subject = queries.subject(read, "action", ref)
    until = queries.until(read, access.stream, as_at)
    after = _after(since, cursor)
    found = queries.changes(read, access.stream, after, limit, subject_id=subject, until=until, day=as_at)
    return _told(request, response, found)


def _told(request: Request, response: Response, found: ChangesRead) -> ChangesRead:
    response.headers["Cache-Control"] = "private, no-cache"
    if found.next is not None:
        response.headers["Link"] = link_to(request, found.next)
    return found


def _after(since: int, cursor: str | None) -> int:
    return int(cursor) if cursor else since
