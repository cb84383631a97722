"""Acts on accounts and roles; they write the shared stream."""

from uuid import UUID

from sqlmodel import col, select

from app.core import clock
from app.core.columns import SHARED
from app.core.db import Write
from app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale, Taken
from app.core.ledger import claim
from app.core.words import _
from app.organisations import queries as organisations
from app.people import queries
from app.people.commands.sessions import sign_out_elsewhere
from app.people.models import Account, Credential, RoleHeld
from app.people.rules import Role
from app.people.schemas import ChangedAccount, GivenRole, NewAccount

# Whoever holds one of these may decide on what others ask for.
DECIDING = frozenset({Role.validator, Role.chair, Role.executive})


def add_account(tx: Write, *, given: NewAccount) -> Account:
    """A person in the directory; who is to sign in needs a one-time code or a password besides."""
    claim(tx, SHARED)
    _refuse_taken(tx, given.email)
    organisation = organisations.named(tx, "organisation", given.organisation)
    row = Account(email=given.email, name=given.name, post=given.post or "", organisation_id=organisation.id)
    tx.act("account.added")
    tx.add(row)
    tx.flush()
    for role in dict.fromkeys(given.roles):
        tx.add(RoleHeld(account_id=row.id, role=role, organisation_id=organisation.id))
    tx.flush()
    return row


def change_account(tx: Write, *, account_id: UUID, given: ChangedAccount, revision: int) -> Account:
    """Roles stay where they are held, also when the person moves to another organisation."""
    claim(tx, SHARED)
    row = queries.account_row(tx, account_id)
    if row.revision != revision:
        raise Stale(_("Somebody else has changed this account. Look at it again before you save."))
    if given.email != row.email:
        _refuse_taken(tx, given.email)
    organisation = organisations.named(tx, "organisation", given.organisation)
    row.email, row.name, row.post, row.organisation_id = given.email, given.name, given.post or "", organisation.id
    tx.act("account.changed")
    tx.flush()
    return row


def give_role(tx: Write, *, account_id: UUID, given: GivenRole) -> RoleHeld:
    claim(tx, SHARED)
    account = queries.account_row(tx, account_id)
    if account.id == tx.actor.id and given.role in DECIDING:
        raise Forbidden(_("Nobody gives themselves a role that decides. Ask another administrator."), "own_role")
    place = organisations.named(tx, "organisation", given.organisation).id if given.organisation else None
    row = RoleHeld(account_id=account.id, role=given.role, organisation_id=place or account.organisation_id)
    known = select(RoleHeld.id).where(
        RoleHeld.account_id == row.account_id,
        RoleHeld.role == row.role,
        RoleHeld.organisation_id == row.organisation_id,
    )
    if tx.exec(known).first():
        raise Invalid("role", _("{name} holds this role there already.", name=account.name))
    tx.act("account.role_given")
    tx.add(row)
    tx.flush()
    return row


def take_role(tx: Write, *, account_id: UUID, role_id: UUID) -> None:
    claim(tx, SHARED)
    row = tx.exec(select(RoleHeld).where(RoleHeld.id == role_id, RoleHeld.account_id == account_id)).first()
    if row is None:
        raise NotFound(_("This role is not held."))
    if row.role is Role.administrator:
        _refuse_last_administrator(tx, account_id, but=row.id)
    tx.act("account.role_taken")
    tx.delete(row)
    tx.flush()


def deactivate(tx: Write, *, account_id: UUID, why: str | None = None) -> Account:
    """The person has left: sessions end at once, and actions of theirs have no owner by rule."""
    claim(tx, SHARED)
    row = queries.account_row(tx, account_id)
    if row.id == tx.actor.id:
        raise Conflict(_("You cannot deactivate your own account. Ask another administrator."), "own_account")
    if not row.active:
        raise Conflict(_("{name} is deactivated already.", name=row.name), "not_active")
    _refuse_last_administrator(tx, account_id)
    row.active, row.deactivated_on = False, clock.today()
    tx.act("account.deactivated", why)
    tx.flush()
    credential = tx.exec(select(Credential).where(Credential.account_id == row.id)).first()
    if credential is not None:
        credential.code_hash = credential.code_expires_at = None
    sign_out_elsewhere(tx, account_id=row.id)
    return row


def reactivate(tx: Write, *, account_id: UUID) -> Account:
    claim(tx, SHARED)
    row = queries.account_row(tx, account_id)
    if row.active:
        raise Conflict(_("{name} is active already.", name=row.name), "active")
    row.active, row.deactivated_on = True, None
    tx.act("account.reactivated")
    tx.flush()
    return row


def _refuse_taken(tx: Write, email: str) -> None:
    if tx.exec(select(Account.id).where(Account.email == email)).first():
        raise Taken(
            "email", _("There is an account with the e-mail address {email} already.", email=email), "email_taken"
        )


def _refuse_last_administrator(tx: Write, account_id: UUID, but: UUID | None = None) -> None:
    """but: the one grant that goes; without it all of the account's go. Nobody could let anybody in any more."""
    held = tx.exec(
        select(RoleHeld.id, RoleHeld.account_id)
        .join(Account, col(Account.id) == RoleHeld.account_id)
        .where(RoleHeld.role == Role.administrator, col(Account.active))
    ).all()
    mine = [i for i, account in held if account == account_id and but in (None, i)]
    if mine and len(held) == len(mine):
        raise Conflict(
            _("This is the last administrator. Make another one first."), "last_administrator"
        )  # fmt: skip
