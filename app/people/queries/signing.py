"""What a sign-in is judged by: locks, stored hashes and one-time codes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, func, select

from app.core import clock
from app.core.db import Read
from app.organisations.models import Organisation
from app.people.models import Account, Credential, Lockout
from app.people.rules import most_listed
from app.people.secrets import hashed_code


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """account_id and password_hash are None where nobody could sign in; the caller must take the same time."""

    account_id: UUID | None = None
    password_hash: str | None = None
    active: bool = False
    personal: tuple[str, ...] = ()


def locked_for(read: Read, keys: Collection[str]) -> timedelta | None:
    """How long sign-in stays shut for the first of these keys that is locked; None where none is."""
    now = clock.now()
    until = read.exec(select(func.max(Lockout.until)).where(col(Lockout.key).in_(set(keys)))).one()
    return until - now if until is not None and until > now else None


def is_listed(read: Read, keys: Collection[str]) -> bool:
    """Whether the log still lists tries while these keys are locked."""
    locked = col(Lockout.key).in_(set(keys)), col(Lockout.until) > clock.now()
    return any(
        failures < most_listed(key) for key, failures in read.exec(select(Lockout.key, Lockout.failures).where(*locked))
    )


def sign_in_facts(read: Read, email: str) -> SignInFacts:
    return _facts(read, Account.email == email)


def code_facts(read: Read, code: str) -> SignInFacts:
    """Whose one-time code this is; nobody's when it was used, has ended, or the account is not active."""
    now = clock.now()
    return _facts(
        read, Credential.code_hash == hashed_code(code), col(Credential.code_expires_at) > now, Account.active
    )


def _facts(read: Read, *where: object) -> SignInFacts:
    row = read.exec(
        select(Account, Credential.password_hash, Organisation.name)
        .join(Organisation, col(Organisation.id) == Account.organisation_id)
        .outerjoin(Credential, col(Credential.account_id) == Account.id)
        .where(*where)  # type: ignore[arg-type]
    ).first()
    if row is None:
        return SignInFacts()
    account, stored, organisation = row
    return SignInFacts(account.id, stored, account.active, (account.email, account.name, organisation))


def with_password(read: Read, account_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these accounts whose people have chosen a password."""
    chosen = col(Credential.account_id).in_(account_ids), col(Credential.password_hash).is_not(None)
    return frozenset(read.exec(select(Credential.account_id).where(*chosen)).all())


def may_begin(read: Read) -> bool:
    """Whether nobody has ever chosen a password here: the first administrator is still to come."""
    return read.exec(select(Credential.id).where(col(Credential.password_hash).is_not(None)).limit(1)).first() is None
