"""Organisations as read models."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.core.db import Read
from app.core.errors import Invalid, NotFound
from app.core.words import N_, _
from app.organisations.models import Membership, Organisation
from app.organisations.rules import SYSTEMS, OrganisationKind
from app.organisations.schemas import MemberRead, OrganisationRead

KIND_WORDS: dict[OrganisationKind, str] = {
    OrganisationKind.trust: N_("NHS trust"),
    OrganisationKind.health_board: N_("Health board"),
    OrganisationKind.icb: N_("Integrated care board"),
    OrganisationKind.lmns: N_("Local maternity and neonatal system"),
    OrganisationKind.region: N_("Region"),
    OrganisationKind.nation: N_("Nation"),
    OrganisationKind.partner: N_("Partner"),
}


def organisations(read: Read) -> list[OrganisationRead]:
    """All that are not archived, by name, each with its members."""
    rows = read.exec(
        select(Organisation).where(col(Organisation.archived_on).is_(None)).order_by(Organisation.name)
    ).all()
    return _read_models(read, rows)


def organisation(read: Read, code: str) -> OrganisationRead:
    return _read_models(read, [organisation_row(read, code)])[0]


def organisation_row(read: Read, code: str) -> Organisation:
    """The row behind a code that somebody asked for; 404 where there is none."""
    row = read.exec(select(Organisation).where(Organisation.code == code.upper())).first()
    if row is None:
        raise NotFound(_("There is no organisation with the code {code}.", code=code))
    return row


def named(read: Read, field: str, code: str) -> Organisation:
    """The row behind a code typed into a field; 422 naming the field where there is none."""
    row = read.exec(select(Organisation).where(Organisation.code == code.upper())).first()
    if row is None or row.archived_on is not None:
        raise Invalid(field, _("There is no organisation with the code {code}.", code=code))
    return row


def _read_models(read: Read, rows: Sequence[Organisation]) -> list[OrganisationRead]:
    ids = [r.id for r in rows]
    member = aliased(Organisation)
    members: dict[UUID, list[MemberRead]] = {}
    for held, code, name in read.exec(
        select(Membership, member.code, member.name)
        .join(member, col(Membership.member_id) == member.id)
        .where(col(Membership.system_id).in_(ids))
        .order_by(member.name)
    ):
        members.setdefault(held.system_id, []).append(MemberRead(id=held.id, code=code, name=name, kind=held.kind))
    parents = dict(
        read.exec(
            select(Organisation.id, Organisation.code).where(
                col(Organisation.id).in_({r.parent_id for r in rows if r.parent_id})
            )
        ).all()
    )
    return [
        OrganisationRead(
            id=r.id,
            code=r.code,
            name=r.name,
            kind=r.kind,
            kind_words=_(KIND_WORDS[r.kind]),
            nation=r.nation,
            parent=parents.get(r.parent_id) if r.parent_id else None,
            is_system=r.kind in SYSTEMS,
            members=members.get(r.id, []),
            revision=r.revision,
        )
        for r in rows
    ]


def organisation_name(read: Read, code: str) -> str:
    """The name behind a code that is known; the code itself where there is none."""
    return read.exec(select(Organisation.name).where(Organisation.code == code)).first() or code
