"""Runs the one migration history on SQLite and PostgreSQL."""

import importlib

from alembic import context
from sqlalchemy import create_engine, pool, text
from sqlmodel import SQLModel

from app.core.migrate import TABLES
from app.settings import Settings

for module in TABLES:
    importlib.import_module(module)

config = context.config
url = config.attributes.get("url") or Settings().url


def run() -> None:
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            # Batch mode drops and remakes tables: with keys on it silently deleted their children.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(
            connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if is_sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"rows point at nothing after migrating: {broken[:5]}")
    engine.dispose()


run()
