"""One file that is read whole before the writer's place is taken: a slow upload and a long look keep nobody waiting."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from app.core.db import Database, Read
from app.core.errors import Invalid
from app.core.words import _
from app.web.forms import form_values

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Received(Generic[Made]):
    """made: what was read of the file, None where it was refused; values: the form's other fields."""

    made: Made | None
    error: Invalid | None
    values: dict[str, Any]

    @property
    def whole(self) -> Made:
        """Raises the refusal."""
        if self.made is None:
            raise self.error or Invalid("file", _("Choose a file."))
        return self.made


def receiving_whole(
    allowed: Callable[[Read, Request], object], read: Callable[[str, bytes], Made], most: int
) -> Callable[[Request], AsyncIterator[Received[Made]]]:
    """A dependency: the request's file as `read` makes it of name and bytes. allowed: raises where the actor may not
    send any, before a byte is kept; most: bytes of a file."""

    async def received(request: Request) -> AsyncIterator[Received[Made]]:
        async with request.app.state.gate.readers:
            await run_in_threadpool(_check, request, allowed)
        form = await request.form()
        try:
            given = form.get("file")
            values = await form_values(request)
            if not isinstance(given, UploadFile) or not given.filename:
                yield Received(None, Invalid("file", _("Choose a file.")), values)
                return
            if (given.size or 0) > most:
                sentence = _("This file is larger than {most} MiB. Choose a smaller one.", most=most // (1024 * 1024))
                yield Received(None, Invalid("file", sentence), values)
                return
            content = await given.read()
            made, error = await run_in_threadpool(_read, read, given.filename, content)
            del content
            yield Received(made, error, values)
        finally:
            await form.close()

    return received


def _check(request: Request, allowed: Callable[[Read, Request], object]) -> None:
    database: Database = request.app.state.database
    with database.read(request.state.actor) as read:
        allowed(read, request)


def _read(read: Callable[[str, bytes], Made], name: str, content: bytes) -> tuple[Made | None, Invalid | None]:
    try:
        return read(name, content), None
    except Invalid as error:
        return None, error
