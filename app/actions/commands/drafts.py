"""Drafts live on the server under the account; they are outside the ledger and hold no NHS number."""

from collections.abc import Mapping
from uuid import UUID

from pydantic_core import PydanticCustomError
from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from app.actions.commands.ground import contributors_of, row_of
from app.actions.models import Draft
from app.core.db import Read, Write
from app.core.errors import FieldError, Invalid
from app.core.moment import now_of
from app.core.prepared import Prepared
from app.core.text import clean_text, refuse_nhs_numbers
from app.core.walls import ready
from app.core.words import _
from app.people.permissions import require_person
from app.plans.queries import PlanAccess

MOST_FIELDS = 40
MOST_NAME = 60
MOST_TEXT = 8000


def save_draft(tx: Write, *, access: PlanAccess, ref: str, fields: Mapping[str, str], form: str = "update") -> Draft:
    """Keep what was typed; a draft of nothing is no draft. Text with an NHS number is refused and never kept."""
    action = row_of(tx, access, ref)
    access.require("action.draft", action, contributors_of(tx, access, action.id))
    me = require_person(tx.actor, "action.draft")
    kept = _checked(fields, form)
    row = _row(tx, access, me, action.id, form)
    if row is not None:
        row.fields, row.kept_at = kept, now_of(tx)
        tx.flush()
        return row
    made = Draft(plan_id=access.id, account_id=me, action_id=action.id, form=form, fields=kept, kept_at=now_of(tx))
    try:
        with tx.begin_nested():
            tx.add(made)
    except IntegrityError:
        # The same person's other window was first.
        made = _row(tx, access, me, action.id, form) or made
        made.fields, made.kept_at = kept, now_of(tx)
        tx.flush()
    return made


def discard_draft(tx: Write, *, access: PlanAccess, ref: str, form: str = "update") -> None:
    forget_draft(tx, access, row_of(tx, access, ref).id, form)
    tx.flush()


def forget_draft(tx: Write, access: PlanAccess, action_id: UUID, form: str = "update") -> None:
    me = tx.actor.id
    asked = {"plan": access.id, "me": me, "action": action_id, "form": form}
    if me is not None and _IS_THERE.rows(tx, **asked) and (row := _row(tx, access, me, action_id, form)):
        tx.delete(row)


_DRAFT = ready(
    select(Draft).where(
        Draft.plan_id == bindparam("plan"),
        Draft.account_id == bindparam("me"),
        Draft.action_id == bindparam("action"),
        Draft.form == bindparam("form"),
    )
)
_IS_THERE = Prepared(_DRAFT.with_only_columns(col(Draft.id)))


def _row(read: Read, access: PlanAccess, me: UUID, action_id: UUID, form: str) -> Draft | None:
    asked = {"plan": access.id, "me": me, "action": action_id, "form": form}
    found: Draft | None = read.exec(_DRAFT, params=asked).first()
    return found


def _checked(fields: Mapping[str, str], form: str) -> dict[str, str]:
    if len(fields) > MOST_FIELDS or len(form) > 32 or any(len(name) > MOST_NAME for name in fields):
        raise Invalid("", _("This draft is too large to keep."))
    kept, wrong = {}, []
    for name, text in fields.items():
        if len(text) > MOST_TEXT:
            wrong.append(FieldError(name, _("This is too long to keep. Shorten it.")))
            continue
        try:
            kept[name] = refuse_nhs_numbers(clean_text(text))
        except PydanticCustomError as error:
            wrong.append(FieldError(name, error.message()))
    if wrong:
        raise Invalid.several(wrong)
    return kept
