"""An organisation's own publications: for whom somebody may write, and which."""

from collections.abc import Sequence

from sqlmodel import col, select

from app.core.db import Read
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.words import _
from app.frameworks.models import Framework
from app.frameworks.queries.recommendations import items
from app.frameworks.queries.shelf import framework_row
from app.frameworks.schemas import ItemRead
from app.organisations.models import Organisation
from app.people.permissions import refusal
from app.people.rights import Relation, allows

ACT = "library.local"


def writing_organisations(read: Read) -> Sequence[Organisation]:
    """Those for which the actor keeps publications, their own before others."""
    actor = read.actor
    may = {g.organisation_id for g in actor.grants if allows(ACT, [(g.role, Relation.organisation)])}
    rows = read.exec(select(Organisation).where(col(Organisation.id).in_(may)).order_by(Organisation.code)).all()
    return sorted(rows, key=lambda o: o.id != actor.organisation_id)


def writing_organisation(read: Read, code: str | None) -> Organisation:
    """The one named, else one's own; 403 where the actor keeps none there."""
    if read.actor.is_system:
        row = read.exec(select(Organisation).where(Organisation.code == (code or "").upper())).first()
        if row is None:
            raise Invalid("organisation", _("There is no organisation with the code {code}.", code=code or ""))
        return row
    for found in writing_organisations(read):
        if code is None or found.code == code.upper():
            return found
    raise refusal(ACT)


def own_publication(read: Read, key: str) -> Framework:
    """The row of a publication that the actor may change; 404 where it may not be seen, 403 where not changed."""
    row = framework_row(read, key)
    if row.organisation_id is None:
        raise Forbidden(_("This publication belongs to the library. Only an organisation's own can be changed."))
    if not read.actor.is_system and row.organisation_id not in {o.id for o in writing_organisations(read)}:
        raise refusal(ACT)
    return row


def own_item(read: Read, key: str, ref: str) -> ItemRead:
    """A recommendation in force of a publication that the actor may change."""
    row = own_publication(read, key)
    found = next((i for i in items(read, row.key) if i.ref == ref), None)
    if found is None:
        raise NotFound(_("There is no recommendation {ref} in this publication.", ref=ref))
    return found
