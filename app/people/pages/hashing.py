"""Work with passwords: at most two hashes at once (64 MiB each), and never while a writer's turn is held."""

from collections.abc import Callable
from datetime import timedelta
from math import ceil
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from app.core.actor import Actor, Door
from app.core.db import Write
from app.core.errors import TooMany, Unavailable
from app.core.words import _
from app.people import commands, queries
from app.people.rules import address_key, email_key
from app.web import render
from app.web.security import SESSION_COOKIE

AT_ONCE = 2
QUEUE = 60
Answer = TypeVar("Answer")
_turns = CapacityLimiter(AT_ONCE)


async def hashing(work: Callable[..., Answer], *given: object) -> Answer:
    """Run it in a thread of its own kind: the requests of the others keep theirs."""
    if _turns.statistics().tasks_waiting >= QUEUE:
        raise Unavailable(_("Too many people are signing in at once. Try again in a minute."), "busy", 60)
    return await to_thread.run_sync(work, *given, limiter=_turns)


async def writing(request: Request, work: Callable[[Write], Answer], actor: Actor | None = None) -> Answer:
    """One transaction, waiting for the writer's turn without a thread; actor: who acts, where nobody is signed in."""
    who = (actor or request.state.actor).through(Door.page, request.state.request_id)

    def run() -> Answer:
        with request.app.state.database.write(who, holding=True) as tx:
            return work(tx)

    async with request.app.state.gate.held():
        return await run_in_threadpool(run)


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def refuse_locked(request: Request, email: str | None = None) -> None:
    """429 in the same words whether or not there is such an account."""
    if not request.app.state.settings.rate_limits:
        return
    keys = _keys(request, email)
    with request.app.state.database.read(request.state.actor) as read:
        left = queries.locked_for(read, keys)
    if left is not None:
        minutes = ceil(left / timedelta(minutes=1))
        raise TooMany(
            _("There were too many tries. Wait {minutes} minutes, then try again.", minutes=minutes),
            ceil(left.total_seconds()),
        )


async def write_down(request: Request, email: str | None = None) -> None:
    """A try that `refuse_locked` has refused goes into the sign-in log."""
    keys = _keys(request, email)

    def is_listed() -> bool:
        with request.app.state.database.read(request.state.actor) as read:
            return queries.is_listed(read, keys)

    # Asked before: who tries on and on must not keep taking the writers' turn.
    if await run_in_threadpool(is_listed):
        await writing(
            request, lambda tx: commands.refused(tx, keys=keys, address=address_of(request), email=email)
        )  # fmt: skip


def _keys(request: Request, email: str | None) -> list[str]:
    return [address_key(address_of(request)), *([email_key(email)] if email else [])]


def device_of(request: Request) -> str:
    """What the browser says it is, cut short; shown to the person beside the session."""
    said = request.headers.get("user-agent", "")
    system = next((s for s in ("Android", "iPhone", "iPad", "Windows", "Mac OS", "CrOS", "Linux") if s in said), "")
    browser = next((b for b in ("Edg", "Firefox", "Chrome", "Safari") if b in said), "")
    return " · ".join(part for part in (browser.replace("Edg", "Edge"), system) if part)


def welcome(request: Request, secret: str, address: str) -> Response:
    """To the address, with the cookie of a new session."""
    answer = render.see_other(request, address)
    answer.set_cookie(
        SESSION_COOKIE,
        secret,
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.base_url.startswith("https://"),
        path="/",
    )
    return answer
