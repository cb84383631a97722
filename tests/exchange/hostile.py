"""Workbooks made to harm, to burst or to slip something in; what each of them is told."""

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from tests.exchange import books

GOOD = books.simple(["1.1", "Review the rota"])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _same(_name: str, content: bytes) -> bytes | None:
    return content


def repacked(change: Callable[[str, bytes], bytes | None] = _same, **added: bytes) -> bytes:
    """A good workbook with parts changed (None drops one) or added; `__` in a name stands for a slash."""
    out = BytesIO()
    with ZipFile(BytesIO(GOOD)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            told = change(name, source.read(name))
            if told is not None:
                target.writestr(name, told)
        for name, content in added.items():
            target.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def sheet_with(old: bytes, new: bytes) -> bytes:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(old, new) if name == "xl/worksheets/sheet1.xml" else content

    return repacked(change)


def part(wanted: str, made: Callable[[bytes], bytes | None]) -> bytes:
    return repacked(lambda name, content: made(content) if name == wanted else content)


def zipped(parts: Mapping[str, bytes], how: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def twice() -> bytes:
    out = BytesIO(GOOD)
    with ZipFile(out, "a") as archive:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            archive.writestr("xl/workbook.xml", b"<x/>")
    return out.getvalue()


def locked_zip() -> bytes:
    made = bytearray(GOOD)
    at = made.find(b"PK\x01\x02")
    while at != -1:
        made[at + 8] |= 1
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


def ods(content: str, **more: bytes) -> bytes:
    head = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    )
    body = f"{head}{content}</office:spreadsheet></office:body></office:document-content>"
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": body.encode()}
    parts |= {name.replace("__", "/").replace("_dot_", "."): told for name, told in more.items()}
    return zipped(parts)


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
WIDE = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "boom">]><x/>'.encode("utf-16")
MANY_CELLS = b"".join(b'<c r="A%d" s="1"/>' % n for n in range(450_000)) + b"</sheetData>"
CORNER = (
    '<table:table table:name="P"><table:table-row table:number-rows-repeated="1000000"/><table:table-row>'
    '<table:table-cell table:number-columns-repeated="16000"/><table:table-cell office:value-type="string">'
    "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
)
REPEATED = (
    '<table:table table:name="P"><table:table-row table:number-rows-repeated="1000000">'
    '<table:table-cell table:number-columns-repeated="1000" office:value-type="string"><text:p>x</text:p>'
    "</table:table-cell></table:table-row></table:table>"
)
# name: (file name, content, part of the sentence)
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.xlsx", lambda: b"", "empty"),
    "too large": ("a.csv", lambda: b"a,b\n" * (7 * 1024 * 1024), "25 MiB"),
    "unknown ending": ("a.exe", lambda: GOOD, "ends in .xlsx"),
    "no ending": ("plan", lambda: GOOD, "ends in .xlsx"),
    "macros by name": ("a.xlsm", lambda: GOOD, "macros"),
    "macros inside": ("a.xlsx", lambda: repacked(xl__vbaProject_dot_bin=b"x"), "macros"),
    "macros by type": (
        "a.xlsx",
        lambda: part("[Content_Types].xml", lambda b: b.replace(b"sheet.main", b"sheet.macroEnabled.main")),
        "macros",
    ),
    "macros in an old one": (
        "a.xls",
        lambda: OLE + "Workbook _VBA_PROJECT".encode("utf-16-le") + b"\0" * 2048,
        "macros",
    ),
    "csv called xlsx": ("a.xlsx", lambda: b"Ref,Action\n1,2\n", "this is a csv file"),
    "xlsx called csv": ("a.csv", lambda: GOOD, "this is a xlsx file"),
    "xlsx called xls": ("a.xls", lambda: GOOD, "this is a xlsx file"),
    "pdf": ("a.xlsx", lambda: b"%PDF-1.7 ...", "PDF"),
    "picture": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n", "PNG"),
    "program": ("a.csv", lambda: b"MZ\x90\0", "EXE"),
    "web page": ("a.xls", lambda: b"<html><table><tr><td>Ref</td></tr></table></html>", "web page"),
    "xml": ("a.csv", lambda: b"<?xml version='1.0'?><x/>", "web page or XML"),
    "packed folder": ("a.xlsx", lambda: zipped({"a.txt": b"x"}), "packed folder"),
    "a letter": (
        "a.xlsx",
        lambda: zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
        "Office file",
    ),
    "binary workbook": ("a.xlsx", lambda: zipped({"xl/workbook.bin": b"x"}), "xlsb"),
    "cut": ("a.xlsx", lambda: GOOD[: len(GOOD) // 2], "cut off"),
    "cut at the end": ("a.xlsx", lambda: GOOD[:-30], "cut off"),
    "damaged": ("a.xlsx", lambda: GOOD[:200] + b"\0" * 200 + GOOD[400:], "damaged"),
    "locked": ("a.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2048, "password"),
    "locked parts": ("a.xlsx", locked_zip, "password"),
    "two parts of one name": ("a.xlsx", twice, "put together"),
    "many parts": ("a.xlsx", lambda: repacked(_same, **{f"xl__junk{n}": b"" for n in range(2100)}), "put together"),
    "bomb": ("a.xlsx", lambda: repacked(xl__media__a=b"\0" * (90 * 1024 * 1024)), "too large"),
    "bomb of many": (
        "a.xlsx",
        lambda: repacked(_same, **{f"xl__media__a{n}": bytes(range(256)) * 4 * 3900 for n in range(30)}),
        "too large",
    ),
    "entities": ("a.xlsx", lambda: part("xl/worksheets/sheet1.xml", lambda b: DOCTYPE + b), "declarations"),
    "entities in the styles": ("a.xlsx", lambda: part("xl/styles.xml", lambda b: DOCTYPE + b), "declarations"),
    "entity of a file": ("a.xlsx", lambda: part("xl/workbook.xml", lambda b: OUTSIDE + b), "declarations"),
    "wide entities": ("a.xlsx", lambda: part("xl/worksheets/sheet1.xml", lambda _b: WIDE), "declarations"),
    "links to other files": (
        "a.xlsx",
        lambda: repacked(xl__externalLinks__externalLink1_dot_xml=b"<x/>"),
        "other files",
    ),
    "no sheets": ("a.xlsx", lambda: part("xl/workbook.xml", lambda _b: b"<workbook/>"), "no values"),
    "sheet is missing": ("a.xlsx", lambda: part("xl/worksheets/sheet1.xml", lambda _b: None), "no values"),
    "broken xml": ("a.xlsx", lambda: sheet_with(b"</sheetData>", b"<row"), "damaged"),
    "millions of cells": ("a.xlsx", lambda: sheet_with(b"</sheetData>", MANY_CELLS), "more cells"),
    "a row that cannot be": ("a.xlsx", lambda: sheet_with(b'r="A2"', b'r="ZZZZZ99999999"'), "damaged"),
    "too many rows": ("a.csv", lambda: b"Ref,Action required\n" + b"1,x\n" * 10_700, "10,000 rows"),
    "no values": ("a.xlsx", lambda: books.saved(Workbook()), "no values"),
    "old and cut": ("a.xls", lambda: OLE + "Workbook".encode("utf-16-le") + b"\0" * 2000, "damaged"),
    "ods with entities": ("a.ods", lambda: ods("", settings_dot_xml=DOCTYPE + b"<x/>"), "declarations"),
    "ods locked": ("a.ods", lambda: ods("", **{"META-INF__manifest_dot_xml": b"<encryption-data/>"}), "password"),
    "ods with macros": ("a.ods", lambda: ods("", Basic__a_dot_xml=b"<x/>"), "macros"),
    "ods with a value in the last corner": ("a.ods", lambda: ods(CORNER), "more cells"),
    "ods that repeats a row a million times": ("a.ods", lambda: ods(REPEATED), "more cells"),
    "a quotation that is not closed": ("a.csv", lambda: b'Ref,Action\n1,"Review\n2,Train\n', "quotation mark"),
    "one row too many": ("a.csv", lambda: b"Ref,Action required\n" + b"1,x\n" * 10_001, "10,000 rows"),
    "a quotation that never ends": ("a.csv", lambda: b'Ref,Action\n1,"' + b"x" * 2_000_000, "quotation mark"),
    "zero bytes": ("a.csv", lambda: b"Ref,Action\n1,\0\0\0\0x\n", "not a spreadsheet"),
    "half of a wide text": ("a.csv", lambda: b"\xff\xfeR\0e\0f\0,", "damaged"),
}
