"""Commands on publications: an organisation's own from a file."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli import opening, organisations
from app.core.errors import Invalid
from app.core.words import _
from app.coverage.queries import answered_anywhere
from app.frameworks import commands
from app.frameworks.queries import files

frameworks = typer.Typer(name="framework", help="Publications.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
MOST_BYTES = 1024 * 1024


def register(app: typer.Typer) -> None:
    app.add_typer(frameworks)


@frameworks.callback()
def framework() -> None:
    """Publications with their recommendations."""


@frameworks.command("load")
def load_framework(
    file: Annotated[
        Path, typer.Argument(help="A YAML file, as /frameworks/file shows one.", exists=True, dir_okay=False)
    ],
    organisation: Annotated[str, typer.Option(help="The code of the organisation whose publication it is.")],
    as_json: Json = False,
) -> None:
    """Keep an organisation's own publication as the file says it; the same key again brings it to the file."""
    if file.stat().st_size > MOST_BYTES:
        raise Invalid("text", _("The file is larger than 1 MiB."))
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("text", _("The file is not text in UTF-8. Save it as UTF-8.")) from None
    given = files.read_publication(text, organisation)
    given.organisation = organisation.upper()
    with opening.database().write(opening.operator()) as tx:
        organisations.require(tx, given.organisation)
        told = commands.keep_publication(tx, given=given, used=answered_anywhere)
    counts = _("{key}: {added} added, {changed} changed, {withdrawn} withdrawn.", key=told.key, added=len(told.added),
               changed=len(told.changed), withdrawn=len(told.withdrawn))  # fmt: skip
    opening.answer(told.model_dump(), as_json=as_json, text=counts)
