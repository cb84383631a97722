"""The proof that tables and ledger tell the same: each row equals its newest image, and none is more or missing."""

from json import loads
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select

from app.core.db import Read
from app.core.ledger import LEDGER, canon, tracked
from app.history.queries.entries import opened
from app.history.queries.verify import Progress, Walk, verdict, walk
from app.history.schemas import Finding, Verdict

PAGE = 500
Newest = dict[tuple[str, UUID], tuple[int, bool]]


def differences(read: Read, progress: Progress = lambda _n: None) -> Verdict:
    """Verify the chain, then rebuild every row from it and compare.

    Codes beside those of `verify`: differs (a row is not its newest image), extra (a row without one), missing (an
    image without its row).
    """
    seen, bad = walk(read, progress)
    rows = 0
    if bad is None:
        rows, bad = compare(read, seen)
    return verdict(seen, bad, rows)


def compare(read: Read, seen: Walk) -> tuple[int, Finding | None]:
    live: dict[str, set[UUID]] = {}
    for (entity, entity_id), (_seq, gone) in seen.newest.items():
        if not gone:
            live.setdefault(entity, set()).add(entity_id)
    rows = 0
    for entity, made in sorted(tracked().items()):
        table: Table = made.__table__  # type: ignore[attr-defined]
        left = live.pop(entity, set())
        for page in _pages(read, table):
            rows += len(page)
            bad = _page(read, entity, page, seen.newest)
            if bad:
                return rows, bad
            left -= {row["id"] for row in page}
        if left:
            return rows, Finding("", 0, None, "missing", f"{entity} {min(left)}")
    if live:
        return rows, Finding("", 0, None, "missing", f"{min(live)}: a table this release does not know")
    return rows, None


def _pages(read: Read, table: Table) -> Any:
    last: UUID | None = None
    while True:
        asked = select(table).order_by(table.c.id).limit(PAGE)
        if last is not None:
            asked = asked.where(table.c.id > last)
        page = [dict(row) for row in read.connection().execute(asked).mappings()]
        if page:
            yield page
        if len(page) < PAGE:
            return
        last = page[-1]["id"]


def _page(read: Read, entity: str, page: list[dict[str, Any]], newest: Newest) -> Finding | None:
    seqs: dict[UUID, int] = {}
    for row in page:
        seq, gone = newest.get((entity, row["id"]), (0, True))
        if gone:
            return Finding("", 0, None, "extra", f"{entity} {row['id']}")
        seqs[row["id"]] = seq
    asked = select(
        LEDGER.c.entity_id, LEDGER.c.stream, LEDGER.c.revision, LEDGER.c.seq, LEDGER.c.image, LEDGER.c.sealed
    )
    entries = {e.entity_id: e for e in read.connection().execute(asked.where(LEDGER.c.seq.in_(seqs.values())))}
    for row in page:
        entry = entries[row["id"]]
        image = opened(entity, entry.image, entry.sealed)
        now = loads(canon(row))
        # A column younger than the image is not compared; an empty sealed value has one spelling.
        other = sorted(k for k, v in now.items() if k in image and image[k] != v and not _both_empty(image[k], v))
        if other:
            detail = f"{entity} {row['id']}: {', '.join(other)}"
            return Finding(entry.stream, entry.revision, entry.seq, "differs", detail)
    return None


def _both_empty(one: Any, other: Any) -> bool:
    return one in (None, "") and other in (None, "")
