"""Many files at once, large ones, and a server that is killed between a file and its row: none lost, none doubled."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from threading import Event

import httpx2
import pytest

from app.cli import filing, keeping
from app.core.storage import SWEPT_AFTER_SECONDS, storage_in
from app.evidence import queries
from tests.evidence.made import make_action
from tests.proof.clients import Process, assert_record_holds, free_port, signed_in
from tests.support.cast import MAKER, Cast
from tests.support.proof import rounds
from tests.support.uploads import pdf

pytestmark = pytest.mark.proof
FIELDS = {
    "kind": "effect", "form": "file", "sort": "measure", "shows": "Handover is complete.", "actions": "1.01",
    "dated_on": "2026-01-05",
}  # fmt: skip
MOST_RESIDENT_KB = 700 * 1024


@pytest.fixture
def server(cast: Cast, tmp_path: Path) -> Iterator[Process]:
    make_action(cast)
    made = Process(cast.database.url, tmp_path, free_port())
    yield made
    made.end()


def upload(url: str, cookie: dict[str, str], name: str, content: bytes) -> httpx2.Response:
    return httpx2.post(
        f"{url}/api/v1/plans/alpha/evidence",
        data=FIELDS,
        files={"file": (name, BytesIO(content))},
        cookies=cookie,
        headers={"Sec-Fetch-Site": "same-origin"},
        timeout=120,
    )


def peak_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def test_files_sent_at_once_are_each_there_once(cast: Cast, server: Process, tmp_path: Path) -> None:
    many, cookie = rounds(16, 200), signed_in(cast, "owen")
    sent = {f"audit-{n}.pdf": pdf(f"Audit number {n}") for n in range(many)}

    def send(name: str) -> httpx2.Response:
        return upload(server.url, cookie, name, sent[name])

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(send, sent))
    assert [a.status_code for a in answers] == [201] * many
    assert len({a.json()["ref"] for a in answers}) == many
    told = {a.json()["file"]["file_name"]: a.json()["file"]["sha256"] for a in answers}
    assert told == {name: sha256(content).hexdigest() for name, content in sent.items()}
    with cast.database.read(MAKER) as read:
        assert len(list(queries.stored_files(read))) == many
    with cast.database.read(MAKER) as read:
        assert filing.prove_files(read, tmp_path) == filing.FilesProven(checked=many)
    assert len(list(storage_in(tmp_path).names())) == many
    assert_record_holds(cast)


def test_large_files_come_and_go_in_pieces(sqlite_cast: Cast, tmp_path: Path) -> None:
    make_action(sqlite_cast)
    server = Process(sqlite_cast.database.url, tmp_path, free_port())
    try:
        _large_files(server, signed_in(sqlite_cast, "owen"))
    finally:
        server.end()


def _large_files(server: Process, cookie: dict[str, str]) -> None:
    line = b"Every board was looked at and was complete, by day and by night.\n"
    content = line * (24 * 1024 * 1024 // len(line))
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: upload(server.url, cookie, f"long-{n}.txt", content), range(rounds(4, 20))))
    assert {a.status_code for a in answers} == {201}
    found = httpx2.get(f"{server.url}/api/v1/plans/alpha/evidence/E1/file", cookies=cookie, timeout=120)
    assert found.content == content
    too_large = upload(server.url, cookie, "longer.txt", content + line * 40_000)
    assert (too_large.status_code, "25 MB" in too_large.text) == (422, True)
    assert peak_kb(server.process.pid) < MOST_RESIDENT_KB


def test_a_server_killed_between_file_and_row_leaves_neither_orphan_nor_loss(sqlite_cast: Cast, tmp_path: Path) -> None:
    cast = sqlite_cast
    make_action(cast)
    cookie, port, dice, said = signed_in(cast, "owen"), free_port(), Random(7), set[str]()  # noqa: S311
    for number in range(rounds(1, 12)):
        server = Process(cast.database.url, tmp_path, port)
        with ThreadPoolExecutor(4) as pool:
            begun = Event()
            busy = [pool.submit(_until_gone, server.url, cookie, f"{number}-{n}", begun) for n in range(4)]
            assert begun.wait(60)
            time.sleep(dice.uniform(0.0, 0.6))
            server.end(signal.SIGKILL)
            for each in busy:
                said |= each.result()
    assert said
    with cast.database.read(MAKER) as read:
        kept = {file.sha256 for file in queries.stored_files(read)}
    assert said <= kept
    with cast.database.read(MAKER) as read:
        assert filing.prove_files(read, tmp_path).ok
    storage = storage_in(tmp_path)
    for name, _age in storage.names():
        with suppress(FileNotFoundError):
            os.utime(storage.path(name), (then := time.time() - SWEPT_AFTER_SECONDS - 60, then))
    keeping.tick(cast.database)
    assert len(list(storage.names())) == len(kept)
    with cast.database.read(MAKER) as read:
        assert filing.prove_files(read, tmp_path).ok
    assert_record_holds(cast)


def _until_gone(url: str, cookie: dict[str, str], name: str, begun: Event) -> set[str]:
    """SHA-256 of what the server said it has, until it no longer answers."""
    said, number = set[str](), 0
    while True:
        number += 1
        content = f"{name} {number}\n".encode()
        try:
            answer = upload(url, cookie, f"{name}-{number}.txt", content)
        except httpx2.HTTPError:
            return said
        if answer.status_code == 201:
            said.add(sha256(content).hexdigest())
            begun.set()
