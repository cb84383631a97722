"""Who may read the private wording of a publication, and what it is."""

from fastapi import APIRouter, Request, Response

from app.core.db import Read
from app.core.words import _
from app.frameworks import commands, queries
from app.frameworks.schemas import GivenWording, NamedReaders
from app.people.queries import directory
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/frameworks/{key}/private")


@router.get("")
@act("library.local")
def show(request: Request, read: Reader, key: str) -> Response:
    return _page(request, read, key, Form())


@router.post("")
@act("library.local")
def name(request: Request, tx: Writer, key: str, values: Typed) -> Response:
    form = forms.settled(
        tx,
        NamedReaders,
        values,
        lambda given: commands.name_readers(tx, key=key, given=given),
        sent={"named": []} | values,
    )
    if form is None:
        return render.see_other(request, f"/frameworks/{key}/private")
    return _page(request, tx, key, form)


@router.post("/{ref}")
@act("library.local")
def word(request: Request, tx: Writer, key: str, ref: str, values: Typed) -> Response:
    form = forms.settled(
        tx, GivenWording, values, lambda given: commands.keep_wording(tx, key=key, ref=ref, given=given)
    )
    if form is None:
        return render.see_other(request, f"/frameworks/{key}/private#r-{ref}")
    return _page(request, tx, key, form, ref)


def _page(request: Request, read: Read, key: str, form: Form, at: str = "") -> Response:
    """at: the recommendation whose wording was refused."""
    row = queries.own_publication(read, key)
    told = queries.private_wording(read, row)
    me = read.actor.email
    named = form.values.get("named", []) if form.values and not at else [a.email for a in told.named] if told else [me]
    people = directory(read, {row.organisation_id} if row.organisation_id else set())
    return render.page(
        request,
        "frameworks/private.html",
        _("Private wording"),
        status=form.status,
        framework=row,
        told=told,
        taken=bool(queries.readers_of(read, row)),
        people=[{"value": p.email, "text": p.name} for p in people if p.active or p.email in named],
        named=[named] if isinstance(named, str) else named,
        items=queries.items(read, row.key),
        form=form,
        at=at,
    )
