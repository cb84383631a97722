"""The schema's version: what the code needs, what the database has, and the way from one to the other."""

import importlib
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Engine, create_engine, inspect
from sqlalchemy.pool import NullPool

from app.core.errors import Unavailable
from app.core.files import private_file, sqlite_path
from app.core.words import _

# Every module with tables: what a migration compares the database with.
TABLES = (
    "app.core.ledger",
    "app.core.idempotency",
    "app.history.models",
    "app.organisations.models",
    "app.people.models",
    "app.frameworks.models",
    "app.plans.models",
    "app.actions.models",
    "app.evidence.models",
    "app.assurance.models",
    "app.coverage.models",
    "app.reports.models",
    "app.exchange.models",
)


@cache
def load_tables() -> None:
    """Import every module with tables, so that whoever asks for all of them gets all."""
    for module in TABLES:
        importlib.import_module(module)


ROOT = Path(__file__).resolve().parents[2]


def _config(url: str = "") -> Config:
    config = Config()
    # In a clone the history lies beside app/; an installed package carries it inside.
    inside = Path(__file__).resolve().parents[1] / "migrations"
    config.set_main_option("script_location", str(inside if inside.exists() else ROOT / "migrations"))
    if url:
        config.attributes["url"] = url
    return config


def upgrade(url: str, to: str = "head") -> None:
    """Bring the database to the code's schema, or to an older one; nothing happens when it is there.

    Whole or not at all, one process after the other; Unavailable where a newer release migrated it.
    """
    refuse_newer(version_at(url))
    if path := sqlite_path(url):
        private_file(path)
    command.upgrade(_config(url), to)


def refuse_newer(have: str | None) -> None:
    if have is not None and have not in known():
        raise Unavailable(
            _("The database is newer than this release. Install the release that migrated it."), "new_schema"
        )


def head() -> str:
    found = ScriptDirectory.from_config(_config()).get_current_head()
    if found is None:
        raise RuntimeError("the project has no migrations")
    return found


def known() -> frozenset[str]:
    return frozenset(s.revision for s in ScriptDirectory.from_config(_config()).walk_revisions())


def version(engine: Engine) -> str | None:
    """The schema's revision in this database; None where nothing was ever migrated."""
    if is_missing(engine.url):
        return None
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return MigrationContext.configure(connection).get_current_revision()


def is_missing(url: URL) -> bool:
    """Whether this is a SQLite file that is not there (opening it would make an empty one)."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return False
    return not Path(unquote(url.database.removeprefix("file:"))).exists()


def version_at(url: str) -> str | None:
    engine = create_engine(url, poolclass=NullPool)
    try:
        return version(engine)
    finally:
        engine.dispose()
