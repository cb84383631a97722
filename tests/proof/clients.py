"""Programs that write to a real server, remember what it acknowledged, and compare that with the record."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event, Lock
from uuid import UUID

import httpx2
from sqlalchemy import select

from app.core import clock
from app.core.ledger import LEDGER
from app.history import queries
from app.history.queries.entries import opened
from app.people.models import SignInSession
from app.people.secrets import hashed
from app.web.security import SESSION_COOKIE
from tests.support.cast import MAKER, Cast
from tests.support.server import TRACKER, environment

CODES = ("AAA", "BBB", "PPP", "LLL")
HERE = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Done:
    """An acknowledged change: the revision it was made from, and the name it gave."""

    code: str
    read: int
    name: str


@dataclass
class Tally:
    done: list[Done] = field(default_factory=list)
    stale: int = 0
    other: list[str] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)


def signed_in(cast: Cast, name: str = "adam") -> dict[str, str]:
    """The cookie of a session, made without the door."""
    secret = f"secret of {name} {time.monotonic_ns()}"
    with cast.database.write(MAKER) as tx:
        tx.add(
            SignInSession(
                secret_hash=hashed(secret),
                account_id=cast.people[name],
                began_at=clock.now(),
                last_seen_at=clock.now(),
                ends_at=clock.now() + timedelta(hours=8),
            )
        )
    return {SESSION_COOKIE: secret}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Process:
    """`tracker serve` on one port, which may be killed and started again."""

    def __init__(self, database_url: str, folder: Path, port: int, **settings: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "serve.log"
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [TRACKER, "serve", "--port", str(port)],
                env=environment(database_url, folder, rate_limits="off", **settings),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        until = time.monotonic() + 90
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if httpx2.get(f"{self.url}/readyz", timeout=5).status_code == 200:
                    return
            except httpx2.HTTPError:
                time.sleep(0.1)
        self.end(signal.SIGKILL)
        raise RuntimeError(self.log.read_text())

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait(30)


def change(client: httpx2.Client, code: str, name: str, tally: Tally) -> None:
    """Read, then write what was read under another name."""
    read = client.get(f"/api/v1/organisations/{code}")
    if read.status_code != 200:
        with tally.lock:
            tally.other.append(f"GET {read.status_code} {read.text[:200]}")
        return
    given = {"name": name, "kind": read.json()["kind"]}
    answer = client.put(f"/api/v1/organisations/{code}", json=given, headers={"If-Match": read.headers["etag"]})
    with tally.lock:
        if answer.status_code == 200:
            tally.done.append(Done(code, read.json()["revision"], name))
        elif answer.status_code == 412:
            tally.stale += 1
        else:
            tally.other.append(f"PUT {answer.status_code} {answer.text[:200]}")


def storm(url: str, cookies: dict[str, str], clients: int, attempts: int, codes: tuple[str, ...] = CODES) -> Tally:
    """`attempts` changes by so many clients at once."""
    tally = Tally()

    def run(number: int) -> None:
        with httpx2.Client(base_url=url, cookies=cookies, headers=HERE, timeout=60) as client:
            for turn in range(number, attempts, clients):
                change(client, codes[turn % len(codes)], f"name {number} {turn}", tally)

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(run, range(clients)))
    return tally


def until_stopped(url: str, cookies: dict[str, str], stop: Event, label: str, write: Callable[..., None]) -> Tally:
    """Eight clients writing until somebody stops them or the server goes."""
    tally = Tally()

    def run(number: int) -> None:
        with httpx2.Client(base_url=url, cookies=cookies, headers=HERE, timeout=60) as client:
            turn = 0
            while not stop.is_set():
                turn += 1
                try:
                    write(client, number, f"{label} {number} {turn}", tally)
                except httpx2.HTTPError:
                    return

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(8)))
    return tally


def names_of(cast: Cast) -> dict[UUID, list[tuple[int, str]]]:
    """organisation -> (revision, name) of each of its entries, in order."""
    found: dict[UUID, list[tuple[int, str]]] = {}
    with cast.database.read(MAKER) as read:
        asked = select(LEDGER).where(LEDGER.c.entity == "organisation").order_by(LEDGER.c.seq)
        for e in read.connection().execute(asked):
            found.setdefault(e.entity_id, []).append((e.revision, opened(e.entity, e.image, e.sealed)["name"]))
    return found


def assert_each_once_and_none_unseen(cast: Cast, tallies: list[Tally]) -> None:
    """Every acknowledged change is in the record once, made from exactly what its client had read."""
    entries = names_of(cast)
    for tally in tallies:
        for done in tally.done:
            trail = entries[cast.organisations[done.code]]
            at = [i for i, (_revision, name) in enumerate(trail) if name == done.name]
            assert len(at) == 1, done
            assert trail[at[0] - 1][0] == done.read, f"{done} was made from another revision than it had read"


def assert_record_holds(cast: Cast) -> None:
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        verdict = queries.differences(read)
    assert verdict.bad is None
