"""One folder for each test run, shared by its workers: what is made once lies there, behind a lock."""

import fcntl
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

VARIABLE = "TRACKER_TEST_RUN"
PREFIX = "tracker-run-"


def begin() -> None:
    """Called by the process that owns the run; its workers inherit the variable."""
    # Not pytest's own temporary folder: a socket's path may have 107 characters at most.
    parent = Path(tempfile.gettempdir())
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent))
    # The server's own user must be able to walk to its folder; what is inside protects itself.
    folder.chmod(0o711)
    os.environ[VARIABLE] = str(folder)


def end() -> None:
    folder = Path(os.environ.pop(VARIABLE))
    _stop_server(folder)
    shutil.rmtree(folder, ignore_errors=True)


def folder() -> Path:
    return Path(os.environ[VARIABLE])


@contextmanager
def alone(name: str) -> Iterator[Path]:
    """Holds the run's lock of that name; gives the path where the thing made under it belongs."""
    path = folder() / name
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield path


def _sweep(parent: Path) -> None:
    # A run that was killed could not stop its server: the next run does, and takes only folders whose
    # owner is gone.
    for left in parent.glob(f"{PREFIX}*-*"):
        owner = left.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not Path("/proc", owner).exists():
            _stop_server(left)
            shutil.rmtree(left, ignore_errors=True)


def _stop_server(run: Path) -> None:
    # The run's own, and those that a test was about to stop itself.
    for data in run.glob("*/data"):
        with suppress(OSError, ValueError, IndexError):
            pid = int((data / "postmaster.pid").read_text().split("\n")[0])
            # The pid may have been given to another process since.
            if str(data) in Path("/proc", str(pid), "cmdline").read_text():
                stop(pid, signal.SIGINT)


def stop(pid: int, how: signal.Signals = signal.SIGTERM, patience: float = 10.0) -> None:
    """Asks the process to end, waits, and ends it when it does not."""
    with suppress(ProcessLookupError):
        os.kill(pid, how)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if _ended(pid):
                return
            time.sleep(0.02)
        os.kill(pid, signal.SIGKILL)


def _ended(pid: int) -> bool:
    try:
        return Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
