"""The changes of a row as the contract spells them: people by e-mail address, and things by what people call them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, get_args
from uuid import UUID

from sqlmodel import col, select

from app.core.db import Read
from app.core.ledger import tracked
from app.history.schemas import Difference

# By the table that a column points at: the column whose value stands for the row.
CALLED = {"account": "email", "organisation": "code", "priority": "ref", "action": "ref", "body": "name",
          "strategic_priority": "title"}  # fmt: skip
# Columns that keep the id of an account that may be gone, so that no key of the database guards them.
_WHO = frozenset({"by_id", "proposed_by_id", "decided_by_id", "recorded_by_id"})
# What joins the parts to their action or body: the ids that the feed gives as `id`.
_JOINS = frozenset({"action_id", "body_id", "plan_id"})
_RENAMED = {"account_id": "person"}

# Texts that the other answers leave empty; of every other one they say null.
_LEFT_EMPTY: Mapping[str, frozenset[str]] = {
    "plan": frozenset({"vision"}),
    "priority": frozenset({"aim"}),
    "decision": frozenset({"capacity"}),
    "recommendation_standing": frozenset({"why", "contact", "asked_why", "asked_contact", "returned_why"}),
    "action_update": frozenset({"commentary", "cause", "mitigation", "help_needed", "for_name", "told_how"}),
}

Fields = Mapping[str, tuple[Any, Any]]


def spelled(read: Read, rows: Iterable[tuple[str, Fields]]) -> list[dict[str, Difference]]:
    """`changes` of each (entity, its columns' old and new values), in the order given."""
    held = list(rows)
    wanted: dict[str, set[UUID]] = {}
    for entity, fields in held:
        for name, values in fields.items():
            if target := _targets(entity).get(name):
                wanted.setdefault(target, set()).update(UUID(v) for v in values if v)
    names = {target: _names(read, target, ids) for target, ids in wanted.items()}
    return [_spelled(entity, fields, names) for entity, fields in held]


def _spelled(entity: str, fields: Fields, names: Mapping[str, Mapping[str, str]]) -> dict[str, Difference]:
    out: dict[str, Difference] = {}
    for name, (old, new) in fields.items():
        if target := _targets(entity).get(name):
            known = names[target]
            key = _RENAMED.get(name, name.removesuffix("_id"))
            # What nobody can name any more keeps its id.
            out[key] = Difference(old=known.get(old, old), new=known.get(new, new))
        elif name in _instants(entity):
            out[name] = Difference(old=instant(old), new=instant(new))
        elif name in _LEFT_EMPTY.get(entity, ()):
            out[name] = Difference(old=old, new=new)
        else:
            out[name] = Difference(old=None if old == "" else old, new=None if new == "" else new)
    return out


def instant(spelt: str | None) -> str | None:
    """An instant of the record as the other answers spell it: without a fraction where there is none."""
    return spelt and spelt.replace(".000000Z", "Z")


@cache
def _instants(entity: str) -> frozenset[str]:
    made = tracked().get(entity)
    fields = made.model_fields.items() if made else ()
    return frozenset(name for name, field in fields if datetime in (field.annotation, *get_args(field.annotation)))


@cache
def _targets(entity: str) -> dict[str, str]:
    """column -> the table it points at, for those that people have a word for."""
    made = tracked().get(entity)
    found: dict[str, str] = {}
    for column in made.__table__.c if made else ():  # type: ignore[attr-defined]
        pointed = {key.column.table.name for key in column.foreign_keys}
        if column.name in _WHO:
            pointed = {"account"}
        for target in pointed & (CALLED.keys() | _READERS.keys()):
            if column.name not in _JOINS and column.name.endswith("_id"):
                found[column.name] = target
    return found


def _names(read: Read, target: str, ids: set[UUID]) -> dict[str, str]:
    if target in _READERS:
        return _READERS[target](read, ids)
    made: Any = tracked()[target]
    found = read.exec(select(made.id, getattr(made, CALLED[target])).where(col(made.id).in_(ids))).all()
    return {str(key): name for key, name in found}


def _recommendations(read: Read, ids: set[UUID]) -> dict[str, str]:
    """ "ockenden_2022:1.2"."""
    item: Any = tracked()["recommendation"]
    book: Any = tracked()["framework"]
    asked = select(item.id, book.key, item.ref).join(book, item.framework_id == book.id).where(col(item.id).in_(ids))
    return {str(key): f"{framework}:{ref}" for key, framework, ref in read.exec(asked).all()}


_READERS: dict[str, Callable[[Read, set[UUID]], dict[str, str]]] = {"recommendation": _recommendations}
