"""The cast's plan on each database, served, with passwords for those who travel."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.season import fill
from tests.people.signing import PASSWORD, give_password
from tests.support import cast as casting
from tests.support import databases
from tests.support.cast import Cast
from tests.support.inside import serve, tracker
from tests.support.server import Server

assert PASSWORD == "seven lovely horses", "the steps sign in with it"


@dataclass
class Group:
    """server: serves the cast's plan `alpha`; folder: its data."""

    server: Server
    cast: Cast
    folder: Path

    def is_proven(self) -> None:
        """`tracker verify` walks the ledger and rebuilds the tables from it."""
        done = tracker("verify", database_url=self.server.database_url, data_dir=self.folder)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def group(cast: Cast, tmp_path: Path) -> Iterator[Group]:
    give_password(cast, "alice", "owen", "edith", "carol", "violet")
    with serve(cast.database.url, tmp_path, rate_limits="off") as server:
        yield Group(server, cast, tmp_path)


@pytest.fixture
def season(database_kind: str, tmp_path: Path) -> Iterator[Group]:
    """A plan with sixty days behind it: `tests/journeys/season`."""
    with databases.copied(database_kind, tmp_path, "season", fill) as url:
        cast = casting.opened(url, tmp_path)
        with serve(url, tmp_path, rate_limits="off") as server:
            yield Group(server, cast, tmp_path)
        cast.database.dispose()


@pytest.fixture
def sqlite_group(sqlite_cast: Cast, tmp_path: Path) -> Iterator[Group]:
    give_password(sqlite_cast, "alice", "owen", "edith", "carol", "violet")
    with serve(sqlite_cast.database.url, tmp_path, rate_limits="off") as server:
        yield Group(server, sqlite_cast, tmp_path)
