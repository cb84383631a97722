"""The people's door to reports: the dashboard, what changed since a day, and the recommendations with their actions."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.actions.display import look_word
from app.assurance.queries import proposal
from app.core.words import _
from app.plans.queries import plan_for, plan_nav
from app.reports import queries
from app.reports.addresses import Addresses
from app.reports.schemas import Compared
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader
from app.web.forms import Form
from app.web.kept import keep

router = APIRouter(prefix="/plans/{plan}", include_in_schema=False)
Made = TypeVar("Made")


@router.get("")
@act("plan.read")
def dashboard(request: Request, read: Reader, plan: str, since: str = "", done: UUID | None = None) -> Response:
    access = plan_for(read, plan)
    keep(request, read, access.id)
    shown, form = _compared(since, lambda day: queries.screen(read, access, day))
    return render.page(
        request,
        "reports/show.html",
        _("Where the plan stands"),
        status=form.status,
        form=form,
        nav=plan_nav(access, "dashboard"),
        shown=shown,
        headline_word=look_word(shown.headline.rating, shown.view.legend),
        may_create=access.may("action.create"),
        done=proposal(read, access, done) if done else None,
        back=Addresses(access.slug).dashboard(shown.news.since if since and shown.news else None),
    )


@router.get("/since")
@act("plan.read")
def since(request: Request, read: Reader, plan: str, since: str = "") -> Response:
    access = plan_for(read, plan)
    if not since.strip():
        usual, to = queries.usual_day(read, access), Addresses(access.slug, access.as_at)
        return render.see_other(request, to.since(usual) if usual else to.dashboard())
    keep(request, read, access.id)
    found, form = _compared(since, lambda day: queries.news(read, access, day))
    return render.page(
        request,
        "reports/since.html",
        _("What changed"),
        status=form.status,
        nav=plan_nav(access, "dashboard"),
        found=found,
        form=form,
    )


def _compared(since: str, made: Callable[[date | None], Made]) -> tuple[Made, Form]:
    """Made of the day that was typed; where that does not do, of the usual one, with what is wrong in the form."""
    given = forms.read(Compared, {"since": since})
    if isinstance(given, Form):
        return made(None), given
    form = Form({"since": since})
    with forms.refused(form):
        return made(given.since), form
    return made(None), form


@router.get("/trend")
@act("plan.read")
def trend(request: Request, read: Reader, plan: str) -> Response:
    access = plan_for(read, plan)
    keep(request, read, access.id)
    view, drawn = queries.months(read, access)
    return render.page(
        request,
        "reports/trend.html",
        _("Delivered and assured against agreed dates"),
        nav=plan_nav(access, "dashboard"),
        plan=view,
        trend=drawn,
        back=drawn.rows[0].href,
    )


@router.get("/recommendations")
@act("plan.read")
def recommendations(
    request: Request,
    read: Reader,
    plan: str,
    framework: str = "",
    standing: str = "",
    look: str = "",
    stage: str = "",
    flag: str = "",
) -> Response:
    access = plan_for(read, plan)
    keep(request, read, access.id)
    found = queries.answered(read, access, queries.Wanted(framework, standing, look, stage, flag))
    shown: dict[str, Any] = {"found": found, "slug": access.slug}
    return render.page(
        request,
        "reports/recommendations.html",
        _("Recommendations"),
        nav=plan_nav(access, "recommendations"),
        may_create=access.may("action.create"),
        **shown,
    )
