"""Administration: accounts and their roles."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.words import _
from app.organisations import queries as organisations
from app.people import commands, queries
from app.people.pages.parts import moment, tabs
from app.people.rules import ROLE_WORDS, Role
from app.people.schemas import ChangedAccount, GivenRole, NewAccount
from app.plans import commands as plans
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/admin")


@router.get("")
@act("admin.read")
def listing(request: Request, read: Reader, q: str = "", left: bool = False) -> Response:
    """q: part of a name, e-mail address, post or organisation; left: also those who were deactivated."""
    rows = queries.accounts(read)
    sought = q.strip().casefold()
    shown = [
        a
        for a in rows
        if (a.active or left)
        and sought in f"{a.name} {a.email} {a.post} {a.organisation} {a.organisation_name}".casefold()
    ]
    return render.page(
        request,
        "people/list.html",
        _("Accounts"),
        tabs=tabs("/admin"),
        accounts=shown,
        q=q,
        left=left,
        total=len(rows),
        gone=sum(not a.active for a in rows),
    )


@router.get("/accounts/new")
@act("admin.change")
def new(request: Request, read: Reader) -> Response:
    return _new(request, read, Form())


@router.post("/accounts/new")
@act("admin.change")
def add(request: Request, tx: Writer, values: Typed) -> Response:
    """The account, and the one-time code that is shown here and nowhere else."""
    made = forms.made(tx, NewAccount, values, lambda given: commands.add_account(tx, given=given))
    if isinstance(made, Form):
        return _new(request, tx, made)
    return _show(request, tx, made.id, Form(), code=commands.new_code(tx, account_id=made.id))


def _new(request: Request, read: Reader, form: Form) -> Response:
    return render.page(
        request,
        "people/new.html",
        _("Add an account"),
        status=form.status,
        form=form,
        roles=_roles(),
        organisations=_places(read),
    )


@router.get("/accounts/{account_id}")
@act("admin.read")
def show(request: Request, read: Reader, account_id: UUID) -> Response:
    return _show(request, read, account_id, Form())


@router.post("/accounts/{account_id}")
@act("admin.change")
def change(request: Request, tx: Writer, account_id: UUID, values: Typed) -> Response:
    form = forms.settled(
        tx,
        ChangedAccount,
        values,
        lambda given: commands.change_account(tx, account_id=account_id, given=given, revision=forms.revision(values)),
    )
    return _after(request, tx, account_id, form)


@router.post("/accounts/{account_id}/roles")
@act("admin.change")
def give_role(request: Request, tx: Writer, account_id: UUID, values: Typed) -> Response:
    form = forms.settled(
        tx,
        GivenRole,
        values,
        lambda given: commands.give_role(tx, account_id=account_id, given=given),
        sent={"role": values.get("role"), "organisation": values.get("at")},
    )
    return _after(request, tx, account_id, form)


@router.post("/accounts/{account_id}/roles/{role_id}/remove")
@act("admin.change")
def take_role(request: Request, tx: Writer, account_id: UUID, role_id: UUID) -> Response:
    return _after(
        request, tx, account_id, forms.tried(tx, lambda: plans.take_role(tx, account_id=account_id, role_id=role_id))
    )


@router.post("/accounts/{account_id}/deactivate")
@act("admin.change")
def deactivate(request: Request, tx: Writer, account_id: UUID) -> Response:
    return _after(request, tx, account_id, forms.tried(tx, lambda: plans.deactivate(tx, account_id=account_id)))


@router.post("/accounts/{account_id}/reactivate")
@act("admin.change")
def reactivate(request: Request, tx: Writer, account_id: UUID) -> Response:
    return _after(request, tx, account_id, forms.tried(tx, lambda: commands.reactivate(tx, account_id=account_id)))


@router.post("/accounts/{account_id}/code")
@act("admin.change")
def new_code(request: Request, tx: Writer, account_id: UUID) -> Response:
    code = forms.tried(tx, lambda: commands.new_code(tx, account_id=account_id))
    if isinstance(code, Form):
        return _show(request, tx, account_id, code)
    return _show(request, tx, account_id, Form(), code=code)


def _after(request: Request, read: Reader, account_id: UUID, outcome: object) -> Response:
    """The account once the act is done; else its page with the form that was refused."""
    if isinstance(outcome, Form):
        return _show(request, read, account_id, outcome)
    return render.see_other(request, f"/admin/accounts/{account_id}")


def _show(request: Request, read: Reader, account_id: UUID, form: Form, code: str = "") -> Response:
    """code: a new one-time code, which only this answer shows."""
    found = queries.account(read, account_id)
    base = request.app.state.settings.base_url.rstrip("/")
    return render.page(
        request,
        "people/show.html",
        found.name,
        status=form.status,
        headers={"Cache-Control": "no-store"},
        account=found,
        form=form,
        code=code,
        code_address=f"{base}/sign-in/code?code={code}",
        roles=_roles(),
        organisations=_places(read),
        sessions=queries.sessions(read, account_id),
        moment=moment,
        is_own=read.actor.id == account_id,
    )


def _roles() -> list[dict[str, str]]:
    return [{"value": role.value, "text": _(ROLE_WORDS[role])} for role in Role]


def _places(read: Reader) -> list[dict[str, str]]:
    return [{"value": o.code, "text": f"{o.name} ({o.code})"} for o in organisations.organisations(read)]
