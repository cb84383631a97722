"""The words of a file, place by place, and where among them something looks like an NHS number."""

import re
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from app.core.identifiers import nhs_numbers
from app.core.uploads import packages, plain
from app.core.uploads.kinds import Found, Kind, Refused

SECONDS = 15.0
MOST_PAGES = 400
MOST_CHARACTERS = 20_000_000
Text = tuple[str, int, str]
_DIGITS = re.compile(r"(?:\d[\W_]*){10}")
_NUMBER = re.compile(r"(\d+)\.xml$")


def search(file: BinaryIO, kind: Kind, found: Found, clock: Callable[[], float] = time.monotonic) -> Found:
    """Fill `found`, also where the search is broken off: what was seen by then stays."""
    until, left = clock() + SECONDS, MOST_CHARACTERS
    try:
        for unit, number, text in _texts(file, kind):
            found.searched = "part"
            left -= len(text)
            if _DIGITS.search(text) and nhs_numbers(text):
                found.note(unit, number)
            if left < 0 or clock() > until:
                return found
    except Refused:
        return found
    if found.searched == "part":
        found.searched = "whole"
    return found


def _texts(file: BinaryIO, kind: Kind) -> Iterator[Text]:
    if kind in (Kind.csv, Kind.txt):
        yield from plain.texts(file)
    elif kind is Kind.pdf:
        yield from _pages(file)
    elif kind in (Kind.docx, Kind.xlsx, Kind.pptx):
        with packages.opened(file) as package:
            yield from _OF[kind](package)
            yield from _properties(package)


def _pages(file: BinaryIO) -> Iterator[Text]:
    from app.core.uploads import documents

    reader = documents.opened(file)
    for number, page in enumerate(reader.pages[:MOST_PAGES], start=1):
        try:
            text = page.extract_text()
        except MemoryError:
            raise
        except Exception:  # noqa: S112 - a page that cannot be read is passed over, the others are not
            continue
        if text.strip():
            yield "page", number, text


def _word(package: zipfile.ZipFile) -> Iterator[Text]:
    """Paragraph by paragraph; the page as Word last broke it."""
    names = [n for n in package.namelist() if re.fullmatch(r"word/[a-z]+\d*\.xml", n, re.IGNORECASE)]
    for name in sorted(names, key=lambda n: n != "word/document.xml"):
        page = 1
        for text, breaks in _paragraphs(package, name, "p", ("lastRenderedPageBreak",)):
            page += breaks
            yield ("page", page, text) if name == "word/document.xml" else ("margin", 1, text)


def _slides(package: zipfile.ZipFile) -> Iterator[Text]:
    for name in package.namelist():
        number = _NUMBER.search(name)
        if number and re.match(r"ppt/(?:slides|notesSlides|comments)/", name):
            for text, _breaks in _paragraphs(package, name, "p", ()):
                yield "slide", int(number.group(1)), text


def _sheets(package: zipfile.ZipFile) -> Iterator[Text]:
    """Cell by cell; shared texts are read once, and only those with a number in them are remembered."""
    shared = {}
    if "xl/sharedStrings.xml" in package.namelist():
        for index, (text, _breaks) in enumerate(_paragraphs(package, "xl/sharedStrings.xml", "si", ())):
            if _DIGITS.search(text) and nhs_numbers(text):
                shared[str(index)] = text
    for name in package.namelist():
        number = _NUMBER.search(name)
        if name.startswith("xl/worksheets/") and number:
            yield "sheet", int(number.group(1)), " "
            for kind, text in _cells(package, name):
                if kind != "s" or text in shared:
                    yield "sheet", int(number.group(1)), shared[text] if kind == "s" else text
        elif name.startswith("xl/") and number and re.search(r"comments?\d|/drawings/", name, re.IGNORECASE):
            for text, _breaks in _paragraphs(package, name, "p" if "/drawings/" in name else "t", ()):
                yield "margin", 1, text


def _properties(package: zipfile.ZipFile) -> Iterator[Text]:
    for name in package.namelist():
        if name.startswith("docProps/") and name.endswith(".xml"):
            yield from (("properties", 1, text) for text, _breaks in _paragraphs(package, name, "", ()))


_OF = {Kind.docx: _word, Kind.xlsx: _sheets, Kind.pptx: _slides}


def _paragraphs(package: zipfile.ZipFile, name: str, ends: str, breaks: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """(text, page breaks in it) of each element called `ends` ("" for every one), whatever its prefix."""
    held: list[str] = []
    pages = 0
    for event, element in _events(package, name):
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            continue
        if tag in breaks or (breaks and tag == "br" and any(v == "page" for v in element.attrib.values())):
            pages += 1
        elif tag in ("tab", "br", "cr"):
            held.append(" ")
        elif element.text and (tag == "t" or not ends):
            held.append(element.text)
        if tag == ends or not ends:
            yield "".join(held), pages
            held, pages = [], 0
    if held:
        yield "".join(held), pages


def _cells(package: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str]]:
    """(kind, value) of each cell; kind "s" is an index of the shared texts."""
    held: list[str] = []
    for event, element in _events(package, name):
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            continue
        if tag in ("v", "t") and element.text:
            held.append(element.text)
        elif tag == "c":
            yield element.get("t", "n"), "".join(held)
            held = []


def _events(package: zipfile.ZipFile, name: str) -> Iterator[tuple[str, Any]]:
    """Starts and ends of elements. An element that was read is taken out of its parent: a sheet has a million."""
    from defusedxml.ElementTree import ParseError, iterparse

    above: list[Any] = []
    with package.open(name) as part:
        try:
            for event, element in iterparse(part, ("start", "end"), forbid_dtd=True):
                yield event, element
                if event == "start":
                    above.append(element)
                    continue
                above.pop()
                if above:
                    del above[-1][:]
        except ParseError:
            return
