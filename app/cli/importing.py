"""`tracker import`: a workbook brought into a plan, or only looked at."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from app.cli import opening
from app.core.db import Read, Write
from app.core.errors import Invalid
from app.core.sentences import field_errors
from app.core.words import _, ngettext
from app.exchange.cells_file import cells_writer
from app.exchange.commands import bring_in
from app.exchange.imports.file import Workbook, opened
from app.exchange.queries.imports import cells_told, import_read, told
from app.exchange.queries.looking import Check, look
from app.exchange.schemas import ImportAnswers, ImportRead
from app.plans.queries import plan_for

File = Annotated[Path, typer.Argument(help="The workbook: .xlsx, .xls, .ods or .csv.", exists=True, dir_okay=False)]
PlanName = Annotated[str, typer.Option("--plan", help="The plan's address.")]
Mapping = Annotated[
    Path | None,
    typer.Option(help="What columns, words and colours mean, as JSON.", exists=True, dir_okay=False),
]
CheckOnly = Annotated[bool, typer.Option("--check", help="Say what it would do, and do nothing.")]
Words = Annotated[
    bool, typer.Option("--unclear-as-words", help="Keep what is unclear as words instead of asking about it.")
]
Template = Annotated[Path | None, typer.Option(help="Write the mapping file, with every question that is open.")]
Cells = Annotated[Path | None, typer.Option(help="Write what became of each cell, as csv.")]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def register(app: typer.Typer) -> None:
    app.command("import")(import_workbook)


def import_workbook(
    file: File,
    plan: PlanName,
    mapping: Mapping = None,
    check: CheckOnly = False,
    unclear_as_words: Words = False,
    write_mapping: Template = None,
    cells: Cells = None,
    as_json: Json = False,
) -> None:
    """Bring a spreadsheet into a plan: all of it or nothing. What is unclear is asked in the mapping file."""
    database = opening.database()
    given = _answers(mapping)
    if unclear_as_words:
        given = given.model_copy(update={"unclear": "words"})
    with _steps(quiet=as_json) as step:
        step(_("Reading the workbook"))
        workbook = opened(file.name, file.read_bytes(), frozenset(given.not_nhs_numbers))
        step(_("Looking at each cell"))
        if check or write_mapping or cells:
            with database.read(opening.operator()) as read:
                found, seen = _looked(read, plan, workbook, given)
            _write(found, seen, write_mapping, cells)
        if not check:
            step(_("Bringing it in"))
            with database.write(opening.operator()) as tx:
                found = _brought(tx, plan, workbook, given)
    opening.answer(found.model_dump(mode="json"), as_json=as_json, text="\n".join(_lines(found, checked=check)))


def _answers(mapping: Path | None) -> ImportAnswers:
    if mapping is None:
        return ImportAnswers()
    try:
        return ImportAnswers.model_validate(json.loads(mapping.read_text()))
    except ValidationError as error:
        raise Invalid.several(field_errors(list(error.errors()))) from error
    except (ValueError, UnicodeDecodeError) as error:
        raise Invalid("mapping", _("The mapping file is not JSON. Check it and send it again.")) from error


def _looked(read: Read, plan: str, workbook: Workbook, given: ImportAnswers) -> tuple[ImportRead, Check]:
    access = plan_for(read, plan, "plan.import")
    seen = look(read, access, workbook.book, given)
    return told(access, None, seen, given, workbook.name, workbook.sha256), seen


def _write(found: ImportRead, seen: Check, mapping: Path | None, cells: Path | None) -> None:
    if mapping:
        mapping.write_text(found.mapping.model_dump_json(indent=1) + "\n")
    if cells:
        with cells.open("wb") as out:
            cells_writer(cells_told(seen))(out)


def _brought(tx: Write, plan: str, workbook: Workbook, given: ImportAnswers) -> ImportRead:
    access = plan_for(tx, plan, "plan.import")
    made = bring_in(tx, access=access, workbook=workbook, given=given)
    return import_read(tx, access, made.id)


@contextmanager
def _steps(*, quiet: bool) -> Iterator[Any]:
    """A bar at a terminal; nothing where a script reads."""
    if quiet or not sys.stdout.isatty():
        yield lambda _text: None
        return
    with typer.progressbar(length=3, label=" " * 22) as bar:

        def step(text: str) -> None:
            bar.label = f"{text:<22}"
            bar.update(1)

        yield step


def _lines(found: ImportRead, *, checked: bool) -> Iterator[str]:
    counts = found.counts
    if checked:
        yield _("{file} would add {new} actions, change {changed}, and leave {same} as they are.",
                file=found.file_name, new=counts.created, changed=counts.changed, same=counts.unchanged)  # fmt: skip
    else:
        yield _("{file} is in the plan. Added: {new}. Changed: {changed}. As they were: {same}.",
                file=found.file_name, new=counts.created, changed=counts.changed, same=counts.unchanged)  # fmt: skip
    yield _("Cells: {cells}. Stored: {stored}. Asked about: {asked}. Listed: {listed}.",
            cells=counts.cells, stored=counts.stored, asked=counts.asked, listed=counts.listed)  # fmt: skip
    waiting = [q for q in found.questions if q.answer is None]
    if waiting:
        yield ngettext("{n} question is open:", "{n} questions are open:", len(waiting))
    for question in waiting:
        yield f"  {question.text} [{question.key}] {', '.join(question.places[:5])}"
        for option in question.options if len(question.options) <= 12 else ():
            yield f"    {option.value}: {option.text}"
    for row in found.rows:
        for problem in row.problems:
            yield f"  {row.place}: {problem}"
        for proposal in row.proposals:
            yield f"  {row.place}: {_('asks for a decision')}: {proposal}"
    for note in found.notes:
        yield f"  {note.place}: {note.text}" if note.place else f"  {note.text}"
