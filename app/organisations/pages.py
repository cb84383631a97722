"""The people's door to organisations."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.words import _
from app.organisations import commands, queries
from app.organisations.rules import MembershipKind, OrganisationKind
from app.organisations.schemas import ChangedOrganisation, NewMember, NewOrganisation
from app.people.gatekeeping import holds_anywhere
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/organisations", include_in_schema=False)


@router.get("")
@act("library.read")
def listing(request: Request, read: Reader) -> Response:
    return render.page(
        request,
        "organisations/list.html",
        _("Organisations"),
        organisations=queries.organisations(read),
        may_manage=holds_anywhere(read.actor, "organisations.manage"),
    )


@router.get("/new")
@act("organisations.manage")
def new(request: Request, read: Reader) -> Response:
    return _new(request, read, Form())


@router.post("/new")
@act("organisations.manage")
def add(request: Request, tx: Writer, values: Typed) -> Response:
    made = forms.made(tx, NewOrganisation, values, lambda given: commands.add_organisation(tx, given=given))
    if isinstance(made, Form):
        return _new(request, tx, made)
    return render.see_other(request, f"/organisations/{made.code}")


def _new(request: Request, read: Reader, form: Form) -> Response:
    return render.page(
        request,
        "organisations/new.html",
        _("Add an organisation"),
        status=form.status,
        form=form,
        kinds=_kinds(),
        organisations=queries.organisations(read),
    )


@router.get("/{code}")
@act("library.read")
def show(request: Request, read: Reader, code: str) -> Response:
    return _show(request, read, code, Form())


@router.post("/{code}")
@act("organisations.manage")
def change(request: Request, tx: Writer, code: str, values: Typed) -> Response:
    form = forms.settled(
        tx,
        ChangedOrganisation,
        values,
        lambda given: commands.change_organisation(tx, code=code, given=given, revision=forms.revision(values)),
    )
    if form is None:
        return render.see_other(request, f"/organisations/{code}")
    return _show(request, tx, code, form)


@router.post("/{code}/members")
@act("organisations.manage")
def add_member(request: Request, tx: Writer, code: str, values: Typed) -> Response:
    form = forms.settled(tx, NewMember, values, lambda given: commands.add_member(tx, system=code, given=given))
    if form is None:
        return render.see_other(request, f"/organisations/{code}")
    return _show(request, tx, code, form)


@router.post("/{code}/members/{member_id}/remove")
@act("organisations.manage")
def remove_member(request: Request, tx: Writer, code: str, member_id: UUID) -> Response:
    commands.remove_member(tx, system=code, member_id=member_id)
    return render.see_other(request, f"/organisations/{code}")


def _show(request: Request, read: Reader, code: str, form: Form) -> Response:
    found = queries.organisation(read, code)
    return render.page(
        request,
        "organisations/show.html",
        found.name,
        status=form.status,
        organisation=found,
        form=form,
        kinds=_kinds(),
        member_kinds=_member_kinds(),
        organisations=queries.organisations(read),
        may_manage=holds_anywhere(read.actor, "organisations.manage"),
    )


def _kinds() -> list[dict[str, str]]:
    return [{"value": k.value, "text": _(queries.KIND_WORDS[k])} for k in OrganisationKind]


def _member_kinds() -> list[dict[str, str]]:
    return [
        {"value": MembershipKind.member.value, "text": _("Member")},
        {"value": MembershipKind.partner.value, "text": _("Partner")},
    ]
