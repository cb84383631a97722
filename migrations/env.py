"""Runs the one migration history on SQLite and PostgreSQL."""

import importlib
from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, event, pool, text
from sqlmodel import SQLModel

from app.core.migrate import TABLES
from app.settings import Settings

for module in TABLES:
    importlib.import_module(module)

config = context.config
url = config.attributes.get("url") or Settings().url


# Any number, the same in every process: who migrates first holds the others up.
MIGRATING = 7_062_117
WAIT_SECONDS = 60


def run() -> None:
    engine = create_engine(url, poolclass=pool.NullPool)
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:
        event.listen(engine, "connect", _connected)
        event.listen(engine, "begin", _begun)
    # One transaction, on both: a migration that is cut off has changed nothing.
    with engine.begin() as connection:
        if not is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": MIGRATING})
        context.configure(
            connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True
        )
        with context.begin_transaction():
            context.run_migrations()
        if is_sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"rows point at nothing after migrating: {broken[:5]}")
    engine.dispose()


def _connected(connection: Any, _record: object) -> None:
    # The driver would begin no transaction for a change of the schema; ours begins below.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}").close()
    # Batch mode drops and remakes tables: with keys on it silently deleted their children.
    connection.execute("PRAGMA foreign_keys=OFF").close()


def _begun(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


run()
