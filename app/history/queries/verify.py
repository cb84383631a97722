"""Whether the ledger still holds: every hash, link, revision and head, and each digest named by a redaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from json import loads
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, and_, func, or_, select
from sqlmodel import select as select_rows

from app.core.db import Read
from app.core.ledger import ACTOR, LEDGER, STREAM
from app.core.spelling import HASHED, hash_of
from app.history.models import Redaction
from app.history.queries.raw import id_text, raw
from app.history.schemas import Finding, Verdict

PAGE = 2000
Progress = Callable[[int], None]


@dataclass(slots=True)
class Walk:
    """What has been seen so far. newest: (entity, id as text) -> (seq, gone)."""

    named: dict[tuple[str, str, UUID], list[tuple[frozenset[str], int, int]]]
    newest: dict[tuple[str, str], tuple[int, bool]] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    entries: int = 0
    erased: int = 0
    redactions: int = 0


class _Bad(Exception):
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def walk(read: Read, progress: Progress = lambda _n: None) -> tuple[Walk, Finding | None]:
    """Every entry of every stream, in pages; stops at the first that is wrong.

    Codes: hash (the entry was altered, a sealed value included), prev (its link to the one before), gap (a revision
    is missing), order, head (the stream's own head differs), no_head, unnamed (a digest no redaction names).
    """
    redactions = list(read.exec(select_rows(Redaction)).all())
    seen = Walk(named=_named(redactions), redactions=len(redactions))
    kept = {r.name: (r.revision, r.head) for r in read.connection().execute(select(STREAM))}
    written = read.connection().execute(select(LEDGER.c.stream).distinct()).scalars()
    try:
        for stream in sorted({*kept, *written}):
            _stream(read, stream, kept.get(stream), seen, progress)
    except _Bad as bad:
        return seen, bad.finding
    return seen, None


def verify(read: Read, progress: Progress = lambda _n: None) -> Verdict:
    """The chain alone; `queries.differences` compares the tables with it."""
    seen, bad = walk(read, progress)
    return verdict(seen, bad, rows=0)


def verdict(seen: Walk, bad: Finding | None, rows: int) -> Verdict:
    return Verdict(
        entries=seen.entries, heads=seen.heads, redactions=seen.redactions, erased=seen.erased, rows=rows, bad=bad
    )


def has_head(read: Read, revision: int, given: str) -> bool:
    """Whether some stream's entries up to that revision are sealed by this hash, or one that begins so."""
    sealing = (
        select(func.max(LEDGER.c.seq)).where(LEDGER.c.revision == revision).group_by(LEDGER.c.stream)
    )  # fmt: skip
    found = select(LEDGER.c.hash).where(LEDGER.c.seq.in_(sealing))
    return any(h.startswith(given.lower()) for h in read.connection().execute(found).scalars())


def _stream(read: Read, stream: str, kept: tuple[int, str] | None, seen: Walk, progress: Progress) -> None:
    revision, seq, head = 0, 0, ""
    newest = seen.newest
    for page in _pages(read, stream):
        for entry in page:
            what = _wrong(entry, revision, seq, head) or _unnamed(entry, seen)
            if what:
                raise _Bad(Finding(stream, entry.revision, entry.seq, what, f"{entry.entity} {entry.entity_id}"))
            revision, seq, head = entry.revision, entry.seq, entry.hash
            newest[entry.entity, entry.entity_id] = (seq, entry.gone)
        seen.entries += len(page)
        progress(seen.entries)
    if kept is None:
        raise _Bad(Finding(stream, revision, seq, "no_head"))
    if kept != (revision, head):
        raise _Bad(Finding(stream, revision, seq, "head", f"{kept[0]}:{kept[1][:12]}"))
    seen.heads[stream] = kept


class _Entry(NamedTuple):
    """What is hashed, in the order of HASHED, and what is beside it."""

    prev_hash: str
    stream: str
    revision: int
    entity: str
    entity_id: str
    subject_id: str
    act: str
    at: str
    day: str
    actor_id: str
    door: str
    request_id: str
    gone: bool
    shape: int
    image: str
    sealed: str
    hash: str
    seq: int


FIELDS = len(HASHED)


def _pages(read: Read, stream: str) -> Iterator[list[_Entry]]:
    connection = read.connection()
    columns = [raw(LEDGER.c[name], connection.dialect.name) for name in _Entry._fields]
    revision, seq = -1, -1
    while True:
        after = or_(LEDGER.c.revision > revision, and_(LEDGER.c.revision == revision, LEDGER.c.seq > seq))
        asked = (
            select(*columns)
            .where(LEDGER.c.stream == stream, LEDGER.c.revision >= revision, after)
            .order_by(LEDGER.c.revision, LEDGER.c.seq)
            .limit(PAGE)
        )
        page = [_entry(row) for row in connection.execute(asked).all()]
        if page:
            yield page
        if len(page) < PAGE:
            return
        revision, seq = page[-1].revision, page[-1].seq


def _entry(row: Row[Any]) -> _Entry:
    values = list(row)
    values[ENTITY_ID], values[SUBJECT_ID] = id_text(values[ENTITY_ID]), id_text(values[SUBJECT_ID])
    return _Entry._make(values)


ENTITY_ID, SUBJECT_ID = HASHED.index("entity_id"), HASHED.index("subject_id")


def _wrong(entry: _Entry, revision: int, seq: int, head: str) -> str | None:
    if entry.prev_hash != head:
        return "prev"
    if entry.revision not in (revision, revision + 1) or entry.revision < 1:
        return "gap"
    if entry.seq <= seq:
        return "order"
    try:
        sound = hash_of(entry[:FIELDS], entry.image, entry.sealed) == entry.hash
    except (ValueError, TypeError, AttributeError):
        sound = False
    return None if sound else "hash"


def _unnamed(entry: _Entry, seen: Walk) -> str | None:
    if '":"' not in entry.sealed:
        return None
    digests = {k for k, v in loads(entry.sealed).items() if isinstance(v, str)}
    if not digests:
        return None
    seen.erased += len(digests)
    covered = _covered(seen, (entry.stream, entry.entity, _uuid(entry.entity_id)), entry.revision)
    if ACTOR in digests:
        covered |= _covered(seen, (entry.stream, ACTOR, _uuid(entry.actor_id)), entry.revision)
    return "unnamed" if digests - covered else None


def _covered(seen: Walk, key: tuple[str, str, UUID | None], revision: int) -> set[str]:
    named = seen.named.get(key, ())  # type: ignore[arg-type]
    return {f for fields, first, last in named if first <= revision <= last for f in fields}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _named(redactions: list[Redaction]) -> dict[tuple[str, str, UUID], list[tuple[frozenset[str], int, int]]]:
    found: dict[tuple[str, str, UUID], list[tuple[frozenset[str], int, int]]] = {}
    for r in redactions:
        span = (frozenset(r.fields), r.revision_from, r.revision_to)
        found.setdefault((r.of_stream, r.entity, r.entity_id), []).append(span)
    return found


def loose_heads(read: Read) -> list[str]:
    """Streams whose last entry is not the one their head names: a quick look, not a proof."""
    last = select(func.max(LEDGER.c.seq)).group_by(LEDGER.c.stream)
    asked = select(LEDGER.c.stream, LEDGER.c.revision, LEDGER.c.hash).where(LEDGER.c.seq.in_(last))
    ends = {r.stream: (r.revision, r.hash) for r in read.connection().execute(asked)}
    kept = {r.name: (r.revision, r.head) for r in read.connection().execute(select(STREAM))}
    return sorted(name for name in {*ends, *kept} if ends.get(name) != kept.get(name))


def newest_instant(read: Read) -> datetime | None:
    """When the newest entry was written."""
    found = read.connection().execute(select(LEDGER.c.at).order_by(LEDGER.c.seq.desc()).limit(1)).scalar()
    return datetime.fromisoformat(found) if found else None
