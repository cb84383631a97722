"""Sessions: the scope wall, the writer's lock, and what is said when the machine does not play along."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import exists, func, select, text, union_all
from sqlalchemy.orm import aliased

from app.actions import models as actions
from app.core.db import Database, Read
from app.core.errors import Unavailable
from app.core.locks import LockFile
from app.history import queries
from app.plans import models as plans
from tests.history.made import an_action
from tests.support.cast import MAKER, Cast

OTHER_PLAN = uuid4()
# Their attributes are columns here, which the types of SQLModel do not tell.
Action: Any = actions.Action
Milestone: Any = actions.Milestone
Plan: Any = plans.Plan
Priority: Any = plans.Priority


def two_plans(cast: Cast) -> None:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("test")
        tx.act("test.begun")
        plan = Plan(id=OTHER_PLAN, slug="beta", organisation_id=cast.organisations["BBB"], title="Beta")
        tx.add(plan)
        tx.flush()
        theirs = Priority(plan_id=OTHER_PLAN, ref="1", title="Theirs")
        tx.add(theirs)
        tx.flush()
        tx.add(an_action(cast, "1.1", title="Theirs", plan_id=OTHER_PLAN, priority_id=theirs.id))
    with cast.database.write(MAKER) as tx:
        tx.see_everything("test")
        tx.act("test.begun")
        tx.add(an_action(cast, "1.1", title="Ours"))


Twin = aliased(Action)
inner = select(Action.ref, Action.title).subquery()
ASKED: dict[str, Any] = {
    "entities": select(Action),
    "columns": select(Action.ref, Action.title),
    "join": select(Priority.ref, Action.title).join(Action, Action.priority_id == Priority.id),
    "outer join": select(Action.title, Priority.title).outerjoin(Priority, Priority.id == Action.priority_id),
    "alias": select(Twin.title),
    "self join": select(Action.title, Twin.title).join(Twin, Twin.ref == Action.ref),
    "subquery": select(inner.c.title),
    "cte": select(select(Action.title).cte("c").c.title),
    "exists": select(Plan.title).where(exists().where(Action.plan_id == Plan.id)),
    "in": select(Plan.title).where(Plan.id.in_(select(Action.plan_id))),
    "scalar": select(Plan.title, select(func.max(Action.title)).where(Action.plan_id == Plan.id).scalar_subquery()),
    "union": union_all(select(Action.title), select(Priority.title)),
    "count": select(func.count()).select_from(Action),
    "group": select(Action.ref, func.count()).group_by(Action.ref),
}


@pytest.mark.parametrize("name", ASKED)
def test_it_gives_a_session_without_a_scope_nothing_of_a_plan(cast: Cast, name: str) -> None:
    with cast.database.read(MAKER) as read, pytest.raises(RuntimeError, match="no scope"):
        read.execute(ASKED[name])


@pytest.mark.parametrize("name", ASKED)
def test_it_keeps_other_plans_rows_out(cast: Cast, name: str) -> None:
    two_plans(cast)
    with cast.database.read(MAKER) as read:
        assert cast.plan_id is not None
        read.scope_to(cast.plan_id)
        rows = read.execute(ASKED[name]).all()
        told = str([tuple(v.title if isinstance(v, Action) else v for v in row) for row in rows])
    if name in ("exists", "in", "scalar"):
        assert "Alpha" in told
        assert name == "scalar" or "Beta" not in told
    if name in ("count", "group"):
        assert "2" not in told.replace("'1.1'", "")
    assert "Theirs" not in told


def test_it_opens_to_several_plans_and_to_all(cast: Cast) -> None:
    two_plans(cast)
    with cast.database.read(MAKER) as read:
        assert cast.plan_id is not None
        read.scope_to(cast.plan_id)
        read.scope_to(OTHER_PLAN)
        assert set(read.execute(select(Action.title)).scalars()) == {"Ours", "Theirs"}
    with cast.database.read(MAKER) as read:
        read.scope_to(uuid4(), uuid4())
        assert read.execute(select(Action.title)).all() == []
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        assert len(read.execute(select(Action.title)).all()) == 2
        read.scope_to(OTHER_PLAN)
        assert read.execute(select(Action.title)).scalars().all() == ["Theirs"]


def test_it_does_not_get_another_plans_row_by_its_id(cast: Cast) -> None:
    two_plans(cast)
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        theirs = read.execute(select(Action.id).where(Action.title == "Theirs")).scalar_one()
    with cast.database.read(MAKER) as read:
        assert cast.plan_id is not None
        read.scope_to(cast.plan_id)
        assert read.get(Action, theirs) is None
        assert read.execute(select(Milestone)).all() == []


def test_it_refuses_text_in_a_read(cast: Cast) -> None:
    with cast.database.read(MAKER) as read, pytest.raises(RuntimeError, match=r"text\(\)"):
        read.execute(text("SELECT * FROM action"))


def test_it_reads_one_moment_while_others_write(cast: Cast) -> None:
    def refs(read: Read) -> list[str]:
        return list(read.execute(select(Priority.ref).order_by(Priority.ref)).scalars())

    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        before = refs(read)
        with cast.database.write(MAKER) as tx:
            tx.see_everything("test")
            tx.act("test.done")
            tx.add(Priority(plan_id=cast.plan_id, ref="9", title="x"))
        assert refs(read) == before


def _driver(read: Read) -> Any:
    return read.sqlite()


def test_it_hands_out_the_drivers_connection_with_its_savepoint_begun(sqlite_cast: Cast) -> None:
    with sqlite_cast.database.write(MAKER) as tx:
        driver = _driver(tx)
        assert driver.in_transaction
        assert tx.sqlite() is driver
        with tx.begin_nested():
            _driver(tx).execute("ROLLBACK TO SAVEPOINT sa_savepoint_1")
        with pytest.raises(sqlite3.OperationalError):
            _driver(tx).execute("ROLLBACK TO SAVEPOINT sa_savepoint_1")


def test_it_asks_for_the_drivers_connection_anew_after_its_transaction(sqlite_cast: Cast) -> None:
    with sqlite_cast.database.read(MAKER) as read:
        read.sqlite()
        read.rollback()
        assert _driver(read).in_transaction


def test_it_waits_its_turn_for_the_lock_and_gives_it_back(tmp_path: Path) -> None:
    first, second = LockFile(tmp_path / "write.lock"), LockFile(tmp_path / "write.lock")
    assert first.try_hold()
    assert not second.try_hold()
    # The second waits at the door now: a third, or the first again, comes after it.
    first.release()
    assert not first.try_hold()
    assert second.try_hold()
    second.release()
    assert first.try_hold()
    with pytest.raises(Unavailable, match="busy"), second.held(0.02):
        pass
    first.close()
    with second.held(0.02):
        pass


def test_it_gives_the_lock_back_when_the_process_that_holds_it_dies(tmp_path: Path) -> None:
    path = tmp_path / "write.lock"
    code = (
        "import sys,time;from pathlib import Path;from app.core.locks import LockFile;"
        f"LockFile(Path({str(path)!r})).try_hold();print('held',flush=True);time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    waiting = LockFile(path)
    assert not waiting.try_hold()
    holder.kill()
    holder.communicate()
    until = time.monotonic() + 5
    while not waiting.try_hold():
        assert time.monotonic() < until
        time.sleep(0.01)
    waiting.close()


def test_it_says_that_another_program_has_locked_the_database(sqlite_cast: Cast, tmp_path: Path) -> None:
    database = sqlite_cast.database
    with closing(database.writers.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA busy_timeout=100")
    with closing(sqlite3.connect(tmp_path / "tracker.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="busy"), database.write(MAKER) as tx:
            tx.connection()
        with database.read(MAKER) as read:
            assert read.execute(select(func.count()).select_from(Plan)).scalar_one() == 1


def test_it_makes_no_empty_database_where_one_is_missing(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/none.db", tmp_path)
    with pytest.raises(Unavailable, match="cannot be reached"), database.read(MAKER) as read:
        read.connection()
    assert not (tmp_path / "none.db").exists()
    database.dispose()


def test_it_notices_that_its_file_was_taken_away(sqlite_cast: Cast, tmp_path: Path) -> None:
    with sqlite_cast.database.read(MAKER) as read:
        read.connection()
    (tmp_path / "tracker.db").rename(tmp_path / "away.db")
    with pytest.raises(Unavailable, match="cannot be reached"), sqlite_cast.database.read(MAKER) as read:
        read.connection()


def test_it_says_that_a_file_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "tracker.db").write_text("this is no database" * 100)
    database = Database(f"sqlite:///{tmp_path}/tracker.db", tmp_path)
    with pytest.raises(Unavailable, match="damaged"), database.read(MAKER) as read:
        read.execute(select(Plan.id))
    database.dispose()


def test_it_says_that_the_disk_is_full_and_reads_go_on(sqlite_cast: Cast) -> None:
    database = sqlite_cast.database
    with closing(database.writers.raw_connection()) as connection:
        pages = connection.cursor().execute("PRAGMA page_count").fetchone()[0]
        connection.cursor().execute(f"PRAGMA max_page_count={pages}")

    def write_much() -> None:
        with database.write(MAKER) as tx:
            tx.see_everything("test")
            tx.act("test.done")
            for number in range(200):
                tx.add(Priority(plan_id=sqlite_cast.plan_id, ref=f"9{number}", title="x" * 300))

    with pytest.raises(Unavailable, match="full"):
        write_much()
    with database.read(MAKER) as read:
        read.see_everything("test")
        assert len(read.execute(select(Priority)).all()) == 2
        assert queries.differences(read).bad is None


def test_it_says_that_a_database_can_only_be_read(cast: Cast) -> None:
    database = cast.database
    if database.is_sqlite:
        with closing(database.writers.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA query_only=ON")
    else:
        with database.writers.begin() as opened:
            name = opened.execute(text("SELECT current_database()")).scalar_one()
            opened.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
        database.writers.dispose()

    def write() -> None:
        with database.write(MAKER) as tx:
            tx.see_everything("test")
            tx.act("test.done")
            tx.add(Priority(plan_id=cast.plan_id, ref="9", title="x"))

    with pytest.raises(Unavailable, match="only be read"):
        write()
    with database.read(MAKER) as read:
        assert read.execute(select(func.count()).select_from(Plan)).scalar_one() == 1
