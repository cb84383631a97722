"""Commands on the database as a whole."""

import typer

from app.cli import opening
from app.core import migrate as schema
from app.core.words import _
from app.settings import Settings


def register(app: typer.Typer) -> None:
    app.command()(migrate)


def migrate() -> None:
    """Bring the database to this release's schema."""
    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    schema.upgrade(settings.url)
    opening.say(_("The database is ready."))
