"""Writes a pack: a zip with an index to read and print, a sheet, the files of the evidence, and their hashes.

Files pass through in pieces. Imported on use: XlsxWriter costs memory and time.
"""

import hashlib
import re
import zipfile
from collections.abc import Callable, Sequence
from tempfile import TemporaryFile
from typing import IO, BinaryIO

import xlsxwriter

from app.core.errors import NotFound
from app.core.words import _, day, language
from app.coverage.packed import Held, Pack, PackRow, Proof

PIECE = 256 * 1024
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")


def write_pack(pack: Pack, opened: Callable[[str], BinaryIO], draw: Callable[..., str], out: IO[bytes]) -> None:
    """opened: a file of the store by the name it is kept under; that one is missing (NotFound) is told in it.

    draw: a template's name and its values -> its text.
    """
    sums: dict[str, str] = {}
    told: dict[str, str] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for proof in pack.proofs:
            if proof.file is not None:
                told[proof.ref] = _copied(archive, proof.ref, proof.file, opened, sums)
        with TemporaryFile() as sheet:
            _sheet(pack, told, sums, sheet)
            sheet.seek(0)
            sums["pack.xlsx"] = _put(archive, "pack.xlsx", sheet)
        index = _index(pack, told, sums, draw).encode()
        archive.writestr("index.htm", index)
        sums["index.htm"] = hashlib.sha256(index).hexdigest()
        archive.writestr("SHA256SUMS.txt", "".join(f"{value}  {name}\n" for name, value in sorted(sums.items())))


def _copied(
    archive: zipfile.ZipFile, ref: str, file: Held, opened: Callable[[str], BinaryIO], sums: dict[str, str]
) -> str:
    """The path in the archive; empty where the file is missing from the store."""
    name = f"evidence/{ref}-v{file.number}-{_UNFIT.sub('-', file.file_name)[-80:]}"
    try:
        source = opened(file.stored_as)
    except NotFound:
        return ""
    with source:
        sums[name] = _put(archive, name, source)
    return name


def _put(archive: zipfile.ZipFile, name: str, source: IO[bytes]) -> str:
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as target:
        while piece := source.read(PIECE):
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()


def _heads() -> Sequence[str]:
    return (
        _("Publication"), _("Number"), _("Recommendation"), _("Stands at"), _("Action"), _("Title"), _("Stage"),
        _("Rating"), _("Latest decision"), _("Evidence"), _("SHA-256 of the files"),
    )  # fmt: skip


def _cells(row: PackRow, told: dict[str, str], sums: dict[str, str]) -> Sequence[str]:
    hashes = " ".join(sums[told[ref]] for ref in row.evidence if told.get(ref))
    return (
        row.publication, row.chip, row.recommendation, row.stands, row.action, row.action_title, row.stage,
        row.rating, row.decision, ", ".join(row.evidence), hashes,
    )  # fmt: skip


def _proof_heads() -> Sequence[str]:
    return (
        _("Reference"), _("What it shows"), _("Kind"), _("State"), _("Accepted on"), _("Expires on"), _("File"),
        _("SHA-256"),
    )  # fmt: skip


def _proof_cells(proof: Proof, told: dict[str, str], sums: dict[str, str]) -> Sequence[str]:
    path = told.get(proof.ref, "")
    missing = _("Missing from the store.") if proof.file is not None and not path else ""
    return (
        proof.ref, proof.shows, proof.kind, proof.state, day(proof.accepted_on) if proof.accepted_on else "",
        day(proof.expires_on) if proof.expires_on else "", path or missing or proof.withheld or proof.where,
        sums.get(path, ""),
    )  # fmt: skip


def _sheet(pack: Pack, told: dict[str, str], sums: dict[str, str], out: IO[bytes]) -> None:
    # Text is never a formula or a link, whatever it begins with.
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
    sheets: Sequence[tuple[str, Sequence[str], list[Sequence[str]]]] = (
        (_("Recommendations"), _heads(), [_cells(r, told, sums) for r in pack.rows]),
        (_("Evidence"), _proof_heads(), [_proof_cells(p, told, sums) for p in pack.proofs]),
    )
    for name, heads, lines in sheets:
        page = book.add_worksheet(name)
        page.set_column(0, len(heads) - 1, 24)
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.repeat_rows(0)
        for at, line in enumerate([heads, *lines]):
            for column, text in enumerate(line):
                page.write_string(at, column, text, bold if at == 0 else wrapped)
    book.close()


def _index(pack: Pack, told: dict[str, str], sums: dict[str, str], draw: Callable[..., str]) -> str:
    stamp = _("{plan} ({organisation}), as at {day}, revision {revision}", plan=pack.plan,
              organisation=pack.organisation, day=day(pack.day), revision=pack.revision)  # fmt: skip
    return draw(
        "coverage/pack.html",
        lang=language(),
        title=pack.title,
        stamp=stamp,
        heads=_heads(),
        lines=[_cells(row, told, sums) for row in pack.rows],
        proof_heads=_proof_heads(),
        proofs=[_proof_cells(proof, told, sums) for proof in pack.proofs],
        files=set(filter(None, told.values())),
    )
