"""What only the machine can mend (locked, full, missing, read-only), as one sentence with a 503."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from app.core.errors import Unavailable
from app.core.words import _


@contextmanager
def reported() -> Iterator[None]:
    """Turn what only the machine can mend (locked, full, missing, read-only) into a sentence with a 503."""
    try:
        yield
    except DBAPIError as error:
        if is_the_machines(error):
            raise unavailable(error) from error
        raise


def is_the_machines(error: DBAPIError) -> bool:
    said = str(error.orig).lower()
    broken = "malformed" in said or "not a database" in said or "read-only" in said
    return isinstance(error, OperationalError) or error.connection_invalidated or broken


def unavailable(error: DBAPIError) -> Unavailable:
    said = str(error.orig).lower()
    if "full" in said or "no space" in said:
        return Unavailable(_("The disk is full. Nothing was saved. Tell your administrator."), "disk_full", 60)
    if "readonly" in said or "read-only" in said:
        return Unavailable(
            _("The database can only be read just now. Nothing was saved. Try again later."), "read_only", 60
        )
    if "disk i/o" in said:
        return Unavailable(
            _("The disk does not work just now. Nothing was saved. Tell your administrator."), "disk", 60
        )
    if "locked" in said or "lock timeout" in said or "deadlock" in said:
        return busy()
    if "malformed" in said or "not a database" in said:
        return Unavailable(_("The database is damaged. Restore the newest backup."), "damaged", 300)
    return Unavailable(_("The database cannot be reached. Nothing was saved. Try again later."), "database", 30)


def lost_its_file(error: BaseException) -> bool:
    """Whether what SQLite says may be true of this opening of the file alone: another one is worth a try."""
    said = str(error).lower()
    return "readonly" in said or "disk i/o" in said


def busy() -> Unavailable:
    return Unavailable(_("The database is busy. Nothing was saved. Try again."), "busy")
