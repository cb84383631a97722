"""An organisation's own publications: by form, from a file, and their recommendations one by one."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from app.core.db import Read
from app.core.words import _
from app.coverage.queries import answered_anywhere
from app.frameworks import commands, queries
from app.frameworks.pages.library import shown
from app.frameworks.pages.wording import DEMANDS, KINDS, NOTICES, QUESTIONS
from app.frameworks.queries import files
from app.frameworks.schemas import Facts, GivenItem, GivenText, NewItem, NewPublication
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, form_values

router = APIRouter(prefix="/frameworks")
Typed = Annotated[dict[str, Any], Depends(form_values)]


@router.get("/new")
@act("library.local")
def new(request: Request, read: Reader) -> Response:
    return _form(request, read, Form())


@router.post("/new")
@act("library.local")
def add(request: Request, tx: Writer, values: Typed) -> Response:
    given = forms.read(NewPublication, values)
    form = given if isinstance(given, Form) else Form(values)
    if not isinstance(given, Form):
        with forms.attempt(tx, form):
            made = commands.add_publication(tx, given=given, used=answered_anywhere)
            return render.see_other(request, f"/frameworks/{made.key}")
    return _form(request, tx, form)


@router.get("/file")
@act("library.local")
def file(request: Request, read: Reader) -> Response:
    return _file(request, read, Form())


@router.post("/file")
@act("library.local")
def load(request: Request, tx: Writer, values: Typed) -> Response:
    given = forms.read(GivenText, values)
    form = given if isinstance(given, Form) else Form(values)
    if not isinstance(given, Form):
        with forms.attempt(tx, form):
            told = files.read_publication(given.text, given.organisation)
            made = commands.keep_publication(tx, given=told, used=answered_anywhere)
            return render.see_other(request, f"/frameworks/{made.key}")
    return _file(request, tx, form)


@router.get("/{key}/edit")
@act("library.local")
def edit(request: Request, read: Reader, key: str) -> Response:
    return _form(request, read, Form(), key)


@router.post("/{key}/edit")
@act("library.local")
def change(request: Request, tx: Writer, key: str, values: Typed) -> Response:
    revision = forms.revision(values)
    given = forms.read(Facts, values)
    form = given if isinstance(given, Form) else Form(values)
    if not isinstance(given, Form):
        with forms.attempt(tx, form):
            row = commands.change_publication(tx, key=key, given=given, revision=revision)
            return render.see_other(request, f"/frameworks/{row.key}")
    return _form(request, tx, form, key)


@router.post("/{key}/items")
@act("library.local")
def add_item(request: Request, tx: Writer, key: str, values: Typed) -> Response:
    given = forms.read(NewItem, values)
    form = given if isinstance(given, Form) else Form(values)
    if not isinstance(given, Form):
        words = GivenItem(**given.model_dump(exclude={"ref"}))
        with forms.attempt(tx, form):
            commands.put_item(tx, key=key, ref=given.ref, given=words, used=answered_anywhere, is_new=True)
            return render.see_other(request, f"/frameworks/{key}#r-{given.ref}")
    return shown(request, tx, key, form)


@router.get("/{key}/items/{ref}")
@act("library.local")
def item(request: Request, read: Reader, key: str, ref: str) -> Response:
    return _item(request, read, key, ref, Form())


@router.post("/{key}/items/{ref}")
@act("library.local")
def change_item(request: Request, tx: Writer, key: str, ref: str, values: Typed) -> Response:
    found = queries.own_item(tx, key, ref)
    given = forms.read(GivenItem, values)
    form = given if isinstance(given, Form) else Form(values)
    if not isinstance(given, Form):
        with forms.attempt(tx, form):
            commands.put_item(tx, key=key, ref=found.ref, given=given, used=answered_anywhere)
            return render.see_other(request, f"/frameworks/{key}#r-{found.ref}")
    return _item(request, tx, key, ref, form)


@router.post("/{key}/items/{ref}/withdraw")
@act("library.local")
def withdraw_item(request: Request, tx: Writer, key: str, ref: str) -> Response:
    form = Form()
    with forms.attempt(tx, form):
        commands.withdraw_item(tx, key=key, ref=ref)
        return render.see_other(request, f"/frameworks/{key}#r-{ref}")
    return _item(request, tx, key, ref, form)


def _form(request: Request, read: Read, form: Form, key: str | None = None) -> Response:
    row = queries.own_publication(read, key) if key else None
    found = queries.framework(read, row.key) if row else None
    own = [f for f in queries.frameworks(read) if f.organisation]
    return render.page(
        request,
        "frameworks/form.html",
        _("Change a publication") if row else _("Add your own publication"),
        status=form.status,
        form=form,
        publication=found,
        kinds=_options(KINDS),
        questions=_options(QUESTIONS),
        notices=_options(NOTICES),
        organisations=[{"value": o.code, "text": o.name} for o in queries.writing_organisations(read)],
        editions=[{"value": f.key, "text": f.short_title} for f in own],
    )


def _file(request: Request, read: Read, form: Form) -> Response:
    return render.page(
        request,
        "frameworks/file.html",
        _("Add a publication from a file"),
        status=form.status,
        form=form,
        example=files.EXAMPLE,
        organisations=[{"value": o.code, "text": o.name} for o in queries.writing_organisations(read)],
    )


def _item(request: Request, read: Read, key: str, ref: str, form: Form) -> Response:
    found = queries.own_item(read, key, ref)
    return render.page(
        request,
        "frameworks/item.html",
        _("Recommendation {ref}", ref=found.ref),
        status=form.status,
        form=form,
        key=key,
        item=found,
        demands=_options(DEMANDS),
    )


def _options(words: dict[Any, str]) -> list[dict[str, str]]:
    return [{"value": each.value, "text": _(text)} for each, text in words.items()]
