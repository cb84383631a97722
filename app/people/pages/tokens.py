"""Administration: keys for programs."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.words import _
from app.organisations import queries as organisations
from app.people import commands, queries
from app.people.pages.parts import moment, tabs
from app.people.rules import TOKEN_MOST_DAYS, TokenScope
from app.people.schemas import NewToken
from app.plans import queries as plans
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/admin")


@router.get("/tokens")
@act("admin.read")
def listing(request: Request, read: Reader) -> Response:
    return _tokens(request, read, Form())


@router.post("/tokens")
@act("admin.change")
def add(request: Request, tx: Writer, values: Typed) -> Response:
    """The token is in this answer and nowhere else."""
    made = forms.made(
        tx,
        NewToken,
        values,
        lambda given: commands.add_token(
            tx, given=given, plan_id=plans.plan_of_token(tx, given.plan, given.organisation)
        ),
    )
    if isinstance(made, Form):
        return _tokens(request, tx, made)
    _row, secret = made
    return _tokens(request, tx, Form(), secret)


@router.post("/tokens/{token_id}/revoke")
@act("admin.change")
def revoke(request: Request, tx: Writer, token_id: UUID) -> Response:
    commands.revoke_token(tx, token_id=token_id)
    return render.see_other(request, "/admin/tokens")


def _tokens(request: Request, read: Reader, form: Form, secret: str = "") -> Response:
    scopes = {TokenScope.read: _("Read: may do what a viewer may"), TokenScope.write: _("Write: what the office may")}
    readable = plans.readable_plans(read)
    return render.page(
        request,
        "people/tokens.html",
        _("Tokens"),
        status=form.status,
        headers={"Cache-Control": "no-store"},
        tabs=tabs("/admin/tokens"),
        tokens=queries.tokens(read),
        moment=moment,
        form=form,
        secret=secret,
        most=TOKEN_MOST_DAYS,
        scopes=[{"value": scope.value, "text": text} for scope, text in scopes.items()],
        organisations=[{"value": o.code, "text": f"{o.name} ({o.code})"} for o in organisations.organisations(read)],
        plans=[{"value": p.slug, "text": p.title} for p in readable],
        titles={str(p.id): p.title for p in readable},
    )
