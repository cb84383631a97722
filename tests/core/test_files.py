"""What is kept is private from the moment it exists, also where the machine's habit is to let everybody read."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from app.cli import doctor, keeping, restoring
from app.core.db import Database
from app.core.files import keep_private, private_file, private_folder
from app.history.models import Redaction
from app.settings import Settings
from tests.support.cast import MAKER
from tests.support.databases import migrated, sqlite_url


@pytest.fixture(autouse=True)
def loose() -> Iterator[None]:
    """The umask under which everything is everybody's."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def made(settings: Settings) -> Settings:
    """With a migrated database in it, open to everybody as an older release left it."""
    settings.data_dir.mkdir(mode=0o700)
    with migrated("sqlite", settings.data_dir):
        (settings.data_dir / "tracker.db").chmod(0o644)
    return settings


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def all_rights(folder: Path) -> set[int]:
    return {rights(path) for path in folder.iterdir() if path.is_file()}


def test_it_makes_a_database_that_only_its_user_may_read(settings: Settings) -> None:
    keeping.migrate(settings)
    with closing(sqlite3.connect(settings.data_dir / "tracker.db")) as reader:
        # While somebody has it open, the log and its index lie beside it.
        assert reader.execute("SELECT count(*) FROM stream").fetchone()
        database = Database(settings.url, settings.data_dir)
        with database.write(MAKER) as tx:
            tx.connection()
        assert {p.name for p in settings.data_dir.iterdir()} >= {"tracker.db", "tracker.db-wal", "tracker.db-shm"}
        assert all_rights(settings.data_dir) == {0o600}
        database.dispose()
    assert rights(settings.data_dir) == 0o700
    assert [c for c in doctor.examine(settings) if c.name == "permissions"] == []


def test_it_copies_to_a_file_that_only_its_user_may_read(made: Settings, tmp_path: Path) -> None:
    keeping.copy_database(made, sqlite_url(tmp_path / "copy.db"))
    assert rights(tmp_path / "copy.db") == 0o600


def test_it_restores_and_keeps_the_old_one_for_its_user_alone(made: Settings, tmp_path: Path) -> None:
    saved = tmp_path / "saved.tracker"
    database = Database(made.url, made.data_dir)
    keeping.backup(database, saved)
    database.dispose()
    _verdict, kept = restoring.restore(made, saved)
    assert Path(kept).name.startswith("tracker.before-restore-")
    assert {rights(Path(kept)), rights(saved), *all_rights(made.data_dir)} == {0o600}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_it_leaves_a_restored_database_to_whom_it_belonged(made: Settings, tmp_path: Path) -> None:
    saved = tmp_path / "saved.tracker"
    database = Database(made.url, made.data_dir)
    keeping.backup(database, saved)
    database.dispose()
    shutil.chown(made.data_dir / "tracker.db", 12345, 12345)
    restoring.restore(made, saved)
    assert (made.data_dir / "tracker.db").stat().st_uid == 12345


def test_it_keeps_what_must_stay_forgotten_to_its_user(tmp_path: Path) -> None:
    forgotten = Redaction(
        of_stream="shared", entity="account", entity_id=uuid4(), fields=["name"], revision_from=1, revision_to=1,
        done_on=date(2026, 11, 1), decided_by="Carol", why="Asked for",
    )  # fmt: skip
    keeping.keep_redactions(tmp_path, [forgotten])
    assert rights(tmp_path / keeping.REDACTIONS) == 0o600


def test_it_makes_the_secret_key_in_a_private_folder(settings: Settings) -> None:
    assert len(settings.secret) > 40
    assert (rights(settings.data_dir), rights(settings.data_dir / "secret-key")) == (0o700, 0o600)


def test_it_leaves_the_rights_of_what_is_there(tmp_path: Path) -> None:
    folder, file = tmp_path / "shared", tmp_path / "shared" / "file"
    folder.mkdir(mode=0o750)
    file.touch(0o640)
    file.write_text("kept")
    private_folder(folder)
    private_file(file)
    assert (rights(folder), rights(file), file.read_text()) == (0o750, 0o640, "kept")
    keep_private(file)
    assert rights(file) == 0o600


def test_it_leaves_it_to_who_opens_a_file_that_cannot_be_made(tmp_path: Path) -> None:
    private_file(tmp_path / "none" / "tracker.db")
    assert not (tmp_path / "none").exists()
