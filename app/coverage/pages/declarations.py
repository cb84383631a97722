"""The workspace of a declaration, and what was signed, ready to print."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.core.db import Read
from app.core.words import _
from app.coverage import commands, queries
from app.coverage.schemas import Checking, Dissenting, LineGiven, NewDeclaration, Signing
from app.plans.queries import PlanAccess, plan_for, plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/declarations")
Number = Annotated[int, Path(ge=1, le=100_000)]


@router.get("")
@act("plan.read")
def listing(request: Request, read: Reader, plan: str) -> Response:
    return _list(request, read, plan_for(read, plan), Form())


@router.post("")
@act("declaration.prepare")
def begin(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "declaration.prepare")
    made = forms.made(
        tx, NewDeclaration, values, lambda given: commands.begin_declaration(tx, access=access, given=given)
    )
    if isinstance(made, Form):
        return _list(request, tx, access, made)
    return render.see_other(request, f"/plans/{plan}/declarations/{made.number}")


@router.get("/{number}")
@act("plan.read")
def show(request: Request, read: Reader, plan: str, number: Number) -> Response:
    return _show(request, read, plan_for(read, plan), number, Form())


@router.post("/{number}/lines/{ref}")
@act("declaration.prepare")
def change(request: Request, tx: Writer, plan: str, number: Number, ref: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "declaration.prepare")
    form = forms.settled(
        tx,
        LineGiven,
        values,
        lambda given: commands.change_line(tx, access=access, number=number, ref=ref, given=given),
    )
    return _after(request, tx, access, number, ref, form)


@router.post("/{number}/lines/{ref}/check")
@act("declaration.check")
def check(request: Request, tx: Writer, plan: str, number: Number, ref: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "declaration.check")
    form = forms.settled(
        tx, Checking, values, lambda given: commands.check_line(tx, access=access, number=number, ref=ref, given=given)
    )
    return _after(request, tx, access, number, ref, form)


@router.post("/{number}/lines/{ref}/dissent")
@act("declaration.dissent")
def dissent(request: Request, tx: Writer, plan: str, number: Number, ref: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "declaration.dissent")
    form = forms.settled(
        tx, Dissenting, values, lambda given: commands.dissent(tx, access=access, number=number, ref=ref, given=given)
    )
    return _after(request, tx, access, number, ref, form)


@router.post("/{number}/signature")
@act("declaration.sign")
def sign(request: Request, tx: Writer, plan: str, number: Number, values: Typed) -> Response:
    access = plan_for(tx, plan, "declaration.sign")
    form = forms.settled(
        tx, Signing, values, lambda given: commands.sign_declaration(tx, access=access, number=number, given=given)
    )
    if form is None:
        return render.see_other(request, f"/plans/{plan}/declarations/{number}")
    return _show(request, tx, access, number, form)


def _after(request: Request, read: Read, access: PlanAccess, number: int, ref: str, form: Form | None) -> Response:
    if form is None:
        return render.see_other(request, f"/plans/{access.slug}/declarations/{number}#line-{ref}")
    return _show(request, read, access, number, form, ref)


def _list(request: Request, read: Read, access: PlanAccess, form: Form) -> Response:
    return render.page(
        request,
        "coverage/declarations.html",
        _("Declarations"),
        status=form.status,
        nav=plan_nav(access, "recommendations"),
        form=form,
        base=f"/plans/{access.slug}",
        declarations=queries.declarations(read, access),
        frameworks=queries.declarable(read, access),
        may_begin=access.may("declaration.prepare"),
    )


def _show(request: Request, read: Read, access: PlanAccess, number: int, form: Form, wrong: str = "") -> Response:
    found = queries.declaration(read, access, number)
    return render.page(
        request,
        "coverage/declaration.html",
        found.title,
        status=form.status,
        nav=plan_nav(access, "recommendations"),
        form=form,
        wrong=wrong,
        base=f"/plans/{access.slug}",
        d=found,
        plan_title=access.title,
    )
