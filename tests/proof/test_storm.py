"""Many clients on the same rows: nothing acknowledged is lost, nothing is overwritten unseen, nothing hangs."""

import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx2
import pytest

from tests.proof.clients import (
    HERE,
    Process,
    Tally,
    assert_each_once_and_none_unseen,
    assert_record_holds,
    change,
    free_port,
    names_of,
    signed_in,
    storm,
    until_stopped,
)
from tests.support.cast import Cast
from tests.support.proof import rounds

pytestmark = pytest.mark.proof


@pytest.fixture
def server(cast: Cast, tmp_path: Path) -> Iterator[Process]:
    made = Process(cast.database.url, tmp_path, free_port())
    yield made
    made.end()


def test_it_keeps_each_acknowledged_change_once_and_overwrites_none_unseen(cast: Cast, server: Process) -> None:
    attempts = rounds(320, 10_000)
    began = time.monotonic()
    tally = storm(server.url, signed_in(cast), 16, attempts)
    print(f"{attempts} attempts: {len(tally.done)} done, {tally.stale} stale, {time.monotonic() - began:.1f} s")  # noqa: T201
    assert tally.other == []
    assert len(tally.done) + tally.stale == attempts
    assert len(tally.done) >= attempts // 16
    assert_each_once_and_none_unseen(cast, [tally])
    assert_record_holds(cast)


@pytest.mark.parametrize("threads", ["1", "4"])
def test_it_serves_64_writers_and_readers_without_hanging(cast: Cast, tmp_path: Path, threads: str) -> None:
    server = Process(cast.database.url, tmp_path, free_port(), threads=threads)
    cookies = signed_in(cast)

    def read(_n: int) -> int:
        return httpx2.get(f"{server.url}/api/v1/organisations", cookies=cookies, timeout=60).status_code

    try:
        began = time.monotonic()
        with ThreadPoolExecutor(64) as pool:
            assert set(pool.map(read, range(rounds(128, 2000)))) == {200}
        tally = storm(server.url, cookies, 64, rounds(128, 2000), ("AAA",))
        assert tally.other == []
        assert time.monotonic() - began < rounds(60, 600)
    finally:
        server.end()
    assert_each_once_and_none_unseen(cast, [tally])


def test_it_loses_nothing_acknowledged_when_it_is_killed(cast: Cast, tmp_path: Path) -> None:
    cookies, port, tallies = signed_in(cast), free_port(), []
    for number in range(rounds(2, 10)):
        server = Process(cast.database.url, tmp_path, port)
        stop = Event()
        with ThreadPoolExecutor(1) as pool:
            busy = pool.submit(until_stopped, server.url, cookies, stop, f"round {number}", _change_or_add)
            time.sleep(random.uniform(0.7, 2.0))  # noqa: S311
            server.end(signal.SIGKILL)
            stop.set()
            tallies.append(busy.result(60))
        assert_record_holds(cast)
    assert sum(len(t.done) + len(t.lost) for t in tallies) > 0
    assert_each_once_and_none_unseen(cast, tallies)
    _asked_again_is_done_once(cast, tmp_path, port, cookies, tallies)


def _change_or_add(client: httpx2.Client, number: int, name: str, tally: Tally) -> None:
    if number % 2:
        change(client, "AAA", name, tally)
        return
    # Sent under a key: whether it was done before the kill will be asked again.
    code = f"K{abs(hash(name)) % 10**8}"
    tally.lost.append((code, name))
    client.post("/api/v1/organisations", json=_new(code, name), headers={"Idempotency-Key": name})


def _new(code: str, name: str) -> dict[str, str]:
    return {"code": code, "name": name, "kind": "partner"}


def _asked_again_is_done_once(
    cast: Cast, tmp_path: Path, port: int, cookies: dict[str, str], tallies: list[Tally]
) -> None:
    server = Process(cast.database.url, tmp_path, port)
    try:
        sent = [(code, name) for tally in tallies for code, name in tally.lost]
        with httpx2.Client(base_url=server.url, cookies=cookies, headers=HERE, timeout=60) as client:
            for code, name in sent:
                answer = client.post("/api/v1/organisations", json=_new(code, name), headers={"Idempotency-Key": name})
                assert (answer.status_code, answer.json()["name"]) == (201, name)
    finally:
        server.end()
    names = [name for trail in names_of(cast).values() for _revision, name in trail]
    assert all(names.count(name) == 1 for _code, name in sent)
    assert_record_holds(cast)
