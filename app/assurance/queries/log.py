"""The decision log, and the lists of meetings that wait to be confirmed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

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
from app.history.queries import rows
from app.plans.models import Body, Meeting
from app.plans.queries import PlanAccess


@dataclass(frozen=True, slots=True)
class LogFilters:
    """ref: of one action; the days are those on which a decision was made, both included; who: a part of a name."""

    ref: str | None = None
    move: Move | None = None
    outcome: Outcome | None = None
    body: str | None = None
    since: date | None = None
    until: date | None = None
    meeting: UUID | None = None
    who: str | None = None

    def lets(self, row: Decision) -> bool:
        """By what is told of it: the days, the meeting that took or ratified it, and a part of a name."""
        return (
            (self.since is None or row.decided_on >= self.since)
            and (self.until is None or row.decided_on <= self.until)
            and (self.meeting is None or self.meeting in (row.meeting_id, row.ratified_at_id))
            and (not self.who or self.who.casefold() in f"{row.decided_by_name}\n{row.recorded_by_name}".casefold())
        )


def decisions(read: Read, access: PlanAccess, filters: LogFilters | None = None) -> list[DecisionRead]:
    """The newest first."""
    asked = filters or LogFilters()
    view = plan_view(read, access)
    equal: dict[str, Any] = {}
    if asked.ref is not None:
        action = view.by_ref.get(asked.ref)
        if action is None:
            raise NotFound(_("There is no action “{ref}” in this plan.", ref=asked.ref))
        equal["action_id"] = action.id
    if asked.move is not None:
        equal["move"] = asked.move
    if asked.outcome is not None:
        equal["outcome"] = asked.outcome
    if asked.body:
        equal["body_id"] = [b.id for b in rows(read, Body, access.id, name=asked.body)]
    found = [row for row in rows(read, Decision, access.id, **equal) if asked.lets(row)]
    return decision_reads(read, access, view, newest_first(found))


def newest_first(found: Iterable[Decision]) -> list[Decision]:
    return sorted(sorted(found, key=lambda d: d.id), key=lambda d: d.decided_at, reverse=True)


def decision_reads(read: Read, access: PlanAccess, view: PlanView, taken: Sequence[Decision]) -> list[DecisionRead]:
    if not taken:
        return []
    named = {b.id: b.name for b in rows(read, Body, access.id)}
    met = _meetings(read, access, taken)
    actions = {a.id: a for a in view.actions}
    found = []
    for row in taken:
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
                delegated_by=row.delegated_by or None,
                chairs_action=row.chairs_action,
                ratified_at=met.get(row.ratified_at_id) if row.ratified_at_id else None,
                before=row.before,
                after=row.after,
                why=row.why or None,
            )
        )
    return found


def decision(read: Read, access: PlanAccess, decision_id: UUID) -> DecisionRead:
    found = rows(read, Decision, access.id, id=decision_id)
    if not found:
        raise NotFound(_("There is no such decision in this plan."))
    return decision_reads(read, access, plan_view(read, access), found)[0]


def to_ratify(read: Read, access: PlanAccess, body_id: UUID, held_on: date) -> Sequence[Decision]:
    """Chair's actions of a body, up to the day of its meeting, that no meeting has made its own."""
    found = rows(read, Decision, access.id, body_id=body_id, chairs_action=True, ratified_at_id=None)
    return sorted((d for d in found if d.decided_on <= held_on), key=lambda d: d.decided_at)


def _meetings(read: Read, access: PlanAccess, taken: Sequence[Decision]) -> dict[UUID, MeetingShown]:
    ids = {i for d in taken for i in (d.meeting_id, d.ratified_at_id) if i}
    held = rows(read, Meeting, access.id, id=ids) if ids else []
    return {m.id: MeetingShown(id=m.id, name=m.name, date=m.held_on) for m in held}
