"""Delegations: who decides for whom, and until when."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.assurance import commands, queries
from app.assurance.pages.frame import seats, ways
from app.assurance.schemas import NewDelegation, NewWithdrawal
from app.core.db import Read
from app.core.words import _
from app.plans.queries import PlanAccess, bodies, plan_for, plan_nav
from app.plans.rules import BodyKind
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/delegations")


@router.get("")
@act("plan.read")
def show(request: Request, read: Reader, plan: str) -> Response:
    return _show(request, read, plan_for(read, plan), Form())


@router.post("")
@act("delegation.give")
def give(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "delegation.give")
    form = forms.settled(tx, NewDelegation, values, lambda given: commands.delegate(tx, access=access, given=given))
    return _show(request, tx, access, form) if form else render.see_other(request, f"/plans/{plan}/delegations")


@router.post("/{delegation_id}/end")
@act("proposal.decide")
def end(request: Request, tx: Writer, plan: str, delegation_id: UUID, values: Typed) -> Response:
    access = plan_for(tx, plan)
    form = forms.settled(
        tx,
        NewWithdrawal,
        values,
        lambda given: commands.end_delegation(tx, access=access, delegation_id=delegation_id, given=given),
    )
    return _show(request, tx, access, form) if form else render.see_other(request, f"/plans/{plan}/delegations")


def _show(request: Request, read: Read, access: PlanAccess, form: Form) -> Response:
    held = bodies(read, access.id)
    return render.page(
        request,
        "assurance/delegations.html",
        _("Delegations"),
        status=form.status,
        nav=plan_nav(access, "decisions"),
        base=f"/plans/{access.slug}",
        ways=ways(access, "delegations"),
        form=form,
        found=queries.delegations(read, access),
        may_give=access.may("delegation.give"),
        bodies=[{"value": b.name, "text": b.name} for b in held if b.kind is not BodyKind.assurance_panel],
        people=[{"value": s["email"], "text": s["name"]} for s in seats(held)],
    )
