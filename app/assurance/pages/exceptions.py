"""Exception reports: the list, the form, and one on one side of paper."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.actions.queries import action as action_view
from app.assurance import commands, queries
from app.assurance.pages.frame import action_address, ways
from app.assurance.schemas import NewAnswer, NewException
from app.core.db import Read
from app.core.words import _
from app.plans.queries import PlanAccess, plan_for, plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}")


@router.get("/exceptions")
@act("plan.read")
def listing(request: Request, read: Reader, plan: str) -> Response:
    access = plan_for(read, plan)
    return render.page(
        request,
        "assurance/exceptions.html",
        _("Exception reports"),
        nav=plan_nav(access, "decisions"),
        base=f"/plans/{access.slug}",
        ways=ways(access, "exceptions"),
        found=queries.exceptions(read, access),
    )


@router.get("/actions/{ref}/exceptions/new")
@act("action.propose")
def new(request: Request, read: Reader, plan: str, ref: str) -> Response:
    return _new(request, read, plan_for(read, plan), ref, Form())


@router.post("/actions/{ref}/exceptions/new")
@act("action.propose")
def report(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    access = plan_for(tx, plan)
    made = forms.made(
        tx, NewException, values, lambda given: commands.report_exception(tx, access=access, ref=ref, given=given)
    )
    if isinstance(made, Form):
        return _new(request, tx, access, ref, made)
    return render.see_other(request, f"/plans/{plan}/exceptions/{made.id}")


@router.get("/exceptions/{report_id}")
@act("plan.read")
def show(request: Request, read: Reader, plan: str, report_id: UUID) -> Response:
    return _show(request, read, plan_for(read, plan), report_id, Form())


@router.post("/exceptions/{report_id}/answer")
@act("proposal.decide")
def answer(request: Request, tx: Writer, plan: str, report_id: UUID, values: Typed) -> Response:
    access = plan_for(tx, plan, "proposal.decide")
    form = forms.settled(
        tx,
        NewAnswer,
        values,
        lambda given: commands.answer_exception(tx, access=access, report_id=report_id, given=given),
    )
    if form is None:
        return render.see_other(request, f"/plans/{plan}/exceptions/{report_id}")
    return _show(request, tx, access, report_id, form)


def _new(request: Request, read: Read, access: PlanAccess, ref: str, form: Form) -> Response:
    action = action_view(read, access, ref)
    access.require("action.propose", action, action.contributor_ids)
    return render.page(
        request,
        "assurance/report.html",
        _("Report an exception"),
        status=form.status,
        nav=plan_nav(access, "tracker"),
        action=action,
        form=form,
        recovers=queries.may_recover(action),
        address=f"{action_address(access, ref)}/exceptions/new",
        back={"href": action_address(access, ref), "text": _("Action {ref}", ref=ref)},
    )


def _show(request: Request, read: Read, access: PlanAccess, report_id: UUID, form: Form) -> Response:
    found = queries.exception(read, access, report_id)
    return render.page(
        request,
        "assurance/exception.html",
        _("Exception report, {ref}", ref=found.ref),
        status=form.status,
        nav=plan_nav(access, "decisions"),
        base=f"/plans/{access.slug}",
        plan_title=access.title,
        action=action_view(read, access, found.ref),
        x=found,
        form=form,
        back={"href": action_address(access, found.ref), "text": _("Action {ref}", ref=found.ref)},
    )
