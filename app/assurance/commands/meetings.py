"""What a body decided at a meeting: recorded by the office, in effect when the chair or a deputy confirms the list."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.actions.rules import Part
from app.assurance import queries, wording
from app.assurance.commands.attending import attend, require_quorum, set_present
from app.assurance.commands.ground import action_of, begun, meeting_for, open_row
from app.assurance.commands.refusals import Refusals
from app.assurance.commands.settling import Settling, settle, settled_rule
from app.assurance.models import Decision, Proposal, RecordedDecision
from app.assurance.parts import conflicts_of
from app.assurance.queries import Bench
from app.assurance.rules import Outcome, Verdict
from app.assurance.schemas import Confirmation, NewRecord, NewWithdrawal, RecordedItem
from app.core.db import Write
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.moment import today_of
from app.core.words import _
from app.people.permissions import require_person
from app.plans.models import Meeting
from app.plans.queries import PlanAccess, meeting_row
from app.plans.rules import BodyRole
from app.plans.schemas import BodyRead


def record(tx: Write, *, access: PlanAccess, given: NewRecord) -> Meeting:
    """Write down a body's decisions. Nothing changes until its chair or a deputy confirms the list."""
    access = begun(tx, access)
    access.require("meeting.record")
    rows = [queries.proposal_row(tx, access, item.proposal) for item in given.items]
    if len({r.id for r in rows}) < len(rows):
        raise Invalid("items", _("A proposal stands in this list twice. Keep it once."))
    bench = queries.bench(tx, access)
    body = bench.named(given.body, rows[0])
    tx.act("meeting.recorded")
    meeting = meeting_for(tx, access, body, given.meeting)
    if body is not None:
        attend(tx, access, body, meeting, given.meeting.present, field="meeting.present")
    refused = Refusals(tx, access)
    for place, (item, row) in enumerate(zip(given.items, rows, strict=True)):
        with refused.noted(f"items.{place}", place, row.id):
            _record_one(tx, access, bench, body, meeting, item, row)
    refused.refuse()
    tx.flush()
    return meeting


def confirm_meeting(
    tx: Write, *, access: PlanAccess, meeting_id: UUID, given: Confirmation
) -> tuple[list[Decision], list[Decision], list[Proposal]]:
    """Everything recorded for a meeting takes effect in one act.

    Answers with the decisions, the chair's actions ratified, and what is left for somebody else: nobody confirms a
    decision on their own proposal or action.
    """
    require_person(tx.actor)
    access = begun(tx, access)
    access.require("meeting.confirm")
    meeting = meeting_row(tx, access.id, meeting_id)
    bench = queries.bench(tx, access)
    body = _confirmable(tx, bench, meeting)
    ratifying = _to_ratify(tx, access, meeting, given.ratify)
    listed = _listed(tx, access, meeting)
    if not listed and not ratifying:
        raise Conflict(_("Nothing is recorded for this meeting that waits to be confirmed."), "nothing_to_confirm")
    tx.act("meeting.confirmed")
    if given.present is not None:
        set_present(tx, access, body, meeting, given.present)
    require_quorum(tx, access, body, meeting, "present")
    made, left = [], []
    for recorded, proposal in listed:
        # Who wrote a decision down does not confirm it as well, whatever seats they hold.
        if recorded.recorded_by_id == tx.actor.id or _is_own(tx, access, bench, body, proposal):
            left.append(proposal)
        else:
            made.append(_confirm_one(tx, access, body, meeting, recorded, proposal))
    if left and not made and not ratifying:
        raise Forbidden(
            _("Nobody confirms what they recorded, or a decision on their own proposal or action. Ask another chair.")
        )
    tx.act("meeting.confirmed")
    for decision in ratifying:
        decision.ratified_at_id = meeting.id
    meeting.confirmed_on, meeting.confirmed_by_id = today_of(tx), tx.actor.id
    tx.flush()
    return made, ratifying, left


def strike(tx: Write, *, access: PlanAccess, recorded_id: UUID, given: NewWithdrawal) -> Proposal:
    """Take an entry off a meeting's list: by the office that wrote it, or by who may confirm the list."""
    access = begun(tx, access)
    wanted = select(RecordedDecision).where(RecordedDecision.plan_id == access.id, RecordedDecision.id == recorded_id)
    row = tx.exec(wanted).first()
    if row is None:
        raise NotFound(_("There is no such entry in a meeting's list of this plan."))
    meeting = meeting_row(tx, access.id, row.meeting_id)
    confirming = queries.confirmers(queries.bench(tx, access), meeting.body_id, None)
    if not access.may("meeting.record") and tx.actor.id not in {p.id for p in confirming}:
        raise Forbidden(_("Only the programme office, and the chair or a deputy of the body, may do this."))
    tx.act("meeting.struck", why=given.why)
    proposal = queries.proposal_row(tx, access, row.proposal_id)
    tx.delete(row)
    tx.flush()
    return proposal


def _record_one(
    tx: Write,
    access: PlanAccess,
    bench: Bench,
    body: BodyRead | None,
    meeting: Meeting,
    item: RecordedItem,
    row: Proposal,
) -> None:
    open_row(tx, row)
    own = bench.named(body.name if body else None, row)
    if own is None or own.id != meeting.body_id:
        raise Invalid("proposal", _("This is before another body. Record it with that body's meeting."))
    how = Settling(
        row,
        action_of(tx, access, row),
        item.outcome,
        why=item.why or "",
        regulator_agreed=item.regulator_agreed or "",
        body=body,
        meeting=meeting,
    )
    settled_rule(tx, access, how, today_of(tx))
    tx.add(
        RecordedDecision(
            plan_id=access.id,
            proposal_id=row.id,
            action_id=row.action_id,
            meeting_id=meeting.id,
            outcome=item.outcome.outcome,
            why=item.why or "",
            regulator_agreed=item.regulator_agreed or "",
            recorded_on=today_of(tx),
            recorded_by_id=tx.actor.person_id,
            recorded_by_name=tx.actor.name[:120],
        )
    )


def _confirmable(tx: Write, bench: Bench, meeting: Meeting) -> BodyRead:
    body = next((b for b in bench.bodies if b.id == meeting.body_id), None)
    if body is None:
        raise Conflict(_("The body of this meeting has been put away."), "archived")
    may = queries.confirmers(bench, body.id, None)
    if tx.actor.id not in {p.id for p in may}:
        who = wording.names(may) if may else _("nobody yet")
        raise Forbidden(
            _("The list of “{body}” is confirmed by its chair or a deputy: {who}.", body=body.name, who=who)
        )
    return body


def _listed(tx: Write, access: PlanAccess, meeting: Meeting) -> Sequence[tuple[RecordedDecision, Proposal]]:
    rows = tx.exec(
        select(RecordedDecision, Proposal)
        .join(Proposal, col(Proposal.id) == RecordedDecision.proposal_id)
        .where(RecordedDecision.plan_id == access.id, RecordedDecision.meeting_id == meeting.id)
        .order_by(col(Proposal.proposed_at), col(Proposal.id))
    ).all()
    return [(recorded, proposal) for recorded, proposal in rows]


def _to_ratify(tx: Write, access: PlanAccess, meeting: Meeting, ids: Sequence[UUID]) -> list[Decision]:
    found = {d.id: d for d in queries.to_ratify(tx, access, meeting.body_id, meeting.held_on)}
    if strange := set(ids) - set(found):
        raise Invalid("ratify", _("{n} of these cannot be ratified at this meeting.", n=len(strange)))
    return [found[i] for i in dict.fromkeys(ids)]


def _is_own(tx: Write, access: PlanAccess, bench: Bench, body: BodyRead, proposal: Proposal) -> bool:
    case = bench.case_of(action_of(tx, access, proposal), body)
    is_declared = tx.actor.id in bench.declared(proposal)
    return is_declared or str(tx.actor.id) in conflicts_of(case, proposal.proposed_by_id)


def _confirm_one(
    tx: Write,
    access: PlanAccess,
    body: BodyRead,
    meeting: Meeting,
    recorded: RecordedDecision,
    proposal: Proposal,
) -> Decision:
    me = tx.actor.id
    is_chair = me is not None and body.holds(me, BodyRole.chair)
    verdict = Verdict.accept if recorded.outcome is Outcome.accepted else Verdict.return_
    return settle(
        tx,
        access,
        Settling(
            proposal,
            action_of(tx, access, proposal),
            verdict,
            why=recorded.why,
            regulator_agreed=recorded.regulator_agreed,
            body=body,
            meeting=meeting,
            capacity=Part.chair if is_chair else Part.deputy,
            recorded=recorded,
        ),
    )
