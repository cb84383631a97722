"""A file as an answer: written to a temporary file, then sent as an attachment piece by piece."""

from collections.abc import Callable, Iterator
from os import SEEK_END
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import quote

from fastapi.responses import Response, StreamingResponse

PIECE = 64 * 1024


def attachment(
    write: Callable[[IO[bytes]], object], name: str, media: str, headers: dict[str, str] | None = None
) -> Response:
    """What `write` puts into the file. It has no name on the disk: whatever happens, nothing of it is left behind."""
    # Closed by whoever sends it, after this has returned.
    file = TemporaryFile()  # noqa: SIM115
    try:
        write(file)
        size = file.seek(0, SEEK_END)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    told = {
        "Content-Disposition": f"attachment; filename=\"{_plain(name)}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Length": str(size),
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(_pieces(file), media_type=media, headers=told | (headers or {}))


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _plain(name: str) -> str:
    """For programs that know no other letters than those of ASCII."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name)
