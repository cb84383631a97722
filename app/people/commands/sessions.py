"""Signing in and out: sessions, failures and locks. All of it stands outside the ledger."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import col, delete, select

from app.core import clock
from app.core.columns import SHARED
from app.core.db import Write
from app.core.errors import NotFound
from app.core.ledger import claim
from app.core.words import _
from app.people.commands.events import record
from app.people.models import AccessEvent, Account, Credential, Lockout, SignInSession
from app.people.rules import (
    ABSOLUTE,
    FAILURES_COUNTED,
    FAILURES_OF_ADDRESS,
    FAILURES_OF_EMAIL,
    LOCKED,
    LOG_KEPT,
    AccessKind,
    address_key,
    email_key,
    most_listed,
)
from app.people.secrets import hashed, new_secret


def begin_session(
    tx: Write, *, account_id: UUID, email: str = "", address: str = "", device: str = "", instead_of: UUID | None = None
) -> str:
    """The secret for the cookie of a new session.

    instead_of: the session that the browser had before; it ends, so that a secret planted there is worth nothing.
    """
    claim(tx, SHARED)
    account = tx.get(Account, account_id)
    if account is None or not account.active:
        raise NotFound(_("There is no such account."))
    now, secret = clock.now(), new_secret()
    if instead_of is not None:
        _revoke(tx, instead_of)
    for row in tx.exec(select(Lockout).where(Lockout.key == email_key(email or account.email))).all():
        tx.delete(row)
    tx.add(
        SignInSession(
            secret_hash=hashed(secret),
            account_id=account.id,
            began_at=now,
            last_seen_at=now,
            ends_at=now + ABSOLUTE,
            device=device[:120],
        )
    )
    record(
        tx, AccessKind.signed_in, account_id=account.id, organisation_id=account.organisation_id, address=address
    )  # fmt: skip
    tx.flush()
    return secret


def failed(tx: Write, *, email: str | None, address: str, detail: str, account_id: UUID | None = None) -> None:
    """Count a refused sign-in against the e-mail address and the network address, and lock what had too many."""
    # The shared stream's queue: two failures at once must both count.
    claim(tx, SHARED)
    kinds = [(address_key(address), FAILURES_OF_ADDRESS)]
    if email is not None:
        kinds.append((email_key(email), FAILURES_OF_EMAIL))
    locked = [_count(tx, key, most) for key, most in kinds]
    record(tx, AccessKind.sign_in_failed, account_id=account_id, detail=detail, address=address)
    if any(locked):
        record(tx, AccessKind.locked_out, account_id=account_id, detail=detail, address=address)
    tx.flush()


def refused(tx: Write, *, keys: Collection[str], address: str, email: str | None = None) -> None:
    """Write down a try while these keys are locked, whatever its password was; the last one listed says so."""
    claim(tx, SHARED)
    rows = tx.exec(select(Lockout).where(col(Lockout.key).in_(keys), col(Lockout.until) > clock.now())).all()
    left = [most_listed(row.key) - row.failures for row in rows]
    if not left or max(left) <= 0:
        return
    for row in rows:
        row.failures += 1
    account = tx.exec(select(Account).where(Account.email == email)).first() if email else None
    record(
        tx,
        AccessKind.sign_in_failed,
        account_id=account.id if account else None,
        organisation_id=account.organisation_id if account else None,
        detail="locked" if max(left) > 1 else "locked_and_more",
        address=address,
    )
    tx.flush()


def _count(tx: Write, key: str, most: int) -> bool:
    """Whether this failure locks the key."""
    now = clock.now()
    row = tx.exec(select(Lockout).where(Lockout.key == key)).first()
    if row is None:
        row = Lockout(key=key, failures=0, first_at=now)
        tx.add(row)
    if row.first_at + FAILURES_COUNTED <= now:
        row.failures, row.first_at, row.until = 0, now, None
    row.failures += 1
    if row.failures >= most and row.until is None:
        row.until = now + LOCKED
        return True
    return False


def end_session(tx: Write, *, session_id: UUID, account_id: UUID | None = None) -> None:
    """account_id: whose session it must be; None where an administrator ends anybody's."""
    row = tx.exec(select(SignInSession).where(SignInSession.id == session_id)).first()
    if row is None or (account_id is not None and row.account_id != account_id):
        raise NotFound(_("There is no such session."))
    own = row.id == tx.actor.session_id
    if _revoke(tx, session_id):
        record(tx, AccessKind.signed_out if own else AccessKind.session_revoked, account_id=row.account_id)
    tx.flush()


def sign_out_elsewhere(tx: Write, *, account_id: UUID, but: UUID | None = None) -> int:
    """End the account's sessions but this one; how many there were."""
    rows = tx.exec(
        select(SignInSession.id).where(SignInSession.account_id == account_id, col(SignInSession.revoked_at).is_(None))
    ).all()
    ended = [row for row in rows if row != but and _revoke(tx, row)]
    if ended:
        record(tx, AccessKind.session_revoked, account_id=account_id, detail=f"sessions:{len(ended)}")
    tx.flush()
    return len(ended)


def change_password(tx: Write, *, account_id: UUID, password_hash: str) -> None:
    """Keep a new password; every session but the one that changed it ends, and a pending code with it."""
    claim(tx, SHARED)
    row = tx.exec(select(Credential).where(Credential.account_id == account_id)).first()
    if row is None:
        row = Credential(account_id=account_id)
        tx.add(row)
    row.password_hash, row.password_changed_at = password_hash, clock.now()
    row.code_hash = row.code_expires_at = None
    record(tx, AccessKind.password_changed, account_id=account_id)
    sign_out_elsewhere(tx, account_id=account_id, but=tx.actor.session_id)


def seen(tx: Write, *, session_id: UUID, at: datetime) -> None:
    row = tx.get(SignInSession, session_id)
    if row is not None and row.last_seen_at < at:
        row.last_seen_at = at


def prune_access(tx: Write) -> int:
    """Forget what is older than a year: events, ended sessions and spent locks. How many events went."""
    before = clock.now() - LOG_KEPT
    gone = tx.exec(delete(AccessEvent).where(col(AccessEvent.at) < before))
    tx.exec(delete(SignInSession).where(col(SignInSession.ends_at) < before))
    tx.exec(delete(Lockout).where(col(Lockout.first_at) < clock.now() - FAILURES_COUNTED - LOCKED))
    return gone.rowcount


def _revoke(tx: Write, session_id: UUID) -> bool:
    row = tx.get(SignInSession, session_id)
    if row is None or row.revoked_at is not None:
        return False
    row.revoked_at = clock.now()
    return True
