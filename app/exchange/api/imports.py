"""A spreadsheet brought into a plan, for programs: sent, looked at, answered, carried out, taken back."""

import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from app.core.db import Read
from app.core.errors import Invalid
from app.core.words import _
from app.exchange import commands, queries
from app.exchange.cells_file import cells_writer
from app.exchange.imports import apart, file, guards
from app.exchange.schemas import ImportAnswers, ImportLine, ImportRead, Undone
from app.plans.queries import plan_for
from app.web.access import act
from app.web.bodies import modelled
from app.web.doors import Reader, Writer
from app.web.files import attachment
from app.web.listing import Listing, PageQuery, listed
from app.web.whole import Received, receiving_whole

router = APIRouter(prefix="/imports")


def _allowed(read: Read, request: Request) -> object:
    return plan_for(read, request.path_params["plan"], "plan.import")


Workbook = Annotated[Received[file.Workbook], Depends(receiving_whole(_allowed, apart.opened, guards.MOST_BYTES))]
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary", "example": "plan.xlsx"},
                        "mapping": {"type": "string", "description": "A mapping file: ImportAnswers as JSON."},
                    },
                },
            }
        },
    }
}


@router.get("")
@act("plan.import")
def imports(read: Reader, plan: str, page: PageQuery) -> Listing[ImportLine]:
    """The plan's imports, the latest first."""
    access = plan_for(read, plan, "plan.import")
    return listed(read, queries.imports(read, access), page, access.stream)


@router.post("", status_code=201, openapi_extra=FORM)
@act("plan.import")
def send(workbook: Workbook, tx: Writer, plan: str, response: Response) -> ImportRead:
    """Send a workbook, with a mapping file where there is one, to see what it would do. The plan does not change."""
    access = plan_for(tx, plan, "plan.import")
    answers = modelled(ImportAnswers, _mapping(workbook.values.get("mapping")))
    made = commands.begin_import(tx, access=access, workbook=workbook.whole, given=_given(answers))
    response.headers["Location"] = f"/api/v1/plans/{plan}/imports/{made.id}"
    return queries.import_read(tx, access, made.id)


@router.get("/{import_id}")
@act("plan.import")
def one(read: Reader, plan: str, import_id: UUID) -> ImportRead:
    """What an import would do as the plan stands now, with its questions; or what it did."""
    return queries.import_read(read, plan_for(read, plan, "plan.import"), import_id)


@router.get("/{import_id}/mapping")
@act("plan.import")
def mapping(read: Reader, plan: str, import_id: UUID) -> ImportAnswers:
    """The mapping file: what its columns, words and colours were said to mean. It fits the next workbook too."""
    return queries.import_read(read, plan_for(read, plan, "plan.import"), import_id).mapping


@router.put("/{import_id}/mapping")
@act("plan.import")
def answer(tx: Writer, plan: str, import_id: UUID, given: ImportAnswers) -> ImportRead:
    """Answer its questions: these answers take the place of those that were kept."""
    access = plan_for(tx, plan, "plan.import")
    commands.answer_import(tx, access=access, import_id=import_id, given=_given(given))
    return queries.import_read(tx, access, import_id)


@router.get("/{import_id}/cells.csv", response_class=Response)
@act("plan.import")
def cells(read: Reader, plan: str, import_id: UUID) -> Response:
    """What became of each cell: stored, asked about, or listed with the reason."""
    access = plan_for(read, plan, "plan.import")
    lines = queries.cells_of(read, access, import_id)
    return attachment(cells_writer(lines), f"{access.slug}-import-cells.csv", "text/csv; charset=utf-8")


@router.post("/{import_id}/carry-out")
@act("plan.import")
def carry_out(tx: Writer, plan: str, import_id: UUID) -> ImportRead:
    """Bring it in, whole or not at all; 409 while a question is not answered."""
    access = plan_for(tx, plan, "plan.import")
    commands.carry_out(tx, access=access, import_id=import_id)
    return queries.import_read(tx, access, import_id)


@router.post("/{import_id}/undo")
@act("plan.import")
def undo(tx: Writer, plan: str, import_id: UUID) -> Undone:
    """Take it back while nothing has touched what it brought in; else 409 says what did."""
    return commands.undo_import(tx, access=plan_for(tx, plan, "plan.import"), import_id=import_id)


@router.delete("/{import_id}", status_code=204)
@act("plan.import")
def drop(tx: Writer, plan: str, import_id: UUID) -> None:
    """Forget a workbook that was not brought in."""
    commands.drop_import(tx, access=plan_for(tx, plan, "plan.import"), import_id=import_id)


def _mapping(text: Any) -> Any:
    """The mapping file beside the workbook; none is an empty one."""
    try:
        return json.loads(text) if text else {}
    except (TypeError, ValueError, RecursionError) as error:
        raise Invalid("mapping", _("The mapping file is not JSON. Check it and send it again.")) from error


def _given(given: ImportAnswers) -> ImportAnswers:
    if given.not_nhs_numbers:
        sentence = _("A program cannot state that a number is no NHS number. The office does so on the page.")
        raise Invalid("not_nhs_numbers", sentence)
    return given
