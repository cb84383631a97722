"""The one place where a proposal ends in a decision: gate, effects, record, facts of the action."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import select

from app.actions.commands import note_facts
from app.actions.queries import of_id, plan_view
from app.actions.reasons import stage_word
from app.actions.rules import Move, MoveRule, Part, Step, missing_for_decision
from app.actions.view import ActionView
from app.assurance import queries
from app.assurance.commands.editions import apply_edition
from app.assurance.commands.effects import apply
from app.assurance.commands.ground import count_open
from app.assurance.models import Decision, Proposal, RecordedDecision
from app.assurance.rules import LOWERING_ACTS, ProposalState, Verdict, table_rule
from app.core.db import Write
from app.core.errors import Conflict, Invalid
from app.core.moment import now_of, today_of
from app.core.words import _
from app.plans import commands as plans
from app.plans.models import Meeting
from app.plans.queries import PlanAccess, plan_row
from app.plans.schemas import BodyRead


@dataclass(frozen=True, slots=True)
class Settling:
    """How a proposal ends. capacity: the part the decider acts in; recorded: what the office wrote down before."""

    proposal: Proposal
    action: ActionView | None
    verdict: Verdict
    why: str = ""
    regulator_agreed: str = ""
    body: BodyRead | None = None
    meeting: Meeting | None = None
    capacity: Part | None = None
    passed_on: str = ""
    delegated_by: str = ""
    recorded: RecordedDecision | None = None
    act: str = ""


def settle(tx: Write, access: PlanAccess, how: Settling) -> Decision:
    """Called behind the claim, by who may; checks the gate once more and writes decision, effects and facts."""
    row, outcome = how.proposal, how.verdict.outcome
    rule = settled_rule(tx, access, how, today_of(tx))
    tx.act(how.act or f"proposal.{outcome.value}", why=how.why or None)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    if how.regulator_agreed:
        row.regulator_agreed = how.regulator_agreed
    if how.verdict is Verdict.accept and row.move is Move.edition:
        tx.act("edition.agreed", why=how.why or None)
        before, after = apply_edition(tx, access, row)
    elif how.verdict is Verdict.accept and row.move is Move.plan_settings:
        before, after = _change_settings(tx, access, row)
    elif how.verdict is Verdict.accept and rule is not None and row.action_id:
        before, after = apply(tx, access, row, row.action_id, rule, today_of(tx))
    elif row.move is Move.delivered and row.action_id:
        note_facts(tx, access=access, action_id=row.action_id, claimed_on=None)
    row.state = how.verdict.state
    row.closed_on = today_of(tx)
    made = _decision(tx, access, how, before, after)
    tx.add(made)
    if how.recorded is not None:
        tx.delete(how.recorded)
    count_open(tx, access, row)
    tx.flush()
    if how.verdict is Verdict.accept and row.action_id:
        _close_the_impossible(tx, access, row)
    return made


def settled_rule(tx: Write, access: PlanAccess, how: Settling, today: date) -> MoveRule | None:
    """The table's row, with every check that must hold before this ending; None for a return of what cannot be."""
    row, action = how.proposal, how.action
    rule = table_rule(row.move, action.stage if action else None)
    if how.verdict is Verdict.return_:
        if not how.why.strip():
            raise Invalid("why", _("Say why it is returned, so that it can be put right."))
        return rule
    if rule is None or (action is not None and rule.is_lowering and how.act not in LOWERING_ACTS):
        stage = stage_word(action.stage) if action else ""
        raise Conflict(
            _("The action is “{stage}” now, so this can no longer be agreed. Return it.", stage=stage), "moved_on"
        )
    if action is not None:
        steps = _missing(tx, access, how, rule, action, today)
    else:
        steps = (Step.meeting,) if Step.meeting in rule.decision_gate and how.meeting is None else ()
    queries.refuse_missing(steps, ("why", "meeting", "regulator_agreed"), "outcome")
    return rule


def _missing(
    tx: Write, access: PlanAccess, how: Settling, rule: MoveRule, action: ActionView, today: date
) -> tuple[Step, ...]:
    row, meeting = how.proposal, how.meeting
    base = queries.grounds(tx, access, [action.id], today).given(action, row.move)
    known = replace(
        queries.asked_for(row, base),
        meeting_name=meeting.name if meeting else "",
        meeting_date=meeting.held_on if meeting else None,
        regulator_agreement=how.regulator_agreed or row.regulator_agreed,
    )
    return missing_for_decision(rule, action.facts, known, access.settings, today)


def _decision(tx: Write, access: PlanAccess, how: Settling, before: dict[str, Any], after: dict[str, Any]) -> Decision:
    row, recorded = how.proposal, how.recorded
    seated = how.capacity in (Part.chair, Part.deputy)
    return Decision(
        plan_id=access.id,
        proposal_id=row.id,
        action_id=row.action_id,
        move=row.move,
        outcome=how.verdict.outcome,
        body_id=how.body.id if how.body else None,
        meeting_id=how.meeting.id if how.meeting else None,
        decided_on=today_of(tx),
        decided_at=now_of(tx),
        decided_by_id=tx.actor.id,
        decided_by_name=tx.actor.name[:120],
        capacity=how.capacity.value if how.capacity else "",
        recorded_by_id=recorded.recorded_by_id if recorded else None,
        recorded_by_name=recorded.recorded_by_name if recorded else "",
        passed_on=how.passed_on[:400],
        delegated_by=how.delegated_by[:400],
        chairs_action=seated and how.meeting is None and how.body is not None,
        before=before,
        after=after,
        why=how.why,
    )


def _change_settings(tx: Write, access: PlanAccess, row: Proposal) -> tuple[dict[str, Any], dict[str, Any]]:
    plan = plan_row(tx, access)
    counts = queries.preview(plan_view(tx, access), row.given.get("settings", {}))
    wanted, legend = row.given.get("settings", {}), row.given.get("legend")
    before: dict[str, Any] = {"counts": counts.before, "settings": {k: getattr(access.settings, k) for k in wanted}}
    after: dict[str, Any] = {"counts": counts.after, "settings": dict(wanted)}
    plans.apply_settings(plan, dict(wanted))
    if legend is not None:
        before["legend"], after["legend"] = dict(plan.legend), dict(legend)
        plan.legend = {k: v for k, v in (plan.legend | legend).items() if v}
    row.given = row.given | {"counts": counts.model_dump()}
    return before, after


def _close_the_impossible(tx: Write, access: PlanAccess, row: Proposal) -> None:
    """What the new stage no longer allows is withdrawn, so that nobody is asked in vain. It stays visible."""
    action = of_id(plan_view(tx, access), row.action_id) if row.action_id else None
    if action is None:
        return
    because = _("The action is “{stage}” now.", stage=stage_word(action.stage))
    others = select(Proposal).where(
        Proposal.plan_id == access.id, Proposal.action_id == action.id, Proposal.state == ProposalState.open
    )
    over = [other for other in tx.exec(others).all() if not _still_possible(other, action)]
    for other in over:
        tx.act("proposal.withdrawn", why=because)
        pending = tx.exec(select(RecordedDecision).where(RecordedDecision.proposal_id == other.id)).first()
        if pending is not None:
            tx.delete(pending)
        other.state, other.closed_on = ProposalState.withdrawn, today_of(tx)
        other.closed_by_name, other.closed_why = tx.actor.name[:120], because
    if over:
        count_open(tx, access, row)
        tx.flush()


def _still_possible(row: Proposal, action: ActionView) -> bool:
    rule = table_rule(row.move, action.stage)
    return rule is not None and not rule.is_lowering
