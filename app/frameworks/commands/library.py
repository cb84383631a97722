"""Loading the files of this release: only what differs is written."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.core import clock
from app.core.columns import SHARED, Tracked
from app.core.db import Write
from app.core.ledger import claim
from app.frameworks import packs, rules
from app.frameworks.models import Crosswalk, CrosswalkRuling, Framework, Recommendation
from app.frameworks.queries.shelf import loaded_digest
from app.frameworks.rules import LinkBasis, Pack, PackItem, Unitemised
from app.frameworks.schemas import LoadedRead


def load_library(tx: Write) -> LoadedRead:
    """Bring the kept publications to the files of this release: only what differs is written.

    An item that is no longer in its file is withdrawn, and everything that points to it stays.
    """
    claim(tx, SHARED)
    tx.act("library.loaded")
    told = LoadedRead()
    kept = {row.key: row for row in tx.exec(select(Framework).where(col(Framework.organisation_id).is_(None))).all()}
    for pack in packs.packs():
        if pack.key not in kept or kept[pack.key].pack_digest != loaded_digest(pack.digest):
            _load_pack(tx, kept.get(pack.key), pack, told)
    for entry in packs.unitemised():
        if entry.key not in kept or kept[entry.key].pack_digest != loaded_digest(repr(entry)):
            told.frameworks += keep(tx, kept.get(entry.key), Framework, _named_only(entry))
    tx.flush()
    _load_links(tx, told)
    tx.flush()
    return told


def _load_pack(tx: Write, row: Framework | None, pack: Pack, told: LoadedRead) -> None:
    told.frameworks += 1
    if row is None:
        row = Framework(key=pack.key, title=pack.title, short_title=pack.short_title)
    keep(tx, row, Framework, _publication(pack))
    tx.flush()
    known = {r.ref: r for r in tx.exec(select(Recommendation).where(Recommendation.framework_id == row.id)).all()}
    above = {item.parent for item in pack.items}
    ids: dict[str | None, UUID | None] = {None: None}
    # Parents first: rows are written in this order, and each points to one that is there.
    for _depth, item in rules.walk(pack.items):
        found = known.pop(item.ref, None)
        given = _recommendation(item, is_leaf=item.ref not in above)
        given |= {"framework_id": row.id, "parent_id": ids[item.parent]}
        if found is None:
            found = Recommendation(**given)
            tx.add(found)
            told.added += 1
        else:
            told.changed += keep(tx, found, Recommendation, given)
        ids[item.ref] = found.id
    for gone in known.values():
        told.withdrawn += keep(tx, gone, Recommendation, {"withdrawn_on": gone.withdrawn_on or clock.today()})
    tx.flush()


def keep(tx: Write, row: Tracked | None, kind: type[Tracked], given: Mapping[str, Any]) -> int:
    """Make the row hold what is given; 1 where that changed anything."""
    if row is None:
        tx.add(kind(**given))
        return 1
    different = {k: v for k, v in given.items() if getattr(row, k) != v}
    for name, value in different.items():
        setattr(row, name, value)
    tx.add(row)
    return 1 if different else 0


def _publication(pack: Pack) -> dict[str, Any]:
    facts = {
        "counts": dict(pack.counts),
        "supersedes": list(pack.supersedes),
        "superseded_by": list(pack.superseded_by),
        "related": list(pack.related),
        "extras": dict(pack.extras),
        "confidence": pack.confidence,
        "status_note": pack.status_note,
        "disputed": [asdict(dispute) for dispute in pack.disputed],
        "sources": [f"{source.about}: {' '.join(source.at)}" if source.at else source.about for source in pack.sources],
    }
    return {
        "key": pack.key,
        "title": pack.title,
        "short_title": pack.short_title,
        "prefix": pack.short_ref,
        "edition": pack.edition,
        "scope": pack.scope,
        "publisher": pack.publisher,
        "published": pack.published,
        "published_precision": pack.published_precision,
        "url": pack.url,
        "nation": pack.nation,
        "status": pack.status,
        "item_label": pack.item_label,
        "disputed": pack.disputed_words,
        "is_empty": False,
        "facts": facts,
        "pack_digest": loaded_digest(pack.digest),
    }


def _named_only(entry: Unitemised) -> dict[str, Any]:
    published, precision = _as_known(entry.published)
    return {
        "key": entry.key,
        "title": entry.title,
        "short_title": entry.title[:120],
        "publisher": entry.publisher,
        "published": published,
        "published_precision": precision,
        "url": entry.verified_at[0] if entry.verified_at else "",
        "nation": entry.nation,
        "status": "known by name only",
        "is_empty": True,
        "facts": {"missing": entry.missing, "published": entry.published, "sources": list(entry.verified_at)},
        "pack_digest": loaded_digest(repr(entry)),
    }


def _as_known(written: str) -> tuple[date | None, str]:
    """The day and its precision of "2026-06-24", "2025-11" or "2026"; no day for any other words."""
    for precision, rest in (("day", ""), ("month", "-01"), ("year", "-01-01")):
        try:
            return date.fromisoformat(written + rest), precision
        except ValueError:
            continue
    return None, "day"


def _recommendation(item: PackItem, *, is_leaf: bool) -> dict[str, Any]:
    return {
        "ref": item.ref,
        "title": item.title,
        "summary": item.summary or "",
        "applies_to": ",".join(item.applies_to),
        "provenance": item.provenance,
        "position": item.position,
        "is_leaf": is_leaf,
        "withdrawn_on": None,
    }


_OURS = col(Crosswalk.basis) != LinkBasis.local


def _load_links(tx: Write, told: LoadedRead) -> None:
    """Those of the library; one it no longer holds goes, unless an end is withdrawn or somebody has ruled on it."""
    ends = {
        (key, ref): found
        for key, ref, found in tx.exec(
            select(Framework.key, Recommendation.ref, Recommendation.id)
            .join(Recommendation, col(Recommendation.framework_id) == Framework.id)
            .where(col(Framework.organisation_id).is_(None), col(Recommendation.withdrawn_on).is_(None))
        ).all()
    }
    known = {(r.from_id, r.to_id): r for r in tx.exec(select(Crosswalk).where(_OURS)).all()}
    for link in packs.links():
        start = ends[(link.from_framework, link.from_ref)]
        end = ends[(link.to_framework, link.to_ref)]
        row = known.pop((start, end), None)
        given = {"from_id": start, "to_id": end, "kind": link.kind, "basis": link.basis}
        told.links += keep(tx, row, Crosswalk, given | {"provenance": link.provenance})
    ruled = set(tx.exec(select(CrosswalkRuling.crosswalk_id)).all())
    in_force = set(ends.values())
    for row in known.values():
        if row.id not in ruled and {row.from_id, row.to_id} <= in_force:
            tx.delete(row)
            told.links += 1
