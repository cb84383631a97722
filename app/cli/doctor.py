"""`tracker doctor`: what the machine and the installation look like, each with what to do about it."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from app.cli.opening import operator
from app.core import clock
from app.core import migrate as schema
from app.core.db import Database
from app.core.errors import TrackerError
from app.core.failures import unavailable
from app.core.files import sqlite_path
from app.core.idempotency import note
from app.core.words import _, day, ngettext
from app.history import queries as history
from app.people.models import ApiToken
from app.settings import Settings

State = Literal["ok", "warn", "bad"]
MEGABYTE = 1024 * 1024
SOON = timedelta(days=14)
LATE_TICK = 2


@dataclass(frozen=True, slots=True)
class Check:
    """bad: the application cannot work or data is at risk; warn: look at it soon."""

    name: str
    state: State
    text: str


def examine(settings: Settings) -> list[Check]:
    """All checks; one that cannot be made because the database does not answer says so once."""
    found = [_folder(settings), _disk(settings), *_permissions(settings), *_left_over(settings)]
    database = Database(settings.url, settings.data_dir)
    try:
        found.append(_schema(database))
        if found[-1].state == "ok":
            for check in (_engine, _heads, _clock, _tokens, _ticked):
                found.append(_tried(check, database))
    finally:
        database.dispose()
    return found


def _tried(check: Callable[[Database], Check], database: Database) -> Check:
    try:
        return check(database)
    except TrackerError as error:
        return Check(check.__name__.strip("_"), "bad", error.message)


def _folder(settings: Settings) -> Check:
    kind = "SQLite" if sqlite_path(settings.url) else "PostgreSQL"
    if settings.data_dir.is_dir() and os.access(settings.data_dir, os.W_OK):
        return Check("settings", "ok", _("{kind}; data in {folder}.", kind=kind, folder=settings.data_dir.absolute()))
    return Check("settings", "bad", _("The data folder {folder} cannot be written to.", folder=settings.data_dir))


def _disk(settings: Settings) -> Check:
    place = settings.data_dir if settings.data_dir.exists() else Path.cwd()
    free = shutil.disk_usage(place).free // MEGABYTE
    state: State = "ok" if free > 1024 else "warn" if free > 100 else "bad"
    return Check("disk", state, _("{free} MB free on the disk of the data folder.", free=free))


def _permissions(settings: Settings) -> Iterator[Check]:
    private = [settings.data_dir / "secret-key", sqlite_path(settings.url), settings.data_dir / "redactions.jsonl"]
    for path in private:
        if path is not None and path.exists() and path.stat().st_mode & 0o007:
            yield Check(
                "permissions", "warn", _("Everybody on this machine may read {path}: chmod o-rwx {path}", path=path)
            )


def _left_over(settings: Settings) -> Iterator[Check]:
    for pattern in ("*.part", "*.restoring", "backups/*.part"):
        for path in sorted(settings.data_dir.glob(pattern)):
            yield Check("orphans", "warn", _("{path} was left by a command that was cut off. Delete it.", path=path))


def _schema(database: Database) -> Check:
    try:
        have = schema.version(database.readers)
    except DBAPIError as error:
        return Check("schema", "bad", unavailable(error).message)
    if have == schema.head():
        return Check("schema", "ok", _("The database is this release’s ({version}).", version=have))
    if have is None or have in schema.known():
        return Check("schema", "bad", _("The database is older than this release. Run `tracker migrate`."))
    return Check("schema", "bad", _("The database is newer than this release. Install the release that migrated it."))


def _engine(database: Database) -> Check:
    if not database.is_sqlite:
        with database.read(operator()) as read:
            told = read.connection().execute(text("SHOW server_version")).scalar_one()
        return Check("engine", "ok", _("PostgreSQL {version}.", version=told))
    if resets_the_log_safely(sqlite3.sqlite_version_info):
        return Check("engine", "ok", _("SQLite {version}.", version=sqlite3.sqlite_version))
    return Check(
        "engine", "warn",
        _(
            "SQLite {version} may damage a database that two programs write or checkpoint at once. This application "
            "writes one at a time; open the file with no other program, and update SQLite to 3.51.3 when you can.",
            version=sqlite3.sqlite_version,
        ),
    )  # fmt: skip


def resets_the_log_safely(version: tuple[int, ...]) -> bool:
    """Versions 3.7.0 to 3.51.2 have a race when the log is reset, mended in 3.44.6 and 3.50.7 as well."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def _heads(database: Database) -> Check:
    with database.read(operator()) as read:
        read.see_everything("doctor")
        bad = history.loose_heads(read)
    if bad:
        return Check(
            "ledger", "bad", _("The end of {stream} is not what was sealed. Run `tracker verify`.", stream=bad[0])
        )
    return Check("ledger", "ok", _("Each stream ends where it was sealed. `tracker verify` reads all of it."))


def _clock(database: Database) -> Check:
    with database.read(operator()) as read:
        newest = history.newest_instant(read)
    if newest is not None and newest > clock.now() + timedelta(minutes=1):
        return Check("clock", "bad", _("The newest entry lies in the future. Set this machine’s clock."))
    return Check("clock", "ok", _("It is {day} in London.", day=day(clock.today())))


def _tokens(database: Database) -> Check:
    with database.read(operator()) as read:
        ending = read.exec(
            select(ApiToken.name).where(
                col(ApiToken.revoked_at).is_(None),
                ApiToken.expires_on >= clock.today(),
                ApiToken.expires_on <= clock.today() + SOON,
            )
        ).all()
    if not ending:
        return Check("tokens", "ok", _("No token ends in the next two weeks."))
    told = ngettext("{n} token ends in the next two weeks: {names}", "{n} tokens end in the next two weeks: {names}",
                    len(ending), names=", ".join(sorted(ending)))  # fmt: skip
    return Check("tokens", "warn", told)


def _ticked(database: Database) -> Check:
    with database.read(operator()) as read:
        last = note(read, "ticked_on")
    if last is None or (clock.today() - clock.today().fromisoformat(last)).days > LATE_TICK:
        return Check("tick", "warn", _("The daily work has not been done lately. Run `tracker tick`, or `serve` does."))
    return Check("tick", "ok", _("The daily work was done on {day}.", day=last))
