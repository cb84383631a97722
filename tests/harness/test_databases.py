"""The harness gives each test a database of its own, the same on both engines."""

import os
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from tests.support import databases, postgres, run


def _fill(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE thing (name TEXT PRIMARY KEY)"))
        connection.execute(text("INSERT INTO thing VALUES ('made once')"))
    engine.dispose()


def _names(url: str, add: str) -> list[str]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO thing VALUES (:name)"), {"name": add})
        names = [row[0] for row in connection.execute(text("SELECT name FROM thing ORDER BY name"))]
    engine.dispose()
    return names


@pytest.fixture
def small_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    for maker in ("sqlite_template", "postgres_template"):
        real = getattr(databases, maker)
        monkeypatch.setattr(databases, maker, lambda _name, _fill_real, real=real: real("small", _fill))


@pytest.mark.usefixtures("small_migration")
def test_it_gives_every_test_its_own_copy(database_kind: str, tmp_path: Path) -> None:
    for turn in ("first", "second"):
        (tmp_path / turn).mkdir()
        with databases.migrated(database_kind, tmp_path / turn) as url:
            assert _names(url, turn) == sorted([turn, "made once"])


def test_it_gives_an_empty_database(empty_database_url: str) -> None:
    _fill(empty_database_url)
    assert _names(empty_database_url, "x") == ["made once", "x"]


def test_it_does_not_connect_as_superuser(tmp_path: Path) -> None:
    with databases.empty("postgresql", tmp_path) as url:
        engine = create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) is False
        engine.dispose()


def test_it_names_the_package_when_there_is_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setattr(Path, "glob", lambda *_: [])
    with pytest.raises(postgres.PostgresMissingError, match="package `postgresql`"):
        postgres.binary("initdb")


def test_it_sweeps_only_the_folders_of_runs_that_are_gone(tmp_path: Path) -> None:
    dead, alive = tmp_path / f"{run.PREFIX}999999999-a", tmp_path / f"{run.PREFIX}{os.getpid()}-b"
    for folder in (dead, alive):
        folder.mkdir()
    run._sweep(tmp_path)
    assert not dead.exists()
    assert alive.exists()
