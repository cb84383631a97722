"""The served application on a machine that fails: reads go on where they can, a write gets a clear 503, nothing is
half-written, and all is well again when the fault has gone.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from app.core.locks import LockFile
from tests.proof.clients import HERE, assert_record_holds, names_of, signed_in
from tests.support import cast as casting
from tests.support import databases, faults, postgres
from tests.support.cast import Cast
from tests.support.server import Server, serve

ADDRESS = "/api/v1/organisations/AAA"


@dataclass
class Served:
    """A person at work; `refused` and `kept` are the names that were sent."""

    cast: Cast
    server: Server
    client: httpx2.Client
    kept: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    etag: str = ""

    def read(self) -> tuple[int, int]:
        """(program's answer, person's answer)."""
        return self.client.get(ADDRESS).status_code, self.client.get("/organisations").status_code

    def write(self) -> httpx2.Response:
        name = f"Alpha {len(self.kept) + len(self.refused)}"
        given = {"name": name, "kind": "trust"}
        answer = self.client.put(ADDRESS, json=given, headers={"If-Match": self.etag})
        (self.kept if answer.status_code == 200 else self.refused).append(name)
        return answer

    def work(self) -> None:
        """Reads and writes as on any day."""
        assert self.read() == (200, 200)
        self.etag = self.client.get(ADDRESS).headers["etag"]
        answer = self.write()
        assert answer.status_code == 200, answer.text
        self.etag = answer.headers["etag"]

    def assert_refused(self, code: str, says: str) -> None:
        """Both doors, a problem and a page, each with what to do."""
        answer = self.write()
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json"), answer.text
        told = answer.json()
        assert (told["code"], bool(told["request_id"])) == (code, True)
        assert says in told["detail"]
        self.refused.append("Typed in a page")
        typed = {"name": self.refused[-1], "kind": "trust", "revision": self.etag.strip('"').partition(".")[0]}
        page = self.client.post("/organisations/AAA", data=typed)
        assert page.status_code == 503
        for text in ("<h1", "Not available just now", says, page.headers["x-request-id"]):
            assert text in page.text, page.text
        assert {int(a.headers["retry-after"]) > 0 for a in (answer, page)} == {True}

    def assert_whole(self) -> None:
        """What was acknowledged is there once, what was refused is nowhere, and the record holds."""
        self.work()
        trail = [name for _revision, name in names_of(self.cast)[self.cast.organisations["AAA"]]]
        assert trail[1:] == self.kept
        assert not set(trail) & set(self.refused)
        assert_record_holds(self.cast)


@contextmanager
def served(url: str, folder: Path, **settings: str) -> Iterator[Served]:
    cast = casting.opened(url, folder)
    with (
        serve(url, folder, rate_limits="off", **settings) as server,
        httpx2.Client(base_url=server.url, cookies=signed_in(cast), headers=HERE, timeout=60) as client,
    ):
        found = Served(cast, server, client)
        found.work()
        yield found
        found.assert_whole()
        cast.database.dispose()


def alive_and_ready(server: Server) -> tuple[int, int]:
    """As the machine that watches the service asks."""
    return httpx2.get(f"{server.url}/healthz").status_code, httpx2.get(f"{server.url}/readyz").status_code


def a_cast(folder: Path) -> str:
    """The url of the cast's database, as a file in this folder."""
    with databases.copied("sqlite", folder, "cast", casting.fill) as url:
        return url


def test_it_says_that_the_file_is_missing_and_goes_on_when_it_is_back(tmp_path: Path) -> None:
    with served(a_cast(tmp_path), tmp_path) as at:
        (tmp_path / "tracker.db").rename(tmp_path / "away.db")
        at.assert_refused("database", "The database cannot be reached. Nothing was saved.")
        assert at.read() == (503, 503)
        assert alive_and_ready(at.server) == (200, 503)
        assert not (tmp_path / "tracker.db").exists(), "an empty database must not take its place"
        (tmp_path / "away.db").rename(tmp_path / "tracker.db")


def test_it_reads_on_while_the_disk_is_full(tmp_path: Path) -> None:
    with faults.small_disk(tmp_path / "disk") as disk, served(a_cast(disk.folder), tmp_path) as at:
        disk.fill()
        for _again in range(2):
            at.assert_refused("disk_full", "The disk is full. Nothing was saved.")
            assert at.read() == (200, 200)
        disk.empty()


def test_it_reads_on_while_its_files_may_not_grow(tmp_path: Path) -> None:
    with served(a_cast(tmp_path), tmp_path) as at:
        faults.limit_files(at.server.pid, 4096)
        for _again in range(2):
            at.assert_refused("disk", "The disk does not work just now. Nothing was saved.")
            assert at.read() == (200, 200)
        faults.limit_files(at.server.pid, -1)


def test_it_reads_on_while_the_disk_can_only_be_read(tmp_path: Path) -> None:
    with served(a_cast(tmp_path), tmp_path) as at:
        # Not the index beside it: that is memory, and Linux ends who writes to memory that has lost its disk.
        with faults.unchangeable(tmp_path / "tracker.db", tmp_path / "tracker.db-wal"):
            # The first to meet it has the file open already, and learns it from the disk.
            assert at.write().json()["code"] == "disk"
            at.assert_refused("read_only", "The database can only be read just now. Nothing was saved.")
            assert at.read() == (200, 200)
        at.work()


def test_it_reads_on_while_another_program_has_it_locked(tmp_path: Path) -> None:
    with served(a_cast(tmp_path), tmp_path, lock_wait="0.3") as at:
        with closing(sqlite3.connect(tmp_path / "tracker.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            at.assert_refused("busy", "The database is busy. Nothing was saved. Try again.")
            assert at.read() == (200, 200)
        at.work()
        with LockFile(tmp_path / "write.lock").held():
            at.assert_refused("busy", "The database is busy. Nothing was saved. Try again.")
            assert at.read() == (200, 200)


def test_it_comes_back_when_postgresql_does(tmp_path: Path) -> None:
    with postgres.cluster("stopped") as cluster:
        casting.fill(cluster.url)
        with served(cluster.url, tmp_path) as at:
            cluster.stop()
            at.assert_refused("database", "The database cannot be reached. Nothing was saved.")
            assert at.read() == (503, 503)
            assert alive_and_ready(at.server) == (200, 503)
            cluster.start()


def test_it_reads_on_while_postgresql_has_the_plan_locked(tmp_path: Path) -> None:
    with (
        databases.copied("postgresql", tmp_path, "cast", casting.fill) as url,
        served(url, tmp_path, lock_wait="0.3") as at,
        at.cast.database.writers.connect() as other,
    ):
        other.exec_driver_sql("SELECT * FROM stream FOR UPDATE")
        at.assert_refused("busy", "The database is busy. Nothing was saved. Try again.")
        assert at.read() == (200, 200)
        other.rollback()
