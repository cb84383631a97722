"""Publications by stage: what is answered, how far, and what is missing."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.core.dates import OptionalDay
from app.core.db import Read
from app.core.words import _
from app.coverage import commands, queries
from app.coverage.schemas import AddedFramework
from app.plans.queries import PlanAccess, plan_for, plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed
from app.web.kept import keep

router = APIRouter(prefix="/plans/{plan}/coverage")
Since = Annotated[OptionalDay, Query()]
Key = Annotated[str, Query(max_length=64)]


@router.get("")
@act("plan.read")
def show(request: Request, read: Reader, plan: str, since: Since = None, added: Key = "") -> Response:
    access = plan_for(read, plan)
    keep(request, read, access.id)
    return _page(request, read, access, Form({"since": since}), added)


@router.post("/frameworks")
@act("coverage.plan")
def add(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "coverage.plan")
    form = forms.settled(
        tx, AddedFramework, values, lambda given: commands.add_framework(tx, access=access, given=given)
    )
    if form is None:
        return render.see_other(request, f"/plans/{plan}/coverage?added={values['framework']}")
    return _page(request, tx, access, form, "")


@router.post("/frameworks/{key}/remove")
@act("coverage.plan")
def remove(request: Request, tx: Writer, plan: str, key: str) -> Response:
    commands.remove_framework(tx, access=plan_for(tx, plan, "coverage.plan"), key=key)
    return render.see_other(request, f"/plans/{plan}/coverage")


def _page(request: Request, read: Read, access: PlanAccess, form: Form, added: str) -> Response:
    found = queries.matrix(read, access, form.value("since", None) or None)
    return render.page(
        request,
        "coverage/show.html",
        _("Coverage by stage"),
        status=form.status,
        nav=plan_nav(access, "recommendations"),
        found=found,
        form=form,
        base=f"/plans/{access.slug}",
        told=queries.already_answered(read, access, added) if added in {r.key for r in found.rows} else None,
        may_add=access.may("coverage.plan"),
        may_ask=access.may("standing.propose"),
    )
