"""What a plan is made of: priorities, bodies with their members, meetings, participants. Ask `plan_for` first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.core.db import Read
from app.core.errors import NotFound
from app.core.moment import revision_shown
from app.core.prepared import Prepared
from app.core.words import N_, _
from app.history.queries import rows
from app.organisations.models import Organisation
from app.people.models import Account
from app.plans.models import Body, BodyMember, Meeting, Participant, PlanField, Priority, StrategicPriority
from app.plans.rules import BodyKind, BodyRole
from app.plans.schemas import (
    BodyMemberRead,
    BodyRead,
    MeetingRead,
    ParticipantRead,
    PriorityRead,
    StrategicPriorityRead,
)

BODY_WORDS: dict[BodyKind, str] = {
    BodyKind.improvement_group: N_("Improvement group"),
    BodyKind.assurance_panel: N_("Assurance panel"),
    BodyKind.committee: N_("Committee"),
    BodyKind.board: N_("Board"),
}
ROLE_WORDS: dict[BodyRole, str] = {
    BodyRole.chair: N_("Chair"),
    BodyRole.deputy: N_("Deputy"),
    BodyRole.member: N_("Member"),
}
_ORDER = {role: place for place, role in enumerate(BodyRole)}


def priorities(read: Read, plan_id: UUID, *, archived: bool = False) -> list[PriorityRead]:
    """In their order; those put away only when asked for."""
    aims = {s.id: s.title for s in rows(read, StrategicPriority, plan_id)}
    found = sorted(rows(read, Priority, plan_id), key=lambda p: (p.position, p.ref))
    return [
        PriorityRead(
            id=row.id,
            ref=row.ref,
            title=row.title,
            aim=row.aim,
            position=row.position,
            strategic_priority=aims.get(row.strategic_priority_id) if row.strategic_priority_id else None,
            archived_on=row.archived_on,
            revision=row.revision,
        )
        for row in found
        if archived or row.archived_on is None
    ]


def strategic_priorities(read: Read, plan_id: UUID) -> list[StrategicPriorityRead]:
    found = sorted(rows(read, StrategicPriority, plan_id), key=lambda s: (s.position, s.title))
    return [StrategicPriorityRead(id=s.id, title=s.title, position=s.position, revision=s.revision) for s in found]


def bodies(read: Read, plan_id: UUID, *, archived: bool = False) -> list[BodyRead]:
    """By kind and name; chairs first among the members, then deputies."""
    members: dict[UUID, list[BodyMemberRead]] = {}
    seats = rows(read, BodyMember, plan_id)
    people = _people(read, {s.account_id for s in seats})
    for seat in sorted(seats, key=lambda s: people[s.account_id].name):
        person = people[seat.account_id]
        members.setdefault(seat.body_id, []).append(
            BodyMemberRead(
                account_id=person.id,
                email=person.email,
                name=person.name,
                post=person.post,
                role=seat.role,
                paused_on=seat.paused_on,
            )
        )
    found = rows(read, Body, plan_id)
    kinds = list(BodyKind)
    return [
        BodyRead(
            id=row.id,
            kind=row.kind,
            kind_words=_(BODY_WORDS[row.kind]),
            name=row.name,
            quorum=row.quorum,
            members=sorted(members.get(row.id, []), key=lambda m: _ORDER[m.role]),
            archived_on=row.archived_on,
            revision=row.revision,
        )
        for row in sorted(found, key=lambda b: (kinds.index(b.kind), b.name))
        if archived or row.archived_on is None
    ]


def meetings(read: Read, plan_id: UUID) -> list[MeetingRead]:
    """Newest first."""
    names = {b.id: b.name for b in rows(read, Body, plan_id)}
    found = sorted(rows(read, Meeting, plan_id), key=lambda m: (-m.held_on.toordinal(), m.name))
    people = _people(read, {i for m in found for i in (m.chair_id, m.confirmed_by_id) if i})
    return [
        MeetingRead(
            id=row.id,
            body_id=row.body_id,
            body=names[row.body_id],
            name=row.name,
            held_on=row.held_on,
            chair=people[row.chair_id].email if row.chair_id else None,
            chair_name=people[row.chair_id].name if row.chair_id else "",
            confirmed_on=row.confirmed_on,
            confirmed_by_name=people[row.confirmed_by_id].name if row.confirmed_by_id else "",
            revision=row.revision,
        )
        for row in found
    ]


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """When a body met, or will; body: its name."""

    on: date
    body: str
    kind: BodyKind


def held_meetings(read: Read, plan_id: UUID) -> list[HeldMeeting]:
    """Newest first, as `meetings` tells them: their days alone."""
    if revision_shown(read, f"plan:{plan_id}") is None:
        found = _HELD.rows(read, plan=plan_id)
    else:
        known = {b.id: b for b in rows(read, Body, plan_id)}
        held = ((m, known[m.body_id]) for m in rows(read, Meeting, plan_id))
        found = [(m.held_on, m.name, body.name, body.kind) for m, body in held]
    found.sort(key=lambda row: (-row[0].toordinal(), row[1]))
    return [HeldMeeting(on, body, kind) for on, _name, body, kind in found]


_HELD = Prepared(
    sa.select(col(Meeting.held_on), col(Meeting.name), col(Body.name), col(Body.kind)).where(
        col(Meeting.body_id) == col(Body.id), col(Meeting.plan_id) == sa.bindparam("plan")
    )
)


def _people(read: Read, ids: Collection[UUID]) -> dict[UUID, Account]:
    return {p.id: p for p in read.exec(select(Account).where(col(Account.id).in_(ids))).all()} if ids else {}


def participants(read: Read, plan_id: UUID) -> list[ParticipantRead]:
    found = rows(read, Participant, plan_id)
    wanted = select(Organisation).where(col(Organisation.id).in_({p.organisation_id for p in found}))
    named = {o.id: o for o in read.exec(wanted).all()}
    reads = [
        ParticipantRead(id=p.id, organisation=named[p.organisation_id].code, name=named[p.organisation_id].name)
        for p in found
    ]
    return sorted(reads, key=lambda p: p.name)


def plan_fields(read: Read, plan_id: UUID) -> list[PlanField]:
    """The plan's own fields, in their order."""
    return sorted(rows(read, PlanField, plan_id), key=lambda f: (f.position, f.name))


def priority_row(read: Read, plan_id: UUID, ref: str) -> Priority:
    row = read.exec(select(Priority).where(Priority.plan_id == plan_id, Priority.ref == ref)).first()
    if row is None:
        raise NotFound(_("There is no priority “{ref}” in this plan.", ref=ref))
    return row


def strategic_priority_row(read: Read, plan_id: UUID, row_id: UUID) -> StrategicPriority:
    wanted = select(StrategicPriority).where(StrategicPriority.plan_id == plan_id, StrategicPriority.id == row_id)
    row = read.exec(wanted).first()
    if row is None:
        raise NotFound(_("There is no such strategic priority in this plan."))
    return row


def body_row(read: Read, plan_id: UUID, row_id: UUID) -> Body:
    row = read.exec(select(Body).where(Body.plan_id == plan_id, Body.id == row_id)).first()
    if row is None:
        raise NotFound(_("There is no such body in this plan."))
    return row


def meeting_row(read: Read, plan_id: UUID, row_id: UUID) -> Meeting:
    row = read.exec(select(Meeting).where(Meeting.plan_id == plan_id, Meeting.id == row_id)).first()
    if row is None:
        raise NotFound(_("There is no such meeting in this plan."))
    return row
