"""What runs inside the process of the tests is the same as beside it, and leaves nothing there."""

import gc
import json
import logging
import os
import sys
import warnings
from datetime import date
from pathlib import Path

import httpx2
import pytest

from app.core import clock, words
from tests.support import databases, inside, server


def state() -> tuple[object, ...]:
    log = logging.getLogger("tracker")
    return (
        clock.pinned(), words.language(), dict(os.environ), Path.cwd(), sys.stdout, sys.stderr, sys.stdin, sys.argv,
        log.handlers[:], log.level, log.propagate, gc.get_threshold(), gc.get_freeze_count() > 0,
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [("user", "list"), ("plan", "create"), ("user", "deactivate", "nobody@aaa.example")],
    ids=["done", "wrong usage", "refused"],
)
def test_a_command_says_and_ends_as_it_does_beside(sqlite_url: str, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    before = state()
    here = inside.tracker(*arguments, database_url=sqlite_url, data_dir=tmp_path, language=words.PSEUDO)
    assert state() == before
    there = server.tracker(*arguments, database_url=sqlite_url, data_dir=tmp_path, language=words.PSEUDO)
    assert (here.returncode, here.stdout, here.stderr) == (there.returncode, there.stdout, there.stderr)


def test_a_command_leaves_no_connection(postgres_url: str, tmp_path: Path) -> None:
    done = inside.tracker("user", "list", "--json", database_url=postgres_url, data_dir=tmp_path)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        gc.collect()
    assert [str(w.message) for w in caught] == []


def test_each_server_is_its_own_and_is_gone_at_the_end(sqlite_url: str, tmp_path: Path) -> None:
    before = state()
    other = tmp_path / "other"
    other.mkdir()
    with (
        databases.migrated("sqlite", other) as other_url,
        inside.serve(sqlite_url, tmp_path, organisation_name="First") as first,
        inside.serve(other_url, other, language=words.PSEUDO) as second,
        httpx2.Client() as client,
    ):
        told = [client.get(f"{s.url}/sign-in").text for s in (first, second)]
        assert ["⟦" in page for page in told] == [False, True]
        # Each printed the code of its own first administrator.
        assert first.log != second.log
        done = inside.tracker("user", "list", "--json", database_url=other_url, data_dir=other)
        assert json.loads(done.stdout) == []
    assert state() == before
    for ended in (first, second):
        with pytest.raises(httpx2.ConnectError):
            httpx2.get(f"{ended.url}/readyz")


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    from app.core.errors import Unavailable

    before = state()
    with (
        databases.empty("sqlite", tmp_path) as url,
        pytest.raises(Unavailable, match="tracker migrate"),
        inside.serve(url, tmp_path),
    ):
        pass
    assert state() == before


def test_a_day_set_for_a_server_ends_with_it(tmp_path: Path) -> None:
    with inside.serve(server.demonstration(tmp_path), tmp_path, today="2027-03-01"):
        assert clock.today() == date(2027, 3, 1)
    assert clock.pinned() is None
