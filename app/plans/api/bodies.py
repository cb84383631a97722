"""The bodies that decide, who sits in them, and their meetings."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Response

from app.core.db import Read
from app.plans import commands, queries
from app.plans.schemas import (
    BodyRead,
    ChangedBody,
    ChangedMeeting,
    GivenMember,
    MeetingRead,
    NewBody,
    NewMeeting,
)
from app.web import etags
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter(prefix="/api/v1/plans", tags=["plans"])
IfMatch = Annotated[str | None, Header()]


@router.get("/{plan}/bodies")
@act("plan.read")
def bodies(read: Reader, plan: str, page: PageQuery) -> Listing[BodyRead]:
    """The bodies in use, with their people; chairs first, then deputies."""
    access = queries.plan_for(read, plan)
    return listed(read, queries.bodies(read, access.id), page, access.stream)


@router.post("/{plan}/bodies", status_code=201)
@act("plan.structure")
def add_body(tx: Writer, plan: str, given: NewBody, response: Response) -> BodyRead:
    """Add a body: improvement group, assurance panel, committee or board."""
    return etags.tagged(response, _body(tx, plan, commands.add_body(tx, slug=plan, given=given).id))


@router.patch("/{plan}/bodies/{body_id}")
@act("plan.structure")
def change_body(
    tx: Writer, plan: str, body_id: UUID, given: ChangedBody, response: Response, if_match: IfMatch = None
) -> BodyRead:
    """Change a body's name or quorum."""
    commands.change_body(tx, slug=plan, body_id=body_id, given=given, revision=etags.revision_read(if_match))
    return etags.tagged(response, _body(tx, plan, body_id))


@router.delete("/{plan}/bodies/{body_id}")
@act("plan.structure")
def archive_body(tx: Writer, plan: str, body_id: UUID, response: Response) -> BodyRead:
    """Put a body away; one improvement group and one assurance panel always remain."""
    commands.archive_body(tx, slug=plan, body_id=body_id)
    return etags.tagged(response, _body(tx, plan, body_id))


@router.post("/{plan}/bodies/{body_id}/members", status_code=201)
@act("plan.members")
def set_member(tx: Writer, plan: str, body_id: UUID, given: GivenMember, response: Response) -> BodyRead:
    """Add a person, or change what they are: chair, deputy, member."""
    commands.set_member(tx, slug=plan, body_id=body_id, given=given)
    return etags.tagged(response, _body(tx, plan, body_id))


@router.delete("/{plan}/bodies/{body_id}/members/{account_id}")
@act("plan.members")
def remove_member(tx: Writer, plan: str, body_id: UUID, account_id: UUID, response: Response) -> BodyRead:
    """Take a person out of a body."""
    commands.remove_member(tx, slug=plan, body_id=body_id, account_id=account_id)
    return etags.tagged(response, _body(tx, plan, body_id))


@router.post("/{plan}/bodies/{body_id}/members/{account_id}/confirmation")
@act("seat.confirm")
def confirm_member(tx: Writer, plan: str, body_id: UUID, account_id: UUID, response: Response) -> BodyRead:
    """Say that a member's account is in their own hands: they were let in by a one-time code, and decide again."""
    commands.confirm_member(tx, slug=plan, account_id=account_id)
    return etags.tagged(response, _body(tx, plan, body_id))


@router.get("/{plan}/meetings")
@act("plan.read")
def meetings(read: Reader, plan: str, page: PageQuery) -> Listing[MeetingRead]:
    """The meetings of the plan's bodies, newest first."""
    access = queries.plan_for(read, plan)
    return listed(read, queries.meetings(read, access.id), page, access.stream)


@router.post("/{plan}/meetings", status_code=201)
@act("plan.structure")
def add_meeting(tx: Writer, plan: str, given: NewMeeting, response: Response) -> MeetingRead:
    """Add a meeting: body, name, day, and who is in the chair."""
    return etags.tagged(response, _meeting(tx, plan, commands.add_meeting(tx, slug=plan, given=given).id))


@router.patch("/{plan}/meetings/{meeting_id}")
@act("plan.structure")
def change_meeting(
    tx: Writer, plan: str, meeting_id: UUID, given: ChangedMeeting, response: Response, if_match: IfMatch = None
) -> MeetingRead:
    """Change a meeting until its decisions are confirmed."""
    revision = etags.revision_read(if_match)
    commands.change_meeting(tx, slug=plan, meeting_id=meeting_id, given=given, revision=revision)
    return etags.tagged(response, _meeting(tx, plan, meeting_id))


def _body(read: Read, slug: str, body_id: UUID) -> BodyRead:
    access = queries.plan_for(read, slug)
    return next(b for b in queries.bodies(read, access.id, archived=True) if b.id == body_id)


def _meeting(read: Read, slug: str, meeting_id: UUID) -> MeetingRead:
    access = queries.plan_for(read, slug)
    return next(m for m in queries.meetings(read, access.id) if m.id == meeting_id)
