"""What somebody has typed on an action and not saved yet."""

from typing import Any
from uuid import UUID

from sqlmodel import select

from app.actions.models import Action, Draft
from app.core.db import Read
from app.plans.queries import PlanAccess


def draft(read: Read, access: PlanAccess, ref: str, form: str = "update") -> dict[str, Any] | None:
    """The fields that the session's own person has typed on this action, or None."""
    found = drafts(read, access, form, ref)
    return next(iter(found.values()), None)


def drafts(read: Read, access: PlanAccess, form: str = "update", ref: str | None = None) -> dict[UUID, dict[str, Any]]:
    """The session's own person's drafts of this plan: fields by action."""
    me = read.actor.id
    if me is None:
        return {}
    rows = select(Draft.action_id, Draft.fields).where(
        Draft.plan_id == access.id, Draft.account_id == me, Draft.form == form
    )
    if ref is not None:
        rows = rows.where(Draft.action_id == Action.id, Action.plan_id == access.id, Action.ref == ref)
    return {action_id: dict(fields) for action_id, fields in read.exec(rows).all()}
