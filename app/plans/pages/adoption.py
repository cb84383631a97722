"""What adoption does, shown before the chair does it; and closing."""

from fastapi import APIRouter, Request, Response

from app.actions.commands import life
from app.actions.queries.adoption import draft_counts
from app.core.db import Read
from app.core.given import Given
from app.core.words import _
from app.people.queries import anybody_is
from app.people.rules import Role
from app.plans import commands, queries
from app.plans.pages.frame import page, settings_shown
from app.plans.schemas import ClosedPlan
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}", include_in_schema=False)


@router.get("/adopt")
@act("plan.read")
def show(request: Request, read: Reader, plan: str) -> Response:
    return _show(request, read, plan, Form())


@router.post("/adopt")
@act("plan.adopt")
def adopt(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    revision = forms.revision(values)
    form = forms.settled(tx, Given, values, lambda _given: life.adopt_plan(tx, slug=plan, revision=revision))
    return _show(request, tx, plan, form) if form else render.see_other(request, f"/plans/{plan}/actions")


@router.post("/settings/close")
@act("plan.adopt")
def close(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    revision = forms.revision(values)
    form = forms.settled(
        tx, ClosedPlan, values, lambda given: commands.close_plan(tx, slug=plan, revision=revision, why=given.why)
    )
    if form is None:
        return render.see_other(request, f"/plans/{plan}/settings")
    access = queries.plan_for(tx, plan)
    return page(request, tx, plan, "plans/settings.html", form=form, at="close", **settings_shown(tx, access))


def _show(request: Request, read: Read, slug: str, form: Form) -> Response:
    access = queries.plan_for(read, slug)
    return render.page(
        request,
        "plans/adopt.html",
        _("Adopt the plan"),
        status=form.status,
        nav=queries.plan_nav(access, "settings"),
        plan=queries.plan_read(read, access),
        form=form,
        counts=draft_counts(read, access.id),
        bodies=queries.bodies(read, access.id),
        may_adopt=access.may("plan.adopt"),
        has_chair=anybody_is(read, Role.chair, access.organisation_id),
        may_add_people=access.may("admin.change"),
    )
