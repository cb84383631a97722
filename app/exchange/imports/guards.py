"""What is refused before any parser sees it: wrong names, bombs, macros, links to other files, locked and cut files."""

import re
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.core.errors import Invalid
from app.core.words import _

MIB = 1024 * 1024
MOST_BYTES = 25 * MIB
MOST_UNPACKED = 100 * MIB
MOST_PARTS = 2000
# A sheet of repeated words packs some fifty times; only what is made to burst packs beyond this.
MOST_RATIO = 250
SMALL = 4 * MIB
# Beside the row of headings.
MOST_ROWS = 10_000
MOST_CELLS = 400_000


class Format(StrEnum):
    xlsx = "xlsx"
    xls = "xls"
    ods = "ods"
    csv = "csv"


ENDINGS = {"xlsx": Format.xlsx, "xls": Format.xls, "ods": Format.ods, "csv": Format.csv, "tsv": Format.csv,
           "txt": Format.csv}  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_DECLARED = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED_WIDE = tuple(word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-16-le", "utf-16-be"))
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_OTHER = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"MZ", "EXE"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"\x1f\x8b", "gzip"),
)


def refused(sentence: str) -> Invalid:
    return Invalid("file", sentence, "file_refused")


@dataclass(frozen=True, slots=True)
class Checked:
    """extras: parts of the file that are not brought in, as sentences."""

    format: Format
    extras: tuple[str, ...] = ()


def check(name: str, content: bytes) -> Checked:
    """What the file is, or Invalid with the sentence; nothing of it is parsed."""
    if not content:
        raise refused(_("This file is empty. Choose another file."))
    if len(content) > MOST_BYTES:
        raise refused(_("This file is larger than 25 MiB. Split it, or delete sheets that are not needed."))
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in ("xlsm", "xltm", "xlam", "xla"):
        raise _macros()
    if ending not in ENDINGS:
        raise refused(_("Choose a file that ends in .xlsx, .xls, .ods or .csv."))
    found = _format(content)
    if found.format is not ENDINGS[ending]:
        raise refused(
            _("The name says .{ending}, but this is a {found} file. Save it again in the spreadsheet program.",
              ending=ending, found=found.format.value)
        )  # fmt: skip
    return found


def _macros() -> Invalid:
    return refused(_("This workbook holds macros. Save it as an Excel workbook (.xlsx) without them."))


def _cut() -> Invalid:
    return refused(_("This file is damaged or was cut off. Save it again in the spreadsheet program."))


def _locked() -> Invalid:
    return refused(_("This workbook is locked with a password. Take the password off and save it again."))


def _format(content: bytes) -> Checked:
    if content.startswith(OLE):
        return _old(content)
    if content.startswith(b"PK"):
        return _zipped(content)
    for mark, other in _OTHER:
        if content.startswith(mark):
            raise refused(_("This is a {kind} file, not a spreadsheet.", kind=other))
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<script", b"<meta")):
        raise refused(_("This is a web page or XML file, not a spreadsheet. Save it as an Excel workbook (.xlsx)."))
    return Checked(Format.csv)


def _old(content: bytes) -> Checked:
    def holds(word: str) -> bool:
        return word.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise _locked()
    if holds("_VBA_PROJECT"):
        raise _macros()
    if not holds("Workbook") and not holds("Book"):
        raise refused(_("This is not a spreadsheet that can be read. Save it as an Excel workbook (.xlsx)."))
    if len(content) < 1536 or len(content) % 512 not in (0, len(content) % 64):
        raise _cut()
    return Checked(Format.xls)


def _zipped(content: bytes) -> Checked:
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _within_limits(parts)
            names = {p.filename for p in parts}
            if "xl/workbook.bin" in names:
                raise refused(_("This is a binary workbook (.xlsb). Save it as an Excel workbook (.xlsx)."))
            if "xl/workbook.xml" in names or "[Content_Types].xml" in names:
                return _xlsx(archive, parts, names)
            if "mimetype" in names and archive.read("mimetype").strip() == ODS:
                return _ods(archive, names)
    except (BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError) as error:
        if isinstance(error, RuntimeError) and "encrypted" in str(error):
            raise _locked() from None
        raise _cut() from None
    raise refused(_("This is a packed folder, not a spreadsheet. Unpack it and choose the workbook in it."))


def _within_limits(parts: list[ZipInfo]) -> None:
    if any(p.flag_bits & 1 for p in parts):
        raise _locked()
    if len(parts) > MOST_PARTS or len({p.filename for p in parts}) != len(parts):
        raise refused(_("This file is not put together as a spreadsheet program does it. Save it again."))
    burst = any(p.file_size > SMALL and p.file_size > MOST_RATIO * max(1, p.compress_size) for p in parts)
    if burst or sum(p.file_size for p in parts) > MOST_UNPACKED:
        raise refused(_("Unpacked, this file is too large. Clear empty rows and columns that are formatted."))


def _xlsx(archive: ZipFile, parts: list[ZipInfo], names: set[str]) -> Checked:
    if any(n.lower().endswith("vbaproject.bin") for n in names):
        raise _macros()
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise _macros()
    if any(n.startswith("xl/externalLinks/") for n in names):
        raise refused(
            _("This workbook takes values from other files. In Excel choose Data, Edit links, Break link, and save it.")
        )
    if "xl/workbook.xml" not in names:
        raise refused(_("This is another kind of Office file, not a spreadsheet."))
    cells = 0
    for part in parts:
        if part.filename.endswith((".xml", ".rels", ".vml")):
            text = archive.read(part)
            _no_declarations(text)
            if part.filename.startswith("xl/worksheets/"):
                cells += len(_CELL.findall(text))
        else:
            archive.open(part).close()
    if cells > MOST_CELLS:
        raise too_many_cells()
    return Checked(Format.xlsx, tuple(_unread(names)))


def _unread(names: set[str]) -> list[str]:
    told = []
    for folder, sentence in (
        ("xl/embeddings/", _("Files inside the workbook are not brought in. Add them as evidence.")),
        ("xl/media/", _("Pictures are not brought in.")),
        ("xl/charts/", _("Charts are not brought in: the tracker draws its own.")),
        ("xl/pivotTables/", _("Pivot tables are not brought in.")),
        ("xl/drawings/drawing", _("Shapes and text boxes are not brought in.")),
        ("xl/connections.xml", _("Connections to data elsewhere are not followed.")),
    ):
        if any(n.startswith(folder) for n in names):
            told.append(sentence)
    return told


def too_many_cells() -> Invalid:
    return refused(
        _("This workbook has more cells than can be read. Delete sheets that are not needed, and formatted empty rows.")
    )


def too_many_rows() -> Invalid:
    return refused(_("This workbook has more than 10,000 rows. Split it, or delete sheets that are not needed."))


def _ods(archive: ZipFile, names: set[str]) -> Checked:
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise _locked()
    if any(n.startswith(("Basic/", "Scripts/")) for n in names):
        raise _macros()
    for name in names:
        if name.endswith((".xml", ".rdf")):
            _no_declarations(archive.read(name))
    return Checked(Format.ods)


def _no_declarations(text: bytes) -> None:
    """A spreadsheet program writes none; entities are how an XML file bursts or reads other files."""
    if _DECLARED.search(text) or any(word in text for word in _DECLARED_WIDE):
        raise refused(_("This file holds XML declarations that no spreadsheet program writes. Save it again in Excel."))
