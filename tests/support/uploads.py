"""Small whole files of each kind that may be uploaded, made in code, and the parts to make bad ones from."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from struct import pack
from zlib import compress, crc32

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Parts = Mapping[str, str | bytes]


def package(main: str, name: str, parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An Office file of this main type; parts beside the content types and the package's own relations."""
    types = (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'content-types"><Override PartName="/{name}" ContentType="{main}"/></Types>'
    )
    made: dict[str, str | bytes] = {"[Content_Types].xml": types}
    made["_rels/.rels"] = relations(("rId1", f"{OFFICE}/officeDocument", name, False))
    held = BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for path, content in (made | dict(parts)).items():
            archive.writestr(path, content)
    return held.getvalue()


def relations(*rows: tuple[str, str, str, bool]) -> str:
    mode = {True: ' TargetMode="External"', False: ""}
    inner = "".join(
        f'<Relationship Id="{id}" Type="{kind}" Target="{target}"{mode[outside]}/>'
        for id, kind, target, outside in rows
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{RELS}">{inner}</Relationships>'


def docx(*paragraphs: str, parts: Parts | None = None, main: str = WORD) -> bytes:
    inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs or ("Handover guideline",))
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'
    return package(main, "word/document.xml", {"word/document.xml": document} | dict(parts or {}))


def xlsx(*cells: str, parts: Parts | None = None, main: str = EXCEL) -> bytes:
    inner = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for n, text in enumerate(cells or ("Cases audited",), start=1)
    )
    sheet = f"<worksheet><sheetData>{inner}</sheetData></worksheet>"
    made = {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet}
    return package(main, "xl/workbook.xml", made | dict(parts or {}))


def pptx(*lines: str, parts: Parts | None = None, main: str = POWERPOINT) -> bytes:
    inner = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in lines or ("Feedback, September",))
    slide = f'<p:sld xmlns:p="p" xmlns:a="a">{inner}</p:sld>'
    made = {"ppt/presentation.xml": "<presentation/>", "ppt/slides/slide1.xml": slide}
    return package(main, "ppt/presentation.xml", made | dict(parts or {}))


def pdf(*pages: str, catalog: str = "", objects: tuple[str | bytes, ...] = ()) -> bytes:
    """A PDF with one line of text on each page; catalog: more keys of its root, objects: more objects, from 100 on."""
    lines = pages or ("Audit of handover",)
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(lines)))
    made: dict[int, bytes] = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(lines)}>>".encode(),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    for n, line in enumerate(lines):
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {11 + 2 * n} 0 R"
        made[10 + 2 * n] = f"{page}/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        made[11 + 2 * n] = stream(f"BT /F1 12 Tf 72 770 Td ({line}) Tj ET".encode())
    for n, given in enumerate(objects):
        made[100 + n] = given.encode() if isinstance(given, str) else given
    return _laid_out(made)


def stream(content: bytes, more: str = "") -> bytes:
    return f"<</Length {len(content)}{more}>>stream\n".encode() + content + b"\nendstream"


def _laid_out(objects: Mapping[int, bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    rows = []
    for number, body in objects.items():
        rows.append((number, len(out)))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    at = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in rows:
        out += f"{number} 1\n{place:010d} 00000 n \n".encode()
    out += f"trailer\n<</Size {max(objects) + 1}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n".encode()
    return bytes(out)


def chunk(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", crc32(name + body))


def png(width: int = 2, height: int = 2, *more: bytes) -> bytes:
    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = compress((b"\0" + b"\x80" * 3 * 2) * 2)
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + pack(">H", len(body) + 2) + body


def jpeg(*more: bytes, width: int = 8, height: int = 8) -> bytes:
    frame = segment(0xC0, b"\x08" + pack(">HH", height, width) + b"\x01\x01\x11\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\x34\xff\x00\x56"
    return (
        b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0") + b"".join(more) + frame + scan + b"\xff\xd9"
    )


CSV = b"month,cases,met\n2026-09,40,38\n2026-10,42,-2\n"
TXT = "Walk-round of the labour ward, all boards complete.\nŵ – 100 % of 12 bays.\n".encode()
GOOD: dict[str, bytes] = {
    "guideline.docx": docx(),
    "audit.xlsx": xlsx(),
    "feedback.pptx": pptx(),
    "audit.pdf": pdf(),
    "board.png": png(),
    "board.jpg": jpeg(),
    "board.JPEG": jpeg(),
    "readings.csv": CSV,
    "note.txt": TXT,
}
