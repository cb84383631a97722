"""Conditional requests: what an If-Match or If-None-Match says."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Protocol, TypeVar

from fastapi import Response

from app.core.errors import Invalid, PreconditionRequired
from app.core.words import _


class Revised(Protocol):
    """A read model of one row."""

    @property
    def revision(self) -> int: ...
    def model_dump_json(self) -> str: ...


Shown = TypeVar("Shown", bound=Revised)


def of_row(revision: int, *parts: object) -> str:
    """An aggregate's ETag: its revision, a dot, and a digest of what else the answer depends on."""
    return f'"{revision}.{_digest(parts)}"'


def tagged(response: Response, found: Shown) -> Shown:
    """The answer about one row, with the ETag that the next If-Match needs."""
    response.headers["ETag"] = of_row(found.revision, found.model_dump_json())
    return found


def of_answer(*parts: object) -> str:
    return f'"{_digest(parts)}"'


def of_body(body: bytes) -> str:
    """Where nothing cheaper tells two answers apart."""
    return f'"{sha256(body).hexdigest()[:24]}"'


def _digest(parts: Iterable[object]) -> str:
    return sha256("\x1f".join(str(p) for p in parts).encode()).hexdigest()[:16]


def revision_read(if_match: str | None) -> int:
    """The revision an If-Match names: the part before the dot, or a bare number; 428 without one."""
    if if_match is None:
        raise PreconditionRequired(_("Send If-Match with the ETag or revision of what you have read."))
    bare = if_match.strip().removeprefix("W/").strip('"').partition(".")[0]
    if not (bare.isascii() and bare.isdigit() and len(bare) < 10):
        raise Invalid("If-Match", _("If-Match holds no revision. Send the ETag of what you have read."))
    return int(bare)


def matches(if_none_match: str | None, etag: str) -> bool:
    if if_none_match is None:
        return False
    given = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in given or etag in given
