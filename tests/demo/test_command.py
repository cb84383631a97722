"""`tracker demo` as a person runs it."""

from pathlib import Path

from tests.support.cast import Cast
from tests.support.databases import sqlite_url
from tests.support.inside import tracker
from tests.support.server import DEMO_PASSWORD, Server, demonstration


def test_it_loads_once_says_who_signs_in_and_resets_its_own(tmp_path: Path) -> None:
    url = demonstration(tmp_path)
    again = tracker("demo", "--load-only", database_url=url, data_dir=tmp_path, demo_password=DEMO_PASSWORD)
    assert again.returncode == 0, again.stderr
    assert "office@saltmarsh.example" in again.stdout
    assert DEMO_PASSWORD in again.stdout
    path = tmp_path / "tracker.db"
    before = path.stat().st_ino
    other = tracker("demo", "--load-only", "--reset", database_url=url, data_dir=tmp_path, today="2027-03-01")
    assert other.returncode == 0, other.stderr
    assert path.stat().st_ino != before or "Password" in other.stdout
    assert (tmp_path / "demo-password").read_text() in other.stdout


def test_it_refuses_another_database_and_says_why(sqlite_cast: Cast, tmp_path: Path) -> None:
    url = sqlite_cast.database.url
    for arguments in (("demo", "--load-only"), ("demo", "--load-only", "--reset")):
        done = tracker(*arguments, database_url=url, data_dir=tmp_path)
        assert done.returncode == 1
        assert "was not made by `tracker demo`" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_a_day_is_set_on_a_demonstration_alone(sqlite_cast: Cast, tmp_path: Path) -> None:
    done = tracker("user", "list", database_url=sqlite_cast.database.url, data_dir=tmp_path, today="2027-03-01")
    assert done.returncode == 1
    assert "TRACKER_TODAY" in done.stderr


def test_it_is_served(demo_server: Server) -> None:
    assert demo_server.database_url.startswith(sqlite_url(Path("/"))[:10])
