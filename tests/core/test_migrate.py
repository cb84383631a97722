"""From nothing, from any release before, twice, at once, cut off, and from the future: what migrating does."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.runtime.migration import HeadMaintainer
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, NullPool, create_engine, inspect, text
from sqlmodel import SQLModel

from app.cli import keeping, opening
from app.core import archive, migrate
from app.core.errors import Unavailable
from app.history import queries
from app.settings import Settings
from tests.history.made import a_past
from tests.support.cast import MAKER, Cast, opened
from tests.support.databases import alembic_config
from tests.support.server import TRACKER, environment

EARLIER = [
    script.revision
    for script in ScriptDirectory.from_config(alembic_config("sqlite://")).walk_revisions()
    if not script.is_head
]
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def engine(empty_database_url: str) -> Iterator[Engine]:
    """Looks at the empty database beside what migrates it."""
    made = create_engine(empty_database_url, poolclass=NullPool)
    yield made
    made.dispose()


def test_it_makes_every_table_of_the_code_from_nothing(empty_database_url: str, engine: Engine) -> None:
    assert migrate.version_at(empty_database_url) is None
    migrate.upgrade(empty_database_url)
    migrate.load_tables()
    assert set(inspect(engine).get_table_names()) == {*SQLModel.metadata.tables, archive.VERSION_TABLE}
    assert migrate.version(engine) == migrate.head()


def test_it_changes_nothing_a_second_time(cast: Cast) -> None:
    before = rows_of(cast.database.writers)
    migrate.upgrade(cast.database.url)
    assert rows_of(cast.database.writers) == before


def test_it_leaves_a_database_of_a_newer_release_alone(cast: Cast, tmp_path: Path) -> None:
    with cast.database.writers.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'ffffffffffff'"))
    cast.database.dispose()
    with pytest.raises(Unavailable, match="newer than this release"):
        migrate.upgrade(cast.database.url)
    settings = Settings(database_url=cast.database.url, data_dir=tmp_path)
    # What `tracker migrate` does, and what every other command begins with.
    for begin in (keeping.migrate, opening.database):
        with pytest.raises(Unavailable, match="newer than this release"):
            begin(settings)
    assert not list(tmp_path.glob("backups/*"))


def test_it_migrates_once_where_two_processes_begin_together(
    empty_database_url: str, engine: Engine, tmp_path: Path
) -> None:
    both = [
        subprocess.Popen(
            [TRACKER, "migrate"], env=environment(empty_database_url, tmp_path), cwd=tmp_path,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _process in range(2)
    ]  # fmt: skip
    for process in both:
        _said, refused = process.communicate(timeout=120)
        assert (process.returncode, refused) == (0, "")
    assert migrate.version(engine) == migrate.head()
    with engine.connect() as connection:
        twice = text("SELECT key FROM framework GROUP BY key HAVING count(*) > 1")
        assert connection.execute(twice).all() == []
        assert connection.execute(text("SELECT count(*) FROM framework")).scalar_one() > 10


def test_it_changes_nothing_where_it_is_cut_off(
    empty_database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that ends in the middle rolls back as this one does: both databases change tables in a transaction."""
    before = EARLIER[0]
    migrate.upgrade(empty_database_url, before)
    tables = _shape(engine)
    with pytest.raises(RuntimeError, match="cut off"):
        _upgrade_then_fail(empty_database_url, monkeypatch)
    assert _shape(engine) == tables
    assert migrate.version(engine) == before
    migrate.upgrade(empty_database_url)
    assert migrate.version(engine) == migrate.head()


def _upgrade_then_fail(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:

        def fail(_self: object, _step: object) -> None:
            raise RuntimeError("cut off")

        # After the tables were changed, before the new version is written down.
        patched.setattr(HeadMaintainer, "update_to_step", fail)
        migrate.upgrade(url)


def _shape(engine: Engine) -> dict[str, set[str]]:
    found = inspect(engine)
    return {table: {c["name"] for c in found.get_columns(table)} for table in found.get_table_names()}


@pytest.mark.parametrize("revision", EARLIER)
def test_it_brings_the_data_of_an_earlier_release_along(
    cast: Cast, empty_database_url: str, engine: Engine, revision: str, tmp_path: Path
) -> None:
    past = a_past(cast)
    migrate.upgrade(empty_database_url, revision)
    _fill(engine, rows_of(cast.database.writers))
    before = rows_of(engine)
    assert len(before["ledger"]) > 50
    migrate.upgrade(empty_database_url)
    after = rows_of(engine)
    for table, rows in before.items():
        assert [_narrowed(row, rows) for row in after[table]] == rows, table
    moved = opened(empty_database_url, tmp_path)
    with moved.database.read(MAKER) as read:
        read.see_everything("test")
        verdict = queries.differences(read)
    assert (verdict.bad, verdict.heads[past.stream][0]) == (None, past.revisions["removed"])
    moved.database.dispose()


def rows_of(engine: Engine) -> Rows:
    with engine.connect() as connection:
        return {t.name: list(archive.rows_of(connection, t)) for t in archive.tables_of(connection)}


def _fill(engine: Engine, rows: Rows) -> None:
    """What the database of that release could hold of these rows."""
    with engine.begin() as connection:
        tables = archive.tables_of(connection)
        for table in tables:
            columns = {c.name for c in table.c}
            kept = [{k: v for k, v in row.items() if k in columns} for row in rows.get(table.name, [])]
            if kept:
                archive.load(connection, table, kept)
        archive.reset_sequences(connection, tables)


def _narrowed(row: dict[str, Any], like: list[dict[str, Any]]) -> dict[str, Any]:
    return {k: row[k] for k in like[0]} if like else row


def test_it_reads_the_history_as_alembic_does() -> None:
    script = ScriptDirectory(str(migrate.ROOT / "migrations"))
    assert migrate.head() == script.get_current_head()
    assert migrate.known() == {each.revision for each in script.walk_revisions()}


def test_a_server_does_not_hold_what_migrates() -> None:
    asked = "import sys, app.main; print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
