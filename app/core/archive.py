"""Copies of a whole database: one archive format for both databases, and from one database to another.

An archive is a zip: a file of JSON lines for each table, in an order in which no row comes before what it points at,
and last a manifest with the schema's version, counts, stream heads and SHA-256 sums. A cut file has no directory.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

from sqlalchemy import CHAR, Connection, MetaData, Table, Uuid, func, insert, select, text, update
from sqlalchemy import DateTime as SqlDateTime

from app.core import clock
from app.core.errors import Invalid, NotFound
from app.core.spelling import canon
from app.core.storage import NAME, Storage, copy, pieces
from app.core.words import _

FORMAT = "tracker-archive-1"
VERSION_TABLE = "alembic_version"
FILES = "files"
BATCH = 500
Progress = Callable[[str, int], None]


@dataclass
class Manifest:
    """counts and sums by table; heads: stream -> [revision, hash]; files: SHA-256 by their names in the store.

    absent: names of files that a row has and the store did not.
    """

    schema: str
    made_at: str
    format: str = FORMAT
    counts: dict[str, int] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    heads: dict[str, list[Any]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)


def _quiet(_table: str, _rows: int) -> None:
    pass


def tables_of(connection: Connection) -> list[Table]:
    """The tables as the database has them, whatever release made them; parents first."""
    found = MetaData()
    found.reflect(connection)
    return [t for t in found.sorted_tables if t.name != VERSION_TABLE]


def heads_of(connection: Connection) -> dict[str, list[Any]]:
    return {r.name: [r.revision, r.head] for r in connection.execute(text("SELECT name, revision, head FROM stream"))}


def write(
    connection: Connection, path: Path, schema: str, progress: Progress = _quiet, storage: Storage | None = None
) -> Manifest:
    """Write an archive of what this connection's one snapshot sees. The file appears whole or not at all.

    storage: where the files lie that its rows name; None leaves them out, for an archive beside which they stay.
    """
    manifest = Manifest(schema=schema, made_at=clock.now().isoformat(), heads=heads_of(connection))
    part = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
                for table in tables_of(connection):
                    _write_table(connection, archive, table, manifest)
                    progress(table.name, manifest.counts[table.name])
                if storage is not None:
                    _write_files(connection, archive, storage, manifest)
                    progress(FILES, len(manifest.files))
                archive.writestr("manifest.json", json.dumps(asdict(manifest), indent=1))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table, manifest: Manifest) -> None:
    total, count = hashlib.sha256(), 0
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as out:
        for row in rows_of(connection, table):
            line = (canon(row) + "\n").encode()
            total.update(line)
            out.write(line)
            count += 1
    manifest.counts[table.name], manifest.sums[table.name] = count, total.hexdigest()


def _write_files(connection: Connection, archive: zipfile.ZipFile, storage: Storage, manifest: Manifest) -> None:
    for name in _files_named(connection):
        try:
            source = storage.open(name)
        except NotFound:
            manifest.absent.append(name)
            continue
        # Packed already, nearly all of them.
        with source, archive.open(zipfile.ZipInfo(f"{FILES}/{name}"), "w", force_zip64=True) as out:
            _size, manifest.files[name] = copy(source, out)  # type: ignore[arg-type]


def _files_named(connection: Connection) -> list[str]:
    """Of the files that the rows of this snapshot name, as any release has them."""
    known = {t.name: t for t in tables_of(connection)}
    table = known.get("evidence_version")
    if table is None:
        return []
    wanted = select(table.c.stored_as).where(table.c.removed_on.is_(None)).order_by(table.c.stored_as)
    return list(connection.execute(wanted).scalars())


def rows_of(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """Rows in the order of their key, in values that both databases understand alike."""
    ids = [c.name for c in table.c if _is_id(c.type)]
    asked = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    for found in connection.execute(asked).mappings():
        row = dict(found)
        for name in ids:
            if row[name] is not None:
                row[name] = str(UUID(str(row[name])))
        for name, value in row.items():
            if isinstance(value, datetime) and value.tzinfo is None:
                row[name] = value.replace(tzinfo=UTC)
        yield row


def _is_id(kind: Any) -> bool:
    # SQLite tells our UUIDs as CHAR(32); nothing else of ours is CHAR.
    return isinstance(kind, Uuid) or (type(kind) is CHAR and kind.length == 32)


def load(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> int:
    """Insert rows as `rows_of` gives them into a table of the same schema; how many."""
    convert = _converters(connection, table)
    upward = [c.name for c in table.c if any(f.column.table is table for f in c.foreign_keys)]
    later: list[dict[str, Any]] = []
    count = 0
    given = iter(rows)
    while batch := list(islice(given, BATCH)):
        made = [{k: convert[k](v) if v is not None and k in convert else v for k, v in row.items()} for row in batch]
        for row in made:
            pointing = {name: row[name] for name in upward if row.get(name) is not None}
            if pointing:
                # To a row of the same table, which may come after this one.
                later.append({"of": row["id"], **pointing})
                row.update(dict.fromkeys(pointing))
        connection.execute(insert(table), made)
        count += len(made)
    for row in later:
        of = row.pop("of")
        connection.execute(update(table).where(table.c.id == of).values(**row))
    return count


def _converters(connection: Connection, table: Table) -> dict[str, Callable[[Any], Any]]:
    sqlite = connection.dialect.name == "sqlite"
    found: dict[str, Callable[[Any], Any]] = {}
    for column in table.c:
        kind = column.type
        if _is_id(kind):
            found[column.name] = (lambda v: UUID(str(v)).hex) if type(kind) is CHAR else (lambda v: UUID(str(v)))
        elif isinstance(kind, SqlDateTime):
            found[column.name] = _naive_utc if sqlite else _instant
        elif getattr(kind, "python_type", None) is date:
            found[column.name] = lambda v: v if isinstance(v, date) else date.fromisoformat(v)
        elif getattr(kind, "python_type", None) is Decimal:
            found[column.name] = lambda v: Decimal(str(v))
    return found


def _instant(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _naive_utc(value: Any) -> datetime:
    return _instant(value).astimezone(UTC).replace(tzinfo=None)


def reset_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """PostgreSQL counts on from the highest number loaded; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key.columns:
            if column.autoincrement is True or column.server_default is not None:
                top = connection.execute(select(func.max(column))).scalar()
                name = func.pg_get_serial_sequence(table.name, column.name)
                if top is not None:
                    connection.execute(select(func.setval(name, top)))


class Archive:
    """An archive opened for reading; everything wrong with it is said in one sentence, before anything is touched."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise Invalid("file", _("There is no file {path}.", path=path))
        try:
            self.zip = zipfile.ZipFile(path)
            told = json.loads(self.zip.read("manifest.json"))
            self.manifest = Manifest(**told)
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            raise Invalid("file", _("{path} is cut or is no backup of this application.", path=path)) from error
        except (KeyError, ValueError, TypeError) as error:
            raise Invalid("file", _("{path} is no backup of this application.", path=path)) from error
        if self.manifest.format != FORMAT:
            raise Invalid("file", _("{path} was made by a newer release. Install that release.", path=path))

    def check(self) -> None:
        """Every table is there, whole and as it was written."""
        for name, total in self.manifest.sums.items():
            found, count = hashlib.sha256(), 0
            try:
                with self.zip.open(f"{name}.jsonl") as file:
                    for line in file:
                        found.update(line)
                        count += 1
            except (KeyError, zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
                raise self._damaged(name) from error
            if (found.hexdigest(), count) != (total, self.manifest.counts.get(name)):
                raise self._damaged(name)
        for name, total in self.manifest.files.items():
            self._check_file(name, total)

    def _check_file(self, name: str, total: str) -> None:
        found = hashlib.sha256()
        try:
            for piece in pieces(self.file(name)):
                found.update(piece)
        except (KeyError, zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
            raise self._damaged(f"{FILES}/{name}") from error
        if found.hexdigest() != total or not NAME.fullmatch(name):
            raise self._damaged(f"{FILES}/{name}")

    def file(self, name: str) -> BinaryIO:
        return cast("BinaryIO", self.zip.open(f"{FILES}/{name}"))

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        with self.zip.open(f"{name}.jsonl") as file:
            for line in TextIOWrapper(file, encoding="utf-8", newline="\n"):
                yield json.loads(line)

    def close(self) -> None:
        self.zip.close()

    def _damaged(self, name: str) -> Invalid:
        return Invalid("file", _("The backup is damaged at “{table}”. Use another one.", table=name))
