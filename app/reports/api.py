"""The programs' door to reports: status, coverage, comparison, and flat tables for Power BI and Excel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import BaseModel

from app.actions.queries import stamp, view_named, views_watched
from app.actions.schemas import ListFilters, ViewRead
from app.core import words
from app.core.dates import Day, OptionalDay
from app.core.db import Read
from app.plans.queries import PlanAccess, plan_for
from app.reports import queries
from app.reports.schemas import ComparisonRead, CoverageRead, StatusRead
from app.web import etags
from app.web.access import act
from app.web.doors import Reader
from app.web.kept import keep

router = APIRouter(prefix="/api/v1/plans/{plan}", tags=["reports"])
Since = Annotated[Day, Query(description="Compare with the end of this day, which is before the day shown.")]
Key = Annotated[str, Query(max_length=64, description="The publication's key, like ockenden_2022.")]
From = Annotated[OptionalDay, Query(alias="from", description="The first day; by default a year back.")]
To = Annotated[OptionalDay, Query(alias="to", description="The last day; by default the day shown.")]
CSV = "text/csv; charset=utf-8"
PRIVATE = {"Cache-Control": "private, no-cache"}
UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "What is held is what stands."}}
TABLE: dict[int | str, dict[str, Any]] = {
    **UNCHANGED,
    200: {
        "description": "A header and rows as RFC 4180 has them; text is never altered.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    },
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What every report is asked with; `answer` is 304 where what is held is what stands."""

    request: Request
    if_none_match: str | None

    def answer(
        self, read: Read, access: PlanAccess, made: Callable[[], BaseModel | str], saved: ViewRead | None = None
    ) -> Response:
        """saved: the view of the tracker that was asked for by its name."""
        keep(self.request, read, access.id, *((views_watched(access),) if saved else ()))
        who = access.actor.id or access.actor.token_id
        # Recommendations are shown as they stand, so that today's shared revision counts on a past day too.
        shared = queries.shared_now(read, access)
        etag = etags.of_answer(
            self.request.url.path, self.request.url.query, *stamp(read, access), shared, who,
            words.language(), self.request.app.version, saved.query if saved else "",
        )  # fmt: skip
        headers = PRIVATE | {"ETag": etag}
        if etags.matches(self.if_none_match, etag):
            return Response(status_code=304, headers=headers)
        found = made()
        if isinstance(found, str):
            return Response(found, media_type=CSV, headers=headers)
        return Response(found.model_dump_json(), media_type="application/json", headers=headers)

    def table(self, read: Read, plan: str, name: str, asked: Sequence[tuple[str, str]] = ()) -> Response:
        access = plan_for(read, plan)
        base = str(self.request.app.state.settings.base_url).rstrip("/")
        saved = view_named(read, access, asked)
        return self.answer(read, access, lambda: queries.table(read, access, name, base=base, asked=asked), saved)


def _asked(
    request: Request,
    if_none_match: Annotated[str | None, Header(description="The ETag of what is held already.")] = None,
) -> Asked:
    return Asked(request, if_none_match)


Report = Annotated[Asked, Depends(_asked)]


@router.get("/status", response_model=StatusRead, responses=UNCHANGED)
@act("plan.read")
def status(read: Reader, plan: str, asked: Report) -> Response:
    """The plan's counts by rating, stage, cause, priority and publication, and its headline."""
    access = plan_for(read, plan)
    return asked.answer(read, access, lambda: queries.plan_status(read, access))


@router.get("/coverage", response_model=CoverageRead, responses=UNCHANGED)
@act("plan.read")
def coverage(read: Reader, plan: str, framework: Key, asked: Report) -> Response:
    """Which recommendations of a publication have an action in force, and which have none."""
    access = plan_for(read, plan)
    return asked.answer(read, access, lambda: queries.coverage_read(read, access, framework))


@router.get("/comparison", response_model=ComparisonRead, responses=UNCHANGED)
@act("plan.read")
def comparison(read: Reader, plan: str, since: Since, asked: Report) -> Response:
    """What was added, closed, slipped, re-opened and re-coloured between two days, each with who and why."""
    access = plan_for(read, plan)
    return asked.answer(read, access, lambda: queries.comparison_read(read, access, since))


@router.get("/actions.csv", response_class=Response, responses=TABLE)
@act("plan.read")
def actions_table(read: Reader, plan: str, asked: Report, filters: Annotated[ListFilters, Query()]) -> Response:
    """A row for each action with its dates, people, rating and latest update; filtered as the list of actions is."""
    return asked.table(read, plan, "actions", filters.pairs())


@router.get("/action-recommendations.csv", response_class=Response, responses=TABLE)
@act("plan.read")
def recommendations_table(read: Reader, plan: str, asked: Report) -> Response:
    """A row for each link from an action to a recommendation."""
    return asked.table(read, plan, "action-recommendations")


@router.get("/updates.csv", response_class=Response, responses=TABLE)
@act("plan.read")
def updates_table(read: Reader, plan: str, asked: Report) -> Response:
    """A row for each report of progress, oldest first."""
    return asked.table(read, plan, "updates")


@router.get("/decisions.csv", response_class=Response, responses=TABLE)
@act("plan.read")
def decisions_table(read: Reader, plan: str, asked: Report) -> Response:
    """A row for each decision, oldest first."""
    return asked.table(read, plan, "decisions")


@router.get("/evidence.csv", response_class=Response, responses=TABLE)
@act("plan.read")
def evidence_table(read: Reader, plan: str, asked: Report) -> Response:
    """A row for each item of evidence, oldest first; of a confidential one others see the summary."""
    return asked.table(read, plan, "evidence")


@router.get("/priorities.csv", response_class=Response, responses=TABLE)
@act("plan.read")
def priorities_table(read: Reader, plan: str, asked: Report) -> Response:
    """A row for each priority with its headline and counts."""
    return asked.table(read, plan, "priorities")


@router.get("/daily-status.csv", response_class=Response, responses=TABLE)
@act("plan.read")
def daily_table(read: Reader, plan: str, asked: Report, first: From = None, last: To = None) -> Response:
    """How many actions stood at each stage and colour, by day and priority; at most three years at a time."""
    access = plan_for(read, plan)
    return asked.answer(read, access, lambda: queries.daily_table(read, access, first, last))
