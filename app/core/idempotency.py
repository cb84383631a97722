"""Answers kept under an Idempotency-Key for 24 hours, written in the transaction of the act itself.

Also `note`: small facts of the installation (that it was made by the demonstration, which release migrated it).
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import Column, DateTime, Integer, String, Table, Text, delete, func, insert, select

from app.core import clock
from app.core.columns import metadata
from app.core.db import Read, Write
from app.core.errors import Invalid
from app.core.words import _

KEPT = timedelta(hours=24)
ANSWER = Table(
    "kept_answer",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("body_hash", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("kept_at", DateTime(timezone=True), nullable=False, index=True),
)
NOTE = Table(
    "installation_note",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)


def key_of(actor_id: str, method: str, path: str, key: str) -> str:
    return sha256(f"{actor_id}\n{method}\n{path}\n{key}".encode()).hexdigest()


def queue(tx: Write, key: str) -> None:
    """Let a second request under the same key wait for the first to end; SQLite has one writer anyway."""
    if tx.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(bytes.fromhex(key[:16]), signed=True)
        tx.connection().execute(select(func.pg_advisory_xact_lock(number)))


def kept(session: Read, key: str, body_hash: str) -> tuple[int, str, str] | None:
    """(status, headers, body) of the answer given before; refuses the key with another body."""
    row = (
        session.connection()
        .execute(
            select(ANSWER.c.body_hash, ANSWER.c.status, ANSWER.c.headers, ANSWER.c.body, ANSWER.c.kept_at).where(
                ANSWER.c.key == key, ANSWER.c.kept_at >= clock.now() - KEPT
            )
        )
        .one_or_none()
    )
    if row is None:
        return None
    if row.body_hash != body_hash:
        raise Invalid("Idempotency-Key", _("This key was used with another body. Use a new key."), "key_reused")
    return row.status, row.headers, row.body


def keep(tx: Write, key: str, body_hash: str, status: int, headers: str, body: str) -> None:
    now = clock.now()
    tx.connection().execute(delete(ANSWER).where(ANSWER.c.kept_at < now - KEPT))
    tx.connection().execute(
        insert(ANSWER).values(key=key, body_hash=body_hash, status=status, headers=headers, body=body, kept_at=now)
    )


def forget_answers(tx: Write, texts: Iterable[str]) -> None:
    """Drop the kept answers that hold one of these texts, which must be forgotten."""
    for text in texts:
        spelt = json.dumps(text, ensure_ascii=False)[1:-1]
        tx.connection().execute(delete(ANSWER).where(ANSWER.c.body.contains(spelt, autoescape=True)))


def prune_answers(tx: Write) -> int:
    """Drop what was kept long enough; how many."""
    return tx.connection().execute(delete(ANSWER).where(ANSWER.c.kept_at < clock.now() - KEPT)).rowcount


def note(session: Read, name: str) -> str | None:
    return session.connection().execute(select(NOTE.c.value).where(NOTE.c.name == name)).scalar_one_or_none()


def write_note(tx: Write, name: str, value: str) -> None:
    tx.connection().execute(delete(NOTE).where(NOTE.c.name == name))
    tx.connection().execute(insert(NOTE).values(name=name, value=value))
