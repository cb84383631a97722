"""What is kept in memory is never stale: two worker processes, writers on one, readers on both.

Each writer counts in the title of its own action. A reader notes what was acknowledged before it asks; no answer may
then show less, on the page, as JSON, as a table or as a 304 to what the reader holds.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event, Lock

import httpx2
import pytest

from app.core import clock
from tests.actions.made_plan import add
from tests.proof.clients import HERE, Process, free_port, signed_in
from tests.support.cast import Cast
from tests.support.proof import rounds

pytestmark = pytest.mark.proof
WRITERS = 2
API = "/api/v1/plans/alpha"
# Shown there: each writer's count, for all are overdue; the status tells its revision alone.
ADDRESSES = ("/plans/alpha/actions", "/plans/alpha", f"{API}/actions", f"{API}/actions.csv", f"{API}/status")
TELL_THE_REVISION = (f"{API}/actions", f"{API}/status")
COUNT = re.compile(r"Counter (\d+) stands at (\d+)")


@dataclass
class Board:
    """What was acknowledged so far: writer -> its count, and the latest revision; and what readers found."""

    counts: dict[int, int] = field(default_factory=dict)
    revision: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    wrong: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def acknowledged(self) -> "Seen":
        with self.lock:
            return Seen(dict(self.counts), self.revision)


@dataclass(frozen=True)
class Seen:
    counts: dict[int, int]
    revision: int

    def is_older_than(self, known: "Seen", address: str) -> bool:
        if address in TELL_THE_REVISION and self.revision < known.revision:
            return True
        return not address.endswith("/status") and any(
            self.counts.get(writer, -1) < count for writer, count in known.counts.items()
        )


def seen_in(text: str) -> Seen:
    counts: dict[int, int] = {}
    for writer, count in COUNT.findall(text):
        # A page may name an action more than once: the oldest naming counts.
        counts[int(writer)] = min(int(count), counts.get(int(writer), int(count)))
    return Seen(counts, json.loads(text)["revision"] if text.startswith("{") else 0)


@pytest.fixture
def workers(cast: Cast, tmp_path: Path) -> Iterator[list[Process]]:
    with ExitStack() as stack:
        made = []
        for _n in range(2):
            made.append(Process(cast.database.url, tmp_path, free_port()))
            stack.callback(made[-1].end)
        yield made


def write(url: str, cookies: dict[str, str], writer: int, ref: str, times: int, board: Board) -> None:
    with httpx2.Client(base_url=url, cookies=cookies, headers=HERE, timeout=60) as client:
        etag = client.get(f"{API}/actions/{ref}").headers["etag"]
        for count in range(1, times + 1):
            given = {"title": f"Counter {writer} stands at {count}", "why": "It counts"}
            answer = client.patch(f"{API}/actions/{ref}", json=given, headers={"If-Match": etag})
            assert answer.status_code == 200, answer.text
            etag = answer.headers["etag"]
            with board.lock:
                board.counts[writer] = count
                board.revision = max(board.revision, answer.json()["revision"])
            # Long enough for answers to be kept in between.
            time.sleep(0.03)


def read(url: str, cookies: dict[str, str], address: str, stop: Event, board: Board) -> None:
    """Asks again and again; every second time with the ETag of what it holds."""
    held, etag, turn = Seen({}, 0), "", 0
    with httpx2.Client(base_url=url, cookies=cookies, headers=HERE, timeout=60) as client:
        while not stop.is_set():
            turn += 1
            known = board.acknowledged()
            answer = client.get(address, headers={"If-None-Match": etag} if etag and turn % 2 else {})
            if answer.status_code == 200:
                held, etag = seen_in(answer.text), answer.headers["etag"]
            with board.lock:
                board.asked[address] += 1
                board.unchanged += answer.status_code == 304
                if answer.status_code not in (200, 304) or held.is_older_than(known, address):
                    board.wrong.append(f"{url}{address} {answer.status_code}: {held} after {known}")


def test_no_answer_is_older_than_what_was_acknowledged(cast: Cast, workers: list[Process]) -> None:
    late = clock.today() - timedelta(days=3)
    refs = [add(cast, title=f"Counter {n} stands at 0", due_date=late, start_date=late) for n in range(WRITERS)]
    board, stop, cookies = Board(), Event(), signed_in(cast, "alice")
    times = rounds(20, 1500)
    with ThreadPoolExecutor(WRITERS + 2 * len(ADDRESSES)) as pool:
        readers = [pool.submit(read, w.url, cookies, address, stop, board) for w in workers for address in ADDRESSES]
        writers = [pool.submit(write, workers[0].url, cookies, n, ref, times, board) for n, ref in enumerate(refs)]
        try:
            for each in writers:
                each.result(3600)
        finally:
            stop.set()
        for each in readers:
            each.result(120)
    asked = sum(board.asked.values())
    print(f"{asked} reads, {board.unchanged} of them 304, beside {WRITERS * times} writes: {dict(board.asked)}")  # noqa: T201
    assert board.wrong == []
    assert board.counts == dict.fromkeys(range(WRITERS), times)
    assert set(board.asked) == set(ADDRESSES)
    assert min(board.asked.values()) > times // 4, "enough was read to have met a stale answer"
    assert board.unchanged > 0
    assert _is_last_seen_everywhere(workers, cookies, board)


def _is_last_seen_everywhere(workers: list[Process], cookies: dict[str, str], board: Board) -> bool:
    known = board.acknowledged()
    answers = [
        (address, httpx2.get(f"{w.url}{address}", cookies=cookies, headers=HERE, timeout=60).text)
        for w in workers
        for address in ADDRESSES
    ]
    return not any(seen_in(text).is_older_than(known, address) for address, text in answers)
