"""A saved view's address and the state it keeps; pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from urllib.parse import parse_qsl, urlencode

from app.actions.filters import NAMES

# Words that `view=` has of its own: the whole list, and the looser rows.
ALL, COMFORTABLE = "all", "comfortable"
RESERVED = ("", ALL, COMFORTABLE)
MOST_SLUG = 56


def slug_of(name: str, taken: Collection[str]) -> str:
    """The address of a view of this name: "Red, by owner" is red-by-owner; with a number where that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MOST_SLUG].strip("-") or "view"
    number, slug = 1, made
    while slug in taken or slug in RESERVED:
        number += 1
        slug = f"{made}-{number}"
    return slug


def pairs_of(query: str) -> list[tuple[str, str]]:
    """What a query string says of a list's state; the rest is left out."""
    found = [(name, value.strip()) for name, value in parse_qsl(query) if name in NAMES and value.strip()]
    return [(name, value) for name, value in found if name != "view" or value == COMFORTABLE]


def spelled(pairs: Iterable[tuple[str, str]]) -> str:
    return urlencode(sorted(pairs, key=lambda pair: NAMES.index(pair[0])))


def slug_in(pairs: Iterable[tuple[str, str]]) -> str:
    """The saved view that an address names; empty where it names none."""
    named = [value for name, value in pairs if name == "view"]
    return named[-1] if named and named[-1] not in RESERVED else ""


def opened(kept: str, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The state of a saved view, with what the address says beside it in place of the view's own."""
    beside = [(name, value) for name, value in pairs if name in NAMES and name != "view"]
    named = {name for name, _value in beside}
    return [(name, value) for name, value in pairs_of(kept) if name not in named] + beside
