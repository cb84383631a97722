"""What lies beside a plan's actions and speaks for its recommendations: links, answers elsewhere, decisions; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.actions.view import ActionView
from app.coverage.rules import Answer as Said
from app.frameworks.rules import CrosswalkKind, chip


class Answer(NamedTuple):
    """One action that answers a recommendation."""

    action: ActionView
    meets: bool


Answers = Mapping[str, Sequence[Answer]]


class Edge(NamedTuple):
    """A link that counts for the organisation: who answers `key:ref` answers the other end too, or a part of it.

    prefix: the publication's. by, on: who accepted it; nobody where it is the publisher's own and nobody has ruled.
    """

    key: str
    ref: str
    prefix: str
    title: str
    publication: str
    kind: CrosswalkKind
    by: str = ""
    on: date | None = None

    @property
    def name(self) -> str:
        return f"{self.key}:{self.ref}"

    @property
    def chip(self) -> str:
        return chip(self.prefix, self.ref)


@dataclass(frozen=True, slots=True)
class Through:
    """What answers the other end of a link, or of a chain of links that say "the same".

    path: the links from the recommendation to what answers it. carries: fully, since all say "the same" and the last
    is met. A chain contributes once at most: part of a part is none.
    """

    path: tuple[Edge, ...]
    answers: tuple[Answer, ...]
    carries: bool

    @property
    def edge(self) -> Edge:
        """Its far end."""
        return self.path[-1]

    @property
    def kind(self) -> CrosswalkKind:
        """What the whole chain says."""
        return next((e.kind for e in self.path if e.kind is not CrosswalkKind.same), CrosswalkKind.same)


@dataclass(frozen=True, slots=True)
class Stood:
    """What the organisation has decided of a recommendation, and what is asked for and waits."""

    answer: Said | None
    asked: Said | None = None
    why: str = ""
    contact: str = ""
    last_chased_on: date | None = None
    decided_on: date | None = None
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What lies beside a plan's actions: links by the name they help, what is answered anywhere, what was decided."""

    edges: Mapping[str, Sequence[Edge]] = field(default_factory=dict)
    answered: Mapping[str, Answers] = field(default_factory=dict)
    stood: Mapping[str, Stood] = field(default_factory=dict)


NOTHING = Around()
Path = tuple[Edge, ...]


def answered_through(name: str, around: Around) -> tuple[Through, ...]:
    """The nearest first; each recommendation once, as the strongest that leads to it: a circle ends where it began."""
    same, partly = CrosswalkKind.same, CrosswalkKind.contributes
    seen = {name}
    alike = _reached([()], name, same, around, seen)
    parts = _reached(_steps([(), *alike], name, partly, around, seen), name, same, around, seen)
    found = []
    for path in (*alike, *parts):
        given = around.answered.get(path[-1].key, {}).get(path[-1].ref)
        if given:
            carries = all(e.kind is same for e in path) and any(a.meets for a in given)
            found.append(Through(path, tuple(given), carries))
    return tuple(found)


def _reached(starts: Sequence[Path], name: str, kind: CrosswalkKind, around: Around, seen: set[str]) -> Sequence[Path]:
    """The paths themselves but the empty one, and all that links of this kind lead on to, step by step."""
    found, last = [path for path in starts if path], starts
    while last := _steps(last, name, kind, around, seen):
        found += last
    return found


def _steps(paths: Sequence[Path], name: str, kind: CrosswalkKind, around: Around, seen: set[str]) -> list[Path]:
    """One link of this kind further than each of these; name: where the empty path stands."""
    found = []
    for path in paths:
        for edge in around.edges.get(path[-1].name if path else name, ()):
            if edge.kind is kind and edge.name not in seen:
                seen.add(edge.name)
                found.append((*path, edge))
    return found


def contradicted(edges: Sequence[Edge], around: Around) -> tuple[Edge, ...]:
    return tuple(e for e in edges if e.kind is CrosswalkKind.contradicts and around.answered.get(e.key, {}).get(e.ref))
