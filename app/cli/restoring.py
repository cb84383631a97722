"""Restore: into a side database first, proven there, and only then put in the old one's place, which is kept."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import select

from app.cli import filing, keeping
from app.cli.keeping import fill, proven
from app.cli.opening import operator
from app.core import clock
from app.core import migrate as schema
from app.core.archive import Archive, Progress
from app.core.db import Database
from app.core.errors import Conflict, Forbidden, TrackerError, Unavailable
from app.core.files import give_to_owner_of, keep_private, private_folder, sqlite_path
from app.core.locks import LockFile
from app.core.words import _
from app.history.commands import reapply
from app.history.models import Redaction
from app.history.schemas import Verdict
from app.settings import Settings

SIDE = "tracker_restoring"


def restore(settings: Settings, path: Path, progress: Progress = keeping.quiet) -> tuple[Verdict, str]:
    """(what was proven, where the old database is kept). Raises without having changed anything."""
    archive = Archive(path)
    try:
        if archive.manifest.schema not in schema.known():
            raise Unavailable(
                _("The backup is newer than this release. Install the release that made it."), "new_schema"
            )
        archive.check()
        private_folder(settings.data_dir)
        # First the files, then the rows that name them: cut off between the two, nothing is lost.
        filing.bring_back(archive, settings.data_dir)
        target = sqlite_path(settings.url)
        with LockFile(settings.data_dir / "write.lock").held(5):
            if target is not None:
                done = _restore_sqlite(settings, target, archive, progress)
            else:
                done = _restore_postgres(settings, archive, progress)
            if "evidence_version" in archive.manifest.sums and done[1]:
                filing.keep_aside(settings.data_dir, archive.manifest.files, f"{clock.now():%Y%m%d-%H%M%S}")
            return done
    finally:
        archive.close()


def _restore_sqlite(settings: Settings, target: Path, archive: Archive, progress: Progress) -> tuple[Verdict, str]:
    _refuse_while_open(target)
    side = target.with_name(f"{target.name}.restoring")
    _remove(side)
    try:
        verdict = _made(settings, f"sqlite:///{side}", archive, progress)
        with closing(sqlite3.connect(side)) as connection:
            # One file, with nothing left in a log beside it.
            connection.execute("PRAGMA journal_mode=DELETE")
        kept = ""
        if target.exists():
            old = target.with_name(f"{target.stem}.before-restore-{clock.now():%Y%m%d-%H%M%S}.db")
            os.link(target, old)
            keep_private(old)
            give_to_owner_of(side, old)
            kept = str(old)
        side.replace(target)
        _sync(target.parent)
    finally:
        _remove(side)
    return verdict, kept


def _refuse_while_open(target: Path) -> None:
    """Leaving WAL needs the file alone: whoever still has it open would go on writing to the old one."""
    if not target.exists():
        return
    try:
        with closing(sqlite3.connect(target, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as error:
        raise in_use() from error
    except sqlite3.DatabaseError:
        # Damaged: all the more reason to restore. It is kept beside the new one.
        return


def in_use() -> Conflict:
    return Conflict(_("A server or another command has this database open. Stop it, then restore."), "in_use")


def _remove(side: Path) -> None:
    for name in ("", "-wal", "-shm", "-journal"):
        side.with_name(side.name + name).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _made(settings: Settings, url: str, archive: Archive, progress: Progress) -> Verdict:
    """The archive in an empty database, at this release's schema, with what was forgotten since forgotten again."""
    later = _redactions_since(settings)
    schema.upgrade(url, archive.manifest.schema)
    database = Database(url, settings.data_dir)
    try:
        with database.writers.begin() as connection:
            fill(connection, {name: archive.rows(name) for name in archive.manifest.sums}, progress)
        if archive.manifest.schema != schema.head():
            schema.upgrade(url)
        verdict = proven(database, archive.manifest.heads)
        if later:
            with database.write(operator(), holding=True) as tx:
                tx.see_everything("what was forgotten is forgotten again")
                for record in later.values():
                    reapply(tx, record)
            verdict = proven(database, _heads(database))
        return verdict
    finally:
        database.dispose()


def _heads(database: Database) -> dict[str, list[object]]:
    from app.core.archive import heads_of

    with database.readers.begin() as connection:
        return heads_of(connection)


def _redactions_since(settings: Settings) -> dict[UUID, Redaction]:
    """From the file beside the data and, where it can still be read, from the database that is replaced."""
    found = {r.id: r for r in keeping.kept_redactions(settings.data_dir)}
    database = Database(settings.url, settings.data_dir)
    try:
        with suppress(TrackerError, DBAPIError):
            if schema.version(database.readers) is not None:
                with database.read(operator()) as read:
                    read.see_everything("what was forgotten is forgotten again")
                    found |= {r.id: r for r in read.exec(select(Redaction)).all()}
                    read.expunge_all()
    finally:
        database.dispose()
    return found


def _restore_postgres(settings: Settings, archive: Archive, progress: Progress) -> tuple[Verdict, str]:
    engine = create_engine(settings.url, poolclass=NullPool)
    side = make_url(settings.url).update_query_dict({"options": f"-csearch_path={SIDE}"})
    old = f"before_restore_{clock.now():%Y%m%d_%H%M%S}"
    try:
        with engine.begin() as connection:
            _refuse_while_connected(connection)
            connection.execute(text(f"DROP SCHEMA IF EXISTS {SIDE} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {SIDE}"))
        try:
            verdict = _made(settings, side.render_as_string(hide_password=False), archive, progress)
            with engine.begin() as connection:
                _refuse_while_connected(connection)
                here = connection.execute(text("SELECT current_schema()")).scalar_one()
                connection.execute(text(f'ALTER SCHEMA "{here}" RENAME TO {old}'))
                connection.execute(text(f'ALTER SCHEMA {SIDE} RENAME TO "{here}"'))
        finally:
            with engine.begin() as connection:
                connection.execute(text(f"DROP SCHEMA IF EXISTS {SIDE} CASCADE"))
    except DBAPIError as error:
        if "InsufficientPrivilege" in type(error.orig).__name__:
            raise Forbidden(_("The database account may not make or rename schemas. Restore as the owner.")) from error
        raise
    finally:
        engine.dispose()
    return verdict, old


def _refuse_while_connected(connection: Connection) -> None:
    others = connection.execute(
        text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
    ).scalar_one()
    if others:
        raise in_use()
