"""Saving the list as it is under a name, and the views there are: rename, share, open with, replace, delete."""

from fastapi import APIRouter, Request, Response

from app.actions import commands, queries
from app.actions.pages.opening import Opened, opened
from app.actions.saved import opened as opened_state
from app.actions.saved import pairs_of, slug_in, spelled
from app.actions.schemas import ChangeView, SaveView
from app.core.db import Read
from app.core.words import _
from app.plans.queries import plan_for, plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/actions/views", include_in_schema=False)


@router.get("")
@act("plan.read")
def show(request: Request, read: Reader, plan: str) -> Response:
    here = opened(read, plan)
    return _show(request, read, here, Form({"query": _state(read, here, request)}))


@router.post("")
@act("view.save")
def save(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "view.save")
    made = forms.made(tx, SaveView, values, lambda given: commands.save_view(tx, access=access, given=given))
    if isinstance(made, Form):
        return _show(request, tx, opened(tx, plan), made)
    return render.see_other(request, f"/plans/{plan}/actions?view={made.slug}")


@router.post("/{slug}")
@act("view.save")
def change(request: Request, tx: Writer, plan: str, slug: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "view.save")
    form = forms.settled(
        tx, ChangeView, values, lambda given: commands.change_view(tx, access=access, slug=slug, given=given)
    )
    if form is None:
        return render.see_other(request, f"/plans/{plan}/actions/views")
    return _show(request, tx, opened(tx, plan), form, at=slug)


@router.post("/{slug}/remove")
@act("view.save")
def remove(request: Request, tx: Writer, plan: str, slug: str) -> Response:
    commands.remove_view(tx, access=plan_for(tx, plan, "view.save"), slug=slug)
    return render.see_other(request, f"/plans/{plan}/actions/views")


def _state(read: Read, here: Opened, request: Request) -> str:
    """The list that the reader came from: what its address says, a saved view opened."""
    pairs = request.query_params.multi_items()
    slug = slug_in(pairs)
    found = queries.saved_view(read, here.access, slug) if slug else None
    return spelled(opened_state(found.query, pairs) if found else pairs_of(str(request.url.query)))


def _show(request: Request, read: Read, here: Opened, form: Form, at: str = "") -> Response:
    return render.page(
        request,
        "actions/views.html",
        _("Views of the tracker"),
        status=form.status,
        nav=plan_nav(here.access, "tracker"),
        base=here.base,
        plan=here.view,
        form=form,
        at=at,
        state=spelled(pairs_of(str(form.value("query")))),
        views=queries.saved_views(read, here.access),
        may_save=here.access.may("view.save"),
        may_share=here.access.may("view.share"),
    )
