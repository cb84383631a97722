"""The list of evidence as it was asked for: by state, kind, what needs doing, action, recommendation and words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from app.core.search import matcher, prepare
from app.core.words import N_
from app.evidence.rules import EvidenceKind, EvidenceState
from app.evidence.schemas import EvidenceRead


class Show(StrEnum):
    """What needs doing about an item."""

    review = "review"
    expiring = "expiring"
    expired = "expired"
    unused = "unused"
    held = "held"


SHOW_WORDS: Mapping[Show, str] = {
    Show.review: N_("For you to review"),
    Show.expiring: N_("Expires within 8 weeks"),
    Show.expired: N_("Expired"),
    Show.unused: N_("For no action in force"),
    Show.held: N_("Held"),
}
_STANDS = frozenset({EvidenceState.submitted, EvidenceState.accepted})
_SHOWN: Mapping[Show, Callable[[EvidenceRead], bool]] = {
    Show.review: lambda e: e.may_review,
    Show.expiring: lambda e: e.expires_soon and e.state in _STANDS,
    Show.expired: lambda e: e.expired and e.state in _STANDS,
    Show.unused: lambda e: e.unused and e.state is not EvidenceState.withdrawn,
    Show.held: lambda e: e.held and e.state is not EvidenceState.withdrawn,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFilters:
    """action: a reference; recommendation: a key like ockenden_2022:1.2, or of a publication all ("ockenden_2022")."""

    q: str = ""
    state: EvidenceState | None = None
    kind: EvidenceKind | None = None
    show: Show | None = None
    action: str = ""
    recommendation: str = ""

    @property
    def is_empty(self) -> bool:
        return self == EvidenceFilters()

    def address(self, base: str, **changed: object) -> str:
        """The list's address with some of it changed."""
        asked = replace(self, **changed)  # type: ignore[arg-type]
        kept = {
            "q": asked.q, "state": asked.state, "kind": asked.kind, "show": asked.show, "action": asked.action,
            "recommendation": asked.recommendation,
        }  # fmt: skip
        given = {name: str(value) for name, value in kept.items() if value}
        return f"{base}?{urlencode(given)}" if given else base


def apply(found: Sequence[EvidenceRead], asked: EvidenceFilters) -> list[EvidenceRead]:
    has_words = matcher(asked.q)
    return [item for item in found if _fits(item, asked) and (not asked.q or has_words(_haystack(item)))]


def count(found: Sequence[EvidenceRead], show: Show) -> int:
    return sum(map(_SHOWN[show], found))


def _fits(item: EvidenceRead, asked: EvidenceFilters) -> bool:
    return (
        (asked.state is None or item.state is asked.state)
        and (asked.kind is None or item.kind is asked.kind)
        and (asked.show is None or _SHOWN[asked.show](item))
        and (not asked.action or any(a.ref == asked.action for a in item.actions))
        and (not asked.recommendation or any(_is_of(key, asked.recommendation) for key in item.recommendations))
    )


def _is_of(key: str, asked: str) -> bool:
    return key == asked or (":" not in asked and key.partition(":")[0] == asked)


def _haystack(item: EvidenceRead) -> str:
    """Of a concealed item its summary alone: what cannot be read cannot be found."""
    files = [v.file_name for v in item.versions]
    links = [f"{a.ref} {a.title}" for a in item.actions] + [f"{r.chip} {r.title}" for r in item.answers]
    return prepare(item.ref, item.shows, item.method, item.result, item.kept_at, item.sort_words, *files, *links)
