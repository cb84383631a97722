"""`tracker demo`: an invented year of two plans, to look at and to try things on."""

from typing import Annotated

import typer
from sqlalchemy.schema import CreateSchema, DropSchema

from app.cli import opening, server
from app.core import clock, migrate, words
from app.core.db import Database
from app.core.errors import Conflict
from app.core.files import private_folder, sqlite_path
from app.core.locks import LockFile
from app.core.words import _
from app.demo import loader, signing
from app.home.queries import is_demo
from app.people.rules import ROLE_WORDS, Role
from app.people.secrets import hash_password
from app.settings import Settings


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    load_only: Annotated[bool, typer.Option("--load-only", help="Load it and stop.")] = False,
    reset: Annotated[
        bool, typer.Option("--reset", help="Throw the demonstration away first, with all that was changed in it.")
    ] = False,
    host: str = "127.0.0.1",
    port: int = 8000,
) -> None:
    """Load the demonstration (invented data), print who may sign in, and serve it."""
    settings = Settings()
    words.use_language(settings.language)
    private_folder(settings.data_dir)
    if reset:
        _forget(settings)
    _refuse_foreign(settings)
    migrate.upgrade(settings.url)
    if settings.today is not None:
        clock.pin(settings.today)
    password = signing.password(settings.demo_password, settings.data_dir)
    database = Database(settings.url, settings.data_dir)
    try:
        if not loader.load(database, lambda: hash_password(password)):
            signing.renew(database, password)
    finally:
        database.dispose()
    _tell(f"http://{host}:{port}", password)
    if not load_only:
        server.serve(host, port)


def _refuse_foreign(settings: Settings) -> None:
    """Before anything is migrated: a database of real work is left exactly as it is."""
    if migrate.version_at(settings.url) is None:
        return
    database = Database(settings.url, settings.data_dir)
    try:
        if loader.is_foreign(database):
            raise Conflict(_("This database was not made by `tracker demo`, so the demonstration is not loaded here."))
    finally:
        database.dispose()


def _forget(settings: Settings) -> None:
    if migrate.version_at(settings.url) is None:
        return
    database = Database(settings.url, settings.data_dir)
    try:
        if not is_demo(database):
            raise Conflict(_("This database was not made by `tracker demo`, so nothing was reset."))
        path = sqlite_path(settings.url)
        if path is None:
            with database.writers.begin() as connection:
                connection.execute(DropSchema("public", cascade=True))
                connection.execute(CreateSchema("public"))
            return
        with LockFile(settings.data_dir / "write.lock").held():
            database.dispose()
            for end in ("", "-wal", "-shm"):
                path.with_name(path.name + end).unlink(missing_ok=True)
    finally:
        database.dispose()


def _tell(address: str, password: str) -> None:
    opening.say(_("The demonstration is ready at {address} (invented data).", address=address))
    for person in signing.sign_ins():
        opening.say(f"  {person.email:<34}{_(ROLE_WORDS[Role(person.role)])}")
    opening.say(_("Password of all of them: {password}", password=password))
