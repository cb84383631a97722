"""PNG and JPEG: walked from the first marker to the last, so that nothing else can live in the same file."""

import re
from typing import BinaryIO
from zlib import crc32

from app.core.uploads.kinds import MOST_PIXELS, Code, Kind, Refused
from app.core.uploads.plain import MARKUP

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHUNK_NAME = re.compile(rb"[A-Za-z]{4}")
_OTHERS = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF-",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"MZ\x90\x00",
    b"\xd0\xcf\x11\xe0",
)
# Frames that carry the size: baseline, extended, progressive and the rest of their family.
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def check(file: BinaryIO, kind: Kind) -> None:
    file.seek(0)
    content = file.read()
    if kind is Kind.png:
        _png(content)
    else:
        _jpeg(content)


def _png(content: bytes) -> None:
    if not content.startswith(_SIGNATURE):
        raise Refused(Code.content)
    at, names = len(_SIGNATURE), []
    while at < len(content):
        size, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        end = at + 12 + size
        if not _CHUNK_NAME.fullmatch(name) or end > len(content):
            raise Refused(Code.damaged)
        body = content[at + 8 : at + 8 + size]
        if crc32(name + body) != int.from_bytes(content[end - 4 : end]):
            raise Refused(Code.damaged)
        if name == b"IHDR":
            _few_pixels(int.from_bytes(body[:4]), int.from_bytes(body[4:8]))
        elif name != b"IDAT":
            _inert(body)
        names.append(name)
        at = end
        if name == b"IEND":
            break
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names:
        raise Refused(Code.damaged)
    if at != len(content):
        raise Refused(Code.hidden)


def _jpeg(content: bytes) -> None:
    if not content.startswith(b"\xff\xd8\xff"):
        raise Refused(Code.content)
    at, has_frame = 2, False
    while True:
        marker, at = _marker(content, at)
        if marker == 0xD9:
            break
        if marker in _ALONE:
            continue
        size = int.from_bytes(content[at : at + 2])
        body = content[at + 2 : at + size]
        if size < 2 or at + size > len(content):
            raise Refused(Code.damaged)
        if marker in _FRAMES:
            has_frame = True
            _few_pixels(int.from_bytes(body[1:3]), int.from_bytes(body[3:5]))
        elif 0xE0 <= marker <= 0xEF or marker == 0xFE:
            _inert(body)
        at += size
        if marker == 0xDA:
            at = _past_the_scan(content, at)
    if not has_frame:
        raise Refused(Code.damaged)
    # Phones put previews, depth maps and short films behind the picture: those stay, anything active does not.
    _inert(content[at:])


def _marker(content: bytes, at: int) -> tuple[int, int]:
    if content[at : at + 1] != b"\xff":
        raise Refused(Code.damaged)
    while content[at : at + 1] == b"\xff":
        at += 1
    if at >= len(content):
        raise Refused(Code.damaged)
    return content[at], at + 1


def _past_the_scan(content: bytes, at: int) -> int:
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Refused(Code.damaged)
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


def _few_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Refused(Code.pixels)
    if not width or not height:
        raise Refused(Code.damaged)


def _inert(body: bytes) -> None:
    if any(beginning in body for beginning in _OTHERS):
        raise Refused(Code.hidden)
    # A photograph's own description (XMP) is XML; what a browser acts on is not part of it.
    if MARKUP.search(body.replace(b"<?xpacket", b"").replace(b"<?xml", b"")):
        raise Refused(Code.hidden)
