"""Asking for other rating settings, with what they would do counted before anybody asks."""

from typing import Any

from fastapi import APIRouter, Request, Response

from app.assurance import commands, queries
from app.assurance.pages.frame import nested
from app.assurance.rules import Move, ProposalState
from app.assurance.schemas import CountsRead, NewSettingsProposal
from app.core.db import Read
from app.core.words import _
from app.plans.queries import PlanAccess, plan_for, plan_nav
from app.plans.queries.listing import CADENCE_WORDS
from app.plans.queries.thresholds import thresholds
from app.plans.rules import Cadence
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/settings/rating")


@router.get("")
@act("plan.read")
def show(request: Request, read: Reader, plan: str) -> Response:
    return _show(request, read, plan_for(read, plan), Form())


@router.post("")
@act("plan.structure")
def propose(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    """One form, two buttons: count what it would do, or ask for it."""
    access = plan_for(tx, plan, "plan.structure")
    if values.get("go") == "count":
        return _count(request, tx, access, values)
    made = forms.made(
        tx,
        NewSettingsProposal,
        values,
        lambda given: commands.propose_settings(tx, access=access, given=given),
        sent=nested(values, "settings"),
    )
    if isinstance(made, Form):
        return _show(request, tx, access, made)
    return render.see_other(request, f"/plans/{plan}/proposals/{made.id}?new=1")


def _count(request: Request, read: Read, access: PlanAccess, values: dict[str, Any]) -> Response:
    given = forms.read(NewSettingsProposal, values, nested(values, "settings"))
    if isinstance(given, Form):
        return _show(request, read, access, given)
    return _show(request, read, access, Form(values), queries.previewed(read, access, given))


def _show(request: Request, read: Read, access: PlanAccess, form: Form, counts: CountsRead | None = None) -> Response:
    waiting = [p for p in queries.proposals(read, access, state=ProposalState.open) if p.move is Move.plan_settings]
    return render.page(
        request,
        "assurance/rating.html",
        _("Change the rating rules"),
        status=form.status,
        nav=plan_nav(access, "settings"),
        base=f"/plans/{access.slug}",
        form=form,
        counts=counts,
        groups=thresholds(access.settings),
        cadence=access.settings.cadence.value,
        cadences=[{"value": c.value, "text": _(CADENCE_WORDS[c])} for c in Cadence],
        yes_no=[{"value": "true", "text": _("Yes")}, {"value": "false", "text": _("No")}],
        waiting=waiting,
        is_draft=access.is_draft,
        may_ask=access.may("plan.structure"),
        back={"href": f"/plans/{access.slug}/settings/rules", "text": _("Rating rules")},
    )
