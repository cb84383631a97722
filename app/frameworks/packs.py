"""Reads the packaged library of publications and refuses a file that is not sound, naming the file and the item."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from app.frameworks.rules import (
    CrosswalkKind,
    Dispute,
    LinkBasis,
    Pack,
    PackItem,
    PackLink,
    Provenance,
    Source,
    Unitemised,
    tree_problem,
)

PACK, CROSSWALK, REGISTRY = "maternity-library/1", "maternity-crosswalk/1", "maternity-registry/1"

_TEXTS = frozenset({
    "key", "title", "short_title", "short_ref", "edition", "scope", "nation", "publisher", "published",
    "published_precision", "url", "status", "item_label", "confidence", "default_provenance",
})  # fmt: skip
_LISTS = frozenset({"supersedes", "superseded_by", "related", "sources", "disputed", "items"})
_FIELDS = _TEXTS | _LISTS | {"schema", "status_note", "counts", "extras"}
_ITEM_FIELDS = frozenset({"ref", "title", "parent", "summary", "applies_to", "provenance"})
_LINK_FIELDS = frozenset({"from", "to", "kind", "basis", "provenance"})
_DISPUTE_FIELDS = frozenset({"count", "called", "here", "elsewhere", "whose", "at", "note"})
_ENTRY_FIELDS = frozenset({"key", "title", "publisher", "published", "nation", "verified_at", "missing"})
_NEEDED_LISTS = frozenset({"supersedes", "superseded_by", "related", "items"})

E = TypeVar("E", bound=StrEnum)


class PackError(ValueError):
    """A library file that cannot be used; the sentence names the file and, where there is one, the item."""

    def __init__(self, file: str, item: str | None, problem: str) -> None:
        super().__init__(f"{file}, item {item}: {problem}" if item else f"{file}: {problem}")
        self.file, self.item, self.problem = file, item, problem


@cache
def packs() -> tuple[Pack, ...]:
    """Every publication of the library with its items, by key; read once. Raises PackError."""
    found: dict[str, Pack] = {}
    for file, text in _files():
        if file.startswith("_"):
            continue
        pack = read_pack(text, file)
        if file != f"{pack.key}.yaml":
            raise PackError(file, None, f"a file is named after its key, and this key is {pack.key}")
        found[pack.key] = pack
    for pack in found.values():
        for key in (*pack.supersedes, *pack.superseded_by, *pack.related):
            if key not in found:
                raise PackError(f"{pack.key}.yaml", None, f"it names {key}, which is not in the library")
    return tuple(found.values())


def pack(key: str) -> Pack:
    """The publication with this key; raises KeyError."""
    return {pack.key: pack for pack in packs()}[key]


@cache
def links() -> tuple[PackLink, ...]:
    """The suggested links of the library, each end checked against its pack. Raises PackError."""
    return read_links(dict(_files())["_crosswalk.yaml"], "_crosswalk.yaml", packs())


@cache
def unitemised() -> tuple[Unitemised, ...]:
    """The publications known by name only. Raises PackError."""
    return read_registry(dict(_files())["_not_itemised.yaml"], "_not_itemised.yaml")


def read_pack(text: str, file: str) -> Pack:
    """A pack from the text of its YAML file; `file` is only named in errors. Raises PackError."""
    data = _document(text, file, PACK)
    _known(data, _FIELDS, file)
    for field in sorted(_TEXTS):
        _text(data, field, file)
    for field in sorted(_LISTS):
        if not isinstance(data.get(field, None if field in _NEEDED_LISTS else []), list):
            raise PackError(file, None, f"{field} must be a list")
    items = tuple(_item(given, place, data["default_provenance"], file) for place, given in enumerate(data["items"]))
    if problem := tree_problem(items):
        raise PackError(file, *problem)
    counts = _counts(data, len(items), file)
    return Pack(
        **{field: data[field] for field in _TEXTS - {"published", "default_provenance"}},
        published=_published(data["published"], file),
        status_note=data.get("status_note"),
        supersedes=tuple(data["supersedes"]),
        superseded_by=tuple(data["superseded_by"]),
        related=tuple(data["related"]),
        counts=counts,
        disputed=tuple(_dispute(given, counts, file) for given in data.get("disputed", [])),
        extras=data.get("extras", {}),
        sources=tuple(Source(_text(s, "about", file), tuple(s.get("at", []))) for s in data.get("sources", [])),
        items=items,
        digest=_digest(data),
    )


def read_links(text: str, file: str, known: tuple[Pack, ...]) -> tuple[PackLink, ...]:
    """Links from the text of a crosswalk file, between items of the packs `known`. Raises PackError."""
    refs = {(pack.key, item.ref) for pack in known for item in pack.items}
    found: dict[tuple[str, str], PackLink] = {}
    for given in _document(text, file, CROSSWALK)["links"]:
        ends = _text(given, "from", file), _text(given, "to", file)
        name = " to ".join(ends)
        _known(given, _LINK_FIELDS, file, name)
        start, end = (written.partition(":")[::2] for written in ends)
        for written, place in zip(ends, (start, end), strict=True):
            if place not in refs:
                raise PackError(file, name, f"{written} is in no pack")
        if ends in found or start[0] == end[0]:
            raise PackError(file, name, "a link joins two publications, once")
        found[ends] = PackLink(
            from_framework=start[0],
            from_ref=start[1],
            to_framework=end[0],
            to_ref=end[1],
            kind=_choice(given, "kind", CrosswalkKind, file, name),
            basis=_choice(given, "basis", LinkBasis, file, name),
            provenance=_choice(given, "provenance", Provenance, file, name),
        )
    return tuple(found.values())


def read_registry(text: str, file: str) -> tuple[Unitemised, ...]:
    """Publications without items from the text of a registry file. Raises PackError."""
    found: dict[str, Unitemised] = {}
    for given in _document(text, file, REGISTRY)["entries"]:
        key = _text(given, "key", file)
        _known(given, _ENTRY_FIELDS, file, key)
        if key in found:
            raise PackError(file, key, "this key is used twice")
        words = {field: _text(given, field, file, key) for field in sorted(_ENTRY_FIELDS - {"verified_at"})}
        found[key] = Unitemised(**words, verified_at=tuple(given["verified_at"]))
    return tuple(found.values())


def _files() -> Iterator[tuple[str, str]]:
    folder = resources.files("app.frameworks") / "library"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            yield file.name, file.read_text(encoding="utf-8")


def _document(text: str, file: str, schema: str) -> dict[str, Any]:
    # Asked for when files are loaded, not by a server that only serves.
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(text, loader)  # noqa: S506 - the safe loader, in C where libyaml is there
    except yaml.YAMLError as error:
        raise PackError(file, None, f"it is not YAML ({error})") from error
    if not isinstance(data, dict) or data.get("schema") != schema:
        raise PackError(file, None, f"its schema must be {schema}")
    return data


def _item(given: Any, place: int, default: str, file: str) -> PackItem:
    if not isinstance(given, dict) or not given.get("ref"):
        raise PackError(file, f"number {place + 1}", "ref is missing")
    name = str(given["ref"])
    _known(given, _ITEM_FIELDS, file, name)
    for field in sorted(given.keys() - {"applies_to"}):
        _text(given, field, file, name)
    applies_to = given.get("applies_to", [])
    if not isinstance(applies_to, list) or not all(isinstance(word, str) and word for word in applies_to):
        raise PackError(file, name, "applies_to must be a list of words")
    return PackItem(
        ref=_text(given, "ref", file, name),
        title=_text(given, "title", file, name),
        provenance=_choice({"provenance": default} | given, "provenance", Provenance, file, name),
        position=place,
        parent=given.get("parent"),
        summary=given.get("summary"),
        applies_to=tuple(applies_to),
    )


def _counts(data: Mapping[str, Any], items: int, file: str) -> dict[str, int]:
    counts = data.get("counts")
    if not isinstance(counts, dict) or not all(type(number) is int for number in counts.values()):
        raise PackError(file, None, "counts must name whole numbers")
    if counts.get("items_in_file") != items:
        raise PackError(file, None, f"counts say {counts.get('items_in_file')} items, and it has {items}")
    return counts


def _dispute(given: Any, counts: Mapping[str, int], file: str) -> Dispute:
    if not isinstance(given, dict) or given.keys() != _DISPUTE_FIELDS:
        raise PackError(file, None, f"a disputed count has the fields {', '.join(sorted(_DISPUTE_FIELDS))}")
    if counts.get(given["count"]) != given["here"]:
        raise PackError(file, None, f"disputed: {given['count']} is {counts.get(given['count'])} in counts")
    return Dispute(**given)


def _published(written: str, file: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise PackError(file, None, f"published must be a date like 2022-03-30, not {written}") from None


def _choice(given: Mapping[str, Any], field: str, kind: type[E], file: str, item: str) -> E:
    try:
        return kind(str(given.get(field)))
    except ValueError:
        raise PackError(file, item, f"{field} must be one of {', '.join(kind)}") from None


def _text(given: Mapping[str, Any], field: str, file: str, item: str | None = None) -> str:
    value = given.get(field)
    if value is None or value == "":
        raise PackError(file, item, f"{field} is missing")
    if not isinstance(value, str) or value != value.strip():
        raise PackError(file, item, f"{field} must be text in quotes, without outer space")
    return value


def _known(given: Mapping[str, Any], fields: frozenset[str], file: str, item: str | None = None) -> None:
    if unknown := given.keys() - fields:
        raise PackError(file, item, f"unknown field {', '.join(sorted(unknown))}")


def _digest(data: Mapping[str, Any]) -> str:
    """Of the content, not the bytes: a file laid out anew is the same edition."""
    told = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
