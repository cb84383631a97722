"""Acts on the bodies that decide, on who sits in them, and on their meetings."""

from uuid import UUID

from sqlmodel import col, select

from app.core.db import Write
from app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale, Taken
from app.core.moment import today_of
from app.core.words import _
from app.people.permissions import refusal
from app.people.queries import person_named
from app.plans.commands.creation import ALWAYS
from app.plans.commands.life import claimed
from app.plans.models import Body, BodyMember, Meeting
from app.plans.queries import PlanAccess, bodies, body_row, judges, meeting_row
from app.plans.rules import BodyKind, BodyRole
from app.plans.schemas import BodyRead, ChangedBody, ChangedMeeting, GivenMember, NewBody, NewMeeting


def add_body(tx: Write, *, slug: str, given: NewBody) -> Body:
    access, _row = claimed(tx, slug, "plan.structure")
    _refuse_same_name(bodies(tx, access.id, archived=True), given.name)
    row = Body(plan_id=access.id, kind=given.kind, name=given.name, quorum=given.quorum)
    tx.act("body.added")
    tx.add(row)
    tx.flush()
    return row


def change_body(tx: Write, *, slug: str, body_id: UUID, given: ChangedBody, revision: int) -> Body:
    access, _row = claimed(tx, slug, "plan.structure")
    row = _current(tx, access, body_id)
    if row.revision != revision:
        raise Stale(_("Somebody else has changed this body. Look at it again before you save."))
    if given.name is not None:
        _refuse_same_name([b for b in bodies(tx, access.id, archived=True) if b.id != row.id], given.name)
        row.name = given.name
    if given.quorum is not None:
        row.quorum = given.quorum
    tx.act("body.changed")
    tx.flush()
    return row


def archive_body(tx: Write, *, slug: str, body_id: UUID) -> Body:
    """Put away, not deleted: its meetings and decisions stay. One group and one panel always remain."""
    access, _row = claimed(tx, slug, "plan.structure")
    row = _current(tx, access, body_id)
    if row.kind in ALWAYS and not any(b.kind is row.kind and b.id != row.id for b in bodies(tx, access.id)):
        raise Conflict(
            _("A plan keeps at least one improvement group and one assurance panel. Add another before this one goes."),
            "last_of_its_kind",
        )
    if not access.is_draft and judges(tx, access.id, access.organisation_id, row.id):
        raise Conflict(
            _("Somebody who judges proof presides on “{name}”. They leave it first.", name=row.name), "has_judges"
        )
    row.archived_on = today_of(tx)
    tx.act("body.archived")
    tx.flush()
    return row


def set_member(tx: Write, *, slug: str, body_id: UUID, given: GivenMember) -> BodyMember:
    """Add a person to a body, or change what they are in it."""
    access, _row = claimed(tx, slug, "plan.members")
    body = _current(tx, access, body_id)
    person = person_named(tx, "person", given.person, {access.organisation_id, *access.participants})
    held = _membership(tx, body.id, person.id)
    _may_seat(tx, access, body, given.role, held.role if held else None)
    if body.kind is BodyKind.assurance_panel and person.id == access.actor.id and not access.is_draft:
        raise Forbidden(_("In a live plan nobody seats themselves on an assurance panel. Ask somebody else to do it."))
    row = held or BodyMember(plan_id=access.id, body_id=body.id, account_id=person.id, role=given.role)
    row.role = given.role
    tx.act("body.member_set")
    tx.add(row)
    tx.flush()
    return row


def remove_member(tx: Write, *, slug: str, body_id: UUID, account_id: UUID) -> None:
    access, _row = claimed(tx, slug, "plan.members")
    body = _current(tx, access, body_id)
    row = _membership(tx, body.id, account_id)
    if row is None:
        raise NotFound(_("This person is not in the body."))
    _may_seat(tx, access, body, row.role)
    tx.act("body.member_removed")
    tx.delete(row)
    tx.flush()


def add_meeting(tx: Write, *, slug: str, given: NewMeeting) -> Meeting:
    """A body met, or will meet, on a day; in the chair: who is named, else the body's chair."""
    access, _row = claimed(tx, slug, "plan.structure")
    body = next((b for b in bodies(tx, access.id) if b.name.casefold() == given.body.casefold()), None)
    if body is None:
        raise Invalid("body", _("There is no body “{name}” in this plan. Choose one of its bodies.", name=given.body))
    chair_id = _chair(tx, access, given.chair)
    if chair_id is None and body.chairs:
        chair_id = body.chairs[0].account_id
    row = Meeting(plan_id=access.id, body_id=body.id, name=given.name, held_on=given.held_on, chair_id=chair_id)
    _refuse_same_meeting(tx, row)
    tx.act("meeting.added")
    tx.add(row)
    tx.flush()
    return row


def change_meeting(tx: Write, *, slug: str, meeting_id: UUID, given: ChangedMeeting, revision: int) -> Meeting:
    """Until its list is confirmed: after that it is part of the record."""
    access, _row = claimed(tx, slug, "plan.structure")
    row = meeting_row(tx, access.id, meeting_id)
    if row.revision != revision:
        raise Stale(_("Somebody else has changed this meeting. Look at it again before you save."))
    if row.confirmed_on is not None:
        raise Conflict(_("This meeting's decisions are confirmed, so it cannot be changed."), "confirmed")
    row.name = given.name or row.name
    row.held_on = given.held_on or row.held_on
    if "chair" in given.model_fields_set:
        row.chair_id = _chair(tx, access, given.chair)
    _refuse_same_meeting(tx, row)
    tx.act("meeting.changed")
    tx.flush()
    return row


def _may_seat(tx: Write, access: PlanAccess, body: Body, *roles: BodyRole | None) -> None:
    """Whoever could name the chair of a live plan's body could decide through a friend.

    Who judges proof is said by the panel itself, as long as somebody presides there who holds its role.
    """
    if body.kind is BodyKind.assurance_panel and not access.is_draft and not access.actor.is_system:
        preside = judges(tx, access.id, access.organisation_id)
        if access.actor.id in preside:
            return
        if preside:
            raise Forbidden(
                _(
                    "In a live plan a panel's own chair or deputy says who sits on a panel. Ask {names}.",
                    names=", ".join(preside.values()),
                )
            )
    if not (access.may("plan.structure") or access.may("plan.seats")):
        raise refusal("plan.structure", "plan.seats")
    if access.is_draft or not set(roles) & {BodyRole.chair, BodyRole.deputy} or access.may("plan.seats"):
        return
    raise Forbidden(_("In a live plan the chair says who chairs and deputises. Ask the chair to change this."))


def _current(tx: Write, access: PlanAccess, body_id: UUID) -> Body:
    row = body_row(tx, access.id, body_id)
    if row.archived_on is not None:
        raise Conflict(_("“{name}” has been put away, so it cannot be changed.", name=row.name), "archived")
    return row


def _membership(tx: Write, body_id: UUID, account_id: UUID) -> BodyMember | None:
    return tx.exec(select(BodyMember).where(BodyMember.body_id == body_id, BodyMember.account_id == account_id)).first()


def _chair(tx: Write, access: PlanAccess, email: str | None) -> UUID | None:
    if not email:
        return None
    return person_named(tx, "chair", email, {access.organisation_id, *access.participants}).id


def _refuse_same_name(known: list[BodyRead], name: str) -> None:
    if any(b.name.casefold() == name.casefold() for b in known):
        raise Taken("name", _("There is a body “{name}” in this plan already. Choose another name.", name=name))


def _refuse_same_meeting(tx: Write, row: Meeting) -> None:
    with tx.no_autoflush:
        other = tx.exec(
            select(Meeting.id).where(
                Meeting.body_id == row.body_id,
                Meeting.held_on == row.held_on,
                Meeting.name == row.name,
                col(Meeting.id) != row.id,
            )
        ).first()
    if other is not None:
        raise Taken("name", _("This body has a meeting of that name on that day already."))
