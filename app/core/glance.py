"""Whether rows still are as they were: asked so often, before every kept answer, that a session would cost most of it.

What is watched is spelled for the driver once. On SQLite it is asked over one connection that is kept for nothing else
and can only read, in some ten microseconds and without a thread; elsewhere over a connection of the pool.
"""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from sqlalchemy.exc import SQLAlchemyError

from app.core import counting
from app.core.db import Database, Read
from app.core.prepared import spelled
from app.core.walls import Watch

Rows = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody watches, as the driver takes it, and the rows that it had."""

    text: str
    values: Any
    rows: Rows


def look(read: Read, watch: Watch) -> Seen:
    """As the session's own transaction sees it. The walls are not asked: rows are compared here, never shown."""
    connection = read.connection()
    dialect = connection.dialect
    text, spell, _lists = spelled(watch.statement, f"{dialect.name}+{dialect.driver}://")
    values = spell(watch.values)
    counting.more(1)
    return Seen(text, values, _rows(connection.connection.driver_connection, text, values))


def _rows(connection: Any, text: str, values: Any) -> Rows:
    cursor = connection.cursor()
    try:
        return tuple(cursor.execute(text, values).fetchall())
    finally:
        cursor.close()


class Glance:
    """is_quick: it never waits, so that it can be asked without a thread."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._kept = _Kept(database.path) if database.path else None

    @property
    def is_quick(self) -> bool:
        return self._kept is not None

    def holds(self, found: tuple[Seen, ...]) -> bool:
        """Whether all of it still is as it was. False too where that cannot be said: the door will look, and say."""
        counting.more(len(found))
        try:
            if self._kept:
                return self._kept.holds(found)
            with self.database.readers.connect() as connection:
                return _holds(connection.connection.driver_connection, found)
        except (sqlite3.Error, SQLAlchemyError, OSError):
            return False

    def close(self) -> None:
        if self._kept:
            self._kept.close()


def _holds(connection: Any, found: tuple[Seen, ...]) -> bool:
    return all(_rows(connection, each.text, each.values) == each.rows for each in found)


class _Kept:
    """One connection to a file of SQLite. It never waits for a lock, never checkpoints, and follows a file replaced."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._opened: sqlite3.Connection | None = None
        self._inode = -1

    def holds(self, found: tuple[Seen, ...]) -> bool:
        with self._lock:
            connection = self._connection()
            try:
                connection.execute("BEGIN")
                held = _holds(connection, found)
                connection.execute("ROLLBACK")
            except sqlite3.Error:
                self._close()
                raise
            return held

    def _connection(self) -> sqlite3.Connection:
        inode = self.path.stat().st_ino
        if self._opened is not None and inode == self._inode:
            return self._opened
        self._close()
        name = f"file:{quote(str(self.path))}?mode=ro"
        self._opened = sqlite3.connect(name, uri=True, timeout=0, isolation_level=None, check_same_thread=False)
        self._inode = inode
        return self._opened

    def close(self) -> None:
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._opened is not None:
            with suppress(sqlite3.Error):
                self._opened.close()
        self._opened = None
