"""Backup, restore, copy and doctor: drilled on both databases, and refused without harm."""

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from app.cli import doctor, keeping, restoring
from app.core import migrate as schema
from app.core.db import Database
from app.core.errors import Conflict, Invalid, TrackerError
from app.history import queries
from app.history.commands import redact
from app.settings import Settings
from tests.history.made import Past, a_past, an_update, system_write
from tests.support import databases, server
from tests.support.cast import MAKER, Cast
from tests.support.inside import tracker

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


@pytest.fixture
def past(cast: Cast) -> Past:
    return a_past(cast)


@pytest.fixture
def settings(cast: Cast, tmp_path: Path) -> Settings:
    return Settings(database_url=cast.database.url, data_dir=tmp_path)


@pytest.fixture
def elsewhere(database_kind: str, tmp_path: Path) -> Iterator[str]:
    """An empty database of the other kind."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with databases.empty(OTHER[database_kind], folder) as url:
        yield url


def saved(past: Past, tmp_path: Path) -> Path:
    path = tmp_path / "saved.tracker"
    keeping.backup(past.cast.database, path)
    past.cast.database.dispose()
    return path


def heads(url: str, folder: Path) -> dict[str, tuple[int, str]]:
    database = Database(url, folder)
    try:
        with database.read(MAKER) as read:
            read.see_everything("test")
            verdict = queries.differences(read)
        assert verdict.bad is None
        return verdict.heads
    finally:
        database.dispose()


def write_more(past: Past) -> None:
    with past.cast.database.write(MAKER) as tx:
        system_write(tx, "action.updated", date(2027, 6, 1))
        tx.add(an_update(past.cast, past.action_id, commentary="After the backup"))
    past.cast.database.dispose()


def test_it_brings_back_the_moment_of_the_backup_and_keeps_what_was_there(
    past: Past, settings: Settings, tmp_path: Path
) -> None:
    before = heads(settings.url, tmp_path)
    path = saved(past, tmp_path)
    write_more(past)
    assert heads(settings.url, tmp_path) != before
    verdict, kept = restoring.restore(settings, path)
    assert heads(settings.url, tmp_path) == before == verdict.heads
    assert kept
    past.cast.database.dispose()
    write_more(past)
    assert heads(settings.url, tmp_path)[past.stream][0] == before[past.stream][0] + 1
    assert not list(tmp_path.glob("*.restoring*"))


def test_it_restores_into_an_empty_database_of_either_kind(past: Past, elsewhere: str, tmp_path: Path) -> None:
    before = heads(past.cast.database.url, tmp_path)
    path = saved(past, tmp_path)
    settings = Settings(database_url=elsewhere, data_dir=tmp_path / "elsewhere")
    restoring.restore(settings, path)
    assert heads(elsewhere, tmp_path / "elsewhere") == before


def test_it_copies_to_the_other_kind_and_the_copy_goes_on(past: Past, settings: Settings, elsewhere: str) -> None:
    before = heads(settings.url, settings.data_dir)
    verdict = keeping.copy_database(settings, elsewhere)
    assert verdict.heads == before
    past.cast.database.dispose()
    copy = Database(elsewhere, settings.data_dir / "elsewhere")
    with copy.write(MAKER) as tx:
        system_write(tx, "action.updated", date(2027, 6, 1))
        tx.add(an_update(past.cast, past.action_id))
    copy.dispose()
    assert heads(elsewhere, settings.data_dir / "elsewhere")[past.stream][0] == before[past.stream][0] + 1
    with pytest.raises(Conflict, match="not empty"):
        keeping.copy_database(settings, elsewhere)
    with pytest.raises(Invalid, match="same database"):
        keeping.copy_database(settings, settings.url)


def test_it_does_not_bring_back_what_was_forgotten_since(past: Past, settings: Settings, tmp_path: Path) -> None:
    path = saved(past, tmp_path)
    with past.cast.database.write(MAKER) as tx:
        tx.see_everything("test")
        redact(tx, entity="action", entity_id=past.action_id, fields=["title"], why="Named", decided_by="Carol")
    past.cast.database.dispose()
    verdict, _kept = restoring.restore(settings, path)
    assert (verdict.bad, verdict.redactions) == (None, 1)
    with past.cast.database.read(MAKER) as read:
        sealed = "".join(read.connection().execute(text("SELECT sealed FROM ledger")).scalars())
    assert "Action 1.1" not in sealed


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _no_zip(path: Path) -> None:
    path.write_text("not a backup")


def _foreign(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("letter.txt", "hello")


def _again(path: Path, name: str, change: str, to: str) -> None:
    with zipfile.ZipFile(path) as old:
        parts = {n: old.read(n) for n in old.namelist()}
    parts[name] = parts[name].replace(change.encode(), to.encode())
    with zipfile.ZipFile(path, "w") as new:
        for part, content in parts.items():
            new.writestr(part, content)


def _newer(path: Path) -> None:
    _again(path, "manifest.json", schema.head(), "ffffffffffff")


def _altered(path: Path) -> None:
    _again(path, "action.jsonl", "Action 1.1", "Action 9.9")


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (_cut, "cut or is no backup"),
        (_no_zip, "cut or is no backup"),
        (_foreign, "no backup of this application"),
        (_newer, "newer than this release"),
        (_altered, "damaged at “action”"),
    ],
)
def test_it_refuses_a_bad_file_and_harms_nothing(
    past: Past, settings: Settings, tmp_path: Path, harm: object, says: str
) -> None:
    before = heads(settings.url, tmp_path)
    path = saved(past, tmp_path)
    harm(path)  # type: ignore[operator]
    with pytest.raises(TrackerError, match=says):
        restoring.restore(settings, path)
    assert heads(settings.url, tmp_path) == before


def test_it_refuses_a_backup_whose_record_does_not_hold(past: Past, settings: Settings, tmp_path: Path) -> None:
    with past.cast.database.writers.begin() as connection:
        connection.execute(text("UPDATE action SET title = 'Changed behind the record'"))
    path = saved(past, tmp_path)
    with pytest.raises(Conflict, match="does not hold"):
        restoring.restore(settings, path)
    assert not list(tmp_path.glob("*.restoring*"))


def test_it_refuses_to_restore_under_a_server(past: Past, settings: Settings, tmp_path: Path) -> None:
    path = saved(past, tmp_path)
    with server.serve(settings.url, tmp_path), pytest.raises(Conflict, match="Stop it"):
        restoring.restore(settings, path)


def test_it_backs_up_while_serving_and_never_over_a_file(past: Past, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "while.tracker"
    with server.serve(settings.url, tmp_path):
        done = server.tracker("backup", str(path), "--json", database_url=settings.url, data_dir=tmp_path)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["schema"] == schema.head()
        assert path.stat().st_mode & 0o077 == 0
        again = tracker("backup", str(path), database_url=settings.url, data_dir=tmp_path)
        assert (again.returncode, "already" in again.stderr) == (1, True)


def test_it_speaks_one_sentence_and_exit_codes(past: Past, settings: Settings, tmp_path: Path) -> None:
    past.cast.database.dispose()
    said = tracker("verify", database_url=settings.url, data_dir=tmp_path)
    assert (said.returncode, "The record holds" in said.stdout) == (0, True), said.stderr
    head = json.loads(tracker("verify", "--json", database_url=settings.url, data_dir=tmp_path).stdout)["heads"]
    revision, hash = head[past.stream]
    good = tracker("verify", "--head", f"{revision}:{hash[:16]}", database_url=settings.url, data_dir=tmp_path)
    assert good.returncode == 0
    bad = tracker("verify", "--head", f"{revision}:0000000000", database_url=settings.url, data_dir=tmp_path)
    assert (bad.returncode, bad.stdout, bad.stderr.count("\n")) == (1, "", 1)
    gone = tracker(
        "redact", "action", str(past.action_id), "--field", "title", "--why", "Named", "--decided-by", "Carol",
        database_url=settings.url, data_dir=tmp_path,
    )  # fmt: skip
    assert gone.returncode == 0, gone.stderr
    assert (tmp_path / "redactions.jsonl").read_text().count("\n") == 1
    assert "removed by 1 redaction" in tracker("verify", database_url=settings.url, data_dir=tmp_path).stdout
    assert tracker("tick", database_url=settings.url, data_dir=tmp_path).returncode == 0
    assert tracker("redact", database_url=settings.url, data_dir=tmp_path).returncode == 1


def test_it_saves_before_it_migrates(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(database_url=sqlite_url, data_dir=tmp_path)
    assert keeping.migrate(settings) is None
    real = schema.head()
    monkeypatch.setattr(schema, "head", lambda: "next")
    path = keeping.migrate(settings)
    assert path is not None
    monkeypatch.setattr(schema, "head", lambda: real)
    restoring.restore(settings, path)


def test_its_doctor_says_what_to_do(past: Past, settings: Settings, tmp_path: Path) -> None:
    past.cast.database.dispose()
    (tmp_path / "x.tracker.part").touch()
    found = {c.name: c for c in doctor.examine(settings)}
    assert {"settings", "disk", "schema", "engine", "ledger", "clock", "tokens", "tick", "orphans"} <= set(found)
    assert [c.name for c in found.values() if c.state == "bad"] == []
    with past.cast.database.writers.begin() as connection:
        connection.execute(text("UPDATE stream SET head = 'x' WHERE name = 'shared'"))
    past.cast.database.dispose()
    assert {c.name for c in doctor.examine(settings) if c.state == "bad"} == {"ledger"}


def test_its_doctor_stands_without_a_database(tmp_path: Path) -> None:
    found = doctor.examine(Settings(database_url=f"sqlite:///{tmp_path}/none.db", data_dir=tmp_path))
    assert [c.state for c in found if c.name == "schema"] == ["bad"]
    assert not (tmp_path / "none.db").exists()


def test_it_knows_which_sqlite_resets_its_log_safely() -> None:
    safe = {
        (3, 51, 3): True,
        (3, 51, 2): False,
        (3, 50, 7): True,
        (3, 44, 6): True,
        (3, 45, 0): False,
        (3, 40, 1): False,
    }
    assert {v: doctor.resets_the_log_safely(v) for v in safe} == safe


def test_it_refuses_a_missing_folder_and_file(past: Past, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="no folder"):
        keeping.backup(past.cast.database, tmp_path / "none" / "x.tracker")
    with pytest.raises(Invalid, match="no file"):
        restoring.restore(settings, tmp_path / "none.tracker")
