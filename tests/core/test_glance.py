"""A glance at whether rows still are as they were: it sees each write, follows the file, and never says yes blindly."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from app.core.actor import NOBODY
from app.core.columns import SHARED
from app.core.glance import Glance, Seen, look
from app.core.ledger import STANDING
from app.core.walls import Watch
from tests.core.made import begin, organisation
from tests.support.cast import MAKER, Cast

SEEN = Watch(STANDING, {"stream": "plan:none"})


@pytest.fixture
def glance(cast: Cast) -> Iterator[Glance]:
    made = Glance(cast.database)
    yield made
    made.close()


def seen(cast: Cast) -> tuple[Seen, ...]:
    with cast.database.read(NOBODY) as read:
        return (look(read, SEEN),)


def write(cast: Cast, code: str) -> None:
    with cast.database.write(MAKER) as tx:
        begin(tx, "organisation.added")
        tx.add(organisation(code))


def test_it_holds_until_something_is_written(cast: Cast, glance: Glance) -> None:
    found = seen(cast)
    assert [name for name, _revision in found[0].rows] == [SHARED]
    assert glance.holds(found)
    assert glance.holds(found)
    write(cast, "X01")
    assert not glance.holds(found)
    assert glance.holds(seen(cast))


def test_it_follows_a_database_put_in_the_place_of_its_own(sqlite_cast: Cast, glance_of_sqlite: Glance) -> None:
    path, found = sqlite_cast.database.path, seen(sqlite_cast)
    assert path
    assert glance_of_sqlite.holds(found)
    kept = path.with_suffix(".kept")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(kept),))
    write(sqlite_cast, "X01")
    assert not glance_of_sqlite.holds(found)
    sqlite_cast.database.dispose()
    for beside in path.parent.glob(f"{path.name}-*"):
        beside.unlink()
    kept.rename(path)
    assert glance_of_sqlite.holds(found)


def test_it_says_no_where_the_database_cannot_be_asked(sqlite_cast: Cast, glance_of_sqlite: Glance) -> None:
    path, found = sqlite_cast.database.path, seen(sqlite_cast)
    assert path
    assert glance_of_sqlite.holds(found)
    path.rename(path.with_suffix(".away"))
    assert not glance_of_sqlite.holds(found)
    path.write_text("no database")
    assert not glance_of_sqlite.holds(found)


@pytest.fixture
def glance_of_sqlite(sqlite_cast: Cast) -> Iterator[Glance]:
    made = Glance(sqlite_cast.database)
    yield made
    made.close()
