"""Acts on organisations. All of them write the shared stream."""

from uuid import UUID

from sqlmodel import select

from app.core.columns import SHARED
from app.core.db import Write
from app.core.errors import Invalid, NotFound, Stale, Taken
from app.core.ledger import claim
from app.core.words import _
from app.organisations import queries
from app.organisations.models import Membership, Organisation
from app.organisations.rules import SYSTEMS
from app.organisations.schemas import ChangedOrganisation, NewMember, NewOrganisation


def add_organisation(tx: Write, *, given: NewOrganisation) -> Organisation:
    claim(tx, SHARED)
    if tx.exec(select(Organisation.id).where(Organisation.code == given.code)).first():
        raise Taken("code", _("There is an organisation with the code {code} already.", code=given.code), "code_taken")
    parent = queries.named(tx, "parent", given.parent) if given.parent else None
    row = Organisation(
        code=given.code,
        name=given.name,
        kind=given.kind,
        nation=given.nation,
        parent_id=parent.id if parent else None,
    )
    tx.act("organisation.added")
    tx.add(row)
    tx.flush()
    return row


def change_organisation(tx: Write, *, code: str, given: ChangedOrganisation, revision: int) -> Organisation:
    claim(tx, SHARED)
    row = queries.organisation_row(tx, code)
    if row.revision != revision:
        raise Stale(_("Somebody else has changed this organisation. Look at it again before you save."))
    parent = queries.named(tx, "parent", given.parent) if given.parent else None
    if parent is not None and parent.id == row.id:
        raise Invalid("parent", _("An organisation cannot stand above itself. Choose another, or none."))
    row.name, row.kind, row.nation = given.name, given.kind, given.nation
    row.parent_id = parent.id if parent else None
    tx.act("organisation.changed")
    tx.flush()
    return row


def add_member(tx: Write, *, system: str, given: NewMember) -> Membership:
    """Make an organisation a member or partner of a system."""
    claim(tx, SHARED)
    above = queries.organisation_row(tx, system)
    if above.kind not in SYSTEMS:
        raise Invalid("member", _("{name} is not a system, so it has no members.", name=above.name))
    member = queries.named(tx, "member", given.member)
    if member.id == above.id:
        raise Invalid("member", _("A system cannot be its own member. Enter another code."))
    known = select(Membership.id).where(Membership.system_id == above.id, Membership.member_id == member.id)
    if tx.exec(known).first():
        raise Invalid("member", _("{name} is in this system already.", name=member.name))
    row = Membership(system_id=above.id, member_id=member.id, kind=given.kind)
    tx.act("organisation.member_added")
    tx.add(row)
    tx.flush()
    return row


def remove_member(tx: Write, *, system: str, member_id: UUID) -> None:
    claim(tx, SHARED)
    above = queries.organisation_row(tx, system)
    row = tx.exec(select(Membership).where(Membership.id == member_id, Membership.system_id == above.id)).first()
    if row is None:
        raise NotFound(_("This organisation is not in the system."))
    tx.act("organisation.member_removed")
    tx.delete(row)
    tx.flush()
