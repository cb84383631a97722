"""The programs' door to people: the directory, and administration for a signed-in administrator's scripts."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response

from app.people import commands, queries
from app.people.schemas import (
    AccountRead,
    ChangedAccount,
    CodeRead,
    GivenRole,
    MadeToken,
    NewAccount,
    NewToken,
    PersonRead,
    SessionRead,
    TokenRead,
)
from app.plans import commands as plans
from app.plans.queries import plan_for, plan_of_token, readable_plans
from app.web import etags
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter(prefix="/api/v1", tags=["people"])
IfMatch = Annotated[str | None, Header()]


@router.get("/people")
@act("directory.read")
def people(read: Reader, page: PageQuery, plan: str | None = None) -> Listing[PersonRead]:
    """The people of one's own organisation and of those in plans one may read, or in one plan."""
    places = set() if plan else queries.organisations_of(read.actor)
    for slug in [plan] if plan else [p.slug for p in readable_plans(read)]:
        access = plan_for(read, slug)
        places |= {access.organisation_id, *access.participants}
    return listed(read, queries.directory(read, places), page)


@router.post("/people", status_code=201)
@act("admin.change")
def add(tx: Writer, given: NewAccount, response: Response) -> AccountRead:
    """Add an account; who is to sign in needs a one-time code besides."""
    return etags.tagged(response, queries.account(tx, commands.add_account(tx, given=given).id))


@router.get("/people/{account_id}")
@act("admin.read")
def account(read: Reader, account_id: UUID, response: Response) -> AccountRead:
    """One account with its roles."""
    return etags.tagged(response, queries.account(read, account_id))


@router.put("/people/{account_id}")
@act("admin.change")
def change(
    tx: Writer, account_id: UUID, given: ChangedAccount, response: Response, if_match: IfMatch = None
) -> AccountRead:
    """Change an account's e-mail address, name, post or organisation."""
    commands.change_account(tx, account_id=account_id, given=given, revision=etags.revision_read(if_match))
    return etags.tagged(response, queries.account(tx, account_id))


@router.post("/people/{account_id}/roles", status_code=201)
@act("admin.change")
def give_role(tx: Writer, account_id: UUID, given: GivenRole, response: Response) -> AccountRead:
    """Give a role at an organisation."""
    commands.give_role(tx, account_id=account_id, given=given)
    return etags.tagged(response, queries.account(tx, account_id))


@router.delete("/people/{account_id}/roles/{role_id}")
@act("admin.change")
def take_role(tx: Writer, account_id: UUID, role_id: UUID, response: Response) -> AccountRead:
    """Take a role away."""
    plans.take_role(tx, account_id=account_id, role_id=role_id)
    return etags.tagged(response, queries.account(tx, account_id))


@router.post("/people/{account_id}/deactivation")
@act("admin.change")
def deactivate(tx: Writer, account_id: UUID, response: Response) -> AccountRead:
    """The person has left: sessions end at once."""
    plans.deactivate(tx, account_id=account_id)
    return etags.tagged(response, queries.account(tx, account_id))


@router.delete("/people/{account_id}/deactivation")
@act("admin.change")
def reactivate(tx: Writer, account_id: UUID, response: Response) -> AccountRead:
    """The person is back."""
    commands.reactivate(tx, account_id=account_id)
    return etags.tagged(response, queries.account(tx, account_id))


@router.post("/people/{account_id}/code", status_code=201)
@act("admin.change")
def new_code(request: Request, tx: Writer, account_id: UUID) -> CodeRead:
    """A one-time code with which the person chooses a password; shown in this answer only."""
    base = request.app.state.settings.base_url.rstrip("/")
    return CodeRead(code=commands.new_code(tx, account_id=account_id), address=f"{base}/sign-in/code")


@router.get("/tokens")
@act("admin.read")
def tokens(read: Reader, page: PageQuery) -> Listing[TokenRead]:
    """All tokens, the live ones first."""
    return listed(read, queries.tokens(read), page)


@router.post("/tokens", status_code=201)
@act("admin.change")
def add_token(tx: Writer, given: NewToken) -> MadeToken:
    """Make a token; its secret is in this answer only."""
    plan_id = plan_of_token(tx, given.plan, given.organisation)
    row, secret = commands.add_token(tx, given=given, plan_id=plan_id)
    return MadeToken(token=queries.tokens(tx, row.id)[0], secret=secret)


@router.delete("/tokens/{token_id}", status_code=204)
@act("admin.change")
def revoke_token(tx: Writer, token_id: UUID) -> Response:
    """Revoke a token at once."""
    commands.revoke_token(tx, token_id=token_id)
    return Response(status_code=204)


@router.get("/sessions")
@act("admin.read")
def sessions(read: Reader, page: PageQuery) -> Listing[SessionRead]:
    """Sessions that are open now."""
    return listed(read, queries.sessions(read), page)


@router.delete("/sessions/{session_id}", status_code=204)
@act("admin.change")
def end_session(tx: Writer, session_id: UUID) -> Response:
    """End somebody's session at once."""
    commands.end_session(tx, session_id=session_id)
    return Response(status_code=204)
