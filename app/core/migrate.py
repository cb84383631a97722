"""The schema's version: what the code needs, what the database has, and the way from one to the other.

Alembic is imported where a database is migrated: a server that only asks for versions would hold 12 MiB of it for good.
"""

import importlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sqlalchemy import URL, Engine, column, create_engine, inspect, select, table
from sqlalchemy.pool import NullPool

from app.core.errors import Unavailable
from app.core.files import private_file, sqlite_path
from app.core.words import _

if TYPE_CHECKING:
    from alembic.config import Config

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


_VERSION = table("alembic_version", column("version_num"))
_LINE = re.compile(r"""^(revision|down_revision)\b[^=]*= *(?:["'](\w+)["']|None)""", re.MULTILINE)


def _folder() -> Path:
    # In a clone the history lies beside app/; an installed package carries it inside.
    inside = Path(__file__).resolve().parents[1] / "migrations"
    return inside if inside.exists() else ROOT / "migrations"


def _config(url: str) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_folder()))
    config.attributes["url"] = url
    return config


@cache
def _history() -> dict[str, str]:
    """Each revision with the one before it, empty for the first, as the files say it."""
    told = [dict(_LINE.findall(path.read_text())) for path in (_folder() / "versions").glob("*.py")]
    return {each["revision"]: each["down_revision"] for each in told if "revision" in each}


def upgrade(url: str, to: str = "head") -> None:
    """Bring the database to the code's schema, or to an older one; nothing happens when it is there.

    Whole or not at all, one process after the other; Unavailable where a newer release migrated it.
    """
    from alembic import command

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
    history = _history()
    found = history.keys() - set(history.values())
    if len(found) != 1:
        raise RuntimeError(f"the project has {len(found)} newest migrations, not one")
    return next(iter(found))


def known() -> frozenset[str]:
    return frozenset(_history())


def version(engine: Engine) -> str | None:
    """The schema's revision in this database; None where nothing was ever migrated."""
    if is_missing(engine.url):
        return None
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(select(_VERSION.c.version_num)).scalar()
        return found


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
