"""A workbook taken apart in a process of its own: what it does there, and the memory it takes, harm nobody else.

The process gets the file as its standard input and answers with the packed book, or with the sentence of a refusal.
"""

import json
import resource
import subprocess
import sys
from hashlib import sha256
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import Any

from app.core import words
from app.core.errors import Invalid
from app.core.words import _
from app.exchange.imports import guards, reading
from app.exchange.imports.file import Workbook, shown_name
from app.exchange.imports.sheets import book_packed, book_unpacked

WALL_SECONDS = 90.0
CPU_SECONDS = 60
MOST_MEMORY = 900 * guards.MIB


def opened(name: str, content: bytes) -> Workbook:
    """As `file.opened`, from another process. Raises Invalid of the field "file"."""
    guards.check(name, content)
    with TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        try:
            asked = [sys.executable, "-I", "-m", __name__, f"x{PurePath(name).suffix}", words.language()]
            told = subprocess.run(  # noqa: S603
                asked, stdin=file, capture_output=True, timeout=WALL_SECONDS, env={}, check=False
            )
            answer: dict[str, Any] = json.loads(told.stdout or b"{}")
        except (subprocess.TimeoutExpired, ValueError):
            answer = {}
    if "refused" in answer:
        raise Invalid("file", answer["refused"], answer["code"])
    if "book" not in answer:
        raise guards.refused(
            _("This workbook could not be read. Delete sheets that are not needed, and save it again.")
        )
    return Workbook(shown_name(name), sha256(content).hexdigest(), len(content), book_unpacked(answer["book"]))


def main(name: str, language: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    words.use_language(language)
    try:
        told = {"book": book_packed(reading.read(name, sys.stdin.buffer.read()))}
    except Invalid as error:
        told = {"refused": error.message, "code": error.code}
    except (MemoryError, RecursionError):
        told = {}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
