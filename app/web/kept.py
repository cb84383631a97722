"""Whole answers kept in memory, and given again while nothing that they depend on has changed.

A door promises with `keep` that its answer depends on nothing but who asks, the address, the day, the plan's and the
shared revision, and what else it watches. Each later request asks for all of that again before it is given
the kept bytes, so there is no code that invalidates, and a second process cannot make an answer stale.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core import clock
from app.core.actor import Actor
from app.core.columns import SHARED
from app.core.db import Read
from app.core.glance import Glance, Seen, look
from app.core.ledger import STANDING
from app.core.shelf import Shelf
from app.core.walls import Watch
from app.web import etags

# A session must still be noted as seen, so an answer is made anew before that is due; a warning about tokens in the
# frame, which nobody watches, is no older either.
LONGEST = timedelta(seconds=60)
MOST_BYTES = 16 * 1024 * 1024
OVERHEAD = 2048
# What an answer may differ by beside its address; whatever htmx says is added.
VARIES = frozenset({b"host", b"cookie", b"authorization", b"accept-encoding", b"accept"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who was found behind a request. still: what changes when the session or token is revoked.

    shared: the shared revision in the moment they were found; ends_at: when they end by themselves.
    """

    still: Watch
    shared: int
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """What an answer depends on, as it was found in the answer's own transaction."""

    seen: tuple[Seen, ...]
    day: date
    until: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """body: None where only a 304 was answered, which says what the body would be no more than its ETag does."""

    promise: Promise
    actor: Actor
    revision: object
    headers: list[tuple[bytes, bytes]]
    etag: str
    body: bytes | None

    @property
    def size(self) -> int:
        return OVERHEAD + len(self.body or b"")

    def fits(self, asked: str | None) -> bool:
        return self.body is not None or etags.matches(asked, self.etag)


def keep(request: Request, read: Read, plan_id: UUID, *more: Watch) -> None:
    """Promise that the answer depends on nothing else. more: what else it was made from, within the plan."""
    identity: Identity | None = getattr(request.state, "identity", None)
    if identity is None:
        return
    watched = (Watch(STANDING, {"stream": f"plan:{plan_id}"}), identity.still, *more)
    seen = tuple(look(read, each) for each in watched)
    if next((revision for name, revision in seen[0].rows if name == SHARED), 0) != identity.shared:
        # Their roles may have changed since they were found.
        return
    until = min(clock.now() + LONGEST, identity.ends_at)
    request.state.kept = Promise(seen, clock.today(), until)


class KeptAnswers:
    """In front of everything but the outermost headers; an answer that nothing was promised of passes through."""

    def __init__(self, app: ASGIApp, glance: Glance) -> None:
        self.app = app
        self.glance = glance
        self.shelf = Shelf[Answer](MOST_BYTES, lambda answer: answer.size)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        told = dict(scope["headers"])
        if b"cookie" not in told and b"authorization" not in told:
            await self.app(scope, receive, send)
            return
        asked = told[b"if-none-match"].decode("latin-1") if b"if-none-match" in told else None
        key = _key(scope)
        held = self.shelf.get(key)
        if held is not None and held.fits(asked) and await self._holds(held.promise):
            scope["state"].update(actor=held.actor, revision=held.revision)
            await _give(held, asked, send)
            return
        await self.app(scope, receive, _Catch(self.shelf, key, scope, asked, send))

    async def _holds(self, promise: Promise) -> bool:
        if promise.day != clock.today() or promise.until <= clock.now():
            return False
        if self.glance.is_quick:
            return self.glance.holds(promise.seen)
        return await run_in_threadpool(self.glance.holds, promise.seen)


class _Catch:
    """Holds a promised 200 back until it is whole: it is kept under its key, and its ETag goes before it."""

    def __init__(self, shelf: Shelf[Answer], key: str, scope: Scope, asked: str | None, send: Send) -> None:
        self.shelf, self.key, self.scope, self.asked, self.send = shelf, key, scope, asked, send
        self.start: Message | None = None
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] in (200, 304) and self._promised(message):
            self.start = message
            return
        if self.start is None or message["type"] != "http.response.body":
            await self.send(message)
            return
        part, is_last = message.get("body", b""), not message.get("more_body", False)
        if is_last and not self.body:
            await _give(self._made(self.start, part), self.asked, self.send)
            return
        self.body.extend(part)
        if is_last:
            await _give(self._made(self.start, bytes(self.body)), self.asked, self.send)

    def _promised(self, start: Message) -> bool:
        return "kept" in self.scope["state"] and (start["status"] == 200 or "etag" in MutableHeaders(scope=start))

    def _made(self, start: Message, whole: bytes) -> Answer:
        state, headers = self.scope["state"], MutableHeaders(scope=start)
        body = whole if start["status"] == 200 else None
        if body is not None:
            headers.setdefault("ETag", etags.of_body(body))
            headers["Content-Length"] = str(len(body))
        made = Answer(state["kept"], state["actor"], state.get("revision", "-"), headers.raw, headers["etag"], body)
        self.shelf.put(self.key, made)
        return made


async def _give(answer: Answer, asked: str | None, send: Send) -> None:
    fits = answer.body is None or etags.matches(asked, answer.etag)
    without = (b"content-length", b"content-type", b"content-encoding") if fits else ()
    headers = [(name, value) for name, value in answer.headers if name not in without]
    await send({"type": "http.response.start", "status": 304 if fits else 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if fits else answer.body or b""})


def _key(scope: Scope) -> str:
    """A digest: secrets that come with a request are not kept."""
    told = [pair for pair in scope["headers"] if pair[0] in VARIES or pair[0].startswith(b"hx-")]
    return sha256(repr((scope["path"], scope["query_string"], told)).encode()).hexdigest()
