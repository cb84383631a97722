"""What a door is given: a `Reader` or a `Writer`, one session and one transaction a request.

The transaction ends before the answer starts (`scope="function"`): a failed commit is never a 200. On SQLite writers
wait at an async gate, without a thread: waiting for a lock inside a sync dependency once hung the whole server.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, Request

from app.core.actor import Actor
from app.core.db import LOCK_WAIT_SECONDS, Database, LockFile, Read, Write
from app.core.errors import Unavailable
from app.core.words import _


class Gate:
    """First come, first served: one writer of this process at a time, and the lock file for the other processes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.turn = asyncio.Lock()
        self.file = LockFile(database.data_dir / "write.lock")

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        if not self.database.is_sqlite:
            yield
            return
        async with self.turn:
            waited = 0.0
            while not self.file.try_hold():
                if waited > LOCK_WAIT_SECONDS:
                    raise Unavailable(_("The database is busy. Nothing was saved. Try again."), "busy")
                await asyncio.sleep(0.005)
                waited += 0.005
            try:
                yield
            finally:
                self.file.release()


async def _gate(request: Request) -> AsyncIterator[None]:
    # Read the body first, so that a slow upload holds nothing.
    if "form" in request.headers.get("content-type", ""):
        await request.form()
    else:
        await request.body()
    async with request.app.state.gate.held():
        yield


def _reader(request: Request) -> Iterator[Read]:
    with request.app.state.database.read(request.state.actor) as session:
        yield session


def _writer(request: Request, _held: Annotated[None, Depends(_gate, scope="function")]) -> Iterator[Write]:
    with request.app.state.database.write(request.state.actor, holding=True) as session:
        yield session


def _actor(request: Request) -> Actor:
    actor: Actor = request.state.actor
    return actor


Reader = Annotated[Read, Depends(_reader, scope="function")]
Writer = Annotated[Write, Depends(_writer, scope="function")]
Who = Annotated[Actor, Depends(_actor)]
