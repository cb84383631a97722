"""Bodies with their people, and meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.db import Read
from app.core.given import Given
from app.core.words import _
from app.plans import commands, queries
from app.plans.pages.frame import page, people
from app.plans.queries import PlanAccess
from app.plans.queries.structure import BODY_WORDS, ROLE_WORDS
from app.plans.rules import BodyKind, BodyRole, PlanState
from app.plans.schemas import BodyRead, ChangedBody, ChangedMeeting, GivenMember, NewBody, NewMeeting
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/settings", include_in_schema=False)


@router.get("/bodies")
@act("plan.read")
def bodies(request: Request, read: Reader, plan: str) -> Response:
    return _bodies(request, read, plan)


@router.post("/bodies")
@act("plan.structure")
def add_body(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    form = forms.settled(tx, NewBody, values, lambda given: commands.add_body(tx, slug=plan, given=given))
    return _bodies(request, tx, plan, form, "add")


@router.post("/bodies/{body_id}")
@act("plan.structure")
def change_body(request: Request, tx: Writer, plan: str, body_id: UUID, values: Typed) -> Response:
    revision = forms.revision(values)
    form = forms.settled(
        tx,
        ChangedBody,
        values,
        lambda given: commands.change_body(tx, slug=plan, body_id=body_id, given=given, revision=revision),
    )
    return _bodies(request, tx, plan, form, str(body_id))


@router.post("/bodies/{body_id}/archive")
@act("plan.structure")
def archive_body(request: Request, tx: Writer, plan: str, body_id: UUID, values: Typed) -> Response:
    form = forms.settled(tx, Given, values, lambda _: commands.archive_body(tx, slug=plan, body_id=body_id))
    return _bodies(request, tx, plan, form, "archive")


@router.post("/bodies/{body_id}/members")
@act("plan.members")
def set_member(request: Request, tx: Writer, plan: str, body_id: UUID, values: Typed) -> Response:
    form = forms.settled(
        tx, GivenMember, values, lambda given: commands.set_member(tx, slug=plan, body_id=body_id, given=given)
    )
    return _bodies(request, tx, plan, form, f"members-{body_id}")


@router.post("/bodies/{body_id}/members/{account_id}/remove")
@act("plan.members")
def remove_member(request: Request, tx: Writer, plan: str, body_id: UUID, account_id: UUID, values: Typed) -> Response:
    form = forms.settled(
        tx, Given, values, lambda _: commands.remove_member(tx, slug=plan, body_id=body_id, account_id=account_id)
    )
    return _bodies(request, tx, plan, form, "remove")


@router.post("/bodies/{body_id}/members/{account_id}/confirm")
@act("seat.confirm")
def confirm_member(request: Request, tx: Writer, plan: str, body_id: UUID, account_id: UUID, values: Typed) -> Response:
    form = forms.settled(tx, Given, values, lambda _: commands.confirm_member(tx, slug=plan, account_id=account_id))
    return _bodies(request, tx, plan, form, f"confirm-{body_id}")


def _bodies(request: Request, read: Read, slug: str, form: Form | None = None, at: str = "") -> Response:
    """Drawn again with what is wrong; after a change that was saved, the address itself."""
    if at and form is None:
        return render.see_other(request, f"/plans/{slug}/settings/bodies")
    access = queries.plan_for(read, slug)
    every = queries.bodies(read, access.id)
    seats = access.is_draft or access.may("plan.seats")
    return page(
        request,
        read,
        slug,
        "plans/bodies.html",
        form=form,
        at=at,
        bodies=every,
        waiting={} if access.is_draft else _waiting(read, access, every),
        may_seat=access.may("plan.members") and access.state is not PlanState.closed,
        people=people(read, access),
        kinds=[{"value": k.value, "text": _(BODY_WORDS[k])} for k in BodyKind],
        roles=[{"value": r.value, "text": _(ROLE_WORDS[r])} for r in BodyRole if r is BodyRole.member or seats],
        role_words={r.value: _(ROLE_WORDS[r]) for r in BodyRole},
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A person whose seats decide nothing until one of these people confirms that the account is theirs."""

    names: str
    may_confirm: bool


def _waiting(read: Read, access: PlanAccess, every: Sequence[BodyRead]) -> dict[UUID, Waiting]:
    found = {}
    for person in queries.paused_in(every):
        may = queries.confirmers_of(read, access.id, access.organisation_id, person)
        is_mine = access.may("seat.confirm") and access.actor.id in may
        found[person] = Waiting(", ".join(may.values()), is_mine)
    return found


@router.get("/meetings")
@act("plan.read")
def meetings(request: Request, read: Reader, plan: str) -> Response:
    return _meetings(request, read, plan)


@router.post("/meetings")
@act("plan.structure")
def add_meeting(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    form = forms.settled(tx, NewMeeting, values, lambda given: commands.add_meeting(tx, slug=plan, given=given))
    return _meetings(request, tx, plan, form, "add")


@router.post("/meetings/{meeting_id}")
@act("plan.structure")
def change_meeting(request: Request, tx: Writer, plan: str, meeting_id: UUID, values: Typed) -> Response:
    revision = forms.revision(values)
    form = forms.settled(
        tx,
        ChangedMeeting,
        values,
        lambda given: commands.change_meeting(tx, slug=plan, meeting_id=meeting_id, given=given, revision=revision),
    )
    return _meetings(request, tx, plan, form, str(meeting_id))


def _meetings(request: Request, read: Read, slug: str, form: Form | None = None, at: str = "") -> Response:
    if at and form is None:
        return render.see_other(request, f"/plans/{slug}/settings/meetings")
    access = queries.plan_for(read, slug)
    return page(
        request,
        read,
        slug,
        "plans/meetings.html",
        form=form,
        at=at,
        meetings=queries.meetings(read, access.id),
        bodies=[{"value": b.name, "text": b.name} for b in queries.bodies(read, access.id)],
        people=people(read, access),
    )
