"""The third door: `tracker ...`. Exit 0 done, 1 refused with one clear sentence on stderr, 2 wrong usage."""

import sys

import typer
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from app.cli import database, demo, people, plans, server
from app.core.db import unavailable
from app.core.errors import TrackerError
from app.core.sentences import field_errors

app = typer.Typer(
    name="tracker",
    help="Maternity improvement plan tracker.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for room in (server, database, people, plans, demo):
    room.register(app)


def main() -> None:
    """Run one command; what it refuses is one sentence on stderr and exit 1."""
    try:
        app()
    except TrackerError as error:
        refuse(error.message)
    except ValidationError as error:
        refuse("; ".join(f"{e.field}: {e.message}" for e in field_errors(list(error.errors()))))
    except DBAPIError as error:
        refuse(unavailable(error).message)
    except KeyboardInterrupt:
        sys.exit(130)


def refuse(sentence: str) -> None:
    print(sentence, file=sys.stderr)  # noqa: T201 - a command speaks on stderr
    sys.exit(1)
