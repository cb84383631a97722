"""Fixtures that every room's tests may ask for; what they do is in `tests/support`."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import cast as casting
from tests.support import databases, run
from tests.support.browser import browser, chromium, open_page
from tests.support.cast import Cast
from tests.support.doors import Doors
from tests.support.inside import serve
from tests.support.routes import keep_what_routes_take
from tests.support.server import Server, demonstration

__all__ = ["browser", "open_page"]
# Folders and files whose single tests last half a minute and more, the longest first.
LONGEST = (
    "tests/proof/",
    "tests/journeys/",
    "tests/browser/",
    "tests/demo/",
    "tests/core/test_faults.py",
    "tests/cli/",
)


def pytest_configure() -> None:
    keep_what_routes_take()
    # A worker finds the variable set by the process that owns the run.
    if "PYTEST_XDIST_WORKER" not in os.environ:
        run.begin()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # What lasts longest first, so that no worker is left alone with it at the end; the rest keeps its order.
    items.sort(
        key=lambda item: next((n for n, begin in enumerate(LONGEST) if item.nodeid.startswith(begin)), len(LONGEST))
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if "browser" not in getattr(item, "fixturenames", ()):
        chromium.close()


def pytest_sessionfinish() -> None:
    chromium.close()


def pytest_unconfigure() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        run.end()


@pytest.fixture(params=databases.KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Each test that asks runs twice; `pytest -k sqlite` or `-k postgresql` picks one."""
    return str(request.param)


@pytest.fixture
def database_url(database_kind: str, tmp_path: Path) -> Iterator[str]:
    """A fresh migrated database of each kind."""
    with databases.migrated(database_kind, tmp_path) as url:
        yield url


@pytest.fixture
def empty_database_url(database_kind: str, tmp_path: Path) -> Iterator[str]:
    """A fresh database of each kind, without tables."""
    with databases.empty(database_kind, tmp_path) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """A fresh migrated SQLite database, for tests whose subject does not depend on the database."""
    with databases.migrated("sqlite", tmp_path) as url:
        yield url


@pytest.fixture
def postgres_url(tmp_path: Path) -> Iterator[str]:
    """A fresh migrated PostgreSQL database, for what SQLite does not have: several writers at once."""
    with databases.migrated("postgresql", tmp_path) as url:
        yield url


@pytest.fixture
def live_server(sqlite_url: str, tmp_path: Path) -> Iterator[Server]:
    """The real application over a fresh migrated SQLite database; `serve` takes any other and any setting."""
    with serve(sqlite_url, tmp_path, rate_limits="off") as server:
        yield server


@pytest.fixture(scope="module")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real application over a copy of the demonstration; its tests share it, so they mind what they change."""
    folder = tmp_path_factory.mktemp("demonstration")
    with serve(demonstration(folder), folder, rate_limits="off") as server:
        yield server


@pytest.fixture
def cast(database_kind: str, tmp_path: Path) -> Iterator[Cast]:
    """The cast on each database, with the live plan `alpha`."""
    with databases.copied(database_kind, tmp_path, "cast", casting.fill) as url:
        made = casting.opened(url, tmp_path)
        yield made
        made.database.dispose()


@pytest.fixture
def doors(cast: Cast, tmp_path: Path) -> Iterator[Doors]:
    """The application over the cast's database, on each database."""
    made = Doors(cast, tmp_path)
    yield made
    made.app.state.database.dispose()


@pytest.fixture
def sqlite_cast(tmp_path: Path) -> Iterator[Cast]:
    """The cast on SQLite alone."""
    with databases.copied("sqlite", tmp_path, "cast", casting.fill) as url:
        made = casting.opened(url, tmp_path)
        yield made
        made.database.dispose()


@pytest.fixture
def sqlite_doors(sqlite_cast: Cast, tmp_path: Path) -> Iterator[Doors]:
    """The application on SQLite alone."""
    made = Doors(sqlite_cast, tmp_path)
    yield made
    made.app.state.database.dispose()
