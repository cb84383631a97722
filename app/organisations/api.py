"""The programs' door to organisations."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Response

from app.organisations import commands, queries
from app.organisations.schemas import ChangedOrganisation, NewMember, NewOrganisation, OrganisationRead
from app.web import etags
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter(prefix="/api/v1/organisations", tags=["organisations"])
IfMatch = Annotated[str | None, Header()]


@router.get("")
@act("library.read")
def organisations(read: Reader, page: PageQuery) -> Listing[OrganisationRead]:
    """All organisations that are not archived, by name."""
    return listed(read, queries.organisations(read), page)


@router.post("", status_code=201)
@act("organisations.manage")
def add(tx: Writer, given: NewOrganisation, response: Response) -> OrganisationRead:
    """Add an organisation."""
    return etags.tagged(response, queries.organisation(tx, commands.add_organisation(tx, given=given).code))


@router.get("/{code}")
@act("library.read")
def organisation(read: Reader, code: str, response: Response) -> OrganisationRead:
    """One organisation with its members."""
    return etags.tagged(response, queries.organisation(read, code))


@router.put("/{code}")
@act("organisations.manage")
def change(
    tx: Writer, code: str, given: ChangedOrganisation, response: Response, if_match: IfMatch = None
) -> OrganisationRead:
    """Change an organisation's name, kind, nation or parent."""
    commands.change_organisation(tx, code=code, given=given, revision=etags.revision_read(if_match))
    return etags.tagged(response, queries.organisation(tx, code))


@router.post("/{code}/members", status_code=201)
@act("organisations.manage")
def add_member(tx: Writer, code: str, given: NewMember, response: Response) -> OrganisationRead:
    """Make an organisation a member or partner of a system."""
    commands.add_member(tx, system=code, given=given)
    return etags.tagged(response, queries.organisation(tx, code))


@router.delete("/{code}/members/{member_id}")
@act("organisations.manage")
def remove_member(tx: Writer, code: str, member_id: UUID, response: Response) -> OrganisationRead:
    """Take a member or partner out of a system."""
    commands.remove_member(tx, system=code, member_id=member_id)
    return etags.tagged(response, queries.organisation(tx, code))
