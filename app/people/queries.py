"""Who somebody is: the actor behind a session or a token, and the directory."""

from uuid import UUID

from sqlmodel import col, or_, select

from app.core import clock
from app.core.actor import Actor, Door, Grant
from app.core.db import Read
from app.organisations.models import Membership, Organisation
from app.people.models import Account, ApiToken, RoleHeld, SignInSession
from app.people.rules import Role, TokenScope
from app.people.secrets import hashed

TOKEN_ROLES = {TokenScope.read: Role.viewer, TokenScope.write: Role.office}


def actor_of_session(read: Read, secret: str) -> Actor | None:
    """The person whose session this secret opens, if it is neither ended nor revoked nor idle too long."""
    row = read.exec(
        select(SignInSession.id, SignInSession.account_id, SignInSession.ends_at, SignInSession.revoked_at).where(
            SignInSession.secret_hash == hashed(secret)
        )
    ).first()
    if row is None or row[3] is not None or row[2] <= clock.now():
        return None
    return actor_of_account(read, row[1], session_id=row[0])


def actor_of_account(read: Read, account_id: UUID, session_id: UUID | None = None) -> Actor | None:
    row = read.exec(
        select(Account.id, Account.name, Account.email, Account.organisation_id).where(
            Account.id == account_id, col(Account.active)
        )
    ).first()
    if row is None:
        return None
    held = read.exec(select(RoleHeld.role, RoleHeld.organisation_id).where(RoleHeld.account_id == account_id)).all()
    grants = frozenset(Grant(role.value, organisation) for role, organisation in held)
    systems = {organisation for role, organisation in held if role is Role.overseer}
    return Actor(
        id=row[0],
        name=row[1],
        email=row[2],
        organisation_id=row[3],
        door=Door.page,
        grants=grants,
        overseen=overseen_by(read, systems),
        session_id=session_id,
    )


def actor_of_token(read: Read, secret: str) -> Actor | None:
    """The program behind a token: it acts as viewer (read) or office (write) of its organisation."""
    token = read.exec(select(ApiToken).where(ApiToken.secret_hash == hashed(secret))).first()
    if token is None or token.revoked_at is not None or token.expires_on < clock.now().date():
        return None
    return Actor(
        id=None,
        name=token.name,
        door=Door.api,
        organisation_id=token.organisation_id,
        grants=frozenset({Grant(TOKEN_ROLES[token.scope].value, token.organisation_id)}),
        token_id=token.id,
        token_plan_id=token.plan_id,
    )


def overseen_by(read: Read, systems: set[UUID]) -> frozenset[UUID]:
    """The systems themselves, their members, and the organisations below them."""
    if not systems:
        return frozenset()
    members = read.exec(select(Membership.member_id).where(col(Membership.system_id).in_(systems))).all()
    found = systems | set(members)
    children = read.exec(
        select(Organisation.id).where(or_(col(Organisation.parent_id).in_(found), col(Organisation.id).in_(found)))
    ).all()
    return frozenset(found | set(children))
