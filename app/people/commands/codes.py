"""One-time codes: for the first administrator, and for everybody whom an administrator lets in."""

import json
from datetime import datetime
from uuid import UUID

from sqlmodel import select

from app.core import clock
from app.core.columns import SHARED
from app.core.db import Write
from app.core.errors import Conflict, Invalid
from app.core.idempotency import note, write_note
from app.core.ledger import claim
from app.core.words import _
from app.organisations.commands import add_organisation
from app.organisations.models import Organisation
from app.organisations.schemas import NewOrganisation
from app.people import queries, secrets
from app.people.commands.accounts import add_account
from app.people.commands.sessions import change_password
from app.people.models import Account, Credential
from app.people.rules import CODE_LASTS, Role
from app.people.schemas import Beginning, NewAccount

FIRST_CODE = "first_code"


def first_code(tx: Write) -> str | None:
    """A new one-time code for `/first`, in place of any earlier one; None once somebody has a password."""
    if not queries.may_begin(tx):
        return None
    code = secrets.new_code()
    ends = (clock.now() + CODE_LASTS).isoformat()
    write_note(tx, FIRST_CODE, json.dumps({"hash": secrets.hashed_code(code), "ends": ends}))
    return code


def begin(tx: Write, *, given: Beginning, password_hash: str) -> Account:
    """The first administrator, with the organisation where there is none of that code yet."""
    claim(tx, SHARED)
    if not queries.may_begin(tx):
        raise Conflict(_("There is an administrator already. Ask them for an account."), "begun")
    kept = json.loads(note(tx, FIRST_CODE) or "{}")
    ended = "ends" not in kept or datetime.fromisoformat(kept["ends"]) <= clock.now()
    if ended or kept["hash"] != secrets.hashed_code(given.code):
        raise bad_code()
    if tx.exec(select(Organisation.id).where(Organisation.code == given.organisation)).first() is None:
        if not given.organisation_name:
            raise Invalid("organisation_name", _("Enter the organisation's name."))
        add_organisation(
            tx,
            given=NewOrganisation(
                code=given.organisation, name=given.organisation_name, kind=given.organisation_kind
            ),
        )  # fmt: skip
    roles = [Role.administrator, *([Role.office] if given.office else [])]
    account = add_account(
        tx, given=NewAccount(email=given.email, name=given.name, organisation=given.organisation, roles=roles)
    )
    change_password(tx, account_id=account.id, password_hash=password_hash)
    write_note(tx, FIRST_CODE, "{}")
    return account


def new_code(tx: Write, *, account_id: UUID) -> str:
    """A code that lets this person choose a password, shown once; an earlier one is worth nothing any more."""
    account = queries.account_row(tx, account_id)
    if not account.active:
        raise Conflict(_("{name} is deactivated. Reactivate the account first.", name=account.name), "not_active")
    row = tx.exec(select(Credential).where(Credential.account_id == account.id)).first()
    if row is None:
        row = Credential(account_id=account.id)
        tx.add(row)
    code = secrets.new_code()
    row.code_hash, row.code_expires_at = secrets.hashed_code(code), clock.now() + CODE_LASTS
    tx.flush()
    return code


def choose_password(tx: Write, *, code: str, password_hash: str) -> UUID:
    """Keep the password of the code's account, whose id is returned; the code is spent."""
    claim(tx, SHARED)
    found = queries.code_facts(tx, code)
    if found.account_id is None:
        raise bad_code()
    change_password(tx, account_id=found.account_id, password_hash=password_hash)
    return found.account_id


def bad_code() -> Invalid:
    return Invalid("code", _("This code is not right, was used, or has ended. Ask your administrator for another."))
