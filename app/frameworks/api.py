"""The programs' door to publications."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.core.errors import NotFound
from app.core.words import _
from app.coverage import queries as coverage
from app.frameworks import commands, queries
from app.frameworks.queries.files import read_publication
from app.frameworks.schemas import (
    FrameworkDetail,
    FrameworkRead,
    GivenItem,
    GivenText,
    GivenWording,
    KeptRead,
    LoadedRead,
    NamedReaders,
    NewLink,
    NewPublication,
    PrivateRead,
    Ruling,
)
from app.frameworks.schemas.given import Ref
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter(prefix="/api/v1/frameworks", tags=["frameworks"])


@router.get("")
@act("library.read")
def frameworks(read: Reader, page: PageQuery) -> Listing[FrameworkRead]:
    """The publications: those with recommendations first, newest first."""
    return listed(read, queries.frameworks(read, coverage.organisations_read(read)), page)


@router.post("", status_code=201)
@act("library.local")
def add(tx: Writer, given: NewPublication, response: Response) -> KeptRead:
    """Add a publication of one's own organisation: an inspection, a review, a survey, an investigation."""
    told = commands.add_publication(tx, given=given, used=coverage.answered_anywhere)
    response.headers["Location"] = f"/api/v1/frameworks/{told.key}"
    return told


@router.post("/yaml")
@act("library.local")
def load_text(tx: Writer, given: GivenText) -> KeptRead:
    """Keep a publication of one's own as its YAML text says it: added where it is new, else brought to the text."""
    told = read_publication(given.text, given.organisation)
    return commands.keep_publication(tx, given=told, used=coverage.answered_anywhere)


@router.post("/load")
@act("library.manage")
def load(tx: Writer) -> LoadedRead:
    """Load the library of this release; nothing changes where it is loaded already."""
    return commands.load_library(tx)


@router.post("/links", status_code=201)
@act("library.rule")
def link(tx: Writer, given: NewLink) -> FrameworkDetail:
    """Suggest a link of two recommendations for one's own organisation; it counts once somebody else accepts it."""
    commands.add_link(tx, given=given)
    return queries.framework(tx, given.recommendation.partition(":")[0].strip().lower())


@router.delete("/links/{link_id}", status_code=204)
@act("library.rule")
def unlink(tx: Writer, link_id: UUID) -> None:
    """Remove a link of one's own organisation."""
    commands.remove_link(tx, link_id=link_id)


@router.get("/{key}/private")
@act("library.read")
def private(read: Reader, key: str) -> PrivateRead:
    """The private wording, for those who are named; 404 for everybody else, exactly as where there is none."""
    found = queries.private_wording(read, queries.framework_row(read, key, coverage.organisations_read(read)))
    if found is None:
        raise NotFound(_("There is no private wording here that you may read."))
    return found


@router.put("/{key}/private", status_code=204)
@act("library.local")
def name_readers(tx: Writer, key: str, given: NamedReaders) -> None:
    """Say who may read the private wording of a publication of one's own; with nobody it is taken away."""
    commands.name_readers(tx, key=key, given=given)


@router.put("/{key}/private/{ref}", status_code=204)
@act("library.local")
def keep_wording(tx: Writer, key: str, ref: str, given: GivenWording) -> None:
    """What a recommendation says to the people who are named; an empty one is taken away."""
    commands.keep_wording(tx, key=key, ref=ref, given=given)


@router.get("/{key}")
@act("library.read")
def framework(read: Reader, key: str) -> FrameworkDetail:
    """One publication with its recommendations in reading order, each with its links."""
    return queries.framework(read, key, coverage.organisations_read(read))


@router.put("/{key}/items/{ref}")
@act("library.local")
def put_item(tx: Writer, key: str, ref: Ref, given: GivenItem) -> FrameworkDetail:
    """Add a recommendation to a publication of one's own, or change one that nothing answers yet."""
    commands.put_item(tx, key=key, ref=ref, given=given, used=coverage.answered_anywhere)
    return queries.framework(tx, key)


@router.delete("/{key}/items/{ref}", status_code=204)
@act("library.local")
def withdraw_item(tx: Writer, key: str, ref: str) -> None:
    """Withdraw a recommendation of a publication of one's own; what points to it is kept."""
    commands.withdraw_item(tx, key=key, ref=ref)


@router.put("/{key}/links/{link_id}/ruling")
@act("library.rule")
def rule(tx: Writer, key: str, link_id: UUID, given: Ruling) -> FrameworkDetail:
    """Accept or refuse a link for one's own organisation, and say what it is to it; never one of one's own making."""
    found = queries.framework_row(tx, key)
    commands.rule_on_link(tx, link_id=link_id, given=given)
    return queries.framework(tx, found.key)
