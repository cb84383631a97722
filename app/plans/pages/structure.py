"""Priorities, strategic priorities and participants, each row with its own small form."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.actions.commands import life
from app.core.db import Read
from app.core.given import Given
from app.organisations import queries as organisations
from app.plans import commands, queries
from app.plans.pages.frame import page
from app.plans.schemas import ChangedPriority, NewParticipant, NewPriority, NewStrategicPriority
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/settings", include_in_schema=False)


@router.get("/priorities")
@act("plan.read")
def priorities(request: Request, read: Reader, plan: str) -> Response:
    return _priorities(request, read, plan)


@router.post("/priorities")
@act("plan.structure")
def add_priority(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    form = forms.settled(tx, NewPriority, values, lambda given: commands.add_priority(tx, slug=plan, given=given))
    return _priorities(request, tx, plan, form, "add")


@router.post("/priorities/{ref}")
@act("plan.structure")
def change_priority(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    revision = forms.revision(values)
    form = forms.settled(
        tx,
        ChangedPriority,
        values,
        lambda given: commands.change_priority(tx, slug=plan, ref=ref, given=given, revision=revision),
    )
    return _priorities(request, tx, plan, form, ref)


@router.post("/priorities/{ref}/archive")
@act("plan.structure")
def archive_priority(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    revision = forms.revision(values)
    form = forms.settled(tx, Given, values, lambda _: life.archive_priority(tx, slug=plan, ref=ref, revision=revision))
    return _priorities(request, tx, plan, form, "archive")


@router.post("/strategic-priorities")
@act("plan.structure")
def add_strategic(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    form = forms.settled(
        tx, NewStrategicPriority, values, lambda given: commands.add_strategic_priority(tx, slug=plan, given=given)
    )
    return _priorities(request, tx, plan, form, "strategic")


@router.post("/strategic-priorities/{row_id}")
@act("plan.structure")
def change_strategic(request: Request, tx: Writer, plan: str, row_id: UUID, values: Typed) -> Response:
    revision = forms.revision(values)
    form = forms.settled(
        tx,
        NewStrategicPriority,
        values,
        lambda given: commands.change_strategic_priority(tx, slug=plan, row_id=row_id, given=given, revision=revision),
    )
    return _priorities(request, tx, plan, form, str(row_id))


@router.post("/strategic-priorities/{row_id}/remove")
@act("plan.structure")
def remove_strategic(request: Request, tx: Writer, plan: str, row_id: UUID, values: Typed) -> Response:
    form = forms.settled(tx, Given, values, lambda _: commands.remove_strategic_priority(tx, slug=plan, row_id=row_id))
    return _priorities(request, tx, plan, form, "remove")


def _priorities(request: Request, read: Read, slug: str, form: Form | None = None, at: str = "") -> Response:
    """Drawn again with what is wrong; after a change that was saved, the address itself."""
    if at and form is None:
        return render.see_other(request, f"/plans/{slug}/settings/priorities")
    access = queries.plan_for(read, slug)
    strategic = queries.strategic_priorities(read, access.id)
    return page(
        request,
        read,
        slug,
        "plans/priorities.html",
        form=form,
        at=at,
        priorities=queries.priorities(read, access.id),
        strategic=strategic,
        aims=[{"value": s.title, "text": s.title} for s in strategic],
    )


@router.get("/participants")
@act("plan.read")
def participants(request: Request, read: Reader, plan: str) -> Response:
    return _participants(request, read, plan)


@router.post("/participants")
@act("plan.structure")
def add_participant(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    form = forms.settled(tx, NewParticipant, values, lambda given: commands.add_participant(tx, slug=plan, given=given))
    return _participants(request, tx, plan, form, "add")


@router.post("/participants/{code}/remove")
@act("plan.structure")
def remove_participant(request: Request, tx: Writer, plan: str, code: str, values: Typed) -> Response:
    form = forms.settled(tx, Given, values, lambda _: life.remove_participant(tx, slug=plan, code=code))
    return _participants(request, tx, plan, form, "remove")


def _participants(request: Request, read: Read, slug: str, form: Form | None = None, at: str = "") -> Response:
    if at and form is None:
        return render.see_other(request, f"/plans/{slug}/settings/participants")
    access = queries.plan_for(read, slug)
    taking_part = queries.participants(read, access.id)
    inside = {access.organisation_id, *access.participants}
    others = [o for o in organisations.organisations(read) if o.id not in inside]
    return page(
        request,
        read,
        slug,
        "plans/participants.html",
        form=form,
        at=at,
        participants=taking_part,
        others=[{"value": o.code, "text": f"{o.name} ({o.code})"} for o in others],
    )
