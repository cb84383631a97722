"""Keys for programs: shown once, kept as a hash. Outside the ledger; each making and revoking is in the access log."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from app.core import clock
from app.core.db import Write
from app.core.errors import NotFound
from app.core.words import _
from app.history.commands import MARK
from app.organisations import queries as organisations
from app.people import secrets
from app.people.commands.events import record
from app.people.models import Account, ApiToken
from app.people.rules import AccessKind
from app.people.schemas import NewToken


def add_token(tx: Write, *, given: NewToken, plan_id: UUID | None = None) -> tuple[ApiToken, str]:
    """The row and the secret, which nobody can read again. plan_id: of the plan that `given.plan` names."""
    organisation = organisations.named(tx, "organisation", given.organisation)
    secret = secrets.new_token()
    row = ApiToken(
        name=given.name,
        secret_hash=secrets.hashed(secret),
        hint=secret[:8],
        organisation_id=organisation.id,
        plan_id=plan_id,
        scope=given.scope,
        made_at=clock.now(),
        made_by=tx.actor.name[:120],
        made_by_id=tx.actor.id,
        expires_on=clock.london(clock.now()).date() + timedelta(days=given.days),
    )
    tx.add(row)
    record(
        tx, AccessKind.token_made, account_id=tx.actor.id, organisation_id=organisation.id, detail=f"token:{row.hint}"
    )  # fmt: skip
    tx.flush()
    return row, secret


def revoke_token(tx: Write, *, token_id: UUID) -> None:
    row = tx.get(ApiToken, token_id)
    if row is None:
        raise NotFound(_("There is no such token."))
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        record(
            tx,
            AccessKind.token_revoked,
            account_id=tx.actor.id,
            organisation_id=row.organisation_id,
            detail=f"token:{row.hint}",
        )
    tx.flush()


def used(tx: Write, *, token_id: UUID, at: datetime) -> None:
    row = tx.get(ApiToken, token_id)
    if row is not None and (row.last_used_at is None or row.last_used_at < at):
        row.last_used_at = at


def forget_maker(tx: Write, *, email: str) -> None:
    """The name of a person who made tokens goes; the tokens stay, and so does whose proposals theirs are."""
    made = select(ApiToken).join(Account, col(ApiToken.made_by_id) == col(Account.id))
    for row in tx.exec(made.where(Account.email == email.strip().lower())).all():
        row.made_by = MARK
    tx.flush()
