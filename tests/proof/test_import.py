"""An import of many rows: in time and memory, and all or none when the process is killed inside it."""

import resource
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import col, func, select

from app.actions.models import Action, Update
from app.core.db import Database
from app.exchange.imports.reading import read
from tests.exchange import books
from tests.proof.clients import assert_record_holds
from tests.support.cast import MAKER, Cast
from tests.support.proof import rounds
from tests.support.server import TRACKER, environment

pytestmark = pytest.mark.proof
ROWS = rounds(600, 10_000)
# The machine that runs the short form is shared; the full one is measured by itself.
SECONDS, MIB = rounds(30, 20), 500


def workbook(rows: int) -> bytes:
    book, sheet = books.sheet_of([books.CLASSIC])
    for number in range(rows):
        sheet.append([
            f"{number // 100 + 1}.{number % 100 + 1}", f"Action {number}: the guideline is agreed and audited", "",
            date(2026, 1, 5), date(2027, 3, 31), "Not Yet Delivered", "On track" if number % 2 else "At risk",
            f"Commentary {number}: the group looked at the first audit and asked for a second one", None, None, None,
            "Edith", "Owen", "SharePoint",
        ])  # fmt: skip
    return books.saved(book)


def started(cast: Cast, folder: Path, content: bytes, *more: str) -> subprocess.Popen[bytes]:
    file = folder / "plan.xlsx"
    file.write_bytes(content)
    asked = [str(TRACKER), "import", str(file), "--plan", "alpha", "--unclear-as-words", *more]
    return subprocess.Popen(
        asked, env=environment(cast.database.url, folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def held(database: Database) -> tuple[int, int]:
    """How many actions and updates there are."""
    with database.read(MAKER) as session:
        session.see_everything("the tests count")
        actions = session.exec(select(func.count(col(Action.id)))).one()
        return actions, session.exec(select(func.count(col(Update.id)))).one()


def test_it_brings_many_rows_in_within_its_time_and_memory(cast: Cast, tmp_path: Path) -> None:
    content = workbook(ROWS)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = started(cast, tmp_path, content)
    _out, error = process.communicate(timeout=180)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.returncode == 0, error.decode()
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{ROWS} rows: {seconds:.1f} s of processor, at most {after.ru_maxrss / 1024:.0f} MiB")  # noqa: T201
    assert held(cast.database) == (ROWS, ROWS)
    assert seconds < SECONDS
    assert after.ru_maxrss / 1024 < MIB


def test_it_reads_300_rows_in_little_more_than_the_library_takes() -> None:
    content = workbook(300)
    ours = min(_seconds(lambda: read("a.xlsx", content)) for _ in range(5))
    theirs = min(_seconds(lambda: load_workbook(BytesIO(content))) for _ in range(5))
    print(f"300 rows: {ours / theirs:.2f} times the library's own")  # noqa: T201
    assert ours < 2.5 * theirs


def _seconds(do: Callable[[], object]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began


def test_it_leaves_all_or_none_when_it_is_killed(cast: Cast, tmp_path: Path) -> None:
    content = workbook(ROWS)
    begun = time.monotonic()
    looking = started(cast, tmp_path, content, "--check")
    looking.communicate(timeout=180)
    lasted = time.monotonic() - begun
    turns, inside = rounds(3, 15), 0
    for turn in range(turns):
        process = started(cast, tmp_path, content)
        # From the reading of the file to the end of the writing.
        time.sleep(lasted * (0.3 + turn / turns))
        inside += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if (now := held(cast.database)) != (0, 0):
            assert now == (ROWS, ROWS), "part of an import"
            break
    print(f"killed {inside} times while it ran")  # noqa: T201
    assert inside
    if held(cast.database) == (0, 0):
        last = started(cast, tmp_path, content)
        last.communicate(timeout=180)
        assert last.returncode == 0
    assert held(cast.database) == (ROWS, ROWS)
    assert_record_holds(cast)
