"""PDF: parsed as a whole, so that what a reader would run is found however it is spelled."""

import re
from typing import Any, BinaryIO

from app.core.uploads.kinds import Code, Refused

MOST_OBJECTS = 200_000
_TAIL = 70_000
# What a reader runs, opens or fetches by itself, as keys or as names.
_SCRIPTS = frozenset({
    "/JS", "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/XFA", "/GoToR", "/GoToE", "/Rendition",
    "/RichMedia", "/RichMediaExecute", "/Movie", "/Sound", "/3D", "/Screen",
})  # fmt: skip
_FILES = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment", "/Collection", "/AF"})
_ESCAPED = re.compile(rb"/[A-Za-z0-9]*(?:#[0-9A-Fa-f]{2}[A-Za-z0-9]*)+")
# Long enough not to turn up by chance in the compressed bytes of a picture.
_LONG = re.compile(rb"/(?:JavaScript|Launch\b|EmbeddedFile|RichMedia|ImportData|SubmitForm|FileAttachment)")


def check(file: BinaryIO) -> None:
    file.seek(0)
    content = file.read()
    if not content.startswith(b"%PDF-"):
        raise Refused(Code.content)
    _ends(content)
    for found in _ESCAPED.finditer(content):
        _refuse(_plain(found.group()))
    if long := _LONG.search(content):
        _refuse(long.group().decode())
    reader = opened(file)
    _walk(reader)


def _ends(content: bytes) -> None:
    """The last line is the end: what follows it, or another directory before it, is a second file."""
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise Refused(Code.damaged)
    if content[end + 5 :].strip(b"\r\n\t \0") or b"PK\x05\x06" in content[-_TAIL:]:
        raise Refused(Code.hidden)


def opened(file: BinaryIO) -> Any:
    from pypdf import PdfReader

    file.seek(0)
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            raise Refused(Code.protected)
        if not reader.pages:
            raise Refused(Code.damaged)
    except Refused:
        raise
    except MemoryError:
        raise
    except Exception as error:  # whatever a damaged file makes of the parser
        raise Refused(Code.damaged) from error
    return reader


def _walk(reader: Any) -> None:
    numbers = {n for of in reader.xref.values() for n in of} | set(reader.xref_objStm)
    if len(numbers) > MOST_OBJECTS:
        raise Refused(Code.unreadable)
    for number in sorted(numbers):
        try:
            found = reader.get_object(number)
        except MemoryError:
            raise
        except Exception:  # noqa: S112 - a broken object that no page needs is common
            continue
        _look(found, 0)
    _look(reader.trailer, 0)


def _look(found: Any, depth: int) -> None:
    """Keys and names of one object and of those written inside it; others have their own number."""
    if depth > 50:
        raise Refused(Code.unreadable)
    if isinstance(found, dict):
        for key, value in dict.items(found):
            _refuse(str(key))
            _look(value, depth + 1)
    elif isinstance(found, list):
        for value in list.__iter__(found):
            _look(value, depth + 1)
    elif isinstance(found, str) and type(found).__name__ == "NameObject":
        _refuse(str(found))


def _refuse(name: str) -> None:
    if name in _FILES or name.startswith("/EmbeddedFile"):
        raise Refused(Code.attachment)
    if name in _SCRIPTS:
        raise Refused(Code.script)


def _plain(name: bytes) -> str:
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m.group(1), 16)]), name).decode("latin-1")
