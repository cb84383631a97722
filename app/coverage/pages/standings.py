"""How the organisation answers recommendations: asked for in bulk, decided by the lead executive."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.core.db import Read
from app.core.words import _
from app.coverage import commands, queries
from app.coverage.rules import Answer
from app.coverage.schemas import Chased, NewStandings, StandingDecision
from app.coverage.wording import ANSWERS
from app.plans.queries import PlanAccess, plan_for, plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/standings")
Key = Annotated[str, Query(max_length=64)]


@router.get("")
@act("plan.read")
def show(request: Request, read: Reader, plan: str, framework: Key = "") -> Response:
    return _page(request, read, plan_for(read, plan), framework, Form())


@router.post("")
@act("standing.propose")
def propose(request: Request, tx: Writer, plan: str, values: Typed, framework: Key = "") -> Response:
    access = plan_for(tx, plan, "standing.propose")
    form = forms.settled(
        tx, NewStandings, values, lambda given: commands.propose_standings(tx, access=access, given=given)
    )
    return _done(request, tx, access, framework, form)


@router.post("/decision")
@act("standing.decide")
def decide(request: Request, tx: Writer, plan: str, values: Typed, framework: Key = "") -> Response:
    access = plan_for(tx, plan, "standing.decide")
    form = forms.settled(
        tx, StandingDecision, values, lambda given: commands.decide_standings(tx, access=access, given=given)
    )
    return _done(request, tx, access, framework, form)


@router.post("/chase")
@act("standing.propose")
def chase(request: Request, tx: Writer, plan: str, values: Typed, framework: Key = "") -> Response:
    access = plan_for(tx, plan, "standing.propose")
    form = forms.settled(tx, Chased, values, lambda given: commands.note_chased(tx, access=access, given=given))
    return _done(request, tx, access, framework, form)


def _done(request: Request, read: Read, access: PlanAccess, framework: str, form: Form | None) -> Response:
    if form is None:
        return render.see_other(request, f"/plans/{access.slug}/standings?framework={framework}")
    return _page(request, read, access, framework, form)


def _page(request: Request, read: Read, access: PlanAccess, framework: str, form: Form) -> Response:
    every = queries.standings(read, access)
    found = queries.items_to_answer(read, access, framework) if framework else None
    context: dict[str, Any] = {
        "waiting": [s for s in every if s.asked],
        "external": [s for s in every if s.answer is Answer.external and s.recommendation.startswith(f"{framework}:")],
        "found": found,
        "frameworks": queries.shown_publications(read, access),
        "chosen": form.value("recommendations", []),
    }
    return render.page(
        request,
        "coverage/standings.html",
        _("How recommendations are answered"),
        status=form.status,
        nav=plan_nav(access, "recommendations"),
        form=form,
        base=f"/plans/{access.slug}",
        framework=framework,
        words=ANSWERS,
        answers=[{"value": a.value, "text": _(ANSWERS[a])} for a in Answer],
        may_ask=access.may("standing.propose"),
        **context,
    )
