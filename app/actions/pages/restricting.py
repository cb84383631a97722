"""Showing an action, or one update on it, to named people alone."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.actions import commands, queries
from app.actions.pages.opening import Opened, opened
from app.actions.restricting import offered
from app.actions.view import ActionView
from app.core.db import Read
from app.core.words import _
from app.plans.queries import plan_nav, restriction_of
from app.plans.schemas import NewRestriction, OpenedAgain
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/actions/{ref}", include_in_schema=False)


@router.get("/restriction")
@act("action.restrict")
def show(request: Request, read: Reader, plan: str, ref: str, update: UUID | None = None) -> Response:
    here, action = _of(read, plan, ref)
    return _page(request, read, here, action, update, Form())


@router.post("/restriction")
@act("action.restrict")
def save(request: Request, tx: Writer, plan: str, ref: str, values: Typed, update: UUID | None = None) -> Response:
    here, action = _of(tx, plan, ref)
    do: Callable[..., object] = commands.restrict_action
    if update is not None:
        do = partial(commands.restrict_update, update_id=update)
    form = forms.settled(
        tx,
        NewRestriction,
        values,
        lambda given: do(tx, access=here.access, ref=ref, given=given),
        sent={"named": []} | values,
    )
    if form is None:
        return render.see_other(request, f"{here.base}/{ref}#restriction")
    return _page(request, tx, here, action, update, form)


@router.post("/restriction/end")
@act("action.restrict")
def end(request: Request, tx: Writer, plan: str, ref: str, values: Typed, update: UUID | None = None) -> Response:
    here, action = _of(tx, plan, ref)
    do: Callable[..., object] = commands.open_action
    if update is not None:
        do = partial(commands.open_update, update_id=update)
    form = forms.settled(tx, OpenedAgain, values, lambda given: do(tx, access=here.access, ref=ref, given=given))
    if form is None:
        return render.see_other(request, f"{here.base}/{ref}")
    return _page(request, tx, here, action, update, form)


def _of(read: Read, plan: str, ref: str) -> tuple[Opened, ActionView]:
    here = opened(read, plan, "action.restrict")
    action = queries.action(read, here.access, ref)
    here.access.require("action.restrict", action)
    return here, action


def _page(request: Request, read: Read, here: Opened, action: ActionView, update: UUID | None, form: Form) -> Response:
    held = restriction_of(read, here.access, update or action.id)
    doers = (action.accountable_person, action.lead_executive, *action.contributors)
    offer = offered(here.view, held, form.values, {p.email for p in doers if p} | {here.access.actor.email})
    return render.page(
        request,
        "actions/restriction.html",
        _("Restrict an update on {ref}", ref=action.ref) if update else _("Restrict {ref}", ref=action.ref),
        status=form.status,
        nav=plan_nav(here.access, "tracker"),
        about=action.title,
        address=f"{here.base}/{action.ref}",
        asked=f"?update={update}" if update else "",
        held=held,
        people=offer.people,
        named=offer.named,
        form=form,
    )
