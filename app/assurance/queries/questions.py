"""The board's questions as read models."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.actions.queries import plan_view
from app.actions.view import ActionView
from app.assurance.models import BoardQuestion
from app.assurance.schemas import QuestionRead
from app.core import clock
from app.core.db import Read
from app.core.errors import NotFound
from app.core.prepared import Prepared
from app.core.words import _
from app.history.queries import rows
from app.plans.queries import PlanAccess

_OWED = Prepared(
    select(col(BoardQuestion.action_id), col(BoardQuestion.answer_by)).where(
        BoardQuestion.plan_id == sa.bindparam("plan"), col(BoardQuestion.answered_on).is_(None)
    )
)


class Owed(NamedTuple):
    """Questions that nobody has answered; answer_by: the first day on which one should be."""

    many: int
    answer_by: date


def answers_owed(read: Read, access: PlanAccess) -> dict[UUID, Owed]:
    """By action, on the day that is looked at."""
    found: dict[UUID, Owed] = {}
    for action_id, answer_by in unanswered(read, access):
        held = found.get(action_id, Owed(0, answer_by))
        found[action_id] = Owed(held.many + 1, min(held.answer_by, answer_by))
    return found


def unanswered(read: Read, access: PlanAccess) -> list[tuple[UUID, date]]:
    """(action, the day to answer by) of each question that nobody had answered on the day that is looked at."""
    if access.as_at is None:
        return [(action_id, answer_by) for action_id, answer_by in _OWED.rows(read, plan=access.id)]
    return [(q.action_id, q.answer_by) for q in rows(read, BoardQuestion, access.id, answered_on=None)]


def questions(
    read: Read, access: PlanAccess, *, ref: str | None = None, is_open: bool | None = None
) -> list[QuestionRead]:
    """Unanswered ones first, what is owed soonest at the top; then the answered ones, the newest first."""
    view = plan_view(read, access)
    actions = {a.id: a for a in view.actions}
    equal = {}
    if ref is not None:
        if ref not in view.by_ref:
            raise NotFound(_("There is no action “{ref}” in this plan.", ref=ref))
        equal["action_id"] = view.by_ref[ref].id
    found = [row for row in rows(read, BoardQuestion, access.id, **equal) if row.action_id in actions]
    reads = [_read_model(row, actions[row.action_id], access) for row in found]
    owed = sorted((q for q in reads if q.answered_on is None), key=lambda q: (q.answer_by, q.asked_at))
    done = sorted((q for q in reads if q.answered_on is not None), key=lambda q: q.asked_at, reverse=True)
    return owed if is_open else done if is_open is False else owed + done


def question(read: Read, access: PlanAccess, question_id: UUID) -> QuestionRead:
    actions = {a.id: a for a in plan_view(read, access).actions}
    for row in rows(read, BoardQuestion, access.id, id=question_id):
        if row.action_id in actions:
            return _read_model(row, actions[row.action_id], access)
    raise NotFound(_("There is no such question in this plan."))


def _read_model(row: BoardQuestion, action: ActionView, access: PlanAccess) -> QuestionRead:
    today = access.as_at or clock.today()
    is_open = row.answered_on is None
    return QuestionRead(
        id=row.id,
        ref=action.ref,
        title=action.title,
        question=row.question,
        asked_on=row.asked_on,
        asked_at=row.asked_at,
        asked_by=row.asked_by_name,
        answer_by=row.answer_by,
        is_late=is_open and row.answer_by < today,
        answer=row.answer or None,
        answered_on=row.answered_on,
        answered_by=row.answered_by_name or None,
        may_answer=is_open and access.may("question.answer", action, action.contributor_ids),
        url=f"/plans/{access.slug}/questions/{row.id}",
    )
