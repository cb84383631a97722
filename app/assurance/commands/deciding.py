"""Deciding on what somebody else asked for: people only, never on their own, one record each."""

from uuid import UUID

from app.actions.rules import Part
from app.actions.view import ActionView
from app.assurance import queries, wording
from app.assurance.commands.attending import attend, require_quorum
from app.assurance.commands.ground import action_of, begun, meeting_for, open_row, to_decide
from app.assurance.commands.refusals import Refusals
from app.assurance.commands.settling import Settling, settle
from app.assurance.models import Decision, Proposal
from app.assurance.parts import Ruling
from app.assurance.rules import Move, body_kind
from app.assurance.schemas import Bringing, ManyDecisions, NewDecision
from app.core.db import Write
from app.core.errors import Forbidden, Invalid
from app.core.words import _
from app.people.permissions import require_person
from app.plans.models import Meeting
from app.plans.queries import PlanAccess
from app.plans.rules import BodyKind
from app.plans.schemas import BodyRead

# What all of them share is wrong once, beside its own field.
_SHARED = ("why", "body", "meeting")


def decide(tx: Write, *, access: PlanAccess, proposal_id: UUID, given: NewDecision) -> Decision:
    """Accept or return. 403 with who may, for anybody else; 409 where it is over; 422 for a gate or a reason."""
    require_person(tx.actor)
    return _decide(tx, begun(tx, access), proposal_id, given)


def decide_many(tx: Write, *, access: PlanAccess, given: ManyDecisions) -> list[Decision]:
    """The same answer to each, one record each; one refusal refuses all, and all refusals are named."""
    require_person(tx.actor)
    access = begun(tx, access)
    made, refused = [], Refusals(tx, access)
    for place, proposal_id in enumerate(dict.fromkeys(given.proposals)):
        with refused.noted(f"proposals.{place}", place, proposal_id, kept=_SHARED):
            made.append(_decide(tx, access, proposal_id, given))
    refused.refuse()
    return made


def bring_to_meeting(tx: Write, *, access: PlanAccess, proposal_id: UUID, given: Bringing) -> Proposal:
    """Who may decide it puts it on a body's agenda instead: from then on it is that body's chair who decides."""
    require_person(tx.actor)
    access = begun(tx, access)
    row, bench = to_decide(tx, access, proposal_id)
    body = queries.find_body(bench.bodies, given.body) if given.body else bench.body_of(row.move)
    if body is None:
        raise Invalid("body", _("There is no such body in this plan. Choose one of its bodies."))
    if body_kind(row.move) is BodyKind.assurance_panel and body.kind is not BodyKind.assurance_panel:
        raise Invalid("body", _("Proof is judged by an assurance panel. Choose one."))
    tx.act("proposal.brought")
    row.brought_to_id = body.id
    tx.flush()
    return row


def _decide(tx: Write, access: PlanAccess, proposal_id: UUID, given: NewDecision) -> Decision:
    row = queries.proposal_row(tx, access, proposal_id)
    action = action_of(tx, access, row)
    access.require("proposal.decide", action)
    open_row(tx, row)
    bench = queries.bench(tx, access)
    body = bench.named(given.body, row)
    ruling = bench.ruling(row, action, body)
    if not ruling.names(tx.actor.id):
        raise Forbidden(_refusal(ruling, row, action, tx, body))
    tx.act(f"proposal.{given.outcome.outcome.value}", why=given.why)
    meeting = _met(tx, access, body, given)
    has_body = ruling.part is not Part.lead_executive or meeting is not None
    return settle(
        tx,
        access,
        Settling(
            row,
            action,
            given.outcome,
            why=given.why or "",
            regulator_agreed=given.regulator_agreed or "",
            body=body if has_body else None,
            meeting=meeting,
            capacity=ruling.part,
            passed_on=wording.passed_on(ruling),
            delegated_by=wording.by_delegation(ruling, tx.actor.id),
        ),
    )


def _met(tx: Write, access: PlanAccess, body: BodyRead | None, given: NewDecision) -> Meeting | None:
    """The meeting at which it is decided, with enough of the body's members there."""
    if given.meeting is None:
        return None
    meeting = meeting_for(tx, access, body, given.meeting)
    if body is not None:
        attend(tx, access, body, meeting, given.meeting.present, field="meeting.present", me=tx.actor.id)
        require_quorum(tx, access, body, meeting, "meeting.present")
    return meeting


def _refusal(ruling: Ruling, row: Proposal, action: ActionView | None, tx: Write, body: BodyRead | None) -> str:
    if not ruling.people and action is not None and row.move is not Move.plan_settings and not ruling.first:
        return _("The action has moved on, so nobody can decide this any more. It can be withdrawn.")
    return wording.not_you(ruling, str(tx.actor.id), body.name if body else "")
