"""Meetings whose list of decisions the office recorded and nobody has confirmed, and what they may ratify."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app.actions.queries import plan_view
from app.actions.rules import Part
from app.actions.view import ActionView
from app.assurance.models import Attendance, Decision, Proposal, RecordedDecision
from app.assurance.parts import Player, parts_of
from app.assurance.queries.deciding import Bench, bench
from app.assurance.queries.log import decision_reads, to_ratify
from app.assurance.queries.proposals import Context, context, read_model
from app.assurance.schemas import DecisionRead, MeetingListRead, RecordedRead, SeatRead
from app.assurance.wording import names
from app.core import clock
from app.core.db import Read
from app.history.queries import rows
from app.plans.models import Meeting
from app.plans.queries import PlanAccess
from app.plans.rules import BodyRole
from app.plans.schemas import BodyRead

_CONFIRMS = frozenset({Part.chair, Part.deputy})


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """A meeting's list with so many decisions."""

    id: UUID
    name: str
    count: int


def lists_to_confirm(read: Read, access: PlanAccess, seats: Callable[[], Bench] | None = None) -> list[ToConfirm]:
    """Those of `meeting_lists` with decisions that the session's own person may confirm, for a line on each.

    seats: the plan's bench, where it is at hand.
    """
    counted = Counter(r.meeting_id for r in rows(read, RecordedDecision, access.id))
    if not counted or access.as_at is not None or not access.actor.is_person:
        return []
    found, here = rows(read, Meeting, access.id, id=set(counted)), seats() if seats else bench(read, access)
    mine = [m for m in found if any(p.id == access.actor.id for p in confirmers(here, m.body_id, None))]
    return [ToConfirm(m.id, m.name, counted[m.id]) for m in sorted(mine, key=lambda m: (m.held_on, m.name))]


def meeting_lists(read: Read, access: PlanAccess) -> list[MeetingListRead]:
    """Lists to confirm, the oldest meeting first; and meetings that could ratify what was decided between them."""
    recorded = rows(read, RecordedDecision, access.id)
    ratifying = _ratifying(read, access)
    if not recorded and not ratifying:
        return []
    asked = {p.id: p for p in rows(read, Proposal, access.id, id={r.proposal_id for r in recorded})}
    ground = context(read, access, asked=list(asked.values()))
    held = {m.id: m for m in rows(read, Meeting, access.id, id={r.meeting_id for r in recorded})}
    held |= {m.id: m for m in ratifying}
    listed: dict[UUID, list[RecordedRead]] = {m.id: [] for m in ratifying}
    for each in sorted(recorded, key=lambda r: asked[r.proposal_id].proposed_at):
        listed.setdefault(each.meeting_id, []).append(
            RecordedRead(
                id=each.id,
                proposal=read_model(asked[each.proposal_id], ground),
                outcome=each.outcome,
                why=each.why or None,
                recorded_by=each.recorded_by_name,
                recorded_on=each.recorded_on,
            )
        )
    order = sorted(listed, key=lambda found: (held[found].held_on, held[found].name))
    return [_read_model(read, ground, held[found], listed[found]) for found in order]


def unratified(read: Read, access: PlanAccess) -> list[DecisionRead]:
    """Decisions taken between meetings that no meeting has made its own yet, the oldest first."""
    found = rows(read, Decision, access.id, chairs_action=True, ratified_at_id=None)
    order = sorted(found, key=lambda d: (d.decided_at, d.id))
    return decision_reads(read, access, plan_view(read, access), order)


def _ratifying(read: Read, access: PlanAccess) -> list[Meeting]:
    """Meetings held since such a decision, whose list nobody has confirmed."""
    waiting = rows(read, Decision, access.id, chairs_action=True, ratified_at_id=None)
    if not waiting:
        return []
    today = access.as_at or clock.today()
    oldest = {body: min(d.decided_on for d in waiting if d.body_id == body) for body in {d.body_id for d in waiting}}
    held = rows(read, Meeting, access.id, confirmed_on=None)
    return [m for m in held if m.body_id in oldest and oldest[m.body_id] <= m.held_on <= today]


def _read_model(read: Read, ground: Context, meeting: Meeting, items: list[RecordedRead]) -> MeetingListRead:
    access = ground.access
    may = confirmers(ground.bench, meeting.body_id, None)
    body = next((b for b in ground.bench.bodies if b.id == meeting.body_id), None)
    ratifiable = to_ratify(read, access, meeting.body_id, meeting.held_on)
    return MeetingListRead(
        id=meeting.id,
        body=body.name if body else "",
        name=meeting.name,
        date=meeting.held_on,
        items=items,
        to_ratify=decision_reads(read, access, ground.view, ratifiable),
        quorum=body.quorum if body else 1,
        present=seats(read, access, body, meeting) if body else [],
        may_confirm=access.as_at is None and access.actor.is_person and any(p.id == access.actor.id for p in may),
        confirmers=names(may) if may else "",
    )


def confirmers(bench: Bench, body_id: UUID, action: ActionView | None) -> list[Player]:
    """The body's chair and deputies, as far as they hold a role that may decide there; the chair first."""
    body = next((b for b in bench.bodies if b.id == body_id), None)
    if body is None:
        return []
    case = bench.case_of(action, body)
    seats = {m.account_id: m.role for m in body.members if m.role in (BodyRole.chair, BodyRole.deputy)}
    found = [p for p in bench.players if p.id in seats and not parts_of(p, case).isdisjoint(_CONFIRMS)]
    return sorted(found, key=lambda p: seats[p.id] is not BodyRole.chair if p.id else True)


def present_at(read: Read, access: PlanAccess, body: BodyRead, meeting: Meeting) -> frozenset[UUID]:
    """Members who were there: those noted, or while nobody is, the meeting's chair."""
    noted = {row.account_id for row in rows(read, Attendance, access.id, meeting_id=meeting.id)}
    found = noted or ({meeting.chair_id} if meeting.chair_id else set())
    return frozenset(m.account_id for m in body.members if m.account_id in found)


def seats(read: Read, access: PlanAccess, body: BodyRead, meeting: Meeting) -> list[SeatRead]:
    there = present_at(read, access, body, meeting)
    return [SeatRead(email=m.email, name=m.name, present=m.account_id in there) for m in body.members]
