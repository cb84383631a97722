"""Files are kept with the database: saved, brought back, copied, compared with their rows, and swept when nobody's."""

import json
import os
from io import BytesIO
from pathlib import Path

import pytest

from app.cli import filing, keeping, restoring
from app.core.errors import Invalid
from app.core.storage import SWEPT_AFTER_SECONDS, FolderStorage, storage_in
from app.settings import Settings
from tests.evidence.made import a_file, make_action, submit
from tests.support.cast import MAKER, Cast
from tests.support.inside import tracker
from tests.support.uploads import CSV, pdf

FILES = {"audit.pdf": pdf(), "readings.csv": CSV}


@pytest.fixture
def settings(sqlite_cast: Cast, tmp_path: Path) -> Settings:
    return Settings(database_url=sqlite_cast.database.url, data_dir=tmp_path)


@pytest.fixture
def storage(sqlite_cast: Cast, tmp_path: Path) -> FolderStorage:
    """Two items of evidence, each with its bytes."""
    assert sqlite_cast.database.data_dir == tmp_path
    make_action(sqlite_cast)
    made = storage_in(tmp_path)
    for name, content in FILES.items():
        keep(sqlite_cast, made, name, content)
    return made


def keep(cast: Cast, storage: FolderStorage, name: str, content: bytes) -> str:
    stored = storage.save(BytesIO(content), len(content))
    file = a_file(name)
    object.__setattr__(file, "stored", stored)
    submit(cast, file=file)
    return stored.name


def contents(storage: FolderStorage) -> set[bytes]:
    return {storage.path(name).read_bytes() for name, _age in storage.names()}


def proven(cast: Cast, folder: Path) -> filing.FilesProven:
    with cast.database.read(MAKER) as read:
        return filing.prove_files(read, folder)


def test_verify_names_the_file_that_is_missing_or_altered(
    sqlite_cast: Cast, storage: FolderStorage, settings: Settings, tmp_path: Path
) -> None:
    assert proven(sqlite_cast, tmp_path) == filing.FilesProven(checked=2)
    assert (
        json.loads(tracker("verify", "--json", database_url=settings.url, data_dir=settings.data_dir).stdout)["files"][
            "checked"
        ]
        == 2
    )
    one, other = sorted(name for name, _age in storage.names())
    storage.path(one).write_bytes(b"other bytes")
    storage.delete(other)
    found = proven(sqlite_cast, tmp_path)
    assert {*found.missing, *found.altered} == {"E1, version 1", "E2, version 1"}
    assert (len(found.missing), len(found.altered)) == (1, 1)
    refused = tracker("verify", database_url=settings.url, data_dir=settings.data_dir)
    assert refused.returncode == 1
    assert "version 1" in refused.stderr


def test_a_backup_brings_the_files_back_and_what_came_later_stays_aside(
    sqlite_cast: Cast, storage: FolderStorage, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "saved.tracker"
    manifest = keeping.backup(sqlite_cast.database, path)
    assert len(manifest.files) == 2
    later = keep(sqlite_cast, storage, "later.csv", b"a,b\n")
    for name in manifest.files:
        storage.delete(name)
    sqlite_cast.database.dispose()
    restoring.restore(settings, path)
    assert contents(storage) >= set(FILES.values())
    assert proven(sqlite_cast, tmp_path).ok
    [aside] = tmp_path.glob("files.before-restore-*")
    assert {p.name for p in aside.glob("??/*")} == {later}


def test_a_damaged_file_in_a_backup_is_refused_before_anything_is_touched(
    sqlite_cast: Cast, storage: FolderStorage, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "saved.tracker"
    keeping.backup(sqlite_cast.database, path)
    sqlite_cast.database.dispose()
    content = path.read_bytes()
    assert CSV in content
    path.write_bytes(content.replace(CSV, CSV[::-1]))
    with pytest.raises(Invalid, match="damaged"):
        restoring.restore(settings, path)


def test_a_backup_says_which_files_were_not_there(sqlite_cast: Cast, storage: FolderStorage, tmp_path: Path) -> None:
    gone = min(name for name, _age in storage.names())
    storage.delete(gone)
    manifest = keeping.backup(sqlite_cast.database, tmp_path / "saved.tracker")
    assert (manifest.absent, len(manifest.files)) == ([gone], 1)


def test_a_copy_with_a_folder_of_its_own_takes_the_files_along(
    sqlite_cast: Cast, storage: FolderStorage, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    keeping.copy_database(settings, f"sqlite:///{folder / 'tracker.db'}")
    assert contents(storage_in(folder)) == set(FILES.values())


def test_the_daily_work_sweeps_what_no_row_names(sqlite_cast: Cast, storage: FolderStorage) -> None:
    orphan = storage.save(BytesIO(b"cut off"), 100).name
    for name, _age in storage.names():
        then = storage.path(name).stat().st_mtime - SWEPT_AFTER_SECONDS - 60
        os.utime(storage.path(name), (then, then))
    assert keeping.tick(sqlite_cast.database).files == 1
    assert contents(storage) == set(FILES.values())
    assert orphan not in {name for name, _age in storage.names()}
