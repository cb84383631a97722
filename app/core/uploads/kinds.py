"""The kinds of file that are taken, how large they may be, and the codes of what is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MIB = 1024 * 1024
MOST_BYTES = 25 * MIB
MOST_UNPACKED = 100 * MIB
MOST_RATIO = 50
MOST_ENTRIES = 5000
MOST_PIXELS = 120_000_000


class Kind(StrEnum):
    """By the ending of the name."""

    pdf = "pdf"
    docx = "docx"
    xlsx = "xlsx"
    pptx = "pptx"
    png = "png"
    jpeg = "jpeg"
    csv = "csv"
    txt = "txt"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]


_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES: Mapping[Kind, str] = {
    Kind.pdf: "application/pdf",
    Kind.docx: _OFFICE + "wordprocessingml.document",
    Kind.xlsx: _OFFICE + "spreadsheetml.sheet",
    Kind.pptx: _OFFICE + "presentationml.presentation",
    Kind.png: "image/png",
    Kind.jpeg: "image/jpeg",
    Kind.csv: "text/csv",
    Kind.txt: "text/plain",
}
ENDINGS: Mapping[str, Kind] = {kind.value: kind for kind in Kind} | {"jpg": Kind.jpeg}
# For a form's `accept`: endings, and the wildcard that lets a phone offer its camera.
ACCEPT = ",".join([f".{ending}" for ending in ENDINGS] + ["image/jpeg", "image/png"])


class Code(StrEnum):
    """Why a file is refused."""

    empty = "empty"
    too_large = "too_large"
    ending = "ending"
    content = "content"
    damaged = "damaged"
    protected = "protected"
    macros = "macros"
    embedded = "embedded"
    external = "external"
    entities = "entities"
    unpacked = "unpacked"
    script = "script"
    attachment = "attachment"
    hidden = "hidden"
    markup = "markup"
    not_text = "not_text"
    formula = "formula"
    pixels = "pixels"
    unreadable = "unreadable"


class Refused(Exception):
    """This file is not taken. detail: what in it, for the sentence; never a text of the file's own words."""

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(code.value)
        self.code, self.detail = code, detail


@dataclass(slots=True)
class Found:
    """Where text looks like an NHS number: numbers by unit ({"page": [3]}), the first twenty of each; never digits.

    searched: "whole", "part" (too long for the time there is) or "none" (there is no text in it).
    """

    searched: str = "none"
    places: dict[str, list[int]] = field(default_factory=dict)

    def note(self, unit: str, number: int) -> None:
        known = self.places.setdefault(unit, [])
        if number not in known and len(known) < 20:
            known.append(number)


def kind_of(name: str) -> Kind:
    """By the ending of a file's name; Refused where it is none that is taken."""
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    if ending not in ENDINGS:
        raise Refused(Code.ending)
    return ENDINGS[ending]
