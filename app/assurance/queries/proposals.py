"""Proposals as read models: what is asked, who may decide it, and what either answer means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import select

from app.actions.queries import plan_view
from app.actions.rules import Move, Step, slip
from app.actions.view import ActionView, PlanView
from app.assurance import wording
from app.assurance.models import Decision, Proposal, RecordedDecision
from app.assurance.parts import Ruling
from app.assurance.queries.deciding import Bench, bench
from app.assurance.queries.grounds import Grounds, grounds
from app.assurance.queries.log import decision_reads
from app.assurance.queries.settings import preview
from app.assurance.rules import ProposalState, table_rule
from app.assurance.schemas import CountsRead, DecidersRead, DecisionRead, MoveRead, PersonShown, ProposalRead
from app.core.db import Read
from app.core.errors import NotFound
from app.core.words import _
from app.history.queries import rows
from app.people.rules import Role
from app.plans.queries import PlanAccess

WORDS = ("why", "impact", "mitigation", "regulator_agreed", "recovery_plan", "voices_asked_on", "voices_said")
DATES = ("due_date", "regulator_date", "completion_date", "evidence_by_date", "retest_date")


@dataclass(frozen=True, slots=True)
class Context:
    """What all proposals of a plan are shown against, read once."""

    access: PlanAccess
    view: PlanView
    bench: Bench
    actions: Mapping[UUID, ActionView]
    decisions: Mapping[UUID, DecisionRead]
    recorded: Mapping[UUID, RecordedDecision]
    grounds: Grounds


def context(
    read: Read, access: PlanAccess, decisions: Sequence[Decision] = (), asked: Sequence[Proposal] = ()
) -> Context:
    view = plan_view(read, access)
    recorded = rows(read, RecordedDecision, access.id)
    reads = decision_reads(read, access, view, decisions)
    return Context(
        access=access,
        view=view,
        bench=bench(read, access),
        actions={a.id: a for a in view.actions},
        decisions={d.proposal: d for d in reads if d.proposal},
        recorded={r.proposal_id: r for r in recorded},
        grounds=grounds(read, access, {p.action_id for p in asked if p.action_id and p.state is ProposalState.open}),
    )


def proposals(
    read: Read, access: PlanAccess, *, state: ProposalState | None = None, ref: str | None = None
) -> list[ProposalRead]:
    """The newest first; of one action, where `ref` is given (404 where there is none)."""
    equal: dict[str, Any] = {}
    if state is not None:
        equal["state"] = state
    if ref is not None:
        action = plan_view(read, access).by_ref.get(ref)
        if action is None:
            raise NotFound(_("There is no action “{ref}” in this plan.", ref=ref))
        equal["action_id"] = action.id
    found = sorted(rows(read, Proposal, access.id, **equal), key=lambda p: p.id)
    return _read_models(read, access, sorted(found, key=lambda p: p.proposed_at, reverse=True))


def proposals_of(read: Read, access: PlanAccess, wanted: set[UUID]) -> list[ProposalRead]:
    """By their ids, in no order."""
    return _read_models(read, access, rows(read, Proposal, access.id, id=wanted)) if wanted else []


def proposal(read: Read, access: PlanAccess, proposal_id: UUID) -> ProposalRead:
    if access.as_at is None:
        return _read_models(read, access, [proposal_row(read, access, proposal_id)])[0]
    found = rows(read, Proposal, access.id, id=proposal_id)
    if not found:
        raise NotFound(_("There is no such proposal in this plan."))
    return _read_models(read, access, found)[0]


def proposal_row(read: Read, access: PlanAccess, proposal_id: UUID) -> Proposal:
    """Of this plan; another plan's answers exactly as an absent one."""
    wanted = select(Proposal).where(Proposal.plan_id == access.id, Proposal.id == proposal_id)
    row = read.exec(wanted.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFound(_("There is no such proposal in this plan."))
    return row


def waiting_for(read: Read, access: PlanAccess) -> list[ProposalRead]:
    """What the session's own person may decide now, what has waited longest first."""
    found = proposals(read, access, state=ProposalState.open)
    return [p for p in reversed(found) if p.may_decide and p.recorded is None]


def _read_models(read: Read, access: PlanAccess, asked: Sequence[Proposal]) -> list[ProposalRead]:
    if not asked:
        return []
    ground = context(read, access, rows(read, Decision, access.id, proposal_id={p.id for p in asked}), asked)
    return [read_model(row, ground) for row in asked]


def read_model(row: Proposal, ground: Context) -> ProposalRead:
    action = ground.actions.get(row.action_id) if row.action_id else None
    is_open = row.state is ProposalState.open
    body = ground.bench.body_of(row.move, row.brought_to_id)
    before = body.name if body else ""
    ruling = ground.bench.ruling(row, action) if is_open else None
    decision, recorded = ground.decisions.get(row.id), ground.recorded.get(row.id)
    me, is_now = ground.access.actor, ground.access.as_at is None
    is_mine = bool(ruling and me.is_person and is_now and ruling.names(me.id))
    rule = table_rule(row.move, action.stage if action else None)
    return ProposalRead(
        id=row.id,
        state=row.state,
        state_words=_(wording.STATE_WORDS[row.state]),
        move=row.move,
        move_words=wording.move_words(row.move, lowering=_was_lowering(decision)),
        ref=action.ref if action else None,
        title=action.title if action else None,
        **_texts(row, action, decision, ground),
        **{name: getattr(row, name) for name in DATES},
        **{name: getattr(row, name) or None for name in WORDS},
        retest_handed_over=row.retest_handed_over,
        replaced_by=_ref(row.replaced_by_id, ground),
        settings=_settings(row),
        counts=_counts(row, ground),
        edition=_edition(row, ground),
        **_proof(row, action if is_open else None, ground),
        needs_meeting=rule is not None and Step.meeting in rule.decision_gate,
        proposed_on=row.proposed_on,
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by_name,
        **{name: getattr(action.facts, name) if action else None for name in ("slips", "slip_days")},
        body=before or None,
        brought_to=next((b.name for b in ground.bench.bodies if b.id == row.brought_to_id), None),
        recorded=recorded.outcome if recorded else None,
        deciders=deciders_read(ruling, before) if ruling else None,
        may_decide=is_mine,
        may_declare=is_mine and me.id not in ground.bench.declared(row),
        may_withdraw=is_open and is_now and recorded is None and may_withdraw(ground.access, row, action),
        closed_on=row.closed_on,
        closed_by=row.closed_by_name or None,
        closed_why=row.closed_why or None,
        decision=decision,
        url=f"/plans/{ground.access.slug}/proposals/{row.id}",
    )


def deciders_read(ruling: Ruling, body: str) -> DecidersRead:
    return DecidersRead(
        part=ruling.part,
        text=wording.who_decides(ruling, body),
        people=[PersonShown(name=p.name, post=p.post) for p in ruling.people],
        passed_on=wording.passed_on(ruling),
        delegated=wording.delegated(ruling),
        declared=wording.declared(ruling),
    )


def may_withdraw(access: PlanAccess, row: Proposal, action: ActionView | None) -> bool:
    """Who proposed it; and what the office asked for, anybody of that office."""
    me = access.actor
    if me.person_id is not None and me.person_id == row.proposed_by_id:
        return True
    if row.proposed_as != Role.office:
        return False
    offices = {access.organisation_id} | ({action.organisation_id} if action else set())
    return any(g.role == Role.office and g.organisation_id in offices for g in me.grants)


def given_of(row: Proposal, ground_refs: Mapping[UUID, ActionView]) -> dict[str, Any]:
    replaced = ground_refs.get(row.replaced_by_id) if row.replaced_by_id else None
    return {name: getattr(row, name) for name in DATES} | {"replaced_by": replaced.ref if replaced else ""}


def facts_now(action: ActionView | None) -> dict[str, Any]:
    return {name: getattr(action.facts, name) for name in DATES} if action else {}


def _texts(row: Proposal, action: ActionView | None, decision: DecisionRead | None, ground: Context) -> dict[str, str]:
    given, now = given_of(row, ground.actions), facts_now(action)
    if decision is not None:
        now |= {name: _day(decision.before[name]) for name in DATES if name in decision.before}
    lowering = _was_lowering(decision)
    asked = wording.asks(row.move, given, now, lowering=lowering)
    if row.state is not ProposalState.open:
        return {"asks": asked, "agreeing": "", "returning": ""}
    slips, slip_days = _slip_after(row, action)
    counts = _counts(row, ground)
    changed = counts.changed if counts else len(row.given.get("edition", ()))
    return {
        "asks": asked,
        "agreeing": wording.agreeing(row.move, given, slips=slips, slip_days=slip_days, changed=changed),
        "returning": wording.returning(row.move, now, row.proposed_by_name),
    }


def _slip_after(row: Proposal, action: ActionView | None) -> tuple[int, int]:
    if action is None or row.move is not Move.due_date or row.due_date is None:
        return 0, 0
    facts = action.facts
    after = slip(facts.original_due_date, facts.due_date, row.due_date, facts.slips)
    return after.slips, after.slip_days


def _counts(row: Proposal, ground: Context) -> CountsRead | None:
    """Of a waiting change, as things stand now; of a decided one, as they stood when it was decided."""
    if row.move is not Move.plan_settings:
        return None
    if row.state is ProposalState.open:
        return preview(ground.view, row.given.get("settings", {}))
    kept = row.given.get("counts")
    return CountsRead.model_validate(kept) if kept else None


def _proof(row: Proposal, action: ActionView | None, ground: Context) -> dict[str, Any]:
    """Of what is still open: afterwards the decision says what it rested on."""
    if action is None:
        return {"proof": [], "missing": []}
    return {"proof": ground.grounds.resting_on(row, action), "missing": ground.grounds.lacks(row, action)}


def _edition(row: Proposal, ground: Context) -> list[MoveRead] | None:
    """The dates asked for, in the plan's order; the old ones as they stood when it was asked for or agreed."""
    if row.move is not Move.edition:
        return None
    asked = {UUID(line["action"]): line for line in row.given["edition"]}
    return [
        MoveRead(ref=a.ref, title=a.title, old=_day(asked[a.id]["old"]), new=date.fromisoformat(asked[a.id]["new"]))
        for a in ground.view.actions
        if a.id in asked
    ]


def _settings(row: Proposal) -> dict[str, Any] | None:
    return {k: v for k, v in row.given.items() if k != "counts"} if row.move is Move.plan_settings else None


def _ref(action_id: UUID | None, ground: Context) -> str | None:
    found = ground.actions.get(action_id) if action_id else None
    return found.ref if found else None


def _was_lowering(decision: DecisionRead | None) -> bool:
    return decision is not None and decision.before.get("stage") in ("assured", "embedded")


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
