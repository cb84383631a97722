"""An organisation's own publications: by form, from a file, and their recommendations one by one."""

from typing import Any

from fastapi import APIRouter, Request, Response

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
from app.web.forms import Form, Typed

router = APIRouter(prefix="/frameworks")


@router.get("/new")
@act("library.local")
def new(request: Request, read: Reader) -> Response:
    return _form(request, read, Form())


@router.post("/new")
@act("library.local")
def add(request: Request, tx: Writer, values: Typed) -> Response:
    made = forms.made(
        tx, NewPublication, values, lambda given: commands.add_publication(tx, given=given, used=answered_anywhere)
    )
    if isinstance(made, Form):
        return _form(request, tx, made)
    return render.see_other(request, f"/frameworks/{made.key}")


@router.get("/file")
@act("library.local")
def file(request: Request, read: Reader) -> Response:
    return _file(request, read, Form())


@router.post("/file")
@act("library.local")
def load(request: Request, tx: Writer, values: Typed) -> Response:
    made = forms.made(
        tx,
        GivenText,
        values,
        lambda given: commands.keep_publication(
            tx, given=files.read_publication(given.text, given.organisation), used=answered_anywhere
        ),
    )
    if isinstance(made, Form):
        return _file(request, tx, made)
    return render.see_other(request, f"/frameworks/{made.key}")


@router.get("/{key}/edit")
@act("library.local")
def edit(request: Request, read: Reader, key: str) -> Response:
    return _form(request, read, Form(), key)


@router.post("/{key}/edit")
@act("library.local")
def change(request: Request, tx: Writer, key: str, values: Typed) -> Response:
    revision = forms.revision(values)
    row = forms.made(
        tx, Facts, values, lambda given: commands.change_publication(tx, key=key, given=given, revision=revision)
    )
    if isinstance(row, Form):
        return _form(request, tx, row, key)
    return render.see_other(request, f"/frameworks/{row.key}")


@router.post("/{key}/items")
@act("library.local")
def add_item(request: Request, tx: Writer, key: str, values: Typed) -> Response:
    def put(given: NewItem) -> str:
        words = GivenItem(**given.model_dump(exclude={"ref"}))
        commands.put_item(tx, key=key, ref=given.ref, given=words, used=answered_anywhere, is_new=True)
        return given.ref

    ref = forms.made(tx, NewItem, values, put)
    if isinstance(ref, Form):
        return shown(request, tx, key, ref)
    return render.see_other(request, f"/frameworks/{key}#r-{ref}")


@router.get("/{key}/items/{ref}")
@act("library.local")
def item(request: Request, read: Reader, key: str, ref: str) -> Response:
    return _item(request, read, key, ref, Form())


@router.post("/{key}/items/{ref}")
@act("library.local")
def change_item(request: Request, tx: Writer, key: str, ref: str, values: Typed) -> Response:
    found = queries.own_item(tx, key, ref)
    form = forms.settled(
        tx,
        GivenItem,
        values,
        lambda given: commands.put_item(tx, key=key, ref=found.ref, given=given, used=answered_anywhere),
    )
    if form is None:
        return render.see_other(request, f"/frameworks/{key}#r-{found.ref}")
    return _item(request, tx, key, ref, form)


@router.post("/{key}/items/{ref}/withdraw")
@act("library.local")
def withdraw_item(request: Request, tx: Writer, key: str, ref: str) -> Response:
    form = forms.tried(tx, lambda: commands.withdraw_item(tx, key=key, ref=ref))
    if isinstance(form, Form):
        return _item(request, tx, key, ref, form)
    return render.see_other(request, f"/frameworks/{key}#r-{ref}")


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
