"""The third door: `tracker ...`. Exit 0 done, 1 refused with one clear sentence on stderr, 2 wrong usage."""

import importlib
import sys
from importlib import metadata
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

# command: its module. Each is imported when it is called: all of them, and what they need, take seconds.
WHERE = {
    "serve": "server",
    "migrate": "database",
    "tick": "database",
    "verify": "database",
    "redact": "database",
    "backup": "database",
    "restore": "database",
    "doctor": "database",
    "copy-database": "database",
    "demo": "demo",
    "user": "people",
    "token": "people",
    "plan": "plans",
    "export": "exports",
    "import-plan": "exports",
    "framework": "frameworks",
    "import": "importing",
}


class Commands(TyperGroup):
    """Finds a command where it is, and says in our words what a wrong value of an option or an argument is."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - click's own signature
        return list(WHERE)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in WHERE:
            return None
        found = typer.Typer()
        importlib.import_module(f"app.cli.{WHERE[cmd_name]}").register(found)
        return typer.main.get_group(found).commands[cmd_name]

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            from pydantic import ValidationError

            if isinstance(error.__cause__, ValidationError):
                error.message = " ".join(_of_parameter(e) for e in error.__cause__.errors())
            raise


def _of_parameter(error: Any) -> str:
    from app.core.sentences import sentence

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


@app.callback()
def common(
    _version: Annotated[bool, typer.Option("--version", callback=lambda on: _show_version(on), is_eager=True)] = False,
) -> None:
    """Maternity improvement plan tracker."""


def _show_version(on: bool) -> None:
    if on:
        typer.echo(f"tracker {metadata.version('maternity-improvement-plan-tracker')}")
        raise typer.Exit


def main() -> None:
    """Run one command; what it refuses is one sentence on stderr and exit 1."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        told = refusal(error)
        if told is None:
            raise
        print(told, file=sys.stderr)  # noqa: T201 - a command speaks on stderr
        sys.exit(1)


def refusal(error: Exception) -> str | None:
    """The sentence, or None for a fault of ours."""
    from pydantic import ValidationError
    from sqlalchemy.exc import DBAPIError

    from app.core.errors import TrackerError
    from app.core.failures import unavailable
    from app.core.sentences import field_errors

    if isinstance(error, TrackerError):
        return error.message if len(error.fields) < 2 else _all_of(error.fields)
    if isinstance(error, ValidationError):
        return _all_of(field_errors(list(error.errors())))
    return unavailable(error).message if isinstance(error, DBAPIError) else None


def _all_of(errors: Any) -> str:
    from app.core import inputs

    return " ".join(inputs.told(e.field, e.message) for e in errors)
