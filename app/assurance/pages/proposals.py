"""Asking for a move, and one proposal with its decision."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.assurance import commands, queries
from app.assurance.pages.frame import action_address, done_at, many, nested, seats, within
from app.assurance.rules import Asked
from app.assurance.schemas import Bringing, Declaration, NewDecision, NewProposal, NewWithdrawal
from app.core.db import Read
from app.core.words import _
from app.plans.queries import PlanAccess, bodies, plan_for, plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}")


@router.get("/actions/{ref}/proposals/new")
@act("plan.read")
def new(request: Request, read: Reader, plan: str, ref: str, move: Asked | None = None) -> Response:
    access = plan_for(read, plan)
    if move is None:
        return _choose(request, read, access, ref)
    return _new(request, read, access, ref, move, Form())


@router.post("/actions/{ref}/proposals/new")
@act("action.propose")
def propose(request: Request, tx: Writer, plan: str, ref: str, move: Asked, values: Typed) -> Response:
    access = plan_for(tx, plan)
    typed = values | {"move": move.value}
    made = forms.made(tx, NewProposal, typed, lambda given: commands.propose(tx, access=access, ref=ref, given=given))
    if isinstance(made, Form):
        return _new(request, tx, access, ref, move, made)
    return render.see_other(request, f"/plans/{plan}/proposals/{made.id}?new=1")


@router.get("/proposals/{proposal_id}")
@act("plan.read")
def show(request: Request, read: Reader, plan: str, proposal_id: UUID, new: bool = False) -> Response:
    return _show(request, read, plan_for(read, plan), proposal_id, Form(), is_new=new)


@router.post("/proposals/{proposal_id}/decision")
@act("proposal.decide")
def decide(request: Request, tx: Writer, plan: str, proposal_id: UUID, values: Typed) -> Response:
    access = plan_for(tx, plan, "proposal.decide")
    typed = values | {"meeting.present": many(values, "meeting.present")}
    form = forms.settled(
        tx,
        NewDecision,
        typed,
        lambda given: commands.decide(tx, access=access, proposal_id=proposal_id, given=given),
        sent=nested(typed, "meeting"),
    )
    if form is None:
        return render.see_other(request, done_at(values, plan, proposal_id))
    return _show(request, tx, access, proposal_id, form)


@router.post("/proposals/{proposal_id}/interest")
@act("proposal.decide")
def declare_interest(request: Request, tx: Writer, plan: str, proposal_id: UUID, values: Typed) -> Response:
    access = plan_for(tx, plan, "proposal.decide")
    form = forms.settled(
        tx,
        Declaration,
        values,
        lambda given: commands.declare_interest(tx, access=access, proposal_id=proposal_id, given=given),
    )
    if form is None:
        return render.see_other(request, f"/plans/{plan}/proposals/{proposal_id}")
    return _show(request, tx, access, proposal_id, form)


@router.post("/proposals/{proposal_id}/meeting")
@act("proposal.decide")
def bring(request: Request, tx: Writer, plan: str, proposal_id: UUID, values: Typed) -> Response:
    access = plan_for(tx, plan, "proposal.decide")
    form = forms.settled(
        tx,
        Bringing,
        values,
        lambda given: commands.bring_to_meeting(tx, access=access, proposal_id=proposal_id, given=given),
    )
    if form is None:
        return render.see_other(request, done_at(values, plan, proposal_id))
    return _show(request, tx, access, proposal_id, form)


@router.post("/proposals/{proposal_id}/withdrawal")
@act("proposal.withdraw")
def withdraw(request: Request, tx: Writer, plan: str, proposal_id: UUID, values: Typed) -> Response:
    access = plan_for(tx, plan, "proposal.withdraw")
    form = forms.settled(
        tx,
        NewWithdrawal,
        values,
        lambda given: commands.withdraw(tx, access=access, proposal_id=proposal_id, given=given),
    )
    if form is None:
        return render.see_other(request, f"/plans/{plan}/proposals/{proposal_id}")
    return _show(request, tx, access, proposal_id, form)


def _choose(request: Request, read: Read, access: PlanAccess, ref: str) -> Response:
    found = queries.choices(read, access, ref)
    return render.page(
        request,
        "assurance/choose.html",
        _("Ask for a decision"),
        nav=plan_nav(access, "tracker"),
        choices=found,
        back={"href": action_address(access, ref), "text": _("Action {ref}", ref=ref)},
    )


def _new(request: Request, read: Read, access: PlanAccess, ref: str, move: Asked, form: Form) -> Response:
    asked = queries.asking(read, access, ref, move)
    return render.page(
        request,
        "assurance/new.html",
        asked.words,
        status=form.status,
        nav=plan_nav(access, "tracker"),
        asked=asked,
        form=form,
        refs=queries.refs(read, access, ref) if "replaced_by" in asked.takes else [],
        address=f"{action_address(access, ref)}/proposals/new?move={move.value}",
        back={"href": action_address(access, ref), "text": _("Action {ref}", ref=ref)},
    )


def _show(
    request: Request, read: Read, access: PlanAccess, proposal_id: UUID, form: Form, *, is_new: bool = False
) -> Response:
    found, held = queries.proposal(read, access, proposal_id), bodies(read, access.id)
    context: dict[str, Any] = {
        "p": found,
        "back_to": within(access.slug, form.value("back") or request.query_params.get("back", "")),
        "form": form,
        "is_new": is_new,
        "bodies": [{"value": b.name, "text": b.name} for b in held],
        "seats": [
            seat
            for seat in seats([b for b in held if b.name == found.body and (b.quorum > 1 or found.needs_meeting)])
            if seat["email"] != access.actor.email
        ],
    }
    return render.page(
        request,
        "assurance/show.html",
        found.move_words,
        status=form.status,
        nav=plan_nav(access, "decisions"),
        base=f"/plans/{access.slug}",
        back={"href": f"/plans/{access.slug}/decisions", "text": _("Decisions")},
        **context,
    )
