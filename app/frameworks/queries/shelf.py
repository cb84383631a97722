"""The publications themselves: which there are, and what each says of itself."""

import hashlib
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select

from app.core import words
from app.core.db import Read
from app.core.errors import Invalid, NotFound
from app.core.words import _
from app.frameworks import packs
from app.frameworks.models import Framework, Recommendation
from app.frameworks.queries.editions import differences_read
from app.frameworks.queries.links import links_of
from app.frameworks.queries.recommendations import items
from app.frameworks.queries.sight import visible
from app.frameworks.rules import Provenance
from app.frameworks.schemas import FrameworkDetail, FrameworkRead, LocalFacts
from app.organisations.models import Organisation

# Raised when the loader reads a file otherwise than before, so that the same files are loaded anew.
LOADER = 1


def loaded_digest(content: str) -> str:
    """What `pack_digest` holds for a file of this content, loaded by this release."""
    return hashlib.sha256(f"{LOADER}:{content}".encode()).hexdigest()


def frameworks(read: Read, also: Collection[UUID] = ()) -> list[FrameworkRead]:
    """Those that one may see: with recommendations first, then those known by name only; newest first."""
    rows = read.exec(select(Framework).where(visible(read, also))).all()
    rows = sorted(rows, key=lambda r: r.title)
    rows = sorted(rows, key=lambda r: r.published.toordinal() if r.published else 0, reverse=True)
    return _read_models(read, sorted(rows, key=lambda r: r.is_empty))


def framework_keys(read: Read) -> frozenset[str]:
    """The keys of those that one may see."""
    return frozenset(read.exec(select(Framework.key).where(visible(read))).all())


def framework(read: Read, key: str, also: Collection[UUID] = ()) -> FrameworkDetail:
    """One publication with its recommendations as a tree in reading order, each with its links."""
    row = framework_row(read, key, also)
    [told] = _read_models(read, [row])
    found = items(read, row.key, withdrawn=True)
    links = links_of(read, [item.id for item in found])
    for item in found:
        item.links = links.get(item.id, [])
    return FrameworkDetail(
        **told.model_dump(),
        sources=list(row.facts.get("sources", [])),
        items=found,
        differences=differences_read(read, row),
    )


def framework_row(read: Read, key: str, also: Collection[UUID] = ()) -> Framework:
    """The row behind a key that somebody asked for; 404 where there is none, or it may not be seen."""
    row = _row(read, key, also)
    if row is None:
        raise NotFound(_("There is no publication with the key {key}.", key=key))
    return row


def framework_named(read: Read, field: str, key: str) -> Framework:
    """The row behind a key given in a field; 422 naming the field where there is none."""
    row = _row(read, key)
    if row is None:
        raise Invalid(field, _("There is no publication with the key {key}.", key=key))
    return row


def _row(read: Read, key: str, also: Collection[UUID] = ()) -> Framework | None:
    if "\0" in key:
        return None
    return read.exec(select(Framework).where(Framework.key == key, visible(read, also))).first()


def library_is_current(read: Read) -> bool:
    """Whether every file of this release's library has been loaded as it is."""
    kept = dict(read.exec(select(Framework.key, Framework.pack_digest)).all())
    wanted = {pack.key: loaded_digest(pack.digest) for pack in packs.packs()}
    wanted |= {entry.key: loaded_digest(repr(entry)) for entry in packs.unitemised()}
    return all(kept.get(key) == digest for key, digest in wanted.items())


def _read_models(read: Read, rows: Sequence[Framework]) -> list[FrameworkRead]:
    ids = [r.id for r in rows]
    counts: dict[UUID, list[int]] = {}
    for framework_id, is_leaf, provenance, number in read.exec(
        select(Recommendation.framework_id, Recommendation.is_leaf, Recommendation.provenance, func.count())
        .where(col(Recommendation.framework_id).in_(ids), col(Recommendation.withdrawn_on).is_(None))
        .group_by(col(Recommendation.framework_id), col(Recommendation.is_leaf), col(Recommendation.provenance))
    ).all():
        told = counts.setdefault(framework_id, [0, 0, 0])
        told[0] += number
        told[1] += number if is_leaf else 0
        told[2] += number if provenance is not Provenance.verified else 0
    owners = dict(
        read.exec(
            select(Organisation.id, Organisation.code).where(
                col(Organisation.id).in_({r.organisation_id for r in rows if r.organisation_id})
            )
        ).all()
    )
    return [_read_model(r, counts.get(r.id, [0, 0, 0]), owners.get(r.organisation_id)) for r in rows]  # type: ignore[arg-type]


def _read_model(row: Framework, counts: list[int], owner: str | None) -> FrameworkRead:
    facts: dict[str, Any] = row.facts
    recommendations, leaves, recalled = counts
    return FrameworkRead(
        key=row.key,
        title=row.title,
        short_title=row.short_title,
        edition=row.edition,
        scope=row.scope,
        prefix=row.prefix,
        organisation=owner,
        publisher=row.publisher,
        published=_published(row),
        published_words=_published_words(row),
        url=row.url,
        nation=row.nation,
        status=row.status,
        status_note=facts.get("status_note") or "",
        item_label=row.item_label,
        disputed=row.disputed,
        is_empty=row.is_empty,
        missing=facts.get("missing") or "",
        recommendations=recommendations,
        leaves=leaves,
        recalled=recalled,
        supersedes=facts.get("supersedes") or [],
        superseded_by=facts.get("superseded_by") or [],
        related=facts.get("related") or [],
        revision=row.revision,
        local=LocalFacts.model_validate(facts["local"]) if facts.get("local") else None,
    )


_PRECISE = {"year": 4, "month": 7, "day": 10}


def _published(row: Framework) -> str | None:
    return row.published.isoformat()[: _PRECISE.get(row.published_precision, 10)] if row.published else None


def _published_words(row: Framework) -> str:
    if row.published is None:
        return row.facts.get("published") or ""
    if row.published_precision == "year":
        return str(row.published.year)
    written = words.day(row.published)
    return written.partition(" ")[2] if row.published_precision == "month" else written
