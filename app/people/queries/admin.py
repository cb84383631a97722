"""What administrators look at: accounts, sessions, tokens, the access log."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from app.core import clock
from app.core.db import Read
from app.core.errors import NotFound
from app.core.prepared import Prepared
from app.core.words import _
from app.organisations.models import Organisation
from app.people.models import AccessEvent, Account, ApiToken, Credential, RoleHeld, SignInSession
from app.people.rules import EVENT_WORDS, IDLE, ROLE_WORDS, TOKEN_WARNED, AccessKind, token_ends_soon
from app.people.schemas import AccountRead, EventRead, RoleRead, SessionRead, TokenRead


def account_by_email(read: Read, email: str) -> Account:
    row = read.exec(select(Account).where(Account.email == email.strip().lower())).first()
    if row is None:
        raise NotFound(_("There is no account with the e-mail address {email}.", email=email.strip()))
    return row


def accounts(read: Read, only: Collection[UUID] | None = None) -> list[AccountRead]:
    """All accounts by name (or those of these ids), each with its roles."""
    found = (
        select(Account, Organisation, Credential)
        .join(Organisation, col(Organisation.id) == Account.organisation_id)
        .outerjoin(Credential, col(Credential.account_id) == Account.id)
        .order_by(Account.name, Account.email)
    )
    if only is not None:
        found = found.where(col(Account.id).in_(only))
    held = _roles(read, only)
    return [
        AccountRead(
            id=a.id,
            email=a.email,
            name=a.name,
            post=a.post,
            organisation=place.code,
            organisation_name=place.name,
            active=a.active,
            may_sign_in=a.active and let_in is not None and let_in.password_hash is not None,
            code_until=_still(let_in.code_expires_at if let_in else None),
            roles=held.get(a.id, []),
            revision=a.revision,
        )
        for a, place, let_in in read.exec(found)
    ]


def _still(until: datetime | None) -> datetime | None:
    return until if until is not None and until > clock.now() else None


def account(read: Read, account_id: UUID) -> AccountRead:
    found = accounts(read, [account_id])
    if not found:
        raise NotFound(_("There is no such account."))
    return found[0]


def _roles(read: Read, only: Collection[UUID] | None) -> dict[UUID, list[RoleRead]]:
    place = aliased(Organisation)
    found = select(RoleHeld, place.code, place.name).join(place, col(place.id) == RoleHeld.organisation_id)
    if only is not None:
        found = found.where(col(RoleHeld.account_id).in_(only))
    out: dict[UUID, list[RoleRead]] = {}
    for held, code, name in read.exec(found.order_by(RoleHeld.role, place.code)):
        words = _(ROLE_WORDS[held.role])
        out.setdefault(held.account_id, []).append(
            RoleRead(id=held.id, role=held.role, words=words, organisation=code, organisation_name=name)
        )
    return out


def sessions(read: Read, account_id: UUID | None = None) -> list[SessionRead]:
    """Sessions that are open now, the last seen first; of one account, or of all."""
    now = clock.now()
    found = (
        select(SignInSession, Account.name)
        .join(Account, col(Account.id) == SignInSession.account_id)
        .where(
            col(SignInSession.revoked_at).is_(None),
            col(SignInSession.ends_at) > now,
            col(SignInSession.last_seen_at) > now - IDLE,
        )
        .order_by(col(SignInSession.last_seen_at).desc())
    )
    if account_id is not None:
        found = found.where(SignInSession.account_id == account_id)
    return [
        SessionRead(
            id=s.id,
            account_id=s.account_id,
            name=name,
            began_at=s.began_at,
            last_seen_at=s.last_seen_at,
            ends_at=min(s.ends_at, s.last_seen_at + IDLE),
            device=s.device,
            is_this=s.id == read.actor.session_id,
        )
        for s, name in read.exec(found)
    ]


def tokens(read: Read, only: UUID | None = None) -> list[TokenRead]:
    """All tokens (or one), the live ones first; `plan` is an id: plans stand above people."""
    today = clock.london(clock.now()).date()
    rows = [
        TokenRead(
            id=t.id,
            name=t.name,
            hint=t.hint,
            organisation=code,
            plan=str(t.plan_id) if t.plan_id else None,
            scope=t.scope,
            made_at=t.made_at,
            made_by=t.made_by,
            expires_on=t.expires_on,
            last_used_at=t.last_used_at,
            revoked_at=t.revoked_at,
            is_live=t.revoked_at is None and t.expires_on >= today,
            ends_soon=t.revoked_at is None and token_ends_soon(_day(t.made_at), t.expires_on, today),
        )
        for t, code in read.exec(
            select(ApiToken, Organisation.code)
            .join(Organisation, col(Organisation.id) == ApiToken.organisation_id)
            .order_by(col(ApiToken.expires_on), ApiToken.name)
        )
        if only in (None, t.id)
    ]
    return sorted(rows, key=lambda t: not t.is_live)


_THAT_END = (
    select(ApiToken.name, col(ApiToken.made_at), col(ApiToken.expires_on))
    .where(
        col(ApiToken.revoked_at).is_(None),
        col(ApiToken.expires_on) >= bindparam("today"),
        col(ApiToken.expires_on) <= bindparam("until"),
    )
    .order_by(col(ApiToken.expires_on), ApiToken.name)
)
_ENDING = Prepared(_THAT_END)
_ENDING_THERE = Prepared(_THAT_END.where(col(ApiToken.organisation_id).in_(bindparam("organisations", expanding=True))))


def tokens_ending(read: Read, organisation_ids: Collection[UUID] | None) -> list[tuple[str, date]]:
    """(name, last day) of live tokens that end soon, the first to end first; of these organisations, or of all."""
    today = clock.london(clock.now()).date()
    asked: dict[str, Any] = {"today": today, "until": today + TOKEN_WARNED}
    if organisation_ids is not None:
        asked["organisations"] = sorted(organisation_ids)
    rows = (_ENDING if organisation_ids is None else _ENDING_THERE).rows(read, **asked)
    return [(name, ends) for name, made_at, ends in rows if token_ends_soon(_day(made_at), ends, today)]


def _day(instant: datetime) -> date:
    return clock.london(instant).date()


def events(read: Read, kind: AccessKind | None, offset: int, limit: int) -> tuple[list[EventRead], int]:
    """One page of the access log, the latest first, and how many entries there are."""
    found = select(AccessEvent, Account.name).outerjoin(Account, col(Account.id) == AccessEvent.account_id)
    count = select(func.count()).select_from(AccessEvent)
    if kind is not None:
        found = found.where(AccessEvent.kind == kind)
        count = count.where(AccessEvent.kind == kind)
    rows = read.exec(found.order_by(col(AccessEvent.at).desc(), col(AccessEvent.id)).offset(offset).limit(limit)).all()
    shown = [
        EventRead(
            at=e.at, kind=e.kind, words=_(EVENT_WORDS[e.kind]), name=name or "", detail=e.detail, address=e.address
        )
        for e, name in rows
    ]
    return shown, read.exec(count).one()
