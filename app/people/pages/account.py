"""One's own account: the password, and the sessions that are open."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from app.core.actor import Actor
from app.core.db import Read, Write
from app.core.errors import Forbidden, Invalid, TooMany
from app.core.words import _
from app.people import commands, queries, secrets
from app.people.pages.hashing import address_of, device_of, hashing, refuse_locked, welcome, write_down, writing
from app.people.pages.parts import moment
from app.people.rules import check_password, normalised
from app.people.schemas import ChangedPassword
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Who, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/account")


@router.get("")
@act("me")
def show(request: Request, read: Reader) -> Response:
    return _show(request, read, Form())


@router.post("/password")
@act("me.change")
async def change_password(request: Request, who: Who, values: Typed) -> Response:
    """The current password is asked for: the person may have left the room."""
    given = forms.read(ChangedPassword, values)
    if isinstance(given, Form):
        return await run_in_threadpool(_draw, request, given)
    try:
        hashed = await hashing(_hash, request, who, given)
        if hashed is None:
            await writing(request, lambda tx: _failed(tx, request))
            raise Invalid("current", _("This is not your current password."))
    except (Invalid, TooMany) as error:
        if isinstance(error, TooMany):
            await write_down(request, who.email)
        form = Form(dict(values))
        form.refuse(error)
        return await run_in_threadpool(_draw, request, form)
    secret = await writing(request, lambda tx: _change(tx, request, hashed))
    return welcome(request, secret, "/account?done=password")


def _hash(request: Request, who: Actor, given: ChangedPassword) -> str | None:
    """The new hash; None where the current password is wrong."""
    refuse_locked(request, who.email)
    with request.app.state.database.read(who) as read:
        found = queries.sign_in_facts(read, who.email)
    password = check_password(given.password.get_secret_value(), personal=found.personal)
    current = normalised(given.current.get_secret_value())
    return secrets.hash_password(password) if secrets.password_matches(current, found.password_hash) else None


def _failed(tx: Write, request: Request) -> None:
    commands.failed(
        tx, email=tx.actor.email, address=address_of(request), detail="current_password", account_id=tx.actor.id
    )


def _change(tx: Write, request: Request, password_hash: str) -> str:
    """The secret of a new session: the old one's cookie is worth nothing, wherever it was copied to."""
    commands.change_password(tx, account_id=_own(tx), password_hash=password_hash)
    return commands.begin_session(
        tx,
        account_id=_own(tx),
        address=address_of(request),
        device=device_of(request),
        instead_of=tx.actor.session_id,
    )


@router.post("/sessions/end-others")
@act("me.change")
def end_others(request: Request, tx: Writer) -> Response:
    commands.sign_out_elsewhere(tx, account_id=_own(tx), but=tx.actor.session_id)
    return render.see_other(request, "/account?done=sessions")


@router.post("/sessions/{session_id}/end")
@act("me.change")
def end_session(request: Request, tx: Writer, session_id: UUID) -> Response:
    commands.end_session(tx, session_id=session_id, account_id=_own(tx))
    return render.see_other(request, "/account?done=sessions")


def _own(read: Read) -> UUID:
    if read.actor.id is None:
        raise Forbidden(_("This needs a signed-in person."))
    return read.actor.id


def _draw(request: Request, form: Form) -> Response:
    with request.app.state.database.read(request.state.actor) as read:
        return _show(request, read, form)


def _show(request: Request, read: Read, form: Form) -> Response:
    own = _own(read)
    headers = {"Cache-Control": "no-store"}
    if "retry_after" in form.details:
        headers["Retry-After"] = str(form.details["retry_after"])
    done = {"password": _("Your password is changed. You are signed out everywhere else."),
            "sessions": _("Signed out there.")}  # fmt: skip
    return render.page(
        request,
        "people/own_account.html",
        _("Your account"),
        status=form.status,
        headers=headers,
        form=form,
        account=queries.account(read, own),
        sessions=queries.sessions(read, own),
        moment=moment,
        done=done.get(request.query_params.get("done", ""), "") if form.ok else "",
    )
