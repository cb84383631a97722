"""A spreadsheet brought into a plan, for people: the file, its columns, its legend, what it would do, done."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.core.db import Read
from app.core.words import _, ngettext
from app.exchange import answering, commands, queries
from app.exchange.cells_file import cells_writer
from app.exchange.imports import apart, file, guards
from app.exchange.rules import ImportState
from app.exchange.schemas import ImportAnswers, ImportRead, SheetRead
from app.plans.queries import PlanAccess, plan_for, plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.files import attachment
from app.web.forms import Form, Typed
from app.web.whole import Received, receiving_whole

router = APIRouter(prefix="/plans/{plan}/import")
MOST_ROWS = 200
PageNumber = Annotated[int, Query(ge=1, le=10_000)]
TEMPLATES = {
    "columns": "exchange/import_columns.html",
    "legend": "exchange/import_legend.html",
    "check": "exchange/import_check.html",
}


def _allowed(read: Read, request: Request) -> object:
    return plan_for(read, request.path_params["plan"], "plan.import")


Workbook = Annotated[Received[file.Workbook], Depends(receiving_whole(_allowed, apart.opened, guards.MOST_BYTES))]


@router.get("")
@act("plan.import")
def begin(request: Request, read: Reader, plan: str) -> Response:
    return _begin(request, read, plan_for(read, plan, "plan.import"), Form())


@router.post("")
@act("plan.import")
def send(request: Request, workbook: Workbook, tx: Writer, plan: str) -> Response:
    """The file is looked at and its questions follow; nothing of the plan changes."""
    access = plan_for(tx, plan, "plan.import")
    form = Form(workbook.values)
    if workbook.made is None:
        form.refuse(workbook.error or guards.refused(_("Choose a file.")))
    else:
        with forms.attempt(tx, form):
            made = commands.begin_import(
                tx, access=access, workbook=workbook.made, given=queries.answers_before(tx, access)
            )
            return render.see_other(request, f"/plans/{plan}/import/{made.id}")
    return _begin(request, tx, access, form)


def _begin(request: Request, read: Read, access: PlanAccess, form: Form) -> Response:
    return render.page(
        request,
        "exchange/import.html",
        _("Import a spreadsheet"),
        status=form.status,
        nav=plan_nav(access, ""),
        base=f"/plans/{access.slug}",
        plan_title=access.title,
        is_draft=access.is_draft,
        form=form,
        imports=queries.imports(read, access)[:50],
        states={s.value: _state_word(s) for s in ImportState},
    )


def _state_word(state: ImportState) -> str:
    return {ImportState.open: _("Not brought in"), ImportState.done: _("In the plan"),
            ImportState.undone: _("Taken back")}[state]  # fmt: skip


@router.get("/{import_id:uuid}")
@act("plan.import")
def step(
    request: Request, read: Reader, plan: str, import_id: UUID, step: str = "columns", page: PageNumber = 1
) -> Response:
    """page: of the rows that come in, 200 to a page."""
    access = plan_for(read, plan, "plan.import")
    return _step(request, read, access, import_id, step, Form(), page=page)


@router.post("/{import_id:uuid}")
@act("plan.import")
def answer(request: Request, tx: Writer, plan: str, import_id: UUID, values: Typed, step: str = "columns") -> Response:
    """Keep the answers of this step, and go on; with `bring`, bring the workbook in."""
    access = plan_for(tx, plan, "plan.import")
    kept = queries.answers(tx, access, import_id)
    given = forms.read(ImportAnswers, answering.answers_of(values, kept))
    form = given if isinstance(given, Form) else Form(values)
    if not isinstance(given, Form):
        with forms.attempt(tx, form):
            commands.answer_import(tx, access=access, import_id=import_id, given=given)
            found = queries.import_read(tx, access, import_id)
            here = f"/plans/{plan}/import/{import_id}"
            if "bring" not in values:
                return render.see_other(request, f"{here}?step={answering.next_step(found, step)}")
            if found.ready:
                commands.carry_out(tx, access=access, import_id=import_id)
                return render.see_other(request, here)
            return render.see_other(request, f"{here}?step={_open_step(found)}")
    return _step(request, tx, access, import_id, step, form)


def _open_step(found: ImportRead) -> str:
    waiting = {q.step for q in found.questions if q.answer is None}
    return "columns" if "sheets" in waiting else "legend" if "legend" in waiting else "check"


@router.post("/{import_id:uuid}/undo")
@act("plan.import")
def undo(request: Request, tx: Writer, plan: str, import_id: UUID) -> Response:
    access = plan_for(tx, plan, "plan.import")
    form = forms.tried(tx, lambda: commands.undo_import(tx, access=access, import_id=import_id))
    if isinstance(form, Form):
        return _step(request, tx, access, import_id, "check", form)
    return render.see_other(request, f"/plans/{plan}/import/{import_id}")


@router.post("/{import_id:uuid}/drop")
@act("plan.import")
def drop(request: Request, tx: Writer, plan: str, import_id: UUID) -> Response:
    commands.drop_import(tx, access=plan_for(tx, plan, "plan.import"), import_id=import_id)
    return render.see_other(request, f"/plans/{plan}/import")


@router.get("/{import_id:uuid}/cells.csv")
@act("plan.import")
def cells(read: Reader, plan: str, import_id: UUID) -> Response:
    access = plan_for(read, plan, "plan.import")
    lines = queries.cells_of(read, access, import_id)
    return attachment(cells_writer(lines), f"{access.slug}-import-cells.csv", "text/csv; charset=utf-8")


def _step(
    request: Request, read: Read, access: PlanAccess, import_id: UUID, step: str, form: Form, *, page: int = 1
) -> Response:
    found = queries.import_read(read, access, import_id)
    is_open = found.state is ImportState.open
    step = step if step in answering.STEPS else "columns"
    name = TEMPLATES[step] if is_open else "exchange/import_done.html"
    lenient = found.mapping.unclear == "words"
    rows = _rows(found)
    return render.page(
        request,
        name,
        _("Import a spreadsheet"),
        status=form.status,
        nav=plan_nav(access, ""),
        base=f"/plans/{access.slug}",
        here=f"/plans/{access.slug}/import/{import_id}",
        plan_title=access.title,
        is_draft=access.is_draft,
        found=found,
        sheets=[_sheet_option(s) for s in found.sheets if s.actions],
        form=form,
        state_word=_state_word(found.state),
        steps=_steps(found, step, access, import_id) if is_open else [],
        options=answering.field_options() if step == "columns" else [],
        questions=answering.drawn(answering.asked_in(found, step), lenient=lenient) if is_open else [],
        waiting=sum(q.answer is None for q in found.questions),
        lenient=lenient,
        rows=rows[(page - 1) * MOST_ROWS : page * MOST_ROWS],
        pages=_pages(len(rows), page, f"/plans/{access.slug}/import/{import_id}?step=check"),
        words=answering.change_words,
        notes=answering.notes(found.notes, MOST_ROWS),
        summary=_summary(found),
    )


def _sheet_option(sheet: SheetRead) -> dict[str, str]:
    told = ngettext("{n} row", "{n} rows", sheet.actions)
    return {"value": sheet.name, "text": sheet.name, "hint": f"{told}, {_('hidden')}" if sheet.hidden else told}


def _rows(found: ImportRead) -> list[Any]:
    """What changes or is wrong first; what stays as it is is only counted."""
    first = [r for r in found.rows if r.problems or r.proposals or r.becomes == "changed"]
    return [*first, *(r for r in found.rows if r.becomes == "created" and not (r.problems or r.proposals))]


def _pages(count: int, page: int, here: str) -> dict[str, str]:
    """Where the reader is among the rows, and the addresses beside; empty where one page holds them all."""
    if count <= MOST_ROWS:
        return {}
    first, last = (page - 1) * MOST_ROWS + 1, min(page * MOST_ROWS, count)
    return {
        "position": _("Rows {first} to {last} of {n}", first=min(first, count), last=last, n=count),
        "previous": f"{here}&page={page - 1}#rows" if page > 1 else "",
        "next": f"{here}&page={page + 1}#rows" if last < count else "",
    }


def _summary(found: ImportRead) -> list[str]:
    counts = found.counts
    told = {
        ngettext("{n} action is added", "{n} actions are added", counts.created): counts.created,
        ngettext("{n} action changes", "{n} actions change", counts.changed): counts.changed,
        ngettext("{n} stays as it is", "{n} stay as they are", counts.unchanged): counts.unchanged,
        ngettext("{n} change asks for a decision", "{n} changes ask for a decision", counts.proposals): (
            counts.proposals
        ),
        ngettext("{n} row is left out", "{n} rows are left out", counts.left_out): counts.left_out,
    }
    return [text for text, count in told.items() if count] or [_("Nothing changes")]


def _steps(found: ImportRead, step: str, access: PlanAccess, import_id: UUID) -> list[dict[str, Any]]:
    words = {"columns": _("Columns"), "legend": _("Legend"), "check": _("Check")}
    here = f"/plans/{access.slug}/import/{import_id}"
    names = [s for s in answering.STEPS if s != "legend" or answering.next_step(found, "columns") == "legend"]
    return [{"href": f"{here}?step={n}", "text": words[n], "current": n == step} for n in names]
