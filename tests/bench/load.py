"""What is asked of a server, by wrk under load or by one client of our own, and what it took."""

import json
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from statistics import median, quantiles
from tempfile import NamedTemporaryFile
from urllib.parse import urlencode

from tests.bench.data import PASSWORD
from tests.bench.servers import Server

SCRIPT = Path(__file__).with_name("load.lua")
HERE = {"Sec-Fetch-Site": "same-origin"}
PATIENCE = 60
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Measured:
    """rps: answers a second; p50, p99, cpu (of the server, a request): milliseconds; refused: answers of 400 and up."""

    rps: float
    p50: float
    p99: float
    cpu: float
    refused: int = 0


@dataclass(frozen=True)
class Asked:
    """Requests sent in turn: (path, body) each; {n} in a body counts them. status: of every answer."""

    server: str
    requests: tuple[tuple[str, str], ...]
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    holds: bytes = b""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str]
    ms: float


class Client:
    """One connection that stays open."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=60)

    def ask(self, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None) -> Answer:
        began = time.perf_counter()
        self.connection.request(method, path, body.encode() or None, dict(headers or {}))
        answer: HTTPResponse = self.connection.getresponse()
        read = answer.read()
        took = (time.perf_counter() - began) * 1000
        return Answer(answer.status, read, {k.lower(): v for k, v in answer.getheaders()}, took)

    def close(self) -> None:
        self.connection.close()


def sign_in(server: Server, email: str) -> dict[str, str]:
    """The cookie header of a session begun at the product's own door."""
    client = Client(server)
    given = client.ask("POST", "/sign-in", urlencode({"email": email, "password": PASSWORD}), HERE | FORM)
    client.close()
    if given.status != 303 or "set-cookie" not in given.headers:
        raise RuntimeError(f"{email} was not let in: {given.status}")
    return {"Cookie": given.headers["set-cookie"].partition(";")[0]}


def check(server: Server, asked: Asked) -> float:
    """Every request once: an answer of another kind than the one measured would be a false measurement.

    Gives how long the last answer took, in milliseconds.
    """
    client, took = Client(server), 0.0
    for number, (path, body) in enumerate(asked.requests):
        answer = client.ask(asked.method, path, body.replace("{n}", f"checked {number}"), asked.headers)
        if answer.status != asked.status or asked.holds not in answer.body:
            raise RuntimeError(f"{server.name} answers {path} with {answer.status}: {answer.body[:300]!r}")
        took = answer.ms
    client.close()
    return took


def load(server: Server, asked: Asked, connections: int, seconds: int) -> Measured:
    """wrk with one thread and so many connections."""
    with NamedTemporaryFile("w", suffix=".spec") as spec:
        spec.write(asked.method + "\n" + "".join(f"{path}\t{body}\n" for path, body in asked.requests))
        spec.flush()
        headers = [part for name, value in asked.headers.items() for part in ("-H", f"{name}: {value}")]
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", *headers]
        used = server.cpu_ms()
        done = subprocess.run(
            [*command, "-s", SCRIPT, f"http://127.0.0.1:{server.port}", "--", spec.name],
            capture_output=True,
            text=True,
            check=True,
        )
        server.rest()
        used = server.cpu_ms() - used
    told = json.loads(done.stdout.rpartition("RESULT ")[2])
    if not told["requests"] and seconds < PATIENCE:
        return load(server, asked, connections, PATIENCE)
    if told["broken"] or not told["requests"]:
        raise RuntimeError(f"{server.name} broke off {told['broken']} of {told['requests']} answers:\n{done.stdout}")
    good = told["requests"] - told["refused"]
    return Measured(good / told["us"] * 1e6, told["p50"], told["p99"], used / max(1, told["requests"]), told["refused"])


def after_writes(server: Server, write: Asked, page: Asked, turns: int, began: int) -> Measured:
    """A write and then the page, `turns` times by one client; only the page is measured."""
    client, took, used = Client(server), [], 0.0
    for turn in range(began, began + turns):
        path, body = write.requests[turn % len(write.requests)]
        done = client.ask(write.method, path, body.replace("{n}", f"{turn}"), write.headers)
        before = server.cpu_ms()
        answer = client.ask(page.method, page.requests[0][0], "", page.headers)
        used += server.cpu_ms() - before
        if (done.status, answer.status) != (write.status, page.status):
            raise RuntimeError(f"{server.name} answers {done.status}, then {answer.status}")
        took.append(answer.ms)
    client.close()
    return Measured(1000 * turns / sum(took), median(took), quantiles(took, n=100)[98], used / turns)
