"""Everything of one plan in one file: how it is packed, and what is refused when one is opened.

A zip: rows as JSON lines by table, the people, organisations and publications they name, the hashes of the record they
come from, the files of evidence under their SHA-256, and last a manifest with counts and sums.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from app.core.errors import Invalid
from app.core.spelling import canon
from app.core.words import _

FORMAT = "tracker-plan-1"
MANIFEST = "manifest.json"
# Whom and what the rows name, parents first.
NAMED = ("organisation", "account", "framework", "recommendation")
RECORD = "record"
Row = dict[str, Any]

MIB = 1024 * 1024
MOST_PARTS, MOST_MANIFEST, MOST_ROWS, MOST_LINE, MOST_FILE = 20_000, 4 * MIB, 256 * MIB, 4 * MIB, 64 * MIB
_PART = re.compile(
    r"(?:rows/[a-z_]{1,40}\.jsonl|named/[a-z]{1,20}\.jsonl|record\.jsonl|files/[0-9a-f]{64}|manifest\.json)"
)


@dataclass
class Manifest:
    """schema: the database's; head: the plan's revision and hash; counts and sums by part; files: sizes by SHA-256."""

    schema: str
    made_at: str
    plan: str
    title: str
    revision: int
    head: str
    format: str = FORMAT
    counts: dict[str, int] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)


def pack(
    out: IO[bytes], manifest: Manifest, parts: Mapping[str, Iterable[Row]], files: Iterable[tuple[str, IO[bytes]]]
) -> None:
    """parts: rows by the name of their part ("rows/action"); files: each with its SHA-256, closed when it is packed."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as archive:
        for name, rows in parts.items():
            _pack_rows(archive, name, rows, manifest)
        for digest, file in files:
            with file:
                manifest.files[digest] = _pack_file(archive, digest, file)
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))


def _pack_rows(archive: zipfile.ZipFile, name: str, rows: Iterable[Row], manifest: Manifest) -> None:
    total, count = hashlib.sha256(), 0
    with archive.open(f"{name}.jsonl", "w", force_zip64=True) as out:
        for row in rows:
            line = f"{canon(row)}\n".encode()
            total.update(line)
            out.write(line)
            count += 1
    manifest.counts[name], manifest.sums[name] = count, total.hexdigest()


def _pack_file(archive: zipfile.ZipFile, digest: str, file: IO[bytes]) -> int:
    size = 0
    with archive.open(f"files/{digest}", "w", force_zip64=True) as out:
        while piece := file.read(MIB):
            out.write(piece)
            size += len(piece)
    return size


class Parcel:
    """One opened for reading. Whatever is wrong with it is said in a sentence, before anything of it is used."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
            self._guard()
            self.manifest = self._manifest()
            self._check()
        except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, NotImplementedError) as error:
            raise _no_plan() from error
        except (KeyError, ValueError, TypeError, RecursionError, AttributeError) as error:
            raise _no_plan() from error

    def rows(self, part: str) -> Iterator[Row]:
        """The objects of a part; none where it is not there."""
        if part not in self.manifest.sums:
            return
        with self._zip.open(f"{part}.jsonl") as lines:
            for line in iter(lambda: lines.readline(MOST_LINE + 1), b""):
                yield _row(line)

    def file(self, digest: str) -> IO[bytes]:
        return self._zip.open(f"files/{digest}")

    def close(self) -> None:
        self._zip.close()

    def _guard(self) -> None:
        members = self._zip.infolist()
        names = [m.filename for m in members]
        if len(names) > MOST_PARTS or len(set(names)) != len(names) or not all(map(_PART.fullmatch, names)):
            raise _no_plan()
        if any(m.flag_bits & 1 for m in members):
            raise Invalid("file", _("The file is encrypted. Choose one that is not."))
        rows = sum(m.file_size for m in members if not m.filename.startswith("files/"))
        if rows > MOST_ROWS or any(m.file_size > MOST_FILE for m in members if m.filename.startswith("files/")):
            raise Invalid("file", _("The file unpacks to more than a plan can hold."))

    def _manifest(self) -> Manifest:
        if self._zip.getinfo(MANIFEST).file_size > MOST_MANIFEST:
            raise _no_plan()
        told = json.loads(self._zip.read(MANIFEST))
        made = Manifest(**told)
        shapes = (made.counts, made.sums, made.files)
        if not (made.format == FORMAT and all(isinstance(s, dict) for s in shapes)):
            raise Invalid("file", _("The file was made by another release. Bring both installations to the same one."))
        texts = (made.schema, made.made_at, made.plan, made.title, made.head)
        if not all(isinstance(t, str) for t in texts) or type(made.revision) is not int:
            raise _no_plan()
        return made

    def _check(self) -> None:
        """Every part is there, whole and as it was packed, and nothing else is."""
        named = {MANIFEST, *(f"{p}.jsonl" for p in self.manifest.sums), *(f"files/{d}" for d in self.manifest.files)}
        if named != set(self._zip.namelist()) or self.manifest.sums.keys() != self.manifest.counts.keys():
            raise _no_plan()
        for part, wanted in self.manifest.sums.items():
            if self._sum(f"{part}.jsonl") != wanted:
                raise _damaged(part)
        for digest, size in self.manifest.files.items():
            if self._zip.getinfo(f"files/{digest}").file_size != size or self._sum(f"files/{digest}") != digest:
                raise _damaged(digest[:12])

    def _sum(self, name: str) -> str:
        total = hashlib.sha256()
        with self._zip.open(name) as file:
            while piece := file.read(MIB):
                total.update(piece)
        return total.hexdigest()


def _row(line: bytes) -> Row:
    if len(line) > MOST_LINE:
        raise _no_plan()
    try:
        made = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _no_plan() from error
    if not isinstance(made, dict):
        raise _no_plan()
    return made


def _no_plan() -> Invalid:
    return Invalid("file", _("The file is cut, or holds no plan that left this application."))


def _damaged(part: str) -> Invalid:
    return Invalid("file", _("The file is damaged at “{part}”. Take the plan away again.", part=part))
