"""The board's questions: asked on an action, shown until they are answered."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import select

from app.actions.queries import action as action_view
from app.assurance import queries
from app.assurance.commands.ground import begun
from app.assurance.models import BoardQuestion
from app.assurance.schemas import NewAnswer, NewQuestion
from app.core.db import Write
from app.core.errors import Conflict, Invalid, NotFound
from app.core.moment import now_of, today_of
from app.core.words import _
from app.people.permissions import require_person
from app.plans.queries import PlanAccess

USUAL_DAYS, LONGEST_DAYS = 14, 366


def ask_question(tx: Write, *, access: PlanAccess, ref: str, given: NewQuestion) -> BoardQuestion:
    require_person(tx.actor)
    access = begun(tx, access)
    action = action_view(tx, access, ref)
    access.require("question.ask", action, action.contributor_ids)
    today = today_of(tx)
    by = given.answer_by or today + timedelta(days=USUAL_DAYS)
    if by < today:
        raise Invalid("answer_by", _("This day has passed. Enter today or a later day."))
    if (by - today).days > LONGEST_DAYS:
        raise Invalid("answer_by", _("Enter a day within a year."))
    row = BoardQuestion(
        plan_id=access.id,
        action_id=action.id,
        question=given.question,
        asked_on=today,
        asked_at=now_of(tx),
        asked_by_id=tx.actor.person_id,
        asked_by_name=tx.actor.name[:120],
        answer_by=by,
    )
    tx.act("question.asked", why=given.question)
    tx.add(row)
    tx.flush()
    return row


def answer_question(tx: Write, *, access: PlanAccess, question_id: UUID, given: NewAnswer) -> BoardQuestion:
    """By who answers for the action: its owner, its lead executive, the office."""
    access = begun(tx, access)
    wanted = select(BoardQuestion).where(BoardQuestion.plan_id == access.id, BoardQuestion.id == question_id)
    row = tx.exec(wanted).first()
    if row is None:
        raise NotFound(_("There is no such question in this plan."))
    action = queries.action_by_id(tx, access, row.action_id)
    access.require("question.answer", action, action.contributor_ids)
    if row.answered_on is not None:
        raise Conflict(_("This was answered already. Nothing was changed."), "answered")
    tx.act("question.answered", why=given.answer)
    row.answer, row.answered_on = given.answer, today_of(tx)
    row.answered_by_id, row.answered_by_name = tx.actor.person_id, tx.actor.name[:120]
    tx.flush()
    return row
