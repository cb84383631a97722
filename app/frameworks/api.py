"""The programs' door to publications."""

from uuid import UUID

from fastapi import APIRouter

from app.frameworks import commands, queries
from app.frameworks.schemas import FrameworkDetail, FrameworkRead, LoadedRead, Ruling
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter(prefix="/api/v1/frameworks", tags=["frameworks"])


@router.get("")
@act("library.read")
def frameworks(read: Reader, page: PageQuery) -> Listing[FrameworkRead]:
    """The publications: those with recommendations first, newest first."""
    return listed(read, queries.frameworks(read), page)


@router.post("/load")
@act("library.manage")
def load(tx: Writer) -> LoadedRead:
    """Load the library of this release; nothing changes where it is loaded already."""
    return commands.load_library(tx)


@router.get("/{key}")
@act("library.read")
def framework(read: Reader, key: str) -> FrameworkDetail:
    """One publication with its recommendations in reading order, each with its links."""
    return queries.framework(read, key)


@router.put("/{key}/links/{link_id}/ruling")
@act("library.rule")
def rule(tx: Writer, key: str, link_id: UUID, given: Ruling) -> FrameworkDetail:
    """Accept or refuse a suggested link for one's own organisation."""
    found = queries.framework_row(tx, key)
    commands.rule_on_link(tx, link_id=link_id, given=given)
    return queries.framework(tx, found.key)
