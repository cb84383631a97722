"""The third door: `tracker ...`. Exit 0 done, 1 refused with one clear sentence on stderr, 2 wrong usage."""

import sys
from typing import Any

import typer
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from typer.core import TyperGroup

from app.cli import database, demo, people, plans, server
from app.core import inputs
from app.core.errors import FieldError, TrackerError
from app.core.failures import unavailable
from app.core.sentences import field_errors, sentence


class Commands(TyperGroup):
    """Says in our words what a wrong value of an option or an argument is."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            if isinstance(error.__cause__, ValidationError):
                error.message = " ".join(_of_parameter(e) for e in error.__cause__.errors())
            raise


def _of_parameter(error: Any) -> str:
    # Typer's own words name the choices.
    return str(error["msg"]).removeprefix("Value error, ") if error["type"] == "value_error" else sentence(error)


app = typer.Typer(
    cls=Commands,
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
        refuse(error.message if len(error.fields) < 2 else all_of(error.fields))
    except ValidationError as error:
        refuse(all_of(field_errors(list(error.errors()))))
    except DBAPIError as error:
        refuse(unavailable(error).message)
    except KeyboardInterrupt:
        sys.exit(130)


def all_of(errors: list[FieldError]) -> str:
    return " ".join(inputs.told(e.field, e.message) for e in errors)


def refuse(told: str) -> None:
    print(told, file=sys.stderr)  # noqa: T201 - a command speaks on stderr
    sys.exit(1)
