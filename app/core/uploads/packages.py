"""Word, Excel and PowerPoint files: zip archives of known parts, unpacked within bounds, with nothing that acts."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import BinaryIO

from app.core.uploads.kinds import MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED, Code, Kind, Refused
from app.core.uploads.parts import Watched, relations

PIECE = 128 * 1024
# Below this a member may be packed as tightly as it likes: it is small all the same.
SMALL = 64 * 1024
DEEPEST = 2
_MAIN: Mapping[Kind, bytes] = {
    Kind.docx: b"wordprocessingml.document.main+xml",
    Kind.xlsx: b"spreadsheetml.sheet.main+xml",
    Kind.pptx: b"presentationml.presentation.main+xml",
}
_MACROS = re.compile(r"vbaproject|vbadata|macrosheets/|dialogsheets/|attachedtoolbars", re.IGNORECASE)
_ACTIVE = re.compile(r"activex|oleobject|userform", re.IGNORECASE)
_INERT = re.compile(
    r"\.(?:xml|rels|vml|png|jpe?g|jfif|gif|bmp|tiff?|emf|wmf|wdp|svg|fntdata|odttf|ttf)$|/printersettings\d*\.bin$",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"/embeddings/[^/]+\.(docx|xlsx|pptx)$", re.IGNORECASE)
_XML = re.compile(r"\.(?:xml|rels|vml|svg)$", re.IGNORECASE)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xd0\xcf\x11\xe0", b"\xca\xfe\xba\xbe", b"PK\x03\x04", b"%PDF-", b"Rar!")
TYPES = "[Content_Types].xml"


class Budget:
    """What may still be unpacked, over the file and all that lies inside it."""

    def __init__(self) -> None:
        self.left, self.entries = MOST_UNPACKED, MOST_ENTRIES

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Refused(Code.unpacked)


def check(file: BinaryIO, kind: Kind, budget: Budget | None = None, depth: int = 0) -> None:
    """Refused where a member is hidden, too large unpacked, active, or loads something from elsewhere."""
    budget = budget or Budget()
    with opened(file) as package:
        members = package.infolist()
        budget.entries -= len(members)
        if budget.entries < 0:
            raise Refused(Code.unpacked)
        _laid_out(file, package, members)
        if TYPES not in package.namelist():
            raise Refused(Code.content)
        _of_kind(_bounded(package, TYPES), kind)
        for member in members:
            _named(member)
        packed = sum(m.compress_size for m in members)
        total = sum(_read(package, member, budget, depth) for member in members)
        if total > SMALL and total > MOST_RATIO * packed:
            raise Refused(Code.unpacked)


def opened(file: BinaryIO) -> zipfile.ZipFile:
    file.seek(0)
    beginning = file.read(8)
    if beginning.startswith(b"\xd0\xcf\x11\xe0"):
        # The old formats, and the new ones under a password, lie in this container.
        raise Refused(Code.protected)
    if not beginning.startswith(b"PK\x03\x04"):
        raise Refused(Code.content)
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Refused(Code.damaged) from error


def _laid_out(file: BinaryIO, package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Each member directly behind the one before, the directory behind the last, and nothing else in the file."""
    names = [m.filename.casefold() for m in members]
    if len(set(names)) != len(names):
        raise Refused(Code.hidden)
    at = 0
    for member in sorted(members, key=lambda m: m.header_offset):
        if member.flag_bits & 0x1:
            raise Refused(Code.protected)
        file.seek(member.header_offset)
        header = file.read(30)
        # A data descriptor of up to 24 bytes may follow a member.
        if header[:4] != b"PK\x03\x04" or not at <= member.header_offset <= at + 24:
            raise Refused(Code.hidden)
        sizes = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        at = member.header_offset + 30 + sizes + member.compress_size
    if not at <= package.start_dir <= at + 24 or package.comment:
        raise Refused(Code.hidden)
    file.seek(0, 2)
    end = file.tell()
    file.seek(end - 22)
    if file.read(4) != b"PK\x05\x06":
        raise Refused(Code.hidden)


def _of_kind(types: bytes, kind: Kind) -> None:
    if re.search(rb"macroEnabled|vbaProject", types, re.IGNORECASE):
        raise Refused(Code.macros)
    if _MAIN[kind] not in types:
        raise Refused(Code.content)


def _named(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if member.is_dir() and not member.file_size:
        return
    if name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name or "\0" in member.orig_filename:
        raise Refused(Code.hidden)
    if _MACROS.search(name):
        raise Refused(Code.macros)
    if _ACTIVE.search(name):
        raise Refused(Code.embedded)
    if not _INERT.search(name) and not _INSIDE.search(name):
        raise Refused(Code.embedded)


def _read(package: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget, depth: int) -> int:
    """Unpack one member piece by piece; how many bytes it really has."""
    inside = _INSIDE.search(member.filename)
    watched = Watched(member.filename) if _XML.search(member.filename) else None
    held, size = bytearray(), 0
    keeps = inside is not None or member.filename.casefold().endswith(".rels")
    for piece in unpacked(package, member):
        if not size and not inside and piece.startswith(_PROGRAMS):
            raise Refused(Code.embedded)
        size += len(piece)
        budget.spend(len(piece))
        if size > SMALL and size > MOST_RATIO * max(1, member.compress_size):
            raise Refused(Code.unpacked)
        if watched:
            watched.feed(piece)
        if keeps:
            held += piece
    if inside:
        if depth + 1 >= DEEPEST:
            raise Refused(Code.embedded)
        check(BytesIO(held), Kind(inside.group(1).casefold()), budget, depth + 1)
    elif keeps:
        relations(bytes(held))
    return size


def unpacked(package: zipfile.ZipFile, member: zipfile.ZipInfo | str) -> Iterator[bytes]:
    try:
        with package.open(member) as part:
            while piece := part.read(PIECE):
                yield piece
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Refused(Code.damaged) from error
    except Exception as error:
        # zlib.error and lzma's have no common parent.
        if type(error).__name__ in ("error", "LZMAError"):
            raise Refused(Code.damaged) from error
        raise


def _bounded(package: zipfile.ZipFile, name: str) -> bytes:
    held = bytearray()
    for piece in unpacked(package, name):
        held += piece
        if len(held) > 1024 * 1024:
            raise Refused(Code.unpacked)
    return bytes(held)
