"""The board's questions: all of a plan, one to ask, one to answer."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.actions.queries import action as action_view
from app.assurance import commands, queries
from app.assurance.pages.frame import action_address, ways
from app.assurance.schemas import NewAnswer, NewQuestion
from app.core.db import Read
from app.core.words import _
from app.plans.queries import PlanAccess, plan_for, plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed
from app.web.htmx import came_from

Place = Annotated[str, Query(pattern="^(row|page)$")]
router = APIRouter(prefix="/plans/{plan}")


@router.get("/questions")
@act("plan.read")
def listing(request: Request, read: Reader, plan: str) -> Response:
    access = plan_for(read, plan)
    return render.page(
        request,
        "assurance/questions.html",
        _("Questions"),
        nav=plan_nav(access, "decisions"),
        base=f"/plans/{access.slug}",
        ways=ways(access, "questions"),
        found=queries.questions(read, access),
    )


@router.get("/actions/{ref}/questions/new")
@act("question.ask")
def new(request: Request, read: Reader, plan: str, ref: str, place: Place = "page") -> Response:
    """place: asked from the action's own page, or from its row of the tracker."""
    path, query = came_from(request)
    back = query if path == f"/plans/{plan}/actions" else ""
    return _new(request, read, plan_for(read, plan, "question.ask"), ref, Form({"place": place, "back": back}))


@router.post("/actions/{ref}/questions/new")
@act("question.ask")
def ask(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "question.ask")
    form = forms.settled(
        tx, NewQuestion, values, lambda given: commands.ask_question(tx, access=access, ref=ref, given=given)
    )
    if form is None:
        return render.see_other(request, _from(access, ref, values))
    return _new(request, tx, access, ref, form)


@router.get("/questions/{question_id}")
@act("plan.read")
def show(request: Request, read: Reader, plan: str, question_id: UUID) -> Response:
    return _show(request, read, plan_for(read, plan), question_id, Form())


@router.post("/questions/{question_id}/answer")
@act("question.answer")
def answer(request: Request, tx: Writer, plan: str, question_id: UUID, values: Typed) -> Response:
    access = plan_for(tx, plan, "question.answer")
    form = forms.settled(
        tx,
        NewAnswer,
        values,
        lambda given: commands.answer_question(tx, access=access, question_id=question_id, given=given),
    )
    if form is None:
        return render.see_other(request, f"/plans/{plan}/questions/{question_id}")
    return _show(request, tx, access, question_id, form)


def _from(access: PlanAccess, ref: str, values: Mapping[str, Any]) -> str:
    """Where the question was asked from: the row, in the list as it was filtered, or the action's page."""
    if values.get("place") != "row":
        return f"{action_address(access, ref)}#questions"
    query = urlencode(parse_qsl(str(values.get("back", ""))[:2000]))
    return f"/plans/{access.slug}/actions" + (f"?{query}" if query else "") + f"#{ref}"


def _new(request: Request, read: Read, access: PlanAccess, ref: str, form: Form) -> Response:
    action = action_view(read, access, ref)
    access.require("question.ask", action, action.contributor_ids)
    return render.page(
        request,
        "assurance/ask.html",
        _("Ask a question"),
        status=form.status,
        nav=plan_nav(access, "tracker"),
        action=action,
        form=form,
        address=f"{action_address(access, ref)}/questions/new",
        back={
            "href": _from(access, ref, form.values),
            "text": _("Back to the list") if form.value("place") == "row" else _("Action {ref}", ref=ref),
        },
    )


def _show(request: Request, read: Read, access: PlanAccess, question_id: UUID, form: Form) -> Response:
    found = queries.question(read, access, question_id)
    return render.page(
        request,
        "assurance/question.html",
        _("Question on {ref}", ref=found.ref),
        status=form.status,
        nav=plan_nav(access, "decisions"),
        q=found,
        form=form,
        back={"href": f"/plans/{access.slug}/questions", "text": _("Questions")},
        action_href=action_address(access, found.ref),
    )
