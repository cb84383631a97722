"""The proof that tables and ledger tell the same: each row equals its newest image, and none is more or missing."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Table, Uuid, select

from app.core.db import Read
from app.core.ledger import LEDGER, tracked
from app.core.spelling import plain
from app.history.queries.entries import opened
from app.history.queries.raw import id_text, raw
from app.history.queries.verify import Progress, Walk, verdict, walk
from app.history.schemas import Finding, Verdict

PAGE = 500
# By entity and id as text: the newest entry's seq, and whether it says that the row is gone.
Newest = dict[tuple[str, str], tuple[int, bool]]


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
    live: dict[str, set[str]] = {}
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
            left -= page.keys()
        if left:
            return rows, Finding("", 0, None, "missing", f"{entity} {min(left)}")
    if live:
        return rows, Finding("", 0, None, "missing", f"{min(live)}: a table this release does not know")
    return rows, None


def _pages(read: Read, table: Table) -> Iterator[dict[str, dict[str, Any]]]:
    """Rows by id, each column as JSON would give it back."""
    connection = read.connection()
    columns = [raw(c, connection.dialect.name) for c in table.c]
    ids = {c.name for c in table.c if isinstance(c.type, Uuid)}
    names = [(c.name, id_text if c.name in ids else plain) for c in table.c]
    last: UUID | None = None
    while True:
        asked = select(*columns).order_by(table.c.id).limit(PAGE)
        if last is not None:
            asked = asked.where(table.c.id > last)
        page = [
            {name: told(value) for (name, told), value in zip(names, row, strict=True)}
            for row in connection.execute(asked).all()
        ]
        if page:
            yield {str(row["id"]): row for row in page}
        if len(page) < PAGE:
            return
        last = UUID(str(page[-1]["id"]))


def _page(read: Read, entity: str, page: dict[str, dict[str, Any]], newest: Newest) -> Finding | None:
    seqs = {}
    for id in page:
        seq, gone = newest.get((entity, id), (0, True))
        if gone:
            return Finding("", 0, None, "extra", f"{entity} {id}")
        seqs[seq] = id
    asked = select(LEDGER.c.seq, LEDGER.c.stream, LEDGER.c.revision, LEDGER.c.image, LEDGER.c.sealed)
    for seq, stream, revision, image, sealed in read.connection().execute(asked.where(LEDGER.c.seq.in_(seqs))).all():
        id = seqs[seq]
        other = _other(page[id], opened(entity, image, sealed))
        if other:
            return Finding(stream, revision, seq, "differs", f"{entity} {id}: {', '.join(other)}")
    return None


def _other(now: dict[str, Any], image: dict[str, Any]) -> list[str]:
    """Columns that are not as the image has them; one that is younger than the image is not compared."""
    return sorted(k for k, v in now.items() if k in image and image[k] != v and not _both_empty(image[k], v))


def _both_empty(one: Any, other: Any) -> bool:
    # An empty sealed value has one spelling.
    return one in (None, "") and other in (None, "")
