"""Files are private, whole or absent, counted while they are read; what no row names goes after a day."""

import os
import stat
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from app.core import storage as storing
from app.core.errors import NotFound
from app.core.storage import FolderStorage, Stored, TooLarge, pieces, sweep

CONTENT = b"minutes of the meeting" * 20_000


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "files")


def kept(storage: FolderStorage, content: bytes = CONTENT) -> Stored:
    return storage.save(BytesIO(content), len(content))


def age(storage: FolderStorage, name: str, seconds: int) -> None:
    path = storage.path(name)
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))


def test_it_gives_back_what_it_was_given_under_a_name_that_says_nothing(storage: FolderStorage) -> None:
    one, other = kept(storage), kept(storage)
    assert one.name != other.name
    assert (one.size, one.sha256) == (len(CONTENT), sha256(CONTENT).hexdigest())
    assert b"".join(pieces(storage.open(one.name))) == CONTENT


def test_it_is_its_owners_alone(storage: FolderStorage) -> None:
    path = storage.path(kept(storage).name)
    modes = [stat.S_IMODE(p.stat().st_mode) for p in (path, path.parent, storage.folder)]
    assert modes == [0o600, 0o700, 0o700]


def test_it_counts_while_it_reads_and_keeps_nothing_of_what_is_too_large(storage: FolderStorage) -> None:
    source = BytesIO(CONTENT)
    with pytest.raises(TooLarge):
        storage.save(source, 1000)
    assert source.tell() <= storing.CHUNK
    assert not list(storage.names())


@pytest.mark.parametrize("name", ["", "../tracker.db", "0" * 32, "x" * 32, "/etc/passwd"])
def test_it_opens_nothing_but_what_it_named(storage: FolderStorage, name: str) -> None:
    with pytest.raises(NotFound):
        storage.open(name)
    storage.delete(name)


def test_a_deleted_file_is_gone_and_may_be_deleted_again(storage: FolderStorage) -> None:
    name = kept(storage).name
    storage.delete(name)
    storage.delete(name)
    with pytest.raises(NotFound):
        storage.open(name)


def test_it_sweeps_what_no_row_names_after_a_day(storage: FolderStorage) -> None:
    young, orphan, named = (kept(storage).name for _ in range(3))
    for name in (orphan, named):
        age(storage, name, storing.SWEPT_AFTER_SECONDS + 60)
    part = storage.path(orphan).with_suffix(".part")
    part.write_bytes(b"cut off")
    os.utime(part, (0, 0))
    assert sweep(storage, lambda names: {n for n in names if n == named}) == 2
    assert {name for name, _age in storage.names()} == {young, named}


def test_it_asks_for_no_names_where_nothing_is_old(storage: FolderStorage) -> None:
    kept(storage)

    def never(_names: object) -> set[str]:
        raise AssertionError

    assert sweep(storage, never) == 0
