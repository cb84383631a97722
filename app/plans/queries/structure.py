"""What a plan is made of: priorities, bodies with their members, meetings, participants. Ask `plan_for` first."""

from uuid import UUID

from sqlmodel import col, select

from app.core.db import Read
from app.core.errors import NotFound
from app.core.words import N_, _
from app.organisations.models import Organisation
from app.people.models import Account
from app.plans.models import Body, BodyMember, Meeting, Participant, Priority, StrategicPriority
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
    rows = read.exec(
        select(Priority, StrategicPriority.title)
        .join(StrategicPriority, col(Priority.strategic_priority_id) == StrategicPriority.id, isouter=True)
        .where(Priority.plan_id == plan_id)
        .order_by(col(Priority.position), col(Priority.ref))
    ).all()
    return [
        PriorityRead(
            id=row.id,
            ref=row.ref,
            title=row.title,
            aim=row.aim,
            position=row.position,
            strategic_priority=aligned,
            archived_on=row.archived_on,
            revision=row.revision,
        )
        for row, aligned in rows
        if archived or row.archived_on is None
    ]


def strategic_priorities(read: Read, plan_id: UUID) -> list[StrategicPriorityRead]:
    rows = read.exec(
        select(StrategicPriority)
        .where(StrategicPriority.plan_id == plan_id)
        .order_by(col(StrategicPriority.position), col(StrategicPriority.title))
    ).all()
    return [StrategicPriorityRead(id=r.id, title=r.title, position=r.position, revision=r.revision) for r in rows]


def bodies(read: Read, plan_id: UUID, *, archived: bool = False) -> list[BodyRead]:
    """By kind and name; chairs first among the members, then deputies."""
    members: dict[UUID, list[BodyMemberRead]] = {}
    for held, person in read.exec(
        select(BodyMember, Account)
        .join(Account, col(BodyMember.account_id) == Account.id)
        .where(BodyMember.plan_id == plan_id)
        .order_by(Account.name)
    ).all():
        members.setdefault(held.body_id, []).append(
            BodyMemberRead(account_id=person.id, email=person.email, name=person.name, post=person.post, role=held.role)
        )
    rows = read.exec(select(Body).where(Body.plan_id == plan_id)).all()
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
        for row in sorted(rows, key=lambda r: (kinds.index(r.kind), r.name))
        if archived or row.archived_on is None
    ]


def meetings(read: Read, plan_id: UUID) -> list[MeetingRead]:
    """Newest first."""
    rows = read.exec(
        select(Meeting, Body.name)
        .join(Body, col(Meeting.body_id) == Body.id)
        .where(Meeting.plan_id == plan_id)
        .order_by(col(Meeting.held_on).desc(), Meeting.name)
    ).all()
    wanted = {found for row, _body in rows for found in (row.chair_id, row.confirmed_by_id) if found}
    people = {
        found: (email, name)
        for found, email, name in read.exec(
            select(Account.id, Account.email, Account.name).where(col(Account.id).in_(wanted))
        ).all()
    }
    nobody = (None, "")
    return [
        MeetingRead(
            id=row.id,
            body_id=row.body_id,
            body=body,
            name=row.name,
            held_on=row.held_on,
            chair=people.get(row.chair_id, nobody)[0] if row.chair_id else None,
            chair_name=people.get(row.chair_id, nobody)[1] if row.chair_id else "",
            confirmed_on=row.confirmed_on,
            confirmed_by_name=people.get(row.confirmed_by_id, nobody)[1] if row.confirmed_by_id else "",
            revision=row.revision,
        )
        for row, body in rows
    ]


def participants(read: Read, plan_id: UUID) -> list[ParticipantRead]:
    rows = read.exec(
        select(Participant.id, Organisation.code, Organisation.name)
        .join(Organisation, col(Participant.organisation_id) == Organisation.id)
        .where(Participant.plan_id == plan_id)
        .order_by(Organisation.name)
    ).all()
    return [ParticipantRead(id=found, organisation=code, name=name) for found, code, name in rows]


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
