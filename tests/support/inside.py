"""The served application and the `tracker` command inside the process of the tests, which has imported them already.

Each import costs a process of its own two seconds. Where the process is the subject (it is killed, starved of files, or
one of two that want the same file) `tests/support/server` has the same two names. Whatever of the process a server or a
command sets - environment, streams, the day, the language, loggers, the collector - is put back.
"""

import gc
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from contextvars import copy_context
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, TextIO
from unittest.mock import patch

import uvicorn
from sqlalchemy import event
from sqlalchemy.pool import Pool

from app.cli import main
from app.cli import server as command
from app.core import clock
from tests.support.server import Server, environment

LOG = logging.getLogger("tracker")


@contextmanager
def serve(database_url: str, data_dir: Path, **settings: str) -> Iterator[Server]:
    """Serves that database until the block ends, in a thread with a loop of its own; settings as in `environment`."""
    with ExitStack() as stack:
        # Bound here, so that nobody takes the port in between.
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        port = listening.getsockname()[1]
        server = Server(f"http://127.0.0.1:{port}", database_url, data_dir, data_dir / f"serve-{port}.log")
        log = stack.enter_context(server.log_file.open("w", buffering=1))
        stack.enter_context(_put_back())
        told = environment(database_url, data_dir, **{"base_url": server.url} | settings)
        with patch.dict(os.environ, told, clear=True):
            serving = _handed_to_uvicorn(port, log)
        thread = threading.Thread(target=serving.run, args=([listening],), name=f"serve-{port}", daemon=True)
        thread.start()
        try:
            _wait(server, serving, thread)
            yield server
        finally:
            serving.should_exit = True
            thread.join(20)
            assert not thread.is_alive(), "the server did not end"


def _handed_to_uvicorn(port: int, log: TextIO) -> uvicorn.Server:
    """All that `tracker serve` does, up to running what it made."""
    taken: list[uvicorn.Server] = []

    def run(app: Any, **options: Any) -> None:
        # Its complaints go to the test's own captured log.
        taken.append(uvicorn.Server(uvicorn.Config(app, log_config=None, **options)))

    with patch("uvicorn.run", run), redirect_stdout(log), redirect_stderr(log):
        copy_context().run(command.serve, "127.0.0.1", port)
    return taken[0]


def _wait(server: Server, serving: uvicorn.Server, thread: threading.Thread) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and thread.is_alive():
        if serving.started:
            return
        time.sleep(0.005)
    raise RuntimeError(f"the server did not start:\n{server.log}")


def tracker(
    *arguments: str, database_url: str, data_dir: Path, stdin: str = "", **settings: str
) -> CompletedProcess[str]:
    """Runs one command to its end: look at `returncode`, `stdout` and `stderr`. A fault of ours is raised."""
    out, err = StringIO(), StringIO()
    with (
        patch.dict(os.environ, environment(database_url, data_dir, **settings), clear=True),
        patch.object(sys, "argv", ["tracker", *arguments]),
        # Of a package, `__main__` would be what the usage names.
        patch.object(sys.modules["__main__"], "__package__", None, create=True),
        patch.object(sys, "stdin", StringIO(stdin)),
        chdir(data_dir),
        redirect_stdout(out),
        redirect_stderr(err),
        _put_back(),
        _connections_closed(),
    ):
        code = copy_context().run(_exit_code)
    return CompletedProcess(["tracker", *arguments], code, out.getvalue(), err.getvalue())


def _exit_code() -> int:
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


@contextmanager
def _put_back() -> Iterator[None]:
    """What the application sets for its whole process."""
    pinned, threshold, is_frozen = clock.pinned(), gc.get_threshold(), gc.get_freeze_count() > 0
    told = (LOG.handlers[:], LOG.level, LOG.propagate)
    try:
        yield
    finally:
        clock.pin(pinned)
        gc.set_threshold(*threshold)
        if not is_frozen:
            gc.unfreeze()
        LOG.handlers[:], LOG.propagate = told[0], told[2]
        LOG.setLevel(told[1])


@contextmanager
def _connections_closed() -> Iterator[None]:
    """A process that ends closes what it opened, and commands leave it at that."""
    opened: list[Any] = []
    thread = threading.get_ident()

    def note(connection: Any, _record: object) -> None:
        if threading.get_ident() == thread:
            opened.append(connection)

    event.listen(Pool, "connect", note)
    try:
        yield
    finally:
        event.remove(Pool, "connect", note)
        for connection in opened:
            connection.close()
