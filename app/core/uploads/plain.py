"""CSV and text: characters and nothing else, neither a page for a browser nor a formula for a spreadsheet."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from app.core.uploads.kinds import Code, Kind, Refused

# What a browser would act on, wherever it stands.
MARKUP = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|script|svg|iframe|object|embed|applet|meta|link|form|base|img\s|style)\b"
    rb"|<\?(?:xml|php)|javascript:|data:text/html",
    re.IGNORECASE,
)
_UNFIT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BEGINNINGS = (b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"#!", b"MZ", b"\x89PNG", b"\xff\xd8\xff", b"\x7fELF", b"GIF8")
# A cell that a spreadsheet would take for a formula and act on: =..., or @ + - before a call or a command.
_FORMULA = re.compile(r"""(?:^|[,;\t])[\s"']*(?:=|[@+\-](?=[^,;\t\n]*[(|]))""", re.MULTILINE)
_MARKS = (b"\xef\xbb\xbf",)


def check(file: BinaryIO, kind: Kind) -> None:
    content = _content(file)
    if content.startswith(_BEGINNINGS):
        raise Refused(Code.content)
    if _UNFIT.search(content) or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(Code.not_text)
    if MARKUP.search(content):
        raise Refused(Code.markup)
    if kind is Kind.csv and (found := _FORMULA.search(_decoded(content))):
        line = _decoded(content).count("\n", 0, found.end()) + 1
        raise Refused(Code.formula, str(line))


def texts(file: BinaryIO) -> Iterator[tuple[str, int, str]]:
    """("line", number, text) of each line."""
    for number, line in enumerate(_decoded(_content(file)).splitlines(), start=1):
        yield "line", number, line


def _content(file: BinaryIO) -> bytes:
    file.seek(0)
    content = file.read()
    for mark in _MARKS:
        content = content.removeprefix(mark)
    return content


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
