"""The servers side by side, one process each, and what the kernel says of them."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Set
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import data
from tests.support.server import TRACKER, environment

# Of the emptied server: which collections have grown since its start.
LEFT_BEHIND = "/left-behind"
NAMES = ("plain", "bare", "product", "emptied", "longer")


@dataclass(frozen=True)
class Server:
    """One process: `http://127.0.0.1:<port>`."""

    name: str
    port: int
    pid: int

    def cpu_ms(self) -> float:
        """What the process used of the processor since its start, all its threads; as /proc/<pid>/stat, but finer."""
        # The clock of another process, as clock_getcpuclockid(3) makes it.
        return time.clock_gettime(~self.pid << 3 | 2) * 1000

    def rest(self, window: float = 0.05, patience: float = 60) -> None:
        """Waits until it has nothing left to do: less than a tenth of a window of work within a window (seconds)."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            before = self.cpu_ms()
            time.sleep(window)
            if self.cpu_ms() - before < window * 100:
                return

    def memory_mib(self) -> float:
        """Resident set, as /proc/<pid>/status tells it."""
        lines = Path("/proc", str(self.pid), "status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS:"))) / 1024


@contextmanager
def started(yardstick: Path, folder: Path, names: Set[str]) -> Iterator[dict[str, Server]]:
    """Those that are asked for, each ready and at rest."""
    with ExitStack() as stack:
        servers = {n: stack.enter_context(_running(n, yardstick, folder / n)) for n in NAMES if n in names}
        for server in servers.values():
            server.rest(0.5)
        yield servers


@contextmanager
def _running(name: str, yardstick: Path, folder: Path) -> Iterator[Server]:
    folder.mkdir()
    port = _free_port()
    with (folder / "serve.log").open("w") as log:
        process = subprocess.Popen(
            _command(name, yardstick, port),
            env=_environment(name, yardstick, folder),
            cwd=data.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for_port(name, port, process, folder / "serve.log")
            yield Server(name, port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _command(name: str, yardstick: Path, port: int) -> list[str | Path]:
    uvicorn = [sys.executable, "-m", "uvicorn", "--port", str(port), "--no-access-log", "--log-level", "warning"]
    if name == "plain":
        return [*uvicorn, "--app-dir", yardstick / "plain_app", "app:app"]
    if name == "bare":
        return [*uvicorn, "--app-dir", yardstick, "limits_app:bare"]
    if name == "product":
        return [TRACKER, "serve", "--port", str(port)]
    return [sys.executable, "-m", "tests.bench.emptied", str(port)]


def _environment(name: str, yardstick: Path, folder: Path) -> Mapping[str, str]:
    path = folder / "tracker.db"
    own = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    if name == "bare":
        return own
    if name == "plain":
        shutil.copyfile(data.plain(yardstick), path)
        return own | {"DATABASE_URL": f"sqlite:///{path}", "PLAIN_LOAD": "selectin"}
    shutil.copyfile(data.product(longer=name == "longer"), path)
    return environment(f"sqlite:///{path}", folder, rate_limits="off")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_port(name: str, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except urllib.error.HTTPError:
            # An address that the yardstick does not have; it answers, and that is all that is asked here.
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{name} did not start (exit {process.poll()}):\n{log.read_text()}")
