"""A real PostgreSQL, thrown away with the run: started by the first test that asks, stopped with the run."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.support import run

# Durability is for data that outlives the run; `jit` makes short queries slow to plan.
QUICK = (
    "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
    "-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "max_connections=200",
    "-c", "shared_buffers=64MB", "-c", "jit=off", "-c", "autovacuum=off", "-c", "listen_addresses=",
)  # fmt: skip
# Not a superuser: the product must not need one.
ROLE = "tracker"


class PostgresMissingError(RuntimeError):
    pass


def binary(name: str) -> Path:
    """Of the newest installed version; Debian keeps servers off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    if found:
        return found[-1]
    on_path = shutil.which(name)
    if on_path:
        return Path(on_path)
    message = "The tests need a PostgreSQL server: install the package `postgresql` (make test does it as root)."
    raise PostgresMissingError(message)


def server() -> Path:
    """The socket folder of the run's server, which is started when it is not running yet."""
    with run.alone("postgres") as home:
        if not (home / "ready").exists():
            _start(home)
    return home / "socket"


def url(database: str, role: str = ROLE) -> str:
    return f"postgresql+psycopg://{role}@/{database}?host={server()}"


def as_role(statement: str) -> None:
    _run(server(), ROLE, statement)


def _run(socket: Path, user: str, statement: str) -> None:
    with psycopg.connect(f"host={socket} user={user} dbname=postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


@dataclass(frozen=True)
class Cluster:
    """A server of a test's own, which it may stop and start."""

    home: Path

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://{ROLE}@/{ROLE}?host={self.home / 'socket'}"

    def start(self) -> None:
        _serve(self.home)

    def stop(self) -> None:
        """Whoever is connected is cut off."""
        pid = int((self.home / "data" / "postmaster.pid").read_text().split("\n")[0])
        run.stop(pid, signal.SIGINT, patience=20)


@contextmanager
def cluster(name: str) -> Iterator[Cluster]:
    """In the run's folder: a socket's path must be short, and the server's user able to walk to it."""
    with run.alone(f"{name}-{os.getpid()}") as home:
        _start(home)
        made = Cluster(home)
        _run(home / "socket", ROLE, f"CREATE DATABASE {ROLE}")
        try:
            yield made
        finally:
            with suppress(OSError):
                made.stop()


def _start(home: Path) -> None:
    for part in (home, home / "socket"):
        part.mkdir(mode=0o755)
    if os.geteuid() == 0:
        for part in (home, home / "socket"):
            shutil.chown(part, "postgres", "postgres")
    initialise: list[str | Path] = [
        binary("initdb"),
        "-D",
        home / "data",
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    done = subprocess.run(
        [*_unprivileged(), *initialise, "--auth=trust", "--no-sync"],
        cwd=home, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stderr}")
    _serve(home)
    _run(home / "socket", "postgres", f"CREATE ROLE {ROLE} LOGIN CREATEDB")
    (home / "ready").touch()


def _serve(home: Path) -> None:
    with (home / "log").open("a") as log:
        started = subprocess.Popen(
            [*_unprivileged(), binary("postgres"), "-D", home / "data", "-k", home / "socket", *QUICK],
            cwd=home, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    _wait(home, started)
    # The run stops it by its pid; without this the worker that started it would warn of a child left behind.
    started.returncode = 0


def _unprivileged() -> list[str | Path]:
    # PostgreSQL refuses to run as root. setpriv replaces itself, so the pid stays the server's own.
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]


def _wait(home: Path, started: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            psycopg.connect(f"host={home / 'socket'} user=postgres dbname=postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            if started.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {(home / 'log').read_text()}")
