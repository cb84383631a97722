"""Files on their way in: kept in pieces, looked at in another process, and given to the handler before it writes.

Nothing of it holds the writer's place: a slow upload and a long look keep nobody waiting. What the handler does not
`take` is deleted when it has answered; what it took and could not commit is swept a day later.
"""

import re
import unicodedata
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from app.core.db import Database, Read
from app.core.errors import FieldError, Invalid
from app.core.storage import FolderStorage, Stored, TooLarge
from app.core.text import refuse_nhs_numbers
from app.core.uploads import sentences
from app.core.uploads.kinds import MIB, MOST_BYTES, Code, Refused, kind_of
from app.core.uploads.reading import Looked, look
from app.core.words import _, ngettext

MOST_FILES = 10
MOST_BODY = MOST_FILES * MOST_BYTES // 2 + MIB
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u0080-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\"*:<>?|]")
Allowed = Callable[[Read, Request], object]


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that was taken: its safe name, its bytes in the store, and what was found in it."""

    file_name: str
    looked: Looked
    stored: Stored


@dataclass(slots=True)
class Uploads:
    """errors: what is wrong with files that were refused, under the name of the form's field."""

    storage: FolderStorage
    files: list[Upload] = field(default_factory=list)
    errors: list[FieldError] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def take(self, upload: Upload) -> None:
        """A row of the handler's transaction names it from now on."""
        self.taken.add(upload.stored.name)

    def refuse(self) -> None:
        if self.errors:
            raise Invalid.several(self.errors)

    def at_most(self, many: int) -> None:
        if len(self.files) > many:
            raise Invalid("file", ngettext("Send {n} file at a time.", "Send at most {n} files at a time.", many))


def receiving(allowed: Allowed, name: str = "file") -> Callable[[Request], AsyncIterator[Uploads]]:
    """A dependency: the request's files under `name`. allowed: raises where the actor may not send any, before a
    byte is kept."""

    async def received(request: Request) -> AsyncIterator[Uploads]:
        uploads = Uploads(request.app.state.storage)
        if not request.headers.get("content-type", "").startswith("multipart/form-data"):
            yield uploads
            return
        async with request.app.state.gate.readers:
            await run_in_threadpool(_check, request, allowed)
        form = await request.form()
        given = [f for f in form.getlist(name) if isinstance(f, UploadFile) and (f.filename or f.size)]
        if len(given) > MOST_FILES:
            uploads.errors.append(FieldError(name, _("Add at most {most} files at a time.", most=MOST_FILES)))
            given = []
        try:
            for file in given:
                await _receive(file, uploads, name)
            yield uploads
        finally:
            await run_in_threadpool(_forget, uploads)
            await form.close()

    return received


def _check(request: Request, allowed: Allowed) -> None:
    database: Database = request.app.state.database
    with database.read(request.state.actor) as read:
        allowed(read, request)


async def _receive(file: UploadFile, uploads: Uploads, name: str) -> None:
    shown = safe_name(file.filename or "")
    stored: Stored | None = None
    try:
        refuse_nhs_numbers(shown)
        kind = kind_of(shown)
        stored = await run_in_threadpool(_save, uploads.storage, cast("Any", file.file))
        with uploads.storage.open(stored.name) as kept:
            looked = await look(kept, kind)
        uploads.files.append(Upload(shown, looked, stored))
        return
    except Refused as refused:
        uploads.errors.append(FieldError(name, sentences.told(refused, shown)))
    except ValueError as error:
        # The name itself holds an NHS number, which no sentence may repeat.
        del error
        uploads.errors.append(FieldError(name, _("A file’s name holds an NHS number. Rename the file.")))
    if stored is not None:
        await run_in_threadpool(uploads.storage.delete, stored.name)


def _save(storage: FolderStorage, source: BinaryIO) -> Stored:
    source.seek(0)
    try:
        return storage.save(source, MOST_BYTES)
    except TooLarge as error:
        raise Refused(Code.too_large) from error


def _forget(uploads: Uploads) -> None:
    for upload in uploads.files:
        if upload.stored.name not in uploads.taken:
            uploads.storage.delete(upload.stored.name)


def safe_name(given: str) -> str:
    """A file's own name: no folders, nothing that cannot be seen or that turns the line round, at most 120 characters.

    Its ending stays, for it says the kind.
    """
    bare = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    bare = _UNSAFE.sub("", bare).strip(" .")
    stem, dot, ending = bare.rpartition(".")
    if len(bare) > 120 and dot:
        bare = f"{stem[: 119 - len(ending)]}.{ending}"
    return bare[:120] or _("file")
