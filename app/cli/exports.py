"""The commands that take a plan away as a file, and bring a whole one in."""

from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated, Any
from urllib.parse import parse_qsl

import typer

from app.cli import opening
from app.core import clock, moment
from app.core.dates import optional_day
from app.core.errors import Invalid
from app.core.files import private_opener
from app.core.storage import storage_in
from app.core.words import _, ngettext
from app.exchange import queries
from app.exchange.asking import ExportAsked, Format, Release, writer
from app.exchange.columns import Layout
from app.exchange.commands import whole as commands
from app.exchange.parcel import Parcel
from app.plans.queries import plan_for
from app.settings import Settings


class Kind(StrEnum):
    """The formats, and the whole plan."""

    xlsx = "xlsx"
    csv = "csv"
    json = "json"
    plan = "plan"


Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def register(app: typer.Typer) -> None:
    app.command(name="export")(export)
    app.command(name="import-plan")(import_plan)


def export(
    plan: Annotated[str, typer.Option(help="The plan's address.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    format: Annotated[Kind, typer.Option(help="The kind of file; plan: everything, for another installation.")] = (
        Kind.xlsx
    ),
    layout: Annotated[Layout, typer.Option(help="Our columns, or those of the classic spreadsheet.")] = Layout.ours,
    release: Annotated[Release, typer.Option(help="For whom: a request leaves out what is restricted.")] = (
        Release.colleagues
    ),
    query: Annotated[str, typer.Option(help="Only some actions: the tracker's parameters, like rating=red.")] = "",
    as_at: Annotated[str, typer.Option(help="As it stood at the end of that day.")] = "",
    as_json: Json = False,
) -> None:
    """Write a plan as a workbook, as comma-separated values, as JSON, or whole for another installation."""
    if format is Kind.plan:
        if as_at or query or layout is not Layout.ours or release is not Release.colleagues:
            raise Invalid("format", _("The whole plan leaves as it stands: give no day, query, layout or release."))
        _export_whole(plan, out, as_json=as_json)
        return
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
        asked = ExportAsked(Format(format.value), layout, release, filters)
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


def _export_whole(slug: str, out: Path, *, as_json: bool) -> None:
    with opening.database().read(opening.operator()) as read:
        made = queries.leaving(read, plan_for(read, slug))
    whole(out, made.pack(storage_in(Settings().data_dir)))
    told = {"plan": slug, "file": str(out), "revision": made.manifest.revision, "head": made.manifest.head,
            "counts": made.manifest.counts, "files": len(made.manifest.files)}  # fmt: skip
    text = _("The plan “{plan}” is in {file}. Keep it safe: it holds everything.", plan=made.manifest.title, file=out)
    opening.answer(told, as_json=as_json, text=text)


def import_plan(
    file: Annotated[Path, typer.Argument(help="A file that `export --format plan` wrote.")],
    address: Annotated[str, typer.Option(help="The plan's address here, where its own is taken.")] = "",
    not_nhs_number: Annotated[
        list[str] | None, typer.Option(help="A ten-digit number that is no NHS number; may be given again.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Bring a whole plan from another installation, equal to what it was there; all of it or nothing."""
    if not file.is_file():
        raise Invalid("file", _("There is no file {path}.", path=file))
    storage = storage_in(Settings().data_dir)
    with file.open("rb") as opened, opening.database().write(opening.operator()) as tx:
        brought = commands.bring_plan(
            tx, parcel=Parcel(opened), storage=storage, slug=address, stated=not_nhs_number or ()
        )
    told = asdict(brought) | {"files": len(brought.files)}
    lines = [_("The plan {plan} is here: “{title}”.", plan=brought.plan, title=brought.title)]
    if brought.made.get("people"):
        n = len(brought.made["people"])
        lines.append(ngettext("{n} person was added, without a way to sign in.",
                              "{n} people were added, without a way to sign in.", n))  # fmt: skip
    opening.answer(told, as_json=as_json, text="\n".join(lines))


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
