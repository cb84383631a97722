"""The application is served for real, and says why when it cannot start."""

from pathlib import Path

import httpx2
import pytest

from tests.support import databases
from tests.support.browser import OpenPage
from tests.support.server import Server, serve, tracker


def test_it_serves_a_migrated_database_to_a_browser(live_server: Server, open_page: OpenPage) -> None:
    page = open_page(live_server.url)
    page.goto("/sign-in")
    assert page.locator("h1").count() == 1


def test_it_serves_each_database(database_url: str, tmp_path: Path) -> None:
    with serve(database_url, tmp_path) as server, httpx2.Client(base_url=server.url) as client:
        assert client.get("/readyz").status_code == 200


def test_it_says_why_it_did_not_start(tmp_path: Path) -> None:
    with (
        databases.empty("sqlite", tmp_path) as url,
        pytest.raises(RuntimeError, match="tracker migrate"),
        serve(url, tmp_path),
    ):
        pass


def test_it_runs_one_command_to_its_end(tmp_path: Path) -> None:
    done = tracker("migrate", database_url=databases.sqlite_url(tmp_path / "new.db"), data_dir=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
