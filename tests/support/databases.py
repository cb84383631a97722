"""A migrated database for each test, on SQLite and on PostgreSQL: migrated once a run, then copied."""

import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from alembic.config import Config

from app.core.migrate import upgrade as migrate
from tests.support import postgres, run

ROOT = Path(__file__).parents[2]
KINDS = ("sqlite", "postgresql")

_numbers = itertools.count(1)


def alembic_config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    # Not an option of the file: a `%` in the url would be read as an interpolation there.
    config.attributes["url"] = url
    return config


def migrated(kind: str, folder: Path) -> AbstractContextManager[str]:
    """The url of a fresh migrated database; SQLite's file is made in `folder`."""
    return copied(kind, folder, "migrated", migrate)


@contextmanager
def copied(kind: str, folder: Path, name: str, fill: Callable[[str], None]) -> Iterator[str]:
    """The url of a fresh copy of the database that `fill(url)` fills once a run."""
    if kind == "sqlite":
        path = folder / "tracker.db"
        shutil.copyfile(sqlite_template(name, fill), path)
        yield sqlite_url(path)
        return
    with _postgres_database(f"TEMPLATE {postgres_template(name, fill)}") as url:
        yield url


@contextmanager
def empty(kind: str, folder: Path) -> Iterator[str]:
    """The url of a database without a single table, for tests of the migrations themselves."""
    if kind == "sqlite":
        yield sqlite_url(folder / "empty.db")
        return
    with _postgres_database("TEMPLATE template0") as url:
        yield url


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def sqlite_template(name: str, fill: Callable[[str], None]) -> Path:
    """A file that `fill(url)` has filled, once a run."""
    with run.alone(f"sqlite-{name}") as path:
        if not path.exists():
            making = path.with_suffix(".making")
            fill(sqlite_url(making))
            # In WAL mode rows may still lie beside the file that is about to be copied alone.
            with closing(sqlite3.connect(making)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            making.rename(path)
    return path


def postgres_template(name: str, fill: Callable[[str], None]) -> str:
    """The name of a database that `fill(url)` has filled, once a run. Leave no connection open in it."""
    postgres.server()
    with run.alone(f"postgres-{name}") as done:
        if not done.exists():
            postgres.as_role(f"CREATE DATABASE template_{name}")
            fill(postgres.url(f"template_{name}"))
            done.touch()
    return f"template_{name}"


@contextmanager
def _postgres_database(how: str) -> Iterator[str]:
    name = f"test_{os.getpid()}_{next(_numbers)}"
    postgres.as_role(f"CREATE DATABASE {name} {how}")
    try:
        yield postgres.url(name)
    finally:
        # A pool that a test forgot to close must not keep the next one from its disk.
        postgres.as_role(f"DROP DATABASE {name} WITH (FORCE)")
