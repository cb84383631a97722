"""A trust's word on links between recommendations."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.frameworks import commands, queries
from app.frameworks.pages.library import shown
from app.frameworks.schemas import NewLink, Ruling
from app.web import forms, render
from app.web.access import act
from app.web.doors import Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/frameworks")


@router.post("/{key}/links")
@act("library.rule")
def add(request: Request, tx: Writer, key: str, values: Typed) -> Response:
    found = queries.framework_row(tx, key)
    made = forms.made(tx, NewLink, values, lambda given: commands.add_link(tx, given=given))
    if isinstance(made, Form):
        return shown(request, tx, key, made)
    return render.see_other(request, f"/frameworks/{found.key}#link-{made.id}")


@router.post("/{key}/links/{link_id}")
@act("library.rule")
def rule(request: Request, tx: Writer, key: str, link_id: UUID, values: Typed) -> Response:
    found = queries.framework_row(tx, key)
    form = forms.settled(tx, Ruling, values, lambda given: commands.rule_on_link(tx, link_id=link_id, given=given))
    if form is None:
        return render.see_other(request, f"/frameworks/{found.key}#link-{link_id}")
    return shown(request, tx, key, form)


@router.post("/{key}/links/{link_id}/remove")
@act("library.rule")
def remove(request: Request, tx: Writer, key: str, link_id: UUID) -> Response:
    found = queries.framework_row(tx, key)
    commands.remove_link(tx, link_id=link_id)
    return render.see_other(request, f"/frameworks/{found.key}#recommendations-title")
