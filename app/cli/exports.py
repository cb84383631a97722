"""The command that takes a plan away as a file."""

from collections.abc import Callable
from pathlib import Path
from typing import IO, Annotated, Any
from urllib.parse import parse_qsl

import typer

from app.cli import opening
from app.core import clock, moment
from app.core.dates import optional_day
from app.core.errors import Invalid
from app.core.files import private_opener
from app.core.words import _, ngettext
from app.exchange import queries
from app.exchange.asking import ExportAsked, Format, Release, writer
from app.exchange.columns import Layout
from app.plans.queries import plan_for

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def register(app: typer.Typer) -> None:
    app.command(name="export")(export)


def export(
    plan: Annotated[str, typer.Option(help="The plan's address.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    format: Annotated[Format, typer.Option(help="The kind of file.")] = Format.xlsx,
    layout: Annotated[Layout, typer.Option(help="Our columns, or those of the classic spreadsheet.")] = Layout.ours,
    release: Annotated[Release, typer.Option(help="For whom: a request leaves out what is restricted.")] = (
        Release.colleagues
    ),
    query: Annotated[str, typer.Option(help="Only some actions: the tracker's parameters, like rating=red.")] = "",
    as_at: Annotated[str, typer.Option(help="As it stood at the end of that day.")] = "",
    as_json: Json = False,
) -> None:
    """Write a plan as a workbook, as comma-separated values or as JSON."""
    # The day may be set, which opening the database does.
    database, day = opening.database(), optional_day(as_at)
    if day is not None and day > clock.today():
        raise Invalid("as_at", _("This day is still to come. Choose today or a day before."))
    with database.read(opening.operator()) as read:
        moment.look_at(read, None if day == clock.today() else day)
        access = plan_for(read, plan)
        filters, errors = queries.filtered(read, access, parse_qsl(query))
        if errors:
            raise Invalid.several(list(errors))
        asked = ExportAsked(format, layout, release, filters)
        made = queries.book(read, access, asked)
    whole(out, writer(made, asked))
    count = sum(not line.band for line in made.sheets[0].lines)
    told: dict[str, Any] = {
        "plan": made.slug, "file": str(out), "format": format.value, "layout": layout.value, "as_at": made.as_at,
        "revision": made.revision, "actions": count,
    }  # fmt: skip
    text = _("{actions} of “{plan}” are in {file}.", actions=ngettext("{n} action", "{n} actions", count),
             plan=made.title, file=out)  # fmt: skip
    opening.answer(told, as_json=as_json, text=text)


def whole(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """The file appears whole or not at all; what was there before stays until then."""
    if not path.parent.is_dir():
        raise Invalid("out", _("There is no folder {folder}.", folder=path.parent))
    part = path.with_name(f"{path.name}.part")
    try:
        with open(part, "w+b", opener=private_opener()) as file:
            write(file)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
