"""The directory: who there is to be named as owner, executive, chair or member."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import col, select

from app.core.actor import Actor
from app.core.db import Read
from app.core.errors import Invalid, NotFound
from app.core.idempotency import note
from app.core.words import _
from app.organisations.models import Organisation
from app.people.models import Account, Credential, RoleHeld
from app.people.rules import MADE_BY_DEMO, ROLE_WORDS, Role
from app.people.schemas import DemonstrationRead, PersonRead


def directory(read: Read, organisation_ids: Collection[UUID]) -> list[PersonRead]:
    """The people of these organisations by name, those who have left among them (`active` says so)."""
    rows = read.exec(
        select(Account, Organisation.code, Organisation.name)
        .join(Organisation, col(Account.organisation_id) == Organisation.id)
        .where(col(Account.organisation_id).in_(set(organisation_ids)))
        .order_by(Account.name, Account.email)
    ).all()
    return [_read_model(account, code, name) for account, code, name in rows]


def person_named(read: Read, field: str, email: str, organisation_ids: Collection[UUID]) -> PersonRead:
    """The person behind an e-mail address typed into a field; 422 naming the field where none is to be had.

    Somebody of another organisation answers exactly as nobody does.
    """
    row = read.exec(
        select(Account, Organisation.code, Organisation.name)
        .join(Organisation, col(Account.organisation_id) == Organisation.id)
        .where(Account.email == email.strip().lower(), col(Account.organisation_id).in_(set(organisation_ids)))
    ).first()
    if row is None:
        raise Invalid(field, _("There is nobody here with the e-mail address {email}.", email=email.strip()))
    if not row[0].active:
        raise Invalid(field, _("{name} has left. Choose somebody else.", name=row[0].name))
    return _read_model(*row)


def anybody_is(read: Read, role: Role, organisation_id: UUID) -> bool:
    """Whether somebody who has not left holds the role at this organisation."""
    wanted = (
        select(RoleHeld.id)
        .join(Account, col(RoleHeld.account_id) == Account.id)
        .where(RoleHeld.role == role, RoleHeld.organisation_id == organisation_id, col(Account.active).is_(True))
        .limit(1)
    )
    return read.exec(wanted).first() is not None


def holders(read: Read, role: Role, organisation_id: UUID) -> Sequence[UUID]:
    """Who holds the role at this organisation and has not left, by name."""
    wanted = (
        select(Account.id)
        .join(RoleHeld, col(RoleHeld.account_id) == Account.id)
        .where(RoleHeld.role == role, RoleHeld.organisation_id == organisation_id, col(Account.active).is_(True))
        .order_by(Account.name)
    )
    return read.exec(wanted).all()


def account_row(read: Read, account_id: UUID) -> Account:
    row = read.exec(select(Account).where(Account.id == account_id)).first()
    if row is None:
        raise NotFound(_("There is no such account."))
    return row


def demonstration(read: Read) -> list[DemonstrationRead]:
    """The accounts that a stranger may sign in with, where the demonstration made this database; none elsewhere."""
    if note(read, MADE_BY_DEMO) is None:
        return []
    found: dict[str, DemonstrationRead] = {}
    for email, name, role in read.exec(
        select(Account.email, Account.name, col(RoleHeld.role))
        .join(Credential, col(Credential.account_id) == Account.id)
        .join(RoleHeld, col(RoleHeld.account_id) == Account.id)
        .where(Account.active, col(Credential.password_hash).is_not(None))
        .order_by(col(Account.organisation_id), Account.email, RoleHeld.role)
    ):
        words = _(ROLE_WORDS[role])
        known = found.get(email)
        if known is None:
            found[email] = DemonstrationRead(email=email, name=name, roles=words)
        elif words not in known.roles.split(", "):
            known.roles += f", {words}"
    return list(found.values())


def organisations_of(actor: Actor) -> set[UUID]:
    """Where somebody belongs: the organisation of the account or token, and those where a role is held."""
    own = {actor.organisation_id} if actor.organisation_id else set()
    return own | {g.organisation_id for g in actor.grants}


def _read_model(account: Account, code: str, organisation: str) -> PersonRead:
    return PersonRead(
        id=account.id,
        email=account.email,
        name=account.name,
        post=account.post,
        organisation=code,
        organisation_name=organisation,
        active=account.active,
    )
