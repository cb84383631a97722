"""Sign in and out."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from app.core.db import Write
from app.core.errors import Invalid, TooMany
from app.core.words import _
from app.people import commands, queries, secrets
from app.people.pages.hashing import address_of, device_of, hashing, refuse_locked, welcome, write_down, writing
from app.people.rules import Role, normalised, safe_next
from app.people.schemas import SignIn
from app.web import forms, render
from app.web.access import act
from app.web.doors import Who, Writer
from app.web.forms import Form, Typed
from app.web.security import SESSION_COOKIE

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Verdict:
    account_id: UUID | None
    lets_in: bool
    detail: str = ""


@router.get("/sign-in")
@act("sign_in")
def show(request: Request, who: Who, next: str = "") -> Response:
    if who.is_person:
        return render.see_other(request, safe_next(next) or "/")
    return _draw(request, Form({"next": safe_next(next)}))


@router.post("/sign-in")
@act("sign_in")
async def sign_in(request: Request, values: Typed) -> Response:
    given = forms.read(SignIn, values)
    if isinstance(given, Form):
        return await run_in_threadpool(_draw, request, given)
    try:
        verdict = await hashing(_judge, request, given)
        if not verdict.lets_in:
            await writing(request, lambda tx: _failed(tx, request, given, verdict))
            raise Invalid("", _("The e-mail address or the password is not right."))
    except (Invalid, TooMany) as error:
        if isinstance(error, TooMany):
            await write_down(request, given.email)
        form = Form(dict(values))
        form.refuse(error)
        return await run_in_threadpool(_draw, request, form)
    secret, start = await writing(request, lambda tx: _begin(tx, request, verdict))
    return welcome(request, secret, safe_next(given.next) or start)


def _judge(request: Request, given: SignIn) -> Verdict:
    """In the hashing thread, so that tries that waited for their turn meet the lock of those before them."""
    password = normalised(given.password.get_secret_value())
    refuse_locked(request, given.email)
    with request.app.state.database.read(request.state.actor) as read:
        found = queries.sign_in_facts(read, given.email)
    matches = secrets.password_matches(password, found.password_hash)
    if found.account_id is None:
        return Verdict(None, False, "unknown")
    if found.password_hash is None or not found.active:
        return Verdict(found.account_id, False, "no_password" if found.active else "not_active")
    return Verdict(found.account_id, matches, "" if matches else "wrong_password")


def _failed(tx: Write, request: Request, given: SignIn, verdict: Verdict) -> None:
    commands.failed(
        tx, email=given.email, address=address_of(request), detail=verdict.detail, account_id=verdict.account_id
    )


def _begin(tx: Write, request: Request, verdict: Verdict) -> tuple[str, str]:
    """The cookie's secret, and where this person's work begins."""
    account_id = verdict.account_id
    if account_id is None:
        raise RuntimeError("nobody was let in")
    secret = commands.begin_session(
        tx,
        account_id=account_id,
        address=address_of(request),
        device=device_of(request),
        instead_of=request.state.actor.session_id,
    )
    return secret, start_of(tx, account_id)


def start_of(tx: Write, account_id: UUID) -> str:
    """Those who own actions begin with their own work, the others with the plans."""
    actor = queries.actor_of_account(tx, account_id)
    roles = {g.role for g in actor.grants} if actor else set()
    return "/me" if roles & {Role.owner, Role.contributor} and not roles & {Role.office, Role.chair} else "/"


@router.post("/sign-out")
@act("sign_out")
def sign_out(request: Request, tx: Writer) -> Response:
    if tx.actor.session_id is not None:
        commands.end_session(tx, session_id=tx.actor.session_id, account_id=tx.actor.id)
    answer = render.see_other(request, "/sign-in")
    answer.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")
    return answer


def _draw(request: Request, form: Form) -> Response:
    headers = {"Cache-Control": "no-store"}
    if form.status == 429:
        headers["Retry-After"] = str(form.details.get("retry_after", 60))
    with request.app.state.database.read(request.state.actor) as read:
        accounts = queries.demonstration(read)
        nobody_yet = not accounts and queries.may_begin(read)
    return render.page(
        request,
        "people/sign_in.html",
        _("Sign in"),
        status=form.status,
        headers=headers,
        form=form,
        demonstration=accounts,
        demonstration_password=request.app.state.settings.demo_password if accounts else "",
        nobody_yet=nobody_yet,
    )
