"""Where the parts of a drawing stand: what its template only writes out."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Counted(Protocol):
    """So many of one look, in words."""

    @property
    def look(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def text(self) -> str: ...


class Part(NamedTuple):
    """A part of a strip; lengths as SVG takes them. middle: where its number stands, empty where it has no room."""

    look: str
    number: int
    x: str
    width: str
    middle: str


def strip_parts(counts: Sequence[Counted]) -> list[Part]:
    """Those that are there, each as wide as its share of all."""
    every, at = sum(each.count for each in counts), 0.0
    made = []
    for each in counts:
        if each.count:
            width = 100 * each.count / every
            has_room = width >= 1.5 + 3 * len(str(each.count))
            made.append(
                Part(each.look, each.count, _share(at), _share(width), _share(at + width / 2) if has_room else "")
            )
            at += width
    return made


def strip_words(counts: Sequence[Counted]) -> str:
    return ", ".join(f"{each.count} {each.text}" for each in counts if each.count)


def _share(of_hundred: float) -> str:
    return f"{round(of_hundred, 2)}%" if of_hundred else "0%"
