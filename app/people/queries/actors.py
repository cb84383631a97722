"""The actor behind a session or a token. Every request asks, so a person costs one statement, an overseer three."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, or_, select

from app.core import clock
from app.core.actor import Actor, Door, Grant
from app.core.db import Read
from app.core.ledger import SHARED_REVISION
from app.core.prepared import Prepared
from app.core.walls import Watch, ready
from app.organisations.models import Membership, Organisation
from app.people.models import Account, ApiToken, RoleHeld, SignInSession
from app.people.rules import IDLE, Role, TokenScope
from app.people.secrets import hashed

TOKEN_ROLES = {TokenScope.read: Role.viewer, TokenScope.write: Role.office}


# The shared revision beside who is found: roles and accounts are of that stream.
_SESSION = Prepared(
    select(
        SignInSession.id, SignInSession.last_seen_at, SignInSession.ends_at, SignInSession.revoked_at,
        Account.id, Account.name, Account.email, Account.organisation_id,
        RoleHeld.role, RoleHeld.organisation_id, SHARED_REVISION,
    )  # type: ignore[call-overload]
    .join(Account, col(Account.id) == SignInSession.account_id)
    .outerjoin(RoleHeld, col(RoleHeld.account_id) == Account.id)
    .where(SignInSession.secret_hash == bindparam("secret"), col(Account.active))
)  # fmt: skip
_TOKEN = ready(select(ApiToken, SHARED_REVISION).where(ApiToken.secret_hash == bindparam("secret")))
_SESSION_STILL = ready(select(SignInSession.revoked_at).where(SignInSession.id == bindparam("id")))
_TOKEN_STILL = ready(select(ApiToken.revoked_at).where(ApiToken.id == bindparam("id")))


@dataclass(frozen=True, slots=True)
class Behind:
    """Who is behind a secret. seen: when it was last used, as the database knows it; ends_at: when it ends by itself;
    shared: the shared revision then; still: what changes once the session or token is revoked.
    """

    actor: Actor
    seen: datetime | None
    ends_at: datetime
    shared: int
    still: Watch


def session_behind(read: Read, secret: str) -> Behind | None:
    rows = _SESSION.rows(read, secret=hashed(secret))
    now = clock.now()
    if not rows or rows[0][3] is not None or rows[0][2] <= now or rows[0][1] + IDLE <= now:
        return None
    first = rows[0]
    held = [(row[8], row[9]) for row in rows if row[8] is not None]
    return Behind(
        actor=_person(read, first[4:8], held, session_id=first[0]),
        seen=first[1],
        ends_at=min(first[2], first[1] + IDLE),
        shared=first[10] or 0,
        still=Watch(_SESSION_STILL, {"id": first[0]}),
    )


def actor_of_account(read: Read, account_id: UUID) -> Actor | None:
    row = read.exec(
        select(Account.id, Account.name, Account.email, Account.organisation_id).where(
            Account.id == account_id, col(Account.active)
        )
    ).first()
    if row is None:
        return None
    held = read.exec(select(RoleHeld.role, RoleHeld.organisation_id).where(RoleHeld.account_id == account_id)).all()
    return _person(read, row, held)


def _person(
    read: Read,
    account: Sequence[Any],
    held: Sequence[Any],
    session_id: UUID | None = None,
) -> Actor:
    """account: id, name, e-mail address, organisation id; held: role and organisation id of each."""
    systems = {organisation for role, organisation in held if role is Role.overseer}
    return Actor(
        id=account[0],
        name=account[1],
        email=account[2],
        organisation_id=account[3],
        door=Door.page,
        grants=frozenset(Grant(role.value, organisation) for role, organisation in held),
        overseen=overseen_by(read, systems),
        session_id=session_id,
    )


def token_behind(read: Read, secret: str) -> Behind | None:
    row = read.exec(_TOKEN, params={"secret": hashed(secret)}).first()
    token, shared = row or (None, 0)
    if token is None or token.revoked_at is not None or token.expires_on < clock.london(clock.now()).date():
        return None
    actor = Actor(
        id=None,
        name=token.name,
        door=Door.api,
        organisation_id=token.organisation_id,
        grants=frozenset({Grant(TOKEN_ROLES[token.scope].value, token.organisation_id)}),
        token_id=token.id,
        token_plan_id=token.plan_id,
        maker_id=token.made_by_id,
    )
    return Behind(
        actor=actor,
        seen=token.last_used_at,
        # London is never behind UTC, so this is midnight there or an hour before.
        ends_at=datetime.combine(token.expires_on, time.max, UTC) - timedelta(hours=1),
        shared=shared or 0,
        still=Watch(_TOKEN_STILL, {"id": token.id}),
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
