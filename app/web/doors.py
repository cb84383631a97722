"""What a door is given: a `Reader` or a `Writer`, one session and one transaction a request.

The transaction ends before the answer starts (`scope="function"`): a failed commit is never a 200. Nobody waits with
a thread in hand: writers and readers queue at async gates, first come first served, because waiters that held every
thread once kept the one they waited for from finishing.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager
from functools import wraps
from inspect import iscoroutinefunction
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.concurrency import run_in_threadpool

from app.core import moment
from app.core.actor import Actor
from app.core.db import Database, Read, Write
from app.core.failures import busy
from app.core.locks import LockFile
from app.web import idempotency
from app.web.as_at import AsAt

Opened = TypeVar("Opened", bound=Read)
# In a session's info while it is open: what ends it.
_OPENED = "opened"


class Gate:
    """Who may go in: on SQLite one writer of this process at a time, with the lock file for the other processes.

    On PostgreSQL writers queue at `claim`, inside a thread: one thread fewer than there are may do so. Readers in
    flight are never more than the connections left to them, so that nobody waits for a connection with a thread.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.turn = asyncio.Lock()
        self.file = LockFile(database.data_dir / "write.lock")
        writers = max(1, database.threads - 1)
        self.writers = asyncio.Semaphore(writers)
        self.readers = asyncio.Semaphore(database.places - (0 if database.is_sqlite else writers))
        # Exports and papers: one at a time, so that pages keep the processor and the memory.
        self.papers = asyncio.Semaphore(1)

    def paper(self) -> AbstractAsyncContextManager[None]:
        return self._in_turn(self.papers)

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        if not self.database.is_sqlite:
            async with self._in_turn(self.writers):
                yield
            return
        deadline = time.monotonic() + self.database.lock_wait
        async with self._in_turn(self.turn):
            try:
                await self._file_held(deadline)
                yield
            finally:
                # Also when the wait was given up or cancelled: it may hold the place of the next one.
                self.file.release()

    @asynccontextmanager
    async def _in_turn(self, turn: asyncio.Lock | asyncio.Semaphore) -> AsyncIterator[None]:
        """Behind writers that each wait for a locked database the wait would add up: it ends where one's does."""
        try:
            async with asyncio.timeout(self.database.lock_wait):
                await turn.acquire()
        except TimeoutError:
            raise busy() from None
        try:
            yield
        finally:
            turn.release()

    async def _file_held(self, deadline: float) -> None:
        while not self.file.try_hold():
            if time.monotonic() > deadline:
                raise busy()
            await asyncio.sleep(0.005)


async def _paper_turn(request: Request) -> AsyncIterator[None]:
    async with request.app.state.gate.paper():
        yield


async def _reader(request: Request, as_at: AsAt) -> AsyncIterator[Read]:
    database: Database = request.app.state.database
    opened = database.read(request.state.actor)
    # The end of reading waits for a server's answer; a file has none to give.
    ended = _ended_at_once if database.is_sqlite else _ended_in_a_thread
    async with request.app.state.gate.readers, ended(opened) as session:
        # Every page and every GET can be asked for a past day; the plan's first wall looks back to it.
        moment.look_at(session, as_at)
        yield session
        request.state.revision = session.info.get("revision", "-")


async def _writer(request: Request) -> AsyncIterator[Write]:
    # Read the body first, so that a slow upload holds nothing.
    if "form" in request.headers.get("content-type", ""):
        await request.form()
    else:
        await request.body()
    opened = request.app.state.database.write(request.state.actor, holding=True)
    async with request.app.state.gate.held(), _ended_in_a_thread(opened) as session:
        if idempotency.HEADER in request.headers:
            await run_in_threadpool(idempotency.begin, request, session)
        yield session
        request.state.revision = session.info.get("revision", "-")


@asynccontextmanager
async def _ended_at_once(opened: AbstractContextManager[Opened]) -> AsyncIterator[Opened]:
    with opened as session:
        yield session


@asynccontextmanager
async def _ended_in_a_thread(opened: AbstractContextManager[Opened]) -> AsyncIterator[Opened]:
    """A session asks the database nothing until it is used: only its end (commit, rollback) makes anybody wait."""
    session = opened.__enter__()
    session.info[_OPENED] = opened
    try:
        yield session
    except BaseException as error:
        # Where its handler ended it, that is all there was to do, also if it failed.
        if not session.info.pop(_OPENED, None):
            raise
        if not await run_in_threadpool(opened.__exit__, type(error), error, error.__traceback__):
            raise
    else:
        if session.info.pop(_OPENED, None):
            await run_in_threadpool(opened.__exit__, None, None, None)


def end_with_handlers(router: APIRouter) -> APIRouter:
    """What a page's form writes is committed in its handler's own thread, once there is an answer to be sent.

    Another thread for the commit alone took a twentieth of a small write. An operation of the API ends later: its
    answer is still to be made of what the handler gives, and may have to be kept in the same transaction.
    """
    for found in iter_route_contexts(router.routes):
        route = found.original_route
        if not isinstance(route, APIRoute) or (found.path or "").startswith("/api/v1"):
            continue
        # Routers outlive an application: the tests make several.
        is_done = hasattr(route.endpoint, "ends") or iscoroutinefunction(route.endpoint)
        if "POST" in (route.methods or ()) and not is_done:
            route.endpoint = _ending(route.endpoint)
    return router


def _ending(endpoint: Callable[..., object]) -> Callable[..., object]:
    @wraps(endpoint)
    def ended(**given: object) -> object:
        answer = endpoint(**given)
        if isinstance(answer, Response):
            for session in given.values():
                if isinstance(session, Write) and (opened := session.info.pop(_OPENED, None)):
                    opened.__exit__(None, None, None)
        return answer

    ended.__dict__["ends"] = True
    return ended


async def _actor(request: Request) -> Actor:
    # No waiting here; a plain function would be called in a thread.
    actor: Actor = request.state.actor
    return actor


Reader = Annotated[Read, Depends(_reader, scope="function")]
Writer = Annotated[Write, Depends(_writer, scope="function")]
Who = Annotated[Actor, Depends(_actor)]


async def _paper_reader(_turn: Annotated[None, Depends(_paper_turn, scope="function")], read: Reader) -> Read:
    # The turn is taken first: who waits for it holds neither a place nor a session.
    return read


PaperReader = Annotated[Read, Depends(_paper_reader, scope="function")]
