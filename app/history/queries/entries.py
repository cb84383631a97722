"""One entry of the ledger, opened: the row it shows, who and why, and the reference people know it by."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, DateTime, Enum, Uuid, and_, func, select, true
from sqlalchemy.sql.type_api import TypeDecorator

from app.core.db import Everything, Read
from app.core.ledger import ACTOR, LEDGER, WHY, tracked
from app.core.words import _

# What people call a row by, in this order.
REFERENCES = ("ref", "code", "key", "slug")


def within_scope(read: Read, stream: str) -> None:
    """The second wall, for the ledger: it is no table of a plan, so nothing else narrows it."""
    scope = read.info.get("scope")
    if not stream.startswith("plan:") or isinstance(scope, Everything):
        return
    if UUID(stream.removeprefix("plan:")) not in (scope or ()):
        raise RuntimeError("a plan's history was asked for by a session outside its scope")


def seen(read: Read) -> ColumnElement[bool]:
    """The third wall, for the ledger: nothing of what is restricted to others."""
    hidden = sorted(read.hidden)
    if not hidden:
        return true()
    return and_(LEDGER.c.subject_id.not_in(hidden), LEDGER.c.entity_id.not_in(hidden))


def erased() -> str:
    """What stands where a value was removed from the record."""
    return _("[removed]")


def unsealed(pair: Any) -> Any:
    """The value of a sealed field; the marker where only its digest is left."""
    return erased() if isinstance(pair, str) else pair[1]


def opened(entity: str, image: str, sealed: str) -> dict[str, Any]:
    """The row as JSON values, sealed fields included; an empty one is "" (or null where the column may be null)."""
    return with_seals(entity, image, json.loads(sealed))


def with_seals(entity: str, image: str, seals: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(image)
    for field, empty in _sealed_fields(entity):
        row[field] = unsealed(seals[field]) if field in seals else empty
    return row


def said(sealed: str) -> tuple[str, str | None]:
    """(name of who acted, why)."""
    return who_and_why(json.loads(sealed))


def who_and_why(seals: Mapping[str, Any]) -> tuple[str, str | None]:
    actor = unsealed(seals[ACTOR]) if ACTOR in seals else ""
    return actor, unsealed(seals[WHY]) if WHY in seals else None


@cache
def _sealed_fields(entity: str) -> tuple[tuple[str, str | None], ...]:
    made = tracked().get(entity)
    if made is None:
        return ()
    columns = made.__table__.c  # type: ignore[attr-defined]
    return tuple((f, None if columns[f].nullable else "") for f in made.sealed_fields)


def typed(entity: str, row: dict[str, Any]) -> dict[str, Any]:
    """The same values as the model's attributes have; columns newer than the image get their defaults."""
    for name, convert in _conversions(entity):
        if row.get(name) is not None:
            row[name] = convert(row[name])
    for name, default in _defaults(entity):
        if name not in row:
            row[name] = default
    return row


@cache
def _conversions(entity: str) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    made = tracked().get(entity)
    found: list[tuple[str, Callable[[Any], Any]]] = []
    for column in made.__table__.c if made else ():  # type: ignore[attr-defined]
        kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
        if isinstance(kind, Enum) and kind.enum_class is not None:
            found.append((column.key, kind.enum_class))
        elif isinstance(kind, DateTime):
            found.append((column.key, datetime.fromisoformat))
        elif isinstance(kind, Date):
            found.append((column.key, date.fromisoformat))
        elif isinstance(kind, Uuid):
            found.append((column.key, UUID))
    return tuple(found)


@cache
def _defaults(entity: str) -> tuple[tuple[str, Any], ...]:
    made = tracked().get(entity)
    if made is None:
        return ()
    return tuple((n, None if f.is_required() else f.get_default()) for n, f in made.model_fields.items())


def own_reference(row: dict[str, Any]) -> str | None:
    return next((str(row[k]) for k in REFERENCES if row.get(k)), None)


def references(read: Read, stream: str, subjects: Iterable[UUID]) -> dict[UUID, str]:
    """The reference of each aggregate, from its newest image."""
    wanted = set(subjects)
    if not wanted:
        return {}
    newest = (
        select(func.max(LEDGER.c.seq))
        .where(LEDGER.c.stream == stream, LEDGER.c.subject_id.in_(wanted), LEDGER.c.entity_id == LEDGER.c.subject_id)
        .group_by(LEDGER.c.entity_id)
    )
    rows = read.connection().execute(select(LEDGER.c.entity_id, LEDGER.c.image).where(LEDGER.c.seq.in_(newest)))
    found = {row.entity_id: own_reference(json.loads(row.image)) for row in rows}
    return {k: v for k, v in found.items() if v}
