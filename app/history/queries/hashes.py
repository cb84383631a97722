"""A stream's entries by their hashes alone: what a record was, to be shown beside rows that leave it."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from app.core.db import Read
from app.core.ledger import LEDGER
from app.history.queries.entries import within_scope


class Hashed(NamedTuple):
    revision: int
    day: date
    act: str
    entity: str
    entity_id: UUID
    hash: str


def record_of(read: Read, stream: str) -> list[Hashed]:
    """Every entry of the stream in its order."""
    within_scope(read, stream)
    told = (LEDGER.c.revision, LEDGER.c.day, LEDGER.c.act, LEDGER.c.entity, LEDGER.c.entity_id, LEDGER.c.hash)
    found = read.connection().execute(select(*told).where(LEDGER.c.stream == stream).order_by(LEDGER.c.seq))
    return [Hashed(*row) for row in found]
