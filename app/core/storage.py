"""Where files of people's work lie: outside the web root, under random names, their owner's alone.

A file is written whole and has reached the disk before the row that names it is committed. A crash between the two
leaves a file without a row, which `sweep` takes away a day later; never a row without its file.
"""

import os
import re
import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from sqlalchemy import event
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import NotFound
from app.core.files import private_folder, private_opener
from app.core.words import _

CHUNK = 256 * 1024
NAME = re.compile(r"[0-9a-f]{32}")
FOLDER = "files"
# A file without a row may belong to an act that is not committed yet.
SWEPT_AFTER_SECONDS = 24 * 3600


class TooLarge(Exception):
    """More bytes than may be kept; nothing of them was."""


@dataclass(frozen=True, slots=True)
class Stored:
    """name: the random name to ask for it by; size in bytes; sha256 in hexadecimal."""

    name: str
    size: int
    sha256: str


class Storage(Protocol):
    """Where files are kept. A name is one that `save` gave; another one is absent."""

    def save(self, source: BinaryIO, most: int) -> Stored:
        """Keep what `source` holds from where it stands; TooLarge above `most` bytes, counted while reading."""

    def open(self, name: str) -> BinaryIO:
        """For reading; NotFound where it is missing."""

    def delete(self, name: str) -> None:
        """It is gone afterwards, whether it was there or not."""

    def names(self) -> Iterator[tuple[str, float]]:
        """Each name with the age of its file in seconds."""


class FolderStorage:
    """A local folder; one folder below it for each beginning of a name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, source: BinaryIO, most: int) -> Stored:
        name = secrets.token_hex(16)
        size, digest = self.put(name, source, most)
        return Stored(name, size, digest)

    def put(self, name: str, source: BinaryIO, most: int | None = None) -> tuple[int, str]:
        """Under a name that `save` gave once: of a file that is brought back. (size, SHA-256)."""
        path = self._path(name)
        for made in (self.folder, path.parent):
            private_folder(made)
        part = path.with_suffix(".part")
        try:
            with open(part, "xb", opener=private_opener()) as target:
                size, digest = copy(source, target, most)
                target.flush()
                os.fsync(target.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        for folder in (path.parent, self.folder):
            _synced(folder)
        return size, digest

    def open(self, name: str) -> BinaryIO:
        if NAME.fullmatch(name):
            with suppress(OSError):
                return self._path(name).open("rb")
        raise NotFound(_("This file is missing from the store. Tell the administrator."), "file_missing")

    def path(self, name: str) -> Path:
        """Of a file that `save` gave the name of; for who must read it in another process."""
        return self._path(name)

    def delete(self, name: str) -> None:
        if NAME.fullmatch(name):
            self._path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, float]]:
        now = clock.now().timestamp()
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                yield path.name, now - path.stat().st_mtime

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name


def storage_in(data_dir: Path) -> FolderStorage:
    return FolderStorage(data_dir / FOLDER)


def copy(source: BinaryIO, target: BinaryIO, most: int | None = None) -> tuple[int, str]:
    """Copy in pieces; (bytes, SHA-256). TooLarge as soon as there are more than `most`."""
    size, digest = 0, sha256()
    while piece := source.read(CHUNK):
        size += len(piece)
        if most is not None and size > most:
            raise TooLarge
        digest.update(piece)
        target.write(piece)
    return size, digest.hexdigest()


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """A file in pieces, closed at the end whatever happens."""
    with file:
        while piece := file.read(CHUNK):
            yield piece


def sweep(storage: FolderStorage, named: Callable[[Collection[str]], Collection[str]]) -> int:
    """Delete files that no row names and that are older than a day; how many.

    named: of some names, those that a row has. It is asked after the folder was read, so that a file whose row was
    being committed meanwhile is never taken for an orphan.
    """
    old = {name for name, age in storage.names() if age > SWEPT_AFTER_SECONDS}
    orphans = old - set(named(old)) if old else set()
    for name in orphans:
        path = storage.folder / name[:2] / name
        path.unlink(missing_ok=True)
    return len(orphans)


def delete_when_committed(tx: Session, storage: Storage, name: str) -> None:
    """Delete a file once the row that gave it up is committed; a rolled-back act keeps it."""

    @event.listens_for(tx, "after_commit", once=True)
    def _committed(_tx: Session) -> None:
        storage.delete(name)


def _synced(folder: Path) -> None:
    found = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(found)
    finally:
        os.close(found)
