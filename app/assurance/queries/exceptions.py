"""Exception reports as read models, with what became of what they propose."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.actions.queries import of_id, plan_view
from app.actions.rules import Move
from app.actions.view import ActionView
from app.assurance.models import ExceptionReport
from app.assurance.parts import conflicts_of, may_decide_here, rule_on
from app.assurance.queries.deciding import Bench, bench
from app.assurance.queries.proposals import proposals_of
from app.assurance.rules import table_rule
from app.assurance.schemas import ExceptionRead, ProposalRead
from app.core.db import Read
from app.core.errors import NotFound
from app.core.words import _
from app.history.queries import rows
from app.plans.queries import PlanAccess


def exceptions(read: Read, access: PlanAccess, *, ref: str | None = None) -> list[ExceptionRead]:
    """The newest first; of one action, where `ref` is given (404 where there is none)."""
    equal: dict[str, Any] = {}
    if ref is not None:
        action = plan_view(read, access).by_ref.get(ref)
        if action is None:
            raise NotFound(_("There is no action “{ref}” in this plan.", ref=ref))
        equal["action_id"] = action.id
    return _read_models(read, access, rows(read, ExceptionReport, access.id, **equal))


@dataclass(frozen=True, slots=True)
class ToAnswer:
    ref: str
    ask: str
    url: str


def exceptions_waiting(read: Read, access: PlanAccess, seats: Callable[[], Bench] | None = None) -> list[ToAnswer]:
    """Of those whose ask the session's own person may answer now, the newest first, for a line on each.

    seats: the plan's bench, where it is at hand.
    """
    asked = [row for row in rows(read, ExceptionReport, access.id, answered_on=None) if row.ask]
    if not asked or access.as_at is not None or not access.actor.is_person:
        return []
    actions, here = {a.id: a for a in plan_view(read, access).actions}, seats() if seats else bench(read, access)
    return [
        ToAnswer(actions[row.action_id].ref, row.ask, _address(access, row))
        for row in sorted(asked, key=lambda row: (row.made_at, row.id), reverse=True)
        if row.action_id in actions and may_answer_exception(here, row, actions[row.action_id])
    ]


def exception(read: Read, access: PlanAccess, report_id: UUID) -> ExceptionRead:
    found = _read_models(read, access, rows(read, ExceptionReport, access.id, id=report_id))
    if not found:
        raise NotFound(_("There is no such exception report in this plan."))
    return found[0]


def may_answer_exception(seats: Bench, row: ExceptionReport, action: ActionView) -> bool:
    """The action's lead executive, or who decides its dates for the group; nobody on their own report or action."""
    me = next((p for p in seats.players if p.id == seats.access.actor.id), None)
    rule = table_rule(Move.descoped, action.stage)
    if me is None or rule is None:
        return False
    case = seats.case_of(action, seats.body_of(Move.due_date))
    if me.id == action.lead_executive_id and may_decide_here(me, case):
        return me.key not in conflicts_of(case, row.made_by_id)
    return rule_on(rule, seats.players, case, row.made_by_id, None).names(me.id)


def action_by_id(read: Read, access: PlanAccess, action_id: UUID) -> ActionView:
    """The action behind a row that may be seen; 404 where it is not of this plan."""
    found = of_id(plan_view(read, access), action_id)
    if found is None:
        raise NotFound(_("There is no such action in this plan."))
    return found


def _read_models(read: Read, access: PlanAccess, found: list[ExceptionReport]) -> list[ExceptionRead]:
    if not found:
        return []
    actions = {a.id: a for a in plan_view(read, access).actions}
    wanted = {key for row in found for key in (row.date_proposal_id, row.recovery_proposal_id) if key}
    asked = {p.id: p for p in proposals_of(read, access, wanted)}
    seats = bench(read, access)
    order = sorted(found, key=lambda row: (row.made_at, row.id), reverse=True)
    return [_read_model(row, actions[row.action_id], asked, seats) for row in order if row.action_id in actions]


def _read_model(
    row: ExceptionReport, action: ActionView, asked: dict[UUID, ProposalRead], seats: Bench
) -> ExceptionRead:
    access = seats.access
    is_open = bool(row.ask) and row.answered_on is None and access.as_at is None and access.actor.is_person
    return ExceptionRead(
        id=row.id,
        ref=action.ref,
        title=action.title,
        cause=row.cause,
        interim_control=row.interim_control,
        recovery_plan=row.recovery_plan,
        new_due_date=row.new_due_date,
        ask=row.ask or None,
        made_on=row.made_on,
        made_at=row.made_at,
        made_by=row.made_by_name,
        date_proposal=asked.get(row.date_proposal_id) if row.date_proposal_id else None,
        recovery_proposal=asked.get(row.recovery_proposal_id) if row.recovery_proposal_id else None,
        answer=row.answer or None,
        answered_on=row.answered_on,
        answered_by=row.answered_by_name or None,
        may_answer=is_open and may_answer_exception(seats, row, action),
        url=_address(access, row),
    )


def _address(access: PlanAccess, row: ExceptionReport) -> str:
    return f"/plans/{access.slug}/exceptions/{row.id}"
