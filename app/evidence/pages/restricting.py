"""Showing an item of evidence to named people alone."""

from fastapi import APIRouter, Request, Response

from app.actions.queries import plan_view
from app.actions.restricting import offered
from app.core.db import Read
from app.core.words import _
from app.evidence import commands, queries
from app.plans.queries import PlanAccess, plan_for, plan_nav
from app.plans.schemas import NewRestriction, OpenedAgain
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/evidence/{ref}/restriction")


@router.get("")
@act("action.restrict")
def show(request: Request, read: Reader, plan: str, ref: str) -> Response:
    access = plan_for(read, plan, "action.restrict")
    access.require("action.restrict")
    return _page(request, read, access, ref, Form())


@router.post("")
@act("action.restrict")
def save(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "action.restrict")
    form = forms.settled(
        tx,
        NewRestriction,
        values,
        lambda given: commands.restrict(tx, access=access, ref=ref, given=given),
        sent={"named": []} | values,
    )
    return render.see_other(request, _address(access, ref)) if form is None else _page(request, tx, access, ref, form)


@router.post("/end")
@act("action.restrict")
def end(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "action.restrict")
    form = forms.settled(
        tx, OpenedAgain, values, lambda given: commands.open_again(tx, access=access, ref=ref, given=given)
    )
    return render.see_other(request, _address(access, ref)) if form is None else _page(request, tx, access, ref, form)


def _address(access: PlanAccess, ref: str) -> str:
    return f"/plans/{access.slug}/evidence/{ref}"


def _page(request: Request, read: Read, access: PlanAccess, ref: str, form: Form) -> Response:
    item = queries.evidence_item(read, access, ref)
    held = queries.restriction_of_item(read, access, ref)
    offer = offered(plan_view(read, access), held, form.values, {access.actor.email})
    return render.page(
        request,
        "actions/restriction.html",
        _("Restrict evidence {ref}", ref=ref),
        status=form.status,
        nav=plan_nav(access, "evidence"),
        about=item.shows,
        address=_address(access, ref),
        asked="",
        held=held,
        people=offer.people,
        named=offer.named,
        form=form,
    )
