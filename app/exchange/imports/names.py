"""People as plans name them ("J Smith / A. Jones (tbc)") beside the people of the directory."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_APART = re.compile(r"\s*(?:/|;|,|&|\band\b|\+|\n)\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_TITLES = re.compile(r"^(?:dr|mr|mrs|ms|miss|mx|prof(?:essor)?|sir|dame|sister|rev)\b\.?\s*", re.IGNORECASE)
_NOBODY = frozenset({"", "tbc", "tba", "tbd", "-", "n/a", "na", "none", "vacant", "vacancy", "to be confirmed", "?",
                     "various", "all", "unknown", "not assigned", "unassigned"})  # fmt: skip
_ADDRESS = re.compile(r"[\w.+\-']+@[\w.\-]+\w")
_LETTERS = re.compile(r"[^\w\s'@.\-]")


@dataclass(frozen=True, slots=True)
class Person:
    email: str
    name: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """email: whom it can only mean; offered: who it may be; parts: the names in the cell; nobody: it names no one."""

    email: str
    offered: tuple[Person, ...]
    parts: tuple[str, ...]
    nobody: bool = False


def parts_of(text: str) -> tuple[str, ...]:
    """The names in a cell, without what is in brackets; "Smith, John" is one."""
    bare = _BRACKETS.sub(" ", text)
    if re.fullmatch(r"\s*[\w'\-]+,\s*[\w'\-.]+\s*", bare) and "/" not in bare:
        last, first = (part.strip() for part in bare.split(","))
        if len(first.split()) == 1 and len(last.split()) == 1:
            return (f"{first} {last}",)
    parts = [" ".join(part.split()).strip(" .:-") for part in _APART.split(bare)]
    return tuple(dict.fromkeys(p for p in parts if p.casefold() not in _NOBODY))


def named(text: str, people: Sequence[Person]) -> Named:
    """Whom a cell means: one person, by the whole name, address or post; else who is offered."""
    stripped = text.strip()
    written = {address.casefold() for address in _ADDRESS.findall(stripped)}
    if len(written) == 1 and (known := [p for p in people if p.email.casefold() in written]):
        return Named(known[0].email, (), (stripped,))
    parts = parts_of(stripped)
    if not parts:
        return Named("", (), (), nobody=True)
    found = {part: _matches(part, people) for part in parts}
    sure = [f for f in found.values() if len(f) == 1 and f[0][1]]
    if len(parts) == 1 and sure and "tbc" not in stripped.casefold() and "?" not in stripped:
        return Named(sure[0][0][0].email, (), parts)
    # A name may stand in the brackets beside a post.
    found |= {b: _matches(b.strip("()[] "), people) for b in _BRACKETS.findall(stripped)}
    offered = tuple(dict.fromkeys(person for f in found.values() for person, _sure in f))
    return Named("", offered, parts)


def says_more(text: str, email: str, people: Sequence[Person]) -> bool:
    """Whether a cell says more in brackets than who the person is."""
    known = next(p for p in people if p.email == email)
    told = {known.email.casefold(), known.post.casefold()}
    return any(b.strip("()[] ").casefold() not in told for b in _BRACKETS.findall(text))


def _matches(part: str, people: Sequence[Person]) -> list[tuple[Person, bool]]:
    words = _words(part)
    whole = [p for p in people if part.casefold() in (p.email.casefold(), p.name.casefold()) or words == _words(p.name)]
    if whole:
        return [(p, True) for p in whole]
    shown = [p for p in people if p.post and part.casefold() in (p.post.casefold(), f"{p.post} · {p.name}".casefold())]
    if shown:
        return [(p, True) for p in shown]
    return [(p, False) for p in people if _may_be(words, _words(p.name)) or _is_within(words, _words(p.name))]


@lru_cache(4096)
def _words(name: str) -> tuple[str, ...]:
    text = _TITLES.sub("", _LETTERS.sub(" ", name).strip())
    return tuple(word.strip(".").casefold() for word in text.replace(".", " ").split() if word.strip("."))


def _is_within(given: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """A whole name beside a post: "Matron Jane Smith"."""
    size = len(full)
    return size > 0 and any(given[n : n + size] == full for n in range(len(given) - size + 1))


def _may_be(given: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """The last names are the same and the first ones begin alike; a single word is any of the names."""
    if not given or not full:
        return False
    if len(given) == 1:
        return len(given[0]) > 2 and given[0] in full
    return given[-1] == full[-1] and (full[0].startswith(given[0]) or given[0].startswith(full[0]))
