"""The real application, served by `tracker serve` in a process of its own on a free loopback port."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.support import run
from tests.support.databases import ROOT, sqlite_template, sqlite_url

# The one beside the interpreter of the tests: never another installation's.
TRACKER = Path(sys.executable).with_name("tracker")
DEMO_PASSWORD = "demonstration-only-1"


@dataclass(frozen=True)
class Server:
    """url: without a slash at its end; database_url: what it serves; log: what it printed so far."""

    url: str
    database_url: str
    data_dir: Path
    log_file: Path
    pid: int = 0

    @property
    def log(self) -> str:
        return self.log_file.read_text()


def environment(database_url: str, data_dir: Path, **settings: str) -> dict[str, str]:
    """The machine's own, with no setting of ours but those given (`today="2026-11-24"`)."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    given = {f"TRACKER_{name.upper()}": value for name, value in settings.items()}
    return own | {"TRACKER_DATABASE_URL": database_url, "TRACKER_DATA_DIR": str(data_dir)} | given


def tracker(
    *arguments: str, database_url: str, data_dir: Path, stdin: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Runs one command to its end; the caller looks at `returncode`, `stdout` and `stderr`."""
    return subprocess.run(
        [TRACKER, *arguments],
        env=environment(database_url, data_dir, **settings),
        cwd=data_dir,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@contextmanager
def serve(database_url: str, data_dir: Path, **settings: str) -> Iterator[Server]:
    """Serves that database until the block ends; settings as in `environment`."""
    port = _free_port()
    server = Server(f"http://127.0.0.1:{port}", database_url, data_dir, data_dir / f"serve-{port}.log")
    with server.log_file.open("w") as log:
        process = subprocess.Popen(
            [TRACKER, "serve", "--host", "127.0.0.1", "--port", str(port)],
            env=environment(database_url, data_dir, **{"base_url": server.url} | settings),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            _wait(server, process)
            yield replace(server, pid=process.pid)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def demonstration(folder: Path) -> str:
    """The url of a copy of the demonstration, loaded once a run by `tracker demo --load-only`."""
    path = folder / "tracker.db"
    path.write_bytes(sqlite_template("demonstration", _load_demonstration).read_bytes())
    return sqlite_url(path)


def _load_demonstration(url: str) -> None:
    data_dir = run.folder() / "demonstration-data"
    data_dir.mkdir(exist_ok=True)
    done = tracker(
        "demo", "--load-only", database_url=url, data_dir=data_dir, demo_password=DEMO_PASSWORD
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"tracker demo --load-only failed: {done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/readyz", timeout=5):  # noqa: S310 (loopback)
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"tracker serve did not become ready (exit {process.poll()}):\n{server.log}")
