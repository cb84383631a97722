"""Beginning a plan, led by the hand."""

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response

from app.actions.commands import beginnings
from app.core.db import Read
from app.core.words import _
from app.frameworks import queries as frameworks
from app.organisations import queries as organisations
from app.people.rights import Relation, allows
from app.plans.schemas import Beginning, NewPlan
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans", include_in_schema=False)


@router.get("/new")
@act("plan.create")
def new(request: Request, read: Reader, framework: str = "") -> Response:
    begin = Beginning.framework if framework else Beginning.template
    return _new(request, read, Form({"framework": framework, "begin": begin.value}))


@router.post("/new")
@act("plan.create")
def begin(request: Request, tx: Writer, values: Typed) -> Response:
    form = forms.settled(tx, NewPlan, values, lambda given: beginnings.begin_plan(tx, given=given))
    if form is None:
        return render.see_other(request, f"/plans/{values['plan'].strip()}/actions")
    return _new(request, tx, form)


@router.get("")
@act("home")
def every(request: Request) -> Response:
    """The list of plans is the first page."""
    return render.see_other(request, "/")


def _new(request: Request, read: Read, form: Form) -> Response:
    shelf = [f for f in frameworks.frameworks(read) if f.leaves]
    return render.page(
        request,
        "plans/new.html",
        _("Begin a plan"),
        status=form.status,
        form=form,
        organisations=_mine(read),
        beginnings=_beginnings(),
        publications=[
            {"value": f.key, "text": _("{title}: {n} actions", title=f.short_title, n=f.leaves)} for f in shelf
        ],
    )


def _mine(read: Read) -> list[dict[str, str]]:
    """The organisations where the asker may begin a plan."""
    may = {
        grant.organisation_id
        for grant in read.actor.grants
        if allows("plan.create", [(grant.role, Relation.organisation)])
    }
    return [{"value": o.code, "text": f"{o.name} ({o.code})"} for o in organisations.organisations(read) if o.id in may]


def _beginnings() -> Sequence[dict[str, str]]:
    return [
        {
            "value": Beginning.framework.value,
            "text": _("Start from a publication"),
            "hint": _("Each of its recommendations becomes an action that meets it."),
        },
        {
            "value": Beginning.template.value,
            "text": _("Four priorities"),
            "hint": _("Safe care, listening, workforce, leadership. You reword them and add the actions."),
        },
        {
            "value": Beginning.rows.value,
            "text": _("Bring your spreadsheet"),
            "hint": _("Paste rows below: priority, action, due date."),
        },
        {
            "value": Beginning.empty.value,
            "text": _("Empty"),
            "hint": _("One priority, named after the plan."),
        },
    ]
