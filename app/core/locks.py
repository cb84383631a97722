"""The lock file that serialises writing processes on SQLite, where the database's own waiting is not fair."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.errors import Unavailable
from app.core.failures import busy
from app.core.files import private_folder
from app.core.words import _

LOCK_WAIT_SECONDS = 30.0


class LockFile:
    """Serialises writing processes on SQLite. Released by the kernel when a process dies.

    Two files: who waits first holds `<name>.next`, so that a busy server does not starve a command.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = _Flock(path)
        self._next = _Flock(path.with_suffix(".next"))

    def try_hold(self) -> bool:
        """Call again until True; `release` gives up the place as well."""
        if not self._next.taken and not self._next.take():
            return False
        if not self._lock.take():
            return False
        self._next.free()
        return True

    def release(self) -> None:
        self._next.free()
        self._lock.free()

    def close(self) -> None:
        self._next.close()
        self._lock.close()

    @contextmanager
    def held(self, seconds: float = LOCK_WAIT_SECONDS) -> Iterator[None]:
        deadline = time.monotonic() + seconds
        try:
            while not self.try_hold():
                if time.monotonic() > deadline:
                    raise busy()
                time.sleep(0.005)
            yield
        finally:
            self.close()


class _Flock:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.taken = False
        self._file: int | None = None

    def take(self) -> bool:
        try:
            if self._file is None:
                private_folder(self.path.parent)
                self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise Unavailable(
                _("The data folder cannot be written to. Nothing was saved. Try again later."), "read_only", 60
            ) from error
        self.taken = True
        return True

    def free(self) -> None:
        if self._file is not None and self.taken:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self.taken = False

    def close(self) -> None:
        self.taken = False
        if self._file is not None:
            os.close(self._file)
            self._file = None
