"""Acts on many actions: the same change to those picked, and all that a person holds handed over. Preview first."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from app.actions import bulk, commands
from app.actions.filters import apply
from app.actions.pages.around import asked_by, state
from app.actions.pages.editing import choices
from app.actions.pages.opening import opened
from app.actions.schemas import EditMany, HandOver, ManyRead, PasteActions, PasteRead
from app.core.db import Read
from app.core.words import _
from app.plans.queries import plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/actions", include_in_schema=False)


@router.get("/many")
@act("action.edit")
def pick(request: Request, read: Reader, plan: str) -> Response:
    return _pick(request, read, plan, {}, Form())


@router.post("/many")
@act("action.edit")
def change(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    """First what would happen; with `confirmed`, the same once more and for good."""
    here = opened(tx, plan, "action.edit")
    found = forms.made(
        tx,
        EditMany,
        values,
        lambda given: commands.edit_many(tx, access=here.access, given=given),
        sent=bulk.edit_given(values),
    )
    if isinstance(found, Form):
        return _pick(request, tx, plan, values, found)
    if found.done:
        return render.see_other(request, here.base)
    return _preview(request, tx, plan, values, found, address="many", title=_("Edit many: look before you save"))


def _pick(request: Request, read: Read, plan: str, values: Mapping[str, Any], form: Form) -> Response:
    here = opened(read, plan, "action.edit")
    wanted = asked_by(here, request.query_params.multi_items())
    found = [a for a in apply(here.view, wanted.filters) if here.may("action.edit", a) and a.stage.is_in_force]
    return render.page(
        request,
        "actions/many.html",
        _("Edit many"),
        status=form.status,
        nav=plan_nav(here.access, "tracker"),
        base=here.base,
        plan=here.view,
        rows=bulk.drawn(here.view, found),
        picked=frozenset(bulk.refs(values)),
        form=form,
        is_draft=here.access.is_draft,
        state=state(here, wanted, len(found)),
        **choices(read, here, values),
    )


@router.get("/hand-over")
@act("action.owner")
def leaving(request: Request, read: Reader, plan: str) -> Response:
    return _leaving(request, read, plan, Form(values={"as_owner": "1", "as_executive": "1"}))


@router.post("/hand-over")
@act("action.owner")
def hand_over(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    here = opened(tx, plan, "action.owner")
    found = forms.made(
        tx,
        HandOver,
        values,
        lambda given: commands.hand_over(tx, access=here.access, given=given),
        sent=bulk.hand_over_given(values),
    )
    if isinstance(found, Form):
        return _leaving(request, tx, plan, found)
    if found.done:
        return render.see_other(request, here.base)
    return _preview(request, tx, plan, values, found, address="hand-over", title=_("Hand over: look before you save"))


def _leaving(request: Request, read: Read, plan: str, form: Form) -> Response:
    here = opened(read, plan, "action.owner")
    held = {p.id: p for a in here.view.actions for p in (a.accountable_person, a.lead_executive) if p}
    return render.page(
        request,
        "actions/leaving.html",
        _("Hand over all of a person who leaves"),
        status=form.status,
        nav=plan_nav(here.access, "tracker"),
        base=here.base,
        plan=here.view,
        form=form,
        leavers=bulk.leavers(held.values()),
        **choices(read, here, form.values),
    )


def _preview(
    request: Request, read: Read, plan: str, values: Mapping[str, Any], found: ManyRead, *, address: str, title: str
) -> Response:
    here = opened(read, plan)
    return render.page(
        request,
        "actions/preview.html",
        title,
        nav=plan_nav(here.access, "tracker"),
        base=here.base,
        address=f"{here.base}/{address}",
        rows=bulk.changed_rows(found, here.view),
        refused=len(bulk.refused_refs(found)),
        kept=[*bulk.kept(values), ("revision", str(found.revision))],
        without=bulk.kept(values, bulk.refused_refs(found)) if address == "many" else [],
        count=bulk.count_text(found),
    )


@router.get("/paste")
@act("action.create")
def paste_form(request: Request, read: Reader, plan: str) -> Response:
    return _paste(request, read, plan, Form(), None)


@router.post("/paste")
@act("action.create")
def paste_rows(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    here = opened(tx, plan, "action.create")
    found = forms.made(
        tx,
        PasteActions,
        values,
        lambda given: commands.paste_actions(tx, access=here.access, given=given),
        sent=bulk.paste_given(values),
    )
    if isinstance(found, Form):
        return _paste(request, tx, plan, found, None)
    if found.done:
        return render.see_other(request, here.base)
    return _paste(request, tx, plan, Form(values), found)


def _paste(request: Request, read: Read, plan: str, form: Form, found: PasteRead | None) -> Response:
    here = opened(read, plan, "action.create")
    return render.page(
        request,
        "actions/paste.html",
        _("Paste rows from a spreadsheet"),
        status=form.status,
        nav=plan_nav(here.access, "tracker"),
        base=here.base,
        plan=here.view,
        form=form,
        found=bulk.pasted(found) if found else None,
        headed=bool(form.values.get("headings")) or (found is not None and bool(found.headings)),
        columns=bulk.column_options(),
        **choices(read, here, form.values),
    )
