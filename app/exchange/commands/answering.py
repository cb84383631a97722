"""Taking a workbook in to be looked at, and keeping the answers to its questions. The plan does not change."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.actions.commands.ground import begin
from app.core.db import Write
from app.core.errors import Invalid
from app.core.moment import now_of
from app.core.words import _
from app.exchange.imports.file import Workbook
from app.exchange.imports.reading import without_numbers
from app.exchange.imports.sheets import book_packed, book_unpacked
from app.exchange.models import Import
from app.exchange.queries.imports import open_row
from app.exchange.queries.looking import look
from app.exchange.rules import ImportState
from app.exchange.schemas import ImportAnswers
from app.plans.queries import PlanAccess

MOST_OPEN = 20


def begin_import(tx: Write, *, access: PlanAccess, workbook: Workbook, given: ImportAnswers) -> Import:
    """Keep what was read of a file, without what looks like an NHS number, until it is brought in or dropped."""
    access = begin(tx, access)
    access.require("plan.import")
    look(tx, access, workbook.book, given)
    row = row_for(tx, access, workbook, given)
    row.book = book_packed(workbook.book)
    _forget_old(tx, access)
    tx.flush()
    return row


def row_for(tx: Write, access: PlanAccess, workbook: Workbook, given: ImportAnswers) -> Import:
    """The row of a new import, without its cells."""
    row = Import(
        plan_id=access.id,
        file_name=workbook.name,
        sha256=workbook.sha256,
        size=workbook.size,
        made_at=now_of(tx),
        made_by_id=tx.actor.id,
        made_by_name=tx.actor.name[:120],
        answers=_kept(given),
    )
    tx.add(row)
    return row


def answer_import(tx: Write, *, access: PlanAccess, import_id: UUID, given: ImportAnswers) -> Import:
    """Put these answers in the place of those that are kept."""
    access = begin(tx, access)
    access.require("plan.import")
    row = open_row(tx, access, import_id)
    look(tx, access, book_unpacked(row.book), given)
    row.answers = _kept(given)
    tx.flush()
    return row


def drop_import(tx: Write, *, access: PlanAccess, import_id: UUID) -> None:
    """Forget a workbook that was looked at and not brought in."""
    access = begin(tx, access)
    access.require("plan.import")
    tx.delete(open_row(tx, access, import_id))
    tx.flush()


def _kept(given: ImportAnswers) -> dict[str, Any]:
    """Answers as they are kept: what looks like an NHS number only where the office stated that it is none."""
    told = given.model_dump(mode="json", exclude_defaults=True)
    if given.not_nhs_numbers and any(not reason.strip() for reason in given.not_nhs_numbers.values()):
        raise Invalid("not_nhs_numbers", _("Say why each number is not an NHS number."))
    for name, text in _texts(told.get("answers", {})):
        if without_numbers(text, given.not_nhs_numbers) != text:
            raise Invalid(
                f"answers.{name}"[:200],
                _("This looks like an NHS number. Remove it, or say why it is none. Do not enter patient details."),
                "nhs_number",
            )
    return told


def _texts(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name, text) for name, text in answers.items() if isinstance(text, str)]


def _forget_old(tx: Write, access: PlanAccess) -> None:
    """What was looked at and never brought in does not pile up."""
    wanted = select(Import).where(Import.plan_id == access.id, Import.state == ImportState.open)
    for row in tx.exec(wanted.order_by(col(Import.made_at).desc()).offset(MOST_OPEN)).all():
        tx.delete(row)
