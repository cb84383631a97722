"""The ledger: an after-image of every changed row, chained by hash, one revision per stream and transaction.

Source of the recipe: measured trials on both databases (docs/decisions.md). `stream.holder` makes "raise once per
transaction" one idempotent statement; a savepoint that is rolled back takes its revision and entries with it.
"""

from functools import cache
from secrets import token_hex
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
    bindparam,
    event,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction, object_mapper
from sqlmodel import SQLModel

from app.core import clock
from app.core.actor import Stamp
from app.core.columns import SHARED, PlanOwned, Tracked, metadata
from app.core.db import Everything, Read, Write
from app.core.instants import instant_text
from app.core.migrate import load_tables
from app.core.prepared import Prepared
from app.core.spelling import canon, entry_hash
from app.core.walls import mentions_a_plans_rows as mentions_a_plans_rows
from app.core.walls import ready

STREAM = Table(
    "stream",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("holder", String(32), nullable=False),
)
# SQLite counts only INTEGER keys by itself.
LEDGER = Table(
    "ledger",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("stream", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("entity", String(64), nullable=False),
    Column("entity_id", Uuid, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("act", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    Column("day", Date, nullable=False),
    Column("actor_id", String(64), nullable=False),
    Column("door", String(16), nullable=False),
    Column("request_id", String(64), nullable=False),
    Column("gone", Boolean(create_constraint=False), nullable=False),
    Column("shape", Integer, nullable=False),
    Column("image", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_ledger_stream_day_revision", "stream", "day", "revision"),
    Index("ix_ledger_stream_entity_revision", "stream", "entity", "entity_id", "revision"),
    Index("ix_ledger_stream_subject_revision", "stream", "subject_id", "revision"),
    Index("ix_ledger_stream_revision_seq", "stream", "revision", "seq"),
)
RAISE = text(
    """INSERT INTO stream (name, revision, head, holder) VALUES (:name, 1, '', :me)
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, revision = stream.revision +
      CASE WHEN stream.holder = excluded.holder THEN 0 ELSE 1 END
    RETURNING revision, head"""
)
BEGINNING = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
# Made once: to put a statement together costs more than to run it.
ENTRY = LEDGER.insert()
HEAD = update(STREAM).where(STREAM.c.name == bindparam("n")).values(head=bindparam("h"))
# The entry's own sealed values, beside the row's.
ACTOR, WHY = "@actor", "@why"


@cache
def tracked() -> dict[str, type[Tracked]]:
    """Each tracked table's class by the name the ledger knows it under."""
    load_tables()
    return {
        str(m.class_.__tablename__): m.class_ for m in SQLModel._sa_registry.mappers if issubclass(m.class_, Tracked)
    }


def touched(tx: Session, *but: Tracked) -> list[Tracked]:
    """Rows with a net change, but for these. Rows compare by value, so identity is what counts."""
    known = {id(row) for row in but}
    changed = [o for o in (*tx.new, *tx.deleted) if isinstance(o, Tracked) and id(o) not in known]
    return changed + [o for o in tx.dirty if isinstance(o, Tracked) and id(o) not in known and tx.is_modified(o)]


def claim(tx: Write, *names: str) -> None:
    """Queue for these streams before reading what is about to be judged. Names are claimed in one order."""
    held: set[str] = tx.info.setdefault("held", set())
    wanted = sorted(set(names) - held)
    if held and wanted and wanted[0] < max(held):
        raise RuntimeError(f"claim {wanted[0]} together with {max(held)}, in the command's first line")
    for name in wanted:
        held.add(name)
        _queue(tx, name)


def _queue(tx: Write, name: str) -> None:
    connection = tx.connection()
    if connection.dialect.name == "sqlite":
        # Its transaction began by waiting for all other writers.
        return
    asked = select(STREAM.c.revision).where(STREAM.c.name == name).with_for_update()
    if connection.execute(asked).scalar() is None and connection.dialect.name == "postgresql":
        # A stream that is about to begin has no row to queue at: without this two would both find it empty.
        connection.execute(BEGINNING, {"name": name})
        connection.execute(asked)


def revision_of(session: Read, stream: str) -> int:
    """The stream's revision; 0 when nothing was ever written to it."""
    found = session.connection().execute(select(STREAM.c.revision).where(STREAM.c.name == stream)).scalar()
    return found or 0


def _with_roots(tx: Session, rows: list[Tracked]) -> list[Tracked]:
    """An action is an aggregate: a change to its parts is a change of it."""
    out = list(rows)
    known = {id(o) for o in rows}
    made = {(type(o), o.id): o for o in rows}
    for row in rows:
        found = row.root()
        # A root made in this flush is not in the database yet: no use asking for it.
        if found is None or found in made:
            continue
        with tx.no_autoflush:
            parent = tx.get(found[0], found[1])
        if parent is not None and id(parent) not in known and parent not in tx.deleted:
            known.add(id(parent))
            out.append(parent)
    return out


@event.listens_for(Write, "after_transaction_create")
def _remember_claims(tx: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        tx.info.setdefault("held_before", {})[id(transaction)] = set(tx.info.get("held") or ())


@event.listens_for(Write, "after_soft_rollback")
def _forget_claims(tx: Session, transaction: SessionTransaction) -> None:
    """PostgreSQL gives back the locks that a rolled-back savepoint took: they must be claimed anew."""
    before = tx.info.get("held_before", {}).pop(id(transaction), None)
    if transaction.nested and before is not None:
        tx.info["held"] = before


@event.listens_for(Write, "before_flush")
def _raise(tx: Session, _context: UOWTransaction, _objects: object) -> None:
    # A flush that failed inside a savepoint left its own behind.
    tx.info.pop("flush", None)
    rows = touched(tx)
    if not rows:
        return
    stamp: Stamp = tx.info["stamp"]
    if not stamp.act:
        raise RuntimeError("a change without a name: call tx.act(...) first")
    rows = _with_roots(tx, rows)
    held: set[str] = tx.info.setdefault("held", set())
    heads: dict[str, list[Any]] = {}
    for name in sorted({o.stream() for o in rows}):
        if held and name not in held and name < max(held):
            raise RuntimeError(f"claim {name} first")
        held.add(name)
        heads[name] = list(tx.connection().execute(RAISE, {"name": name, "me": stamp.me}).one())
    scope = tx.info.get("scope")
    for row in rows:
        if isinstance(row, PlanOwned) and not isinstance(scope, Everything) and row.plan_id not in (scope or ()):
            raise RuntimeError(f"a {type(row).__name__} outside this session's scope")
        if row not in tx.deleted:
            row.revision = heads[row.stream()][0]
    tx.info["flush"] = rows, heads


@event.listens_for(Write, "after_flush")
def _record(tx: Session, _context: UOWTransaction) -> None:
    rows, heads = tx.info.pop("flush", ((), {}))
    if late := touched(tx, *rows):
        raise RuntimeError(f"changed during the flush, outside the ledger: {late}")
    if not rows:
        return
    stamp: Stamp = tx.info["stamp"]
    # Read under the stream's lock, so that `at` never runs backwards in a stream.
    at = instant_text(stamp.at_instant or clock.now())
    day = stamp.at_day or clock.today()
    out = []
    for row in rows:
        head = heads[row.stream()]
        entry = _entry(row, stamp, gone=row in tx.deleted, head=head)
        entry |= {"at": at, "day": day}
        entry["hash"] = head[1] = entry_hash(entry)
        out.append(entry)
    connection = tx.connection()
    connection.execute(ENTRY, out)
    connection.execute(HEAD, [{"n": n, "h": h} for n, (_, h) in heads.items()])


def _entry(row: Tracked, stamp: Stamp, *, gone: bool, head: list[Any]) -> dict[str, Any]:
    image = {a.key: getattr(row, a.key) for a in object_mapper(row).column_attrs}
    seal = {k: image.pop(k) for k in row.sealed_fields}
    # Marked, so that a row's own field called "why" is not lost under the act's.
    seal |= {ACTOR: stamp.actor.name, WHY: stamp.why}
    actor = stamp.actor
    return {
        "stream": row.stream(),
        "revision": head[0],
        "entity": row.__tablename__,
        "entity_id": row.id,
        "subject_id": row.subject_id(),
        "act": stamp.act,
        "actor_id": str(actor.id or actor.token_id or actor.door.value),
        "door": actor.door.value,
        "request_id": actor.request_id,
        "gone": gone,
        "shape": row.shape,
        "image": canon(image),
        "sealed": canon({k: [token_hex(8), v] for k, v in seal.items() if v not in (None, "")}),
        "prev_hash": head[1],
    }


def standing(session: Read, stream: str) -> tuple[int, int]:
    """The revision of this stream and of the shared one, in one statement; 0 where nothing was ever written."""
    # Who only reads sees one moment, and asks for it from several sides.
    told: dict[str, tuple[int, int]] = session.info.setdefault("standing", {}) if type(session) is Read else {}
    if stream not in told:
        found: dict[str, int] = dict(_STANDING.rows(session, stream=stream))
        told[stream] = found.get(stream, 0), found.get(SHARED, 0)
    return told[stream]


# Made once: to put a statement together costs more than to run it.
STANDING = ready(
    select(STREAM.c.name, STREAM.c.revision)
    .where(or_(STREAM.c.name == SHARED, STREAM.c.name == bindparam("stream")))
    .order_by(STREAM.c.name)
)
_STANDING = Prepared(STANDING)
SHARED_REVISION = select(STREAM.c.revision).where(STREAM.c.name == SHARED).scalar_subquery()
