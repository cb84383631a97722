"""A file taken apart in a process of its own: `look` asks one from the server, `main` is that process.

It gets the file as its standard input, and neither the environment nor the network's addresses of the server's. Its
answer is a line of JSON for the verdict and one for the search; what it does to itself harms nobody else.
"""

import asyncio
import json
import resource
import sys
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from app.core.uploads.kinds import Code, Found, Kind, Refused

CPU_SECONDS = 40
WALL_SECONDS = 90.0
MOST_MEMORY = 640 * 1024 * 1024
# Two at a time: each may take that much.
AT_ONCE = 2
_turns: dict[int, asyncio.Semaphore] = {}


@dataclass(frozen=True, slots=True)
class Looked:
    """media_type as the kind has it; searched and places as in `kinds.Found`."""

    media_type: str
    searched: str = "none"
    places: dict[str, list[int]] = field(default_factory=dict)


async def look(file: BinaryIO, kind: Kind) -> Looked:
    """Check a file on disk and search its words, in another process. Raises Refused."""
    loop = asyncio.get_running_loop()
    turn = _turns.setdefault(id(loop), asyncio.Semaphore(AT_ONCE))
    async with turn:
        file.seek(0)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-m", __name__, kind.value,
            stdin=file.fileno(), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env={},
        )  # fmt: skip
        try:
            async with asyncio.timeout(WALL_SECONDS):
                told, _none = await process.communicate()
        except TimeoutError:
            told = b""
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    return _heard(told, kind)


def _heard(told: bytes, kind: Kind) -> Looked:
    lines: list[Any] = [json.loads(line) for line in told.splitlines() if line.endswith(b"}")]
    if not lines:
        raise Refused(Code.unreadable)
    if "refused" in lines[0]:
        raise Refused(Code(lines[0]["refused"]), str(lines[0].get("detail", "")))
    search: Any = lines[1] if len(lines) > 1 else {"searched": "part", "places": {}}
    return Looked(kind.media_type, search["searched"], search["places"])


def check(file: BinaryIO, kind: Kind) -> None:
    """Raises Refused unless the content is of this kind, whole, and does nothing when it is opened."""
    file.seek(0, 2)
    if file.tell() == 0:
        raise Refused(Code.empty)
    if kind is Kind.pdf:
        from app.core.uploads import documents

        documents.check(file)
    elif kind in (Kind.png, Kind.jpeg):
        from app.core.uploads import pictures

        pictures.check(file, kind)
    elif kind in (Kind.csv, Kind.txt):
        from app.core.uploads import plain

        plain.check(file, kind)
    else:
        from app.core.uploads import packages

        packages.check(file, kind)


def main(kind: Kind) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    file = open(0, "rb", closefd=False)  # noqa: SIM115 - the process ends with it
    try:
        check(file, kind)
    except Refused as refused:
        _say(refused=refused.code.value, detail=refused.detail)
        return
    except (MemoryError, RecursionError):
        _say(refused=Code.unreadable.value)
        return
    _say(kind=kind.value)
    from app.core.uploads.searching import search

    found = Found()
    try:
        search(file, kind, found)
    except (MemoryError, RecursionError):
        found.searched = "part"
    _say(searched=found.searched, places=found.places)


def _say(**told: Any) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Kind(sys.argv[1]))
