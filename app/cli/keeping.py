"""Keeping the database: migrated, backed up, copied, and its daily work. The command line and `serve` call these."""

import importlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, inspect, select
from sqlmodel import select as select_rows

from app.cli import filing
from app.cli.opening import check_schema, operator
from app.core import archive, clock
from app.core import migrate as schema
from app.core.archive import Manifest, Progress
from app.core.db import Database
from app.core.errors import Conflict, Invalid
from app.core.files import private_folder, private_opener, sqlite_path
from app.core.idempotency import prune_answers, write_note
from app.core.locks import LockFile
from app.core.storage import storage_in
from app.core.words import _
from app.history import queries as history
from app.history.models import Redaction
from app.history.schemas import Verdict
from app.people import commands as people
from app.plans.models import Plan
from app.reports import commands as reports
from app.settings import Settings

BACKUPS_KEPT = 10
REDACTIONS = "redactions.jsonl"
DAILY = "the daily work"
# A plan of 220 actions takes about 3 ms a day; others wait for no more than DAYS_AT_ONCE.
DAYS_AT_ONCE, DAYS_IN_ALL = 60, 3000


def quiet(_table: str, _rows: int) -> None:
    """No progress is told."""


def migrate(settings: Settings) -> Path | None:
    """Bring the database to this release's schema and library; the backup made first, where there was one to make."""
    private_folder(settings.data_dir)
    found = sqlite_path(settings.url)
    if found is None:
        schema.upgrade(settings.url)
        return _with_library(settings, None)
    with LockFile(settings.data_dir / "write.lock").held():
        saved = _save_before_migrating(settings)
        schema.upgrade(settings.url)
    return _with_library(settings, saved)


def _save_before_migrating(settings: Settings) -> Path | None:
    database = Database(settings.url, settings.data_dir)
    try:
        have = schema.version(database.readers)
        schema.refuse_newer(have)
        if have is None or have == schema.head():
            return None
        folder = settings.data_dir / "backups"
        private_folder(folder)
        path = folder / f"before-{schema.head()}-{clock.now():%Y%m%d-%H%M%S}.tracker"
        with database.readers.begin() as connection:
            archive.write(connection, path, have)
        for old in sorted(folder.glob("before-*.tracker"))[:-BACKUPS_KEPT]:
            old.unlink()
        return path
    finally:
        database.dispose()


def _with_library(settings: Settings, saved: Path | None) -> Path | None:
    # The built-in publications: loading the same release twice changes nothing.
    if importlib.util.find_spec("app.frameworks.commands"):
        load = getattr(importlib.import_module("app.frameworks.commands"), "load_library", None)
        if load is not None:
            database = Database(settings.url, settings.data_dir)
            try:
                with database.write(operator()) as tx:
                    tx.see_everything("the library is everybody's")
                    load(tx)
            finally:
                database.dispose()
    return saved


def backup(database: Database, path: Path, progress: Progress = quiet) -> Manifest:
    """One moment of the whole database in one file, while it is being served."""
    if path.exists():
        raise Conflict(_("There is a file {path} already. Choose another name.", path=path))
    if not path.absolute().parent.is_dir():
        raise Invalid("file", _("There is no folder {folder}.", folder=path.absolute().parent))
    have = schema.version(database.readers) or ""
    with database.readers.begin() as connection:
        return archive.write(connection, path, have, progress, storage_in(database.data_dir))


def copy_database(settings: Settings, to: str, progress: Progress = quiet) -> Verdict:
    """Every row into an empty database of either kind; counts, heads and the ledger are compared before it counts."""
    source = Database(settings.url, settings.data_dir)
    url = Settings(database_url=to, data_dir=settings.data_dir).url
    if url == settings.url:
        raise Invalid("to", _("This is the same database. Name another one."))
    target = Database(url, _folder(url, settings.data_dir))
    try:
        check_schema(source)
        if not schema.is_missing(target.writers.url):
            _refuse_unless_empty(target)
        schema.upgrade(url)
        with source.readers.begin() as reading, target.writers.begin() as writing:
            counts = {t.name: archive.rows_of(reading, t) for t in archive.tables_of(reading)}
            fill(writing, counts, progress)
            heads = archive.heads_of(reading)
            _compare_counts(reading, writing)
        verdict = proven(target, heads)
        filing.copy_files(source, target)
        return verdict
    finally:
        source.dispose()
        target.dispose()


def _folder(url: str, data_dir: Path) -> Path:
    path = sqlite_path(url)
    return path.parent if path else data_dir


def _refuse_unless_empty(target: Database) -> None:
    with target.readers.begin() as connection:
        full = [t.name for t in archive.tables_of(connection) if _count(connection, t)]
        foreign = not full and set(inspect(connection).get_table_names()) - _our_tables() - {archive.VERSION_TABLE}
    if full or foreign:
        raise Conflict(_("The database to copy to is not empty. Nothing was changed. Name an empty one."), "not_empty")


def _our_tables() -> set[str]:
    schema.load_tables()
    from app.core.columns import metadata

    return set(metadata.tables)


def _count(connection: Connection, table: Any) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _compare_counts(reading: Connection, writing: Connection) -> None:
    for table in archive.tables_of(reading):
        if _count(reading, table) != _count(writing, table):
            raise Conflict(_("The table “{table}” was not copied whole. Nothing was changed.", table=table.name))


def fill(connection: Connection, rows: Mapping[str, Iterable[dict[str, Any]]], progress: Progress) -> None:
    """Load tables into an empty database of the same schema."""
    tables = archive.tables_of(connection)
    unknown = set(rows) - {t.name for t in tables}
    if unknown:
        raise Invalid("file", _("It holds a table that this release does not know: {table}.", table=min(unknown)))
    for table in tables:
        if table.name in rows:
            progress(table.name, archive.load(connection, table, rows[table.name]))
    archive.reset_sequences(connection, tables)


def proven(database: Database, heads: dict[str, list[Any]]) -> Verdict:
    """The ledger holds, the tables equal it, and its heads are these; or one sentence."""
    with database.read(operator()) as read:
        read.see_everything("a copy is proven whole")
        verdict = history.differences(read)
    if verdict.bad is not None:
        raise Conflict(
            _("The copy does not hold: {what} at {detail}.", what=verdict.bad.what, detail=verdict.bad.detail), "broken"
        )
    if {k: list(v) for k, v in verdict.heads.items()} != heads:
        raise Conflict(_("The copy ends at another entry than the original."), "broken")
    return verdict


@dataclass(frozen=True, slots=True)
class Ticked:
    """What the daily work did: how many kept answers and access facts it dropped, how many days it wrote down.

    files: how many that no row names it deleted.
    """

    answers: int
    events: int
    days: int
    files: int


def tick(database: Database) -> Ticked:
    """The day's work; doing it twice changes nothing."""
    with database.write(operator()) as tx:
        tx.see_everything(DAILY)
        answers = prune_answers(tx)
        events = people.prune_access(tx)
        write_note(tx, "ticked_on", clock.today().isoformat())
    files = filing.sweep_files(database)
    return Ticked(answers=answers, events=events, days=keep_days(database), files=files)


def keep_days(database: Database) -> int:
    """The standing of the finished days that are not written down, the newest of every plan first; how many.

    In short transactions, between which others write; what is left over is done on the days to come.
    """
    with database.read(operator()) as read:
        read.see_everything(DAILY)
        left = list(read.exec(select_rows(Plan.id)).all())
    at_once = max(1, min(DAYS_AT_ONCE, DAYS_IN_ALL // max(1, len(left))))
    kept = 0
    while left and kept < DAYS_IN_ALL:
        done = {plan_id: _keep_days(database, plan_id, at_once) for plan_id in left}
        kept += sum(done.values())
        left = [plan_id for plan_id, days in done.items() if days == at_once]
    return kept


def _keep_days(database: Database, plan_id: UUID, most: int) -> int:
    with database.write(operator()) as tx:
        tx.see_everything(DAILY)
        return reports.keep_days(tx, plan_id, most)


def keep_redactions(data_dir: Path, rows: Iterable[Redaction]) -> None:
    """Beside the data, so that restoring an older backup does not bring back what was forgotten since."""
    with open(data_dir / REDACTIONS, "a", encoding="utf-8", opener=private_opener()) as file:
        for row in rows:
            file.write(row.model_dump_json() + "\n")


def kept_redactions(data_dir: Path) -> list[Redaction]:
    path = data_dir / REDACTIONS
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Redaction.model_validate(json.loads(line)) for line in lines if line.strip()]
