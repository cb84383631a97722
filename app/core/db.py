"""Sessions: `Read` and `Write` are different types, and the database itself refuses a write through a `Read`.

One writer at a time on SQLite: a lock file in the data folder serialises the processes, `BEGIN IMMEDIATE` the
connections, and only a writer checkpoints (SQLite 3.7.0 to 3.51.2 may corrupt a WAL that two connections reset at
once). On PostgreSQL the writers of one stream queue at `claim`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import Engine, Uuid, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from app.core.actor import Actor, Stamp
from app.core.columns import Known
from app.core.failures import lost_its_file, reported
from app.core.files import sqlite_path
from app.core.locks import LOCK_WAIT_SECONDS, LockFile

DATABASE_WAIT_SECONDS = 10.0


class Everything:
    """The scope of the system's own work; it says why, and no request of a person ever holds it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class Scoped(Session):
    """A session that knows who acts, and which plans it may see (none until told)."""

    @property
    def actor(self) -> Actor:
        stamp: Stamp = self.info["stamp"]
        return stamp.actor

    def scope_to(self, *plan_ids: UUID) -> None:
        """Open the second wall for these plans; called by the query that checked the first.

        Who saw everything is from here on at work in these plans alone, as statements within them count on it.
        """
        held = self.info.get("scope")
        before = frozenset() if held is None or isinstance(held, Everything) else held
        self.info["scope"] = frozenset(plan_ids) | before

    @property
    def hidden(self) -> frozenset[UUID]:
        """What is restricted to named people, of whom the actor is none: an action, an update, an item of evidence."""
        return self.info.get("hidden") or frozenset()

    def hide(self, subjects: frozenset[UUID]) -> None:
        """Close the third wall; called by the query that checked the first."""
        self.info["hidden"] = subjects

    @contextmanager
    def unhidden(self) -> Iterator[None]:
        """For what is made once for all readers and masked for each of them afterwards."""
        held = self.hidden
        self.hide(frozenset())
        try:
            yield
        finally:
            self.hide(held)

    def see_everything(self, reason: str) -> None:
        self.info["scope"] = Everything(reason)

    def sqlite(self) -> Any | None:
        """SQLite's own connection within this transaction; None on another database.

        Asked of the session once in each transaction and savepoint: to be told again took longer than many a statement.
        """
        held, driver = self.info.get("sqlite") or (None, None)
        if held is None or not held.is_active or held is not (self.get_nested_transaction() or self.get_transaction()):
            connection = self.connection()
            driver = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
            self.info["sqlite"] = self.get_nested_transaction() or self.get_transaction(), driver
        return driver


class Read(Scoped):
    """Reads one consistent moment."""


class Write(Read):
    """Reads and writes; each flush is recorded in the ledger under this session's stamp."""

    def _past_the_ledger(self, *_args: Any, **_more: Any) -> None:
        raise RuntimeError("bulk statements pass the ledger: change rows")

    bulk_save_objects = bulk_insert_mappings = bulk_update_mappings = _past_the_ledger

    def act(self, name: str, why: str | None = None) -> None:
        """Name what the coming changes mean ("action.updated") and why; the ledger keeps both."""
        self.info["stamp"].act = name
        self.info["stamp"].why = why


def writes_to_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


class Database:
    """The engines of one database: readers and, on SQLite, a writer of its own.

    url: SQLAlchemy URL (sqlite:///path or postgresql+psycopg://...); data_dir: where the lock file lies;
    lock_wait: how many seconds a write waits for another one, in the database itself ten at most.
    """

    def __init__(self, url: str, data_dir: Path, pool_size: int = 8, lock_wait: float = LOCK_WAIT_SECONDS) -> None:
        self.url = url
        self.data_dir = data_dir
        self.lock_wait = lock_wait
        patience = min(lock_wait, DATABASE_WAIT_SECONDS)
        self.is_sqlite = writes_to_sqlite(url)
        self.path = sqlite_path(url)
        # Half of the pool's size is how many threads the server has; each may hold a connection for a moment beside
        # those of the requests in flight, whose number the doors keep within `places`.
        self.threads = max(1, pool_size // 2)
        overflow = self.threads + 4
        self.places = pool_size + overflow - self.threads - 2
        # psycopg would answer in the server's zone and prepare statements that a pooler may not know.
        # What people typed must not reach a log through the text of a database error.
        quiet: dict[str, Any] = {"hide_parameters": True}
        arguments: dict[str, Any] = {"pool_size": pool_size, "max_overflow": overflow, "pool_timeout": 30} | quiet
        if self.is_sqlite:
            self.readers = _sqlite_engine(url, arguments, patience, writer=False)
            self.writers = _sqlite_engine(url, {"pool_size": 1, "max_overflow": 4} | quiet, patience, writer=True)
        else:
            self.writers = create_engine(url, pool_pre_ping=True, **arguments)
            self.readers = self.writers.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")
            event.listen(self.writers, "connect", _postgres_session(patience))

    @property
    def identity(self) -> tuple[str, int]:
        """What is kept of a database is kept under this: a file restored in its place is another one."""
        return self.url, _inode(self.path)

    def dispose(self) -> None:
        self.readers.dispose()
        self.writers.dispose()

    @contextmanager
    def read(self, actor: Actor) -> Iterator[Read]:
        with reported(), Read(self.readers, autoflush=False) as session:
            session.info.update(stamp=Stamp(actor, me=""), database=self)
            yield session

    @contextmanager
    def write(self, actor: Actor, *, holding: bool = False) -> Iterator[Write]:
        """One transaction: committed when the block ends, rolled back when it raises.

        holding: the caller already holds the lock file (the server's gate does).
        """
        with reported(), self._alone(holding), Write(self.writers, expire_on_commit=False) as session:
            session.info.update(stamp=Stamp(actor, me=token_hex(8)), database=self)
            with session.begin():
                yield session

    @contextmanager
    def _alone(self, holding: bool) -> Iterator[None]:
        if not self.is_sqlite or holding:
            yield
            return
        with LockFile(self.data_dir / "write.lock").held(self.lock_wait):
            yield


def _sqlite_engine(url: str, arguments: dict[str, Any], patience: float, *, writer: bool) -> Engine:
    path = sqlite_path(url)
    # Never make the file by opening it: a database that is missing must say so, not answer empty.
    opened = f"sqlite:///file:{quote(str(path))}?mode=rw&uri=true" if path else url
    engine = create_engine(
        opened, poolclass=QueuePool, connect_args={"check_same_thread": False, "timeout": patience}, **arguments
    )

    engine.dialect.colspecs = {**engine.dialect.colspecs, Uuid: Known}

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, record: Any) -> None:
        # The driver would begin transactions by its own rules; ours begin below.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={int(patience * 1000)}",
            "foreign_keys=ON",
            "journal_mode=WAL" if writer else "query_only=ON",
            "synchronous=FULL",
            # Without it INSERT OR REPLACE walks past the append-only triggers.
            "recursive_triggers=ON",
            "wal_autocheckpoint=1000" if writer else "wal_autocheckpoint=0",
            # KiB for each connection; the file itself lies in the machine's own cache.
            "cache_size=-1024",
        ):
            connection.execute(f"PRAGMA {pragma}").close()
        record.info["file"] = _inode(path)

    @event.listens_for(engine, "checkout")
    def _checked(_connection: Any, record: Any, _proxy: Any) -> None:
        # A file that was moved away or replaced is still open here: what is written to it would be lost.
        if record.info.get("file") != _inode(path):
            raise DisconnectionError

    @event.listens_for(engine, "handle_error")
    def _failed(context: ExceptionContext) -> None:
        # Opened while it could only be read, or before the disk failed: it would say the same for good.
        if lost_its_file(context.original_exception):
            context.is_disconnect = True

    @event.listens_for(engine, "begin")
    def _begun(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine


def _inode(path: Path | None) -> int:
    try:
        return path.stat().st_ino if path else 0
    except OSError:
        return -1


def _postgres_session(patience: float) -> Callable[[Any, Any], None]:
    def connected(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET TIME ZONE 'UTC'")
            cursor.execute(f"SET lock_timeout = '{int(patience * 1000)}ms'")
        connection.commit()

    return connected
