"""The daily work: the standing of each finished day is kept once, and goes wherever the database goes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import col, select

from app.cli import keeping, restoring
from app.core.db import Database
from app.reports.models import PlanDay
from app.reports.queries.kept_days import kept_stages
from app.settings import Settings
from tests.history.made import Past, a_past, an_update, system_write
from tests.reports import made_past
from tests.support import databases
from tests.support.cast import MAKER, Cast

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}
TODAY = date(2027, 6, 15)


@pytest.fixture
def past(cast: Cast) -> Iterator[Past]:
    with made_past.on(TODAY):
        yield a_past(cast)


def kept_days(url: str, folder: Path) -> list[tuple[object, ...]]:
    """The days that are written down, with what holds of them."""
    database = Database(url, folder)
    try:
        with database.read(MAKER) as read:
            read.see_everything("test")
            rows = read.exec(select(PlanDay).order_by(col(PlanDay.day))).all()
            held = kept_stages(read, rows[0].plan_id, [row.day for row in rows])
            return [(row.day, row.revision, row.shared_revision, row.actions, held[row.day]) for row in rows]
    finally:
        database.dispose()


def test_it_keeps_every_finished_day_once(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "DAYS_IN_ALL", 40)
    assert keeping.tick(past.cast.database).days == 40
    monkeypatch.undo()
    assert keeping.tick(past.cast.database).days > 0
    assert keeping.tick(past.cast.database).days == 0


def test_it_goes_back_in_time_by_short_transactions(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "DAYS_AT_ONCE", 2)
    asked, real = [], keeping._keep_days

    def seen(database: Database, plan_id: UUID, most: int) -> int:
        asked.append(most)
        return real(database, plan_id, most)

    monkeypatch.setattr(keeping, "_keep_days", seen)
    total = keeping.keep_days(past.cast.database)
    assert set(asked) == {2}
    assert total == len(kept_days(past.cast.database.url, past.cast.database.data_dir))


def test_kept_days_go_with_a_copy_and_a_backup_and_still_hold(past: Past, tmp_path: Path, database_kind: str) -> None:
    database = past.cast.database
    settings = Settings(database_url=database.url, data_dir=tmp_path)
    keeping.tick(database)
    before = kept_days(database.url, tmp_path)
    assert len(before) > 100
    keeping.backup(database, tmp_path / "saved.tracker")
    with database.write(MAKER) as tx:
        system_write(tx, "action.updated", TODAY)
        tx.add(an_update(past.cast, past.action_id, commentary="After the backup"))
    database.dispose()
    restoring.restore(settings, tmp_path / "saved.tracker")
    assert kept_days(settings.url, tmp_path) == before
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with databases.empty(OTHER[database_kind], elsewhere) as url:
        keeping.copy_database(settings, url)
        assert kept_days(url, elsewhere) == before
