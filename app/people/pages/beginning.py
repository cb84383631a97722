"""One-time codes: the first administrator, and everybody who was given a code to choose a password with."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from app.core.actor import Door, system
from app.core.db import Write
from app.core.errors import Conflict, Invalid, TooMany, TrackerError
from app.core.words import _
from app.organisations.queries import KIND_WORDS
from app.organisations.rules import OrganisationKind
from app.people import commands, queries, secrets
from app.people.pages.hashing import address_of, device_of, hashing, refuse_locked, welcome, write_down, writing
from app.people.pages.sign_in import start_of
from app.people.rules import check_password
from app.people.schemas import Beginning, NewPassword
from app.plans import commands as plans
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader
from app.web.forms import Form, Typed

router = APIRouter()
CODE = system(Door.page, "one-time code")
UNCACHED = {"Cache-Control": "no-store"}


@router.get("/first")
@act("sign_in")
def first(request: Request, read: Reader) -> Response:
    return _first(request, Form()) if queries.may_begin(read) else render.see_other(request, "/sign-in")


@router.post("/first")
@act("sign_in")
async def begin(request: Request, values: Typed) -> Response:
    given = forms.read(Beginning, values)
    if isinstance(given, Form):
        return await run_in_threadpool(_first, request, given)
    try:
        password = given.password.get_secret_value()
        hashed = await hashing(_hash, request, password, (given.email, given.name))
        secret = await writing(request, lambda tx: _begin(tx, request, given, hashed), system(Door.page, "first code"))
    except (Invalid, Conflict, TooMany) as error:
        return await _refused(request, values, error, _first)
    return welcome(request, secret, "/")


def _begin(tx: Write, request: Request, given: Beginning, password_hash: str) -> str:
    account = commands.begin(tx, given=given, password_hash=password_hash)
    return _session(tx, request, account.id)


@router.get("/sign-in/code")
@act("sign_in")
def ask_code(request: Request, code: str = "") -> Response:
    return _code(request, Form({"code": code[:40]}))


@router.post("/sign-in/code")
@act("sign_in")
async def use_code(request: Request, values: Typed) -> Response:
    given = forms.read(NewPassword, values)
    if isinstance(given, Form):
        return await run_in_threadpool(_code, request, given)
    try:
        password = given.password.get_secret_value()
        hashed = await hashing(_hash_for_code, request, given.code, password)
        secret, start = await writing(request, lambda tx: _choose(tx, request, given.code, hashed), CODE)
    except (Invalid, Conflict, TooMany) as error:
        return await _refused(request, values, error, _code)
    return welcome(request, secret, start)


def _choose(tx: Write, request: Request, code: str, password_hash: str) -> tuple[str, str]:
    account_id = plans.choose_password(tx, code=code, password_hash=password_hash)
    return _session(tx, request, account_id), start_of(tx, account_id)


def _session(tx: Write, request: Request, account_id: UUID) -> str:
    return commands.begin_session(
        tx,
        account_id=account_id,
        address=address_of(request),
        device=device_of(request),
        instead_of=request.state.actor.session_id,
    )


def _hash_for_code(request: Request, code: str, password: str) -> str:
    refuse_locked(request)
    with request.app.state.database.read(request.state.actor) as read:
        found = queries.code_facts(read, code)
    if found.account_id is None:
        raise commands.bad_code()
    return _hash(request, password, found.personal)


def _hash(request: Request, password: str, personal: tuple[str, ...]) -> str:
    refuse_locked(request)
    return secrets.hash_password(check_password(password, personal=personal))


async def _refused(request: Request, values: dict[str, Any], error: TrackerError, draw: Any) -> Response:
    """The form again; a wrong code counts against the address that sent it."""
    if [f.field for f in error.fields] == ["code"]:
        await writing(
            request, lambda tx: commands.failed(tx, email=None, address=address_of(request), detail="code")
        )  # fmt: skip
    if isinstance(error, TooMany):
        await write_down(request)
    form = Form(dict(values))
    form.refuse(error)
    return await run_in_threadpool(draw, request, form)


def _headers(form: Form) -> dict[str, str]:
    wait = form.details.get("retry_after")
    return UNCACHED | ({"Retry-After": str(wait)} if wait else {})


def _first(request: Request, form: Form) -> Response:
    return render.page(
        request,
        "people/first.html",
        _("Make the first administrator"),
        status=form.status,
        headers=_headers(form),
        form=form,
        kinds=[{"value": k.value, "text": _(KIND_WORDS[k])} for k in OrganisationKind],
    )


def _code(request: Request, form: Form) -> Response:
    title = _("Choose your password")
    return render.page(
        request, "people/code.html", title, status=form.status, headers=_headers(form), form=form
    )  # fmt: skip
