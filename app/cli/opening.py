"""What every command begins with: settings, the database, and that its schema is the code's."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

from app.core import clock, migrate, words
from app.core.actor import Actor, Door, system
from app.core.db import Database, Read, Write
from app.core.errors import Conflict, Unavailable
from app.core.idempotency import note
from app.core.words import _
from app.settings import Settings

MADE_BY_DEMO = "made_by_demo"


def operator() -> Actor:
    """Who acts when a command does: the person at the machine, whom the operating system has let in."""
    return system(Door.cli, "tracker command")


def database(settings: Settings | None = None, *, check: bool = True) -> Database:
    """The database of the settings, with the language and the day set; check: refuse another schema."""
    settings = settings or Settings()
    words.use_language(settings.language)
    found = Database(settings.url, settings.data_dir, lock_wait=settings.lock_wait)
    try:
        if check:
            check_schema(found)
        _set_the_day(found, settings)
    except Exception:
        found.dispose()
        raise
    return found


def _set_the_day(found: Database, settings: Settings) -> None:
    if settings.today is not None:
        with found.read(operator()) as read:
            if note(read, MADE_BY_DEMO) is None:
                raise Conflict(_("TRACKER_TODAY may be set for a database made by `tracker demo` only."))
        clock.pin(settings.today)


def check_schema(found: Database) -> None:
    have = migrate.version(found.writers)
    if have is None:
        raise Unavailable(_("The database is empty. Run `tracker migrate` first."), "not_migrated")
    migrate.refuse_newer(have)
    if have != migrate.head():
        raise Unavailable(_("The database is older than this release. Run `tracker migrate`."), "old_schema")


@contextmanager
def reading(reason: str) -> Iterator[Read]:
    with database().read(operator()) as read:
        read.see_everything(reason)
        yield read


@contextmanager
def writing(reason: str) -> Iterator[Write]:
    with database().write(operator()) as tx:
        tx.see_everything(reason)
        yield tx


def say(text: str) -> None:
    typer.echo(text)


def answer(told: Any, *, as_json: bool, text: str) -> None:
    """What a script reads with --json, or the same for a person."""
    typer.echo(json.dumps(told, ensure_ascii=False, default=str) if as_json else text)
