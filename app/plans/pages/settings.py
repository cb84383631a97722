"""The plan's own words and period, its rating rules, and its legend."""

from fastapi import APIRouter, Request, Response

from app.core.db import Read
from app.core.words import _
from app.plans import commands, queries
from app.plans.pages.frame import cadences, page, settings_shown
from app.plans.queries.thresholds import SWITCHES, thresholds
from app.plans.schemas import ChangedLegend, ChangedPlan, ChangedSettings
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/settings", include_in_schema=False)


@router.get("")
@act("plan.read")
def show(request: Request, read: Reader, plan: str) -> Response:
    return _show(request, read, plan)


@router.post("")
@act("plan.structure")
def change(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    revision = forms.revision(values)
    form = forms.settled(
        tx, ChangedPlan, values, lambda given: commands.change_plan(tx, slug=plan, given=given, revision=revision)
    )
    return _show(request, tx, plan, form) if form else render.see_other(request, f"/plans/{plan}/settings")


def _show(request: Request, read: Read, slug: str, form: Form | None = None) -> Response:
    access = queries.plan_for(read, slug)
    return page(request, read, slug, "plans/settings.html", form=form, at="plan", **settings_shown(read, access))


@router.get("/rules")
@act("plan.read")
def rules(request: Request, read: Reader, plan: str) -> Response:
    return _rules(request, read, plan)


@router.post("/rules")
@act("plan.structure")
def change_rules(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    revision = forms.revision(values)
    # A browser sends nothing for an empty box.
    typed = values | {name: name in values for name in SWITCHES}
    form = forms.settled(
        tx,
        ChangedSettings,
        typed,
        lambda given: commands.change_settings(tx, slug=plan, given=given, revision=revision),
    )
    return _rules(request, tx, plan, form) if form else render.see_other(request, f"/plans/{plan}/settings/rules")


def _rules(request: Request, read: Read, slug: str, form: Form | None = None) -> Response:
    access = queries.plan_for(read, slug)
    return page(
        request,
        read,
        slug,
        "plans/rules.html",
        form=form,
        groups=thresholds(access.settings),
        cadences=cadences(),
        at="rules",
    )


@router.get("/legend")
@act("plan.read")
def legend(request: Request, read: Reader, plan: str) -> Response:
    return page(request, read, plan, "plans/legend.html", colours=_colours(), may_word=_may_word(read, plan))


@router.post("/legend")
@act("plan.legend")
def change_legend(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    revision = forms.revision(values)
    form = forms.settled(
        tx, ChangedLegend, values, lambda given: commands.change_legend(tx, slug=plan, given=given, revision=revision)
    )
    if form is None:
        return render.see_other(request, f"/plans/{plan}/settings/legend")
    return page(request, tx, plan, "plans/legend.html", form=form, at="legend", colours=_colours(), may_word=True)


def _may_word(read: Read, slug: str) -> bool:
    access = queries.plan_for(read, slug)
    return access.may("plan.seats") or (access.is_draft and access.may("plan.legend"))


def _colours() -> dict[str, str]:
    return {"red": _("Red"), "amber": _("Amber"), "green": _("Green"), "blue": _("Blue"), "grey": _("Grey")}
