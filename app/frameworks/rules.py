"""What a publication is: its pack, the tree of its recommendations, whom each addresses, and links."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, TypeVar


class Provenance(StrEnum):
    """Verified: seen in a named source. Recalled: paraphrased from memory. Editorial: our own suggestion."""

    verified = "verified"
    recalled = "recalled"
    editorial = "editorial"


class CrosswalkKind(StrEnum):
    """What answering the first recommendation does for the second."""

    same = "same"
    contributes = "contributes"
    contradicts = "contradicts"


class LinkBasis(StrEnum):
    """Who says so: a publisher, this product, or the organisation itself."""

    official = "official"
    editorial = "editorial"
    local = "local"


def link_counts(basis: LinkBasis, accepted: bool | None) -> bool:
    """Whether a link counts for an organisation that has accepted (True), refused (False) or not ruled on it.

    Only a publisher's own link counts before it is accepted.
    """
    return basis is LinkBasis.official if accepted is None else accepted


@dataclass(frozen=True, slots=True)
class PackItem:
    """One recommendation; `position` counts from 0 in the publication's order; no `applies_to` is everyone."""

    ref: str
    title: str
    provenance: Provenance
    position: int
    parent: str | None = None
    summary: str | None = None
    applies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """A published total on which sources differ: `here` is ours, `elsewhere` that of `whose`, read `at`."""

    count: str
    called: str
    here: int
    elsewhere: int
    whose: str
    at: str
    note: str

    @property
    def words(self) -> str:
        return f"{self.here} {self.called} here, {self.elsewhere} in {self.whose}. {self.note}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts of a pack were read; no address for what a programme brief says or what is recalled."""

    about: str
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """One edition of a publication, as its file of the library has it.

    `short_ref` stands before a ref in compact chips (see `chip`). `published_precision` is day, month or
    year. `counts` are the publication's own totals. `digest` is the SHA-256 of the content: same digest,
    nothing to load.
    """

    key: str
    title: str
    short_title: str
    short_ref: str
    edition: str
    scope: str
    nation: str
    publisher: str
    published: date
    published_precision: str
    url: str
    status: str
    status_note: str | None
    item_label: str
    supersedes: tuple[str, ...]
    superseded_by: tuple[str, ...]
    related: tuple[str, ...]
    counts: Mapping[str, int]
    disputed: tuple[Dispute, ...]
    extras: Mapping[str, Any]
    confidence: str
    sources: tuple[Source, ...]
    items: tuple[PackItem, ...]
    digest: str

    @property
    def disputed_words(self) -> str:
        """One paragraph saying which totals sources disagree on; empty when none is disputed."""
        return " ".join(dispute.words for dispute in self.disputed)


@dataclass(frozen=True, slots=True)
class PackLink:
    """A suggested link from one pack's item to another's."""

    from_framework: str
    from_ref: str
    to_framework: str
    to_ref: str
    kind: CrosswalkKind
    basis: LinkBasis
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Unitemised:
    """A publication known by name only: `published` as far as it is known, and what is `missing`."""

    key: str
    title: str
    publisher: str
    published: str
    nation: str
    verified_at: tuple[str, ...]
    missing: str


# Which words of "applies to" speak to each kind of organisation. A health board provides care as a trust
# does; an LMNS is the maternity arm of its ICB, and publications name either for the same duty; a partner
# is named outright.
_ADDRESSED: Mapping[str, frozenset[str]] = {
    "trust": frozenset({"trust", "provider"}),
    "health board": frozenset({"health board", "trust", "provider", "system"}),
    "icb": frozenset({"icb", "lmns", "system"}),
    "lmns": frozenset({"icb", "lmns", "system"}),
    "region": frozenset({"region"}),
    "nation": frozenset({"nation", "national"}),
    "partner": frozenset({"partner"}),
}


def addressed_to(applies_to: str | Iterable[str], organisation_kind: str, organisation_name: str = "") -> bool:
    """Whether a recommendation speaks to this kind of organisation; False is coverage's `other_kind`.

    `applies_to` is a comma list ("trust,lmns") or its words; empty speaks to everyone. "trust:East Kent"
    speaks only to an organisation of that kind whose name holds "East Kent".
    """
    words = applies_to.split(",") if isinstance(applies_to, str) else applies_to
    told = [word for word in (_word(written) for written in words) if word]
    kind, name = _word(organisation_kind), organisation_name.casefold()
    heard = _ADDRESSED.get(kind, frozenset({kind}))
    for word in told:
        addressee, _, named = word.partition(":")
        if addressee.strip() in heard and (not named or named.strip() in name):
            return True
    return not told


def _word(written: str) -> str:
    return written.strip().casefold().replace("_", " ")


class Node(Protocol):
    """What a tree is made of: a pack's item, or anything else with a ref and its parent's ref."""

    @property
    def ref(self) -> str: ...
    @property
    def parent(self) -> str | None: ...


N = TypeVar("N", bound=Node)


def children(items: Iterable[N], parent: str | None = None) -> list[N]:
    """The items right under `parent` (None: the top of the tree), in the order given."""
    return [item for item in items if item.parent == parent]


def leaves(items: Sequence[N], under: str | None = None) -> list[N]:
    """The items that have nothing under them, in tree order; only those beneath `under` when it is given.

    A leaf itself has no leaves under it.
    """
    parents = {item.parent for item in items}
    return [item for _, item in walk(items, under) if item.ref not in parents]


def walk(items: Sequence[N], under: str | None = None) -> Iterator[tuple[int, N]]:
    """(depth from 0, item) for each item beneath `under`: parents first, siblings in the order given."""
    below: dict[str | None, list[N]] = {}
    for item in items:
        below.setdefault(item.parent, []).append(item)
    waiting = [(0, item) for item in reversed(below.get(under, []))]
    while waiting:
        depth, item = waiting.pop()
        yield depth, item
        waiting += [(depth + 1, child) for child in reversed(below.get(item.ref, []))]


def tree_problem(items: Sequence[Node]) -> tuple[str, str] | None:
    """(ref, what is wrong) of the first fault: ref used twice, unknown parent, cycle. None if sound."""
    refs: set[str] = set()
    for item in items:
        if item.ref in refs:
            return item.ref, "this ref is used twice"
        refs.add(item.ref)
    for item in items:
        if item.parent is not None and item.parent not in refs:
            return item.ref, f"its parent {item.parent} is not in the file"
    reached = {item.ref for _, item in walk(items)}
    for item in items:
        if item.ref not in reached:
            return item.ref, "it is its own ancestor"
    return None


_PIECE = re.compile(r"\d+|[^\W\d_]+")
_LETTERS = re.compile(r"[^\W\d_]+")


def ref_key(ref: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """A sort key that reads numbers as numbers: 1.9, 1.10; SA9, SA10; 1, 1a, 2."""
    pieces = _PIECE.findall(ref)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p.casefold()) for p in pieces), ref


def chip(short_ref: str, ref: str) -> str:
    """A recommendation's compact name: "IEA 1.10", "SBL E1", "UCP1a", and "Reg 12" for "Reg" and "R12"."""
    if short_ref and ref.startswith(short_ref):
        return ref
    letters = _LETTERS.match(ref)
    lead = letters.group() if letters else ""
    if lead and short_ref.casefold().startswith(lead.casefold()):
        ref = ref[len(lead) :]
    return f"{short_ref} {ref}".strip()
