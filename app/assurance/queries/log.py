"""The decision log, and the lists of meetings that wait to be confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, or_, select

from app.actions.queries import plan_view
from app.actions.rules import Move
from app.actions.view import PlanView
from app.assurance import wording
from app.assurance.models import Decision
from app.assurance.rules import Outcome
from app.assurance.schemas import DecisionRead, MeetingShown
from app.core.db import Read
from app.core.errors import NotFound
from app.core.words import _
from app.plans.models import Body, Meeting
from app.plans.queries import PlanAccess


@dataclass(frozen=True, slots=True)
class LogFilters:
    """ref: of one action; the days are those on which a decision was made, both included."""

    ref: str | None = None
    move: Move | None = None
    outcome: Outcome | None = None
    body: str | None = None
    since: date | None = None
    until: date | None = None


def decisions(read: Read, access: PlanAccess, filters: LogFilters | None = None) -> list[DecisionRead]:
    """The newest first."""
    asked = filters or LogFilters()
    view = plan_view(read, access)
    wanted: Any = select(Decision).where(Decision.plan_id == access.id)
    if asked.ref is not None:
        action = view.by_ref.get(asked.ref)
        if action is None:
            raise NotFound(_("There is no action “{ref}” in this plan.", ref=asked.ref))
        wanted = wanted.where(Decision.action_id == action.id)
    if asked.move is not None:
        wanted = wanted.where(Decision.move == asked.move)
    if asked.outcome is not None:
        wanted = wanted.where(Decision.outcome == asked.outcome)
    if asked.body:
        wanted = wanted.where(col(Decision.body_id).in_(select(Body.id).where(Body.name == asked.body)))
    if asked.since is not None:
        wanted = wanted.where(Decision.decided_on >= asked.since)
    if asked.until is not None:
        wanted = wanted.where(Decision.decided_on <= asked.until)
    rows = read.exec(wanted.order_by(col(Decision.decided_at).desc(), col(Decision.id))).all()
    return decision_reads(read, access, view, rows)


def decision_reads(read: Read, access: PlanAccess, view: PlanView, rows: Sequence[Decision]) -> list[DecisionRead]:
    if not rows:
        return []
    named = dict(read.exec(select(Body.id, Body.name).where(Body.plan_id == access.id)).all())
    met = _meetings(read, access, rows)
    actions = {a.id: a for a in view.actions}
    found = []
    for row in rows:
        action = actions.get(row.action_id) if row.action_id else None
        found.append(
            DecisionRead(
                id=row.id,
                proposal=row.proposal_id,
                ref=action.ref if action else None,
                title=action.title if action else None,
                move=row.move,
                move_words=wording.move_words(row.move, lowering=row.before.get("stage") in ("assured", "embedded")),
                outcome=row.outcome,
                text=wording.decided_text(row.outcome, row.move, row.before, row.after),
                body=named.get(row.body_id) if row.body_id else None,
                meeting=met.get(row.meeting_id) if row.meeting_id else None,
                decided_on=row.decided_on,
                decided_at=row.decided_at,
                decided_by=row.decided_by_name,
                capacity=wording.part_words(row.capacity),
                recorded_by=row.recorded_by_name or None,
                passed_on=row.passed_on or None,
                chairs_action=row.chairs_action,
                ratified_at=met.get(row.ratified_at_id) if row.ratified_at_id else None,
                before=row.before,
                after=row.after,
                why=row.why or None,
            )
        )
    return found


def decision(read: Read, access: PlanAccess, decision_id: UUID) -> DecisionRead:
    wanted = select(Decision).where(Decision.plan_id == access.id, Decision.id == decision_id)
    rows = read.exec(wanted).all()
    if not rows:
        raise NotFound(_("There is no such decision in this plan."))
    return decision_reads(read, access, plan_view(read, access), rows)[0]


def to_ratify(read: Read, access: PlanAccess, body_id: UUID, held_on: date) -> Sequence[Decision]:
    """Chair's actions of a body, up to the day of its meeting, that no meeting has made its own."""
    return read.exec(
        select(Decision)
        .where(
            Decision.plan_id == access.id,
            Decision.body_id == body_id,
            col(Decision.chairs_action).is_(True),
            col(Decision.ratified_at_id).is_(None),
            Decision.decided_on <= held_on,
        )
        .order_by(col(Decision.decided_at))
    ).all()


def _meetings(read: Read, access: PlanAccess, rows: Sequence[Decision]) -> dict[UUID, MeetingShown]:
    ids = {i for r in rows for i in (r.meeting_id, r.ratified_at_id) if i}
    if not ids:
        return {}
    held = read.exec(select(Meeting).where(Meeting.plan_id == access.id, or_(col(Meeting.id).in_(ids)))).all()
    return {m.id: MeetingShown(id=m.id, name=m.name, date=m.held_on) for m in held}
