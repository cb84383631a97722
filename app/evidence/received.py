"""A file as it reaches a command: kept, looked at, and not yet anybody's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.evidence.rules import Searched


class Kept(Protocol):
    """Where the bytes lie: the name in the store, how many, and their SHA-256."""

    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def sha256(self) -> str: ...


class Seen(Protocol):
    """What the look into a file told."""

    @property
    def media_type(self) -> str: ...
    @property
    def searched(self) -> str: ...
    @property
    def places(self) -> Mapping[str, list[int]]: ...


class Arrived(Protocol):
    @property
    def file_name(self) -> str: ...
    @property
    def looked(self) -> Seen: ...
    @property
    def stored(self) -> Kept: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """file_name: made safe; searched, found: what the search for NHS numbers told."""

    file_name: str
    media_type: str
    stored: Kept
    searched: Searched = Searched.none
    found: Mapping[str, list[int]] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        return bool(self.found)


def received(upload: Arrived) -> Received:
    """As the web's door has it."""
    return Received(
        file_name=upload.file_name,
        media_type=upload.looked.media_type,
        stored=upload.stored,
        searched=Searched(upload.looked.searched),
        found=upload.looked.places,
    )
