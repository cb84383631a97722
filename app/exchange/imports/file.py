"""A workbook as it was sent: its name, its digest and what was read of it."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from app.exchange.imports import reading
from app.exchange.imports.sheets import Book


@dataclass(frozen=True, slots=True)
class Workbook:
    name: str
    sha256: str
    size: int
    book: Book


def opened(name: str, content: bytes, stated: Collection[str] = ()) -> Workbook:
    """Raises Invalid of the field "file" for what is no spreadsheet that can be read."""
    book = reading.read(name, content, stated)
    return Workbook(shown_name(name), sha256(content).hexdigest(), len(content), book)


def shown_name(name: str) -> str:
    """Without its folders, and without what must not be kept."""
    plain = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())
    return reading.without_numbers(plain, ())[-200:] or "-"
