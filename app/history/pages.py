"""The people's door to a plan's history: who did what, one sentence each, with why."""

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request, Response

from app.actions.queries import plan_view
from app.actions.view import PlanView
from app.assurance.naming import names_of
from app.core.dates import OptionalDay
from app.core.moment import revision_shown
from app.core.words import _, ngettext
from app.history import queries
from app.history.schemas import Deed, Filters
from app.history.words import DOORS, SUBJECTS
from app.plans.queries import plan_for, plan_nav
from app.web import render
from app.web.access import act
from app.web.doors import Reader

router = APIRouter(prefix="/plans/{plan}", include_in_schema=False)
DayQuery = Annotated[OptionalDay, Query()]
SHOWN = 50


@router.get("/history")
@act("plan.read")
def history(
    request: Request,
    read: Reader,
    plan: str,
    person: str = "",
    door: str = "",
    about: str = "",
    since: DayQuery = None,
    until: DayQuery = None,
    before: Annotated[int | None, Query(ge=1, lt=2**31)] = None,
) -> Response:
    access = plan_for(read, plan)
    view, base = plan_view(read, access), f"/plans/{access.slug}"
    people = queries.people_in(read, access.stream)
    # A value that is not one of ours narrows nothing.
    known = (person in people, door in DOORS, about in SUBJECTS)
    asked = Filters(person if known[0] else "", door if known[1] else "", about if known[2] else "", since, until)
    shown = revision_shown(read, access.stream)
    found = queries.trail(read, access.stream, filters=asked, before=before, limit=SHOWN, until=shown)
    names = names_of(view)
    return render.page(
        request,
        "history/show.html",
        _("History"),
        nav=plan_nav(access, "history"),
        plan=view,
        base=base,
        asked=asked,
        entries=[queries.told(deed, names) | {"href": _address(base, deed, view)} for deed in found.deeds],
        position=ngettext("{n} entry", "{n} entries", len(found.deeds)),
        newest=_page(base, asked, None) if before else "",
        older=_page(base, asked, found.before) if found.before else "",
        people=[{"value": key, "text": name or _("Somebody")} for key, name in people.items()],
        doors=[{"value": key, "text": _(words)} for key, words in DOORS.items()],
        subjects=[{"value": key, "text": _(words)} for key, words in SUBJECTS.items()],
    )


def _address(base: str, deed: Deed, view: PlanView) -> str:
    """Of the one action that a deed is about; empty where it is about several or none."""
    refs = [ref for ref in deed.refs if ref in view.by_ref]
    return f"{base}/actions/{quote(refs[0], safe='')}" if len(refs) == 1 else ""


def _page(base: str, asked: Filters, before: int | None) -> str:
    kept: dict[str, Any] = {
        "person": asked.person, "door": asked.door, "about": asked.act, "since": asked.since, "until": asked.until,
        "before": before,
    }  # fmt: skip
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{base}/history?{query}" if query else f"{base}/history"
