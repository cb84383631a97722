"""What this application keeps is its own user's alone from the moment it exists, whatever the umask."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url

FOLDER, FILE = 0o700, 0o600


def private_folder(path: Path) -> None:
    """Make it where it is missing; one that exists keeps the rights that somebody gave it."""
    path.mkdir(mode=FOLDER, parents=True, exist_ok=True)


def private_file(path: Path) -> None:
    """Make it, empty, where it is missing. SQLite gives the log and the index beside a database the same rights.

    Where it cannot be made nothing is said: who opens it next says why in a sentence.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, FILE))


def private_opener() -> Callable[[str, int], int]:
    """For `open(..., opener=)`: a file that this opening makes is private."""
    return lambda path, flags: os.open(path, flags | os.O_CLOEXEC, FILE)


def keep_private(path: Path) -> None:
    """Take away what others may do with a file of an older release; where it is somebody else's, it stays."""
    with suppress(PermissionError):
        path.chmod(FILE)


def give_to_owner_of(path: Path, like: Path) -> None:
    """What root puts in another file's place still belongs to whom it belonged: the server must be able to open it."""
    was, now = like.stat(), path.stat()
    if (was.st_uid, was.st_gid) != (now.st_uid, now.st_gid):
        with suppress(PermissionError):
            os.chown(path, was.st_uid, was.st_gid)


def sqlite_path(url: str) -> Path | None:
    """The file of a SQLite database; None for any other."""
    made = make_url(url)
    if made.get_backend_name() != "sqlite" or made.database in (None, "", ":memory:"):
        return None
    return Path(str(made.database))
