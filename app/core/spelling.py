"""How the ledger spells a value, and what an entry's hash covers: what is hashed is what is stored."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

from app.core.instants import instant_text

HASHED = (
    "prev_hash", "stream", "revision", "entity", "entity_id", "subject_id", "act", "at", "day", "actor_id",
    "door", "request_id", "gone", "shape",
)  # fmt: skip


def canon(value: object) -> str:
    """The one spelling of a value: what is hashed is what is stored."""
    return _SPELLING.encode(value)


def _plain(value: object) -> object:
    # datetime before date, its parent.
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"a {type(value).__name__} has no place in an image")


# As the encoder below spells a text, written in C.
_quoted = json.encoder.encode_basestring
# Made once: making it anew for each value cost a third of a verify.
_SPELLING = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain)


def plain(value: Any) -> Any:
    """A column's value as JSON gives it back: what `canon` spells, read again."""
    if value is None or isinstance(value, str | int):
        return value
    return json.loads(canon(value)) if isinstance(value, dict | list) else _plain(value)


def digest(nonce: str, value: object) -> str:
    """The hash of `canon([nonce, value])`."""
    return sha256(f"[{_quoted(nonce)},{_spelt(value)}]".encode()).hexdigest()


def entry_hash(entry: Mapping[Any, Any]) -> str:
    """A sealed field counts by its digest, so erasing it leaves the chain whole."""
    return hash_of([entry[k] for k in HASHED], entry["image"], entry["sealed"])


def hash_of(fields: Iterable[object], image: str, sealed: str) -> str:
    """The hash of `canon([fields, image, digests])`. fields: the values of HASHED, in its order.

    Put together here because verifying a large record spends most of its time on it, and the encoder takes twice as
    long. Raises what is no JSON of ours as ValueError, TypeError or AttributeError.
    """
    seals = {k: v if isinstance(v, str) else digest(*v) for k, v in json.loads(sealed).items()}
    head = ",".join([_spelt(value) for value in fields])
    ends = ",".join([f"{_quoted(k)}:{_quoted(seals[k])}" for k in sorted(seals)])
    return sha256(f"[[{head}],{_quoted(image)},{{{ends}}}]".encode()).hexdigest()


def _spelt(value: object) -> str:
    if type(value) is str:
        return _quoted(value)
    if type(value) is int:
        return str(value)
    return "true" if value is True else "false" if value is False else canon(value)
