"""Files beside the database: swept, saved with it, brought back with it, and compared with their rows."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from app.cli.opening import operator
from app.core.archive import Archive
from app.core.db import Database, Read
from app.core.errors import Conflict, NotFound
from app.core.files import private_folder
from app.core.storage import FOLDER, FolderStorage, pieces, storage_in, sweep
from app.core.words import _
from app.evidence import queries as evidence


@dataclass(slots=True)
class FilesProven:
    """missing, altered: what is wrong, as people know it ("E12, version 2")."""

    checked: int = 0
    missing: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not (self.missing or self.altered)


def sweep_files(database: Database) -> int:
    """Delete files that no row has named for a day; how many."""

    def named(names: object) -> set[str]:
        with database.read(operator()) as read:
            return evidence.names_in_use(read, names)  # type: ignore[arg-type]

    return sweep(storage_in(database.data_dir), named)


def prove_files(read: Read, data_dir: Path) -> FilesProven:
    """Each file that a row names is there, and has the SHA-256 that the row says."""
    storage, proven = storage_in(data_dir), FilesProven()
    for file in evidence.stored_files(read):
        called = _("{ref}, version {number}", ref=file.evidence, number=file.number)
        proven.checked += 1
        try:
            if _sum(storage, file.stored_as) != file.sha256:
                proven.altered.append(called)
        except NotFound:
            proven.missing.append(called)
    return proven


def bring_back(archive: Archive, data_dir: Path) -> None:
    """The archive's files in their place. Names are never used twice, so one that is there already is the same file."""
    storage = storage_in(data_dir)
    for name in archive.manifest.files:
        path = storage.path(name)
        if not path.exists():
            with archive.file(name) as source:
                storage.put(name, source)
        if _sum(storage, name) != archive.manifest.files[name]:
            raise Conflict(_("The file {name} could not be brought back as it was.", name=name), "broken")


def keep_aside(data_dir: Path, named: Mapping[str, str], stamp: str) -> None:
    """Another name for each file that the restored database does not know: the database before still does."""
    storage = storage_in(data_dir)
    for name in [name for name, _age in storage.names() if name not in named]:
        aside = FolderStorage(data_dir / f"{FOLDER}.before-restore-{stamp}").path(name)
        for folder in (aside.parent.parent, aside.parent):
            private_folder(folder)
        os.link(storage.path(name), aside)


def copy_files(source: Database, target: Database) -> int:
    """Every file that a row names, where the copy has a data folder of its own; how many."""
    here, there = storage_in(source.data_dir), storage_in(target.data_dir)
    if here.folder.resolve() == there.folder.resolve():
        return 0
    return sum(1 for _name in _copied(source, here, there))


def _copied(source: Database, here: FolderStorage, there: FolderStorage) -> Iterator[str]:
    with source.read(operator()) as read:
        for file in evidence.stored_files(read):
            with here.open(file.stored_as) as bytes_of:
                there.put(file.stored_as, bytes_of)
            if _sum(there, file.stored_as) != file.sha256:
                raise Conflict(_("The file {name} was not copied whole.", name=file.stored_as), "broken")
            yield file.stored_as


def _sum(storage: FolderStorage, name: str) -> str:
    digest = sha256()
    for piece in pieces(storage.open(name)):
        digest.update(piece)
    return digest.hexdigest()
