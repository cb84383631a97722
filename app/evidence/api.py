"""The programs' door to evidence. A token submits and reads; it never reviews."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from app.core.db import Read
from app.evidence import commands, queries
from app.evidence.filters import EvidenceFilters, Show, apply
from app.evidence.received import received
from app.evidence.rules import EvidenceKind, EvidenceState
from app.evidence.schemas import (
    ChangedEvidence,
    EvidenceRead,
    EvidenceWithdrawal,
    NewEvidence,
    NewReview,
    NewStatement,
    NewVersion,
)
from app.plans.queries import plan_for
from app.plans.schemas import NewRestriction, OpenedAgain, RestrictionRead
from app.web import etags
from app.web.access import act
from app.web.bodies import body_told, body_values, modelled
from app.web.doors import Reader, Writer
from app.web.downloads import attachment
from app.web.listing import Listing, PageQuery, listed
from app.web.uploads import Upload, Uploads, receiving

router = APIRouter(prefix="/api/v1/plans/{plan}/evidence", tags=["evidence"])
IfMatch = Annotated[str | None, Header(description="The ETag or revision of what was read.")]
Words = Annotated[str, Query(max_length=200, description="Words in what it shows, its files and its actions.")]
Number = Annotated[int | None, Query(ge=1, le=100_000, description="Which version; without it, the one that counts.")]


def _allowed(read: Read, request: Request) -> object:
    return plan_for(read, request.path_params["plan"], "evidence.submit")


Files = Annotated[Uploads, Depends(receiving(_allowed))]
Body = Annotated[Any, Depends(body_values)]


@router.get("")
@act("plan.read")
def evidence(
    read: Reader,
    plan: str,
    page: PageQuery,
    state: EvidenceState | None = None,
    kind: EvidenceKind | None = None,
    show: Show | None = None,
    action: str = "",
    recommendation: str = "",
    q: Words = "",
) -> Listing[EvidenceRead]:
    """The plan's evidence, the newest submission first; of a confidential item others see the summary."""
    access = plan_for(read, plan)
    filters = EvidenceFilters(q=q, state=state, kind=kind, show=show, action=action, recommendation=recommendation)
    return listed(read, apply(queries.evidence(read, access), filters), page, access.stream)


@router.post("", status_code=201, response_model=EvidenceRead, openapi_extra=body_told(NewEvidence))
@act("evidence.submit")
def submit(files: Files, values: Body, tx: Writer, plan: str, response: Response) -> EvidenceRead:
    """Submit evidence: JSON for a link or something seen, a form with one file for a file."""
    access = plan_for(tx, plan, "evidence.submit")
    file, given = _one(files), modelled(NewEvidence, values)
    made = commands.submit(tx, access=access, given=given, file=received(file) if file else None)
    if file:
        files.take(file)
    response.headers["Location"] = f"/api/v1/plans/{plan}/evidence/{made.ref}"
    return etags.tagged(response, queries.evidence_item(tx, access, made.ref))


@router.get("/{ref}")
@act("plan.read")
def one(read: Reader, plan: str, ref: str, response: Response) -> EvidenceRead:
    """One item with its versions, what it is evidence for, and what was said of it."""
    return etags.tagged(response, queries.evidence_item(read, plan_for(read, plan), ref))


@router.patch("/{ref}")
@act("evidence.submit")
def change(
    tx: Writer, plan: str, ref: str, given: ChangedEvidence, response: Response, if_match: IfMatch = None
) -> EvidenceRead:
    """Change what is sent. Other words or days are submitted anew; a link to an action waits for a reviewer there."""
    access = plan_for(tx, plan, "evidence.submit")
    revision = etags.revision_read(if_match)
    commands.change(tx, access=access, ref=ref, given=given, revision=revision)
    return etags.tagged(response, queries.evidence_item(tx, access, ref))


@router.post(
    "/{ref}/versions", status_code=201, response_model=EvidenceRead, openapi_extra=body_told(NewVersion, json_too=False)
)
@act("evidence.submit")
def add_version(files: Files, values: Body, tx: Writer, plan: str, ref: str, response: Response) -> EvidenceRead:
    """Send a newer file. The older ones stay to be read, and the item is submitted again."""
    access = plan_for(tx, plan, "evidence.submit")
    file, given = _one(files), modelled(NewVersion, values)
    commands.add_version(tx, access=access, ref=ref, given=given, file=received(file) if file else None)
    if file:
        files.take(file)
    return etags.tagged(response, queries.evidence_item(tx, access, ref))


@router.post("/{ref}/review")
@act("evidence.review")
def review(tx: Writer, plan: str, ref: str, given: NewReview, response: Response) -> EvidenceRead:
    """Accept it, or return it with a reason. A signed-in person's act, and never one's own evidence or action."""
    access = plan_for(tx, plan, "evidence.review")
    commands.review(tx, access=access, ref=ref, given=given)
    return etags.tagged(response, queries.evidence_item(tx, access, ref))


@router.post("/{ref}/withdrawal")
@act("evidence.withdraw")
def withdraw(tx: Writer, plan: str, ref: str, given: EvidenceWithdrawal, response: Response) -> EvidenceRead:
    """Withdraw it, with a reason. It stays visible and counts for nothing."""
    access = plan_for(tx, plan, "evidence.withdraw")
    commands.withdraw(tx, access=access, ref=ref, given=given)
    return etags.tagged(response, queries.evidence_item(tx, access, ref))


@router.post("/{ref}/versions/{number}/statement")
@act("evidence.submit")
def state_not_numbers(
    tx: Writer, plan: str, ref: str, number: int, given: NewStatement, response: Response
) -> EvidenceRead:
    """Say why what was found in a file are not NHS numbers: who added the file may."""
    access = plan_for(tx, plan, "evidence.submit")
    commands.state_not_numbers(tx, access=access, ref=ref, number=number, given=given)
    return etags.tagged(response, queries.evidence_item(tx, access, ref))


@router.post("/{ref}/versions/{number}/removal")
@act("evidence.submit")
def remove_file(request: Request, tx: Writer, plan: str, ref: str, number: int, response: Response) -> EvidenceRead:
    """Take away a file that holds NHS numbers: who added the file may. The record that there was one stays."""
    access = plan_for(tx, plan, "evidence.submit")
    storage = request.app.state.storage
    commands.remove_file(tx, access=access, ref=ref, number=number, storage=storage)
    return etags.tagged(response, queries.evidence_item(tx, access, ref))


@router.put("/{ref}/restriction")
@act("action.restrict")
def restrict(tx: Writer, plan: str, ref: str, given: NewRestriction) -> RestrictionRead | None:
    """Show the item to these people alone, or change who they are; it proves for everybody what it proves."""
    access = plan_for(tx, plan, "action.restrict")
    commands.restrict(tx, access=access, ref=ref, given=given)
    return queries.restriction_of_item(tx, access, ref)


@router.post("/{ref}/restriction/end", status_code=204)
@act("action.restrict")
def end_restriction(tx: Writer, plan: str, ref: str, given: OpenedAgain) -> None:
    """Open the item to all who read the plan."""
    commands.open_again(tx, access=plan_for(tx, plan, "action.restrict"), ref=ref, given=given)


@router.get(
    "/{ref}/file",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
)
@act("plan.read")
def file(request: Request, read: Reader, plan: str, ref: str, version: Number = None) -> Response:
    """The file itself, as an attachment in pieces."""
    found = queries.version_to_open(read, plan_for(read, plan), ref, version)
    return attachment(
        request.app.state.storage,
        found.stored_as,
        file_name=found.file_name,
        media_type=found.media_type,
        size=found.size,
    )


def _one(files: Uploads) -> Upload | None:
    files.refuse()
    files.at_most(1)
    return files.files[0] if files.files else None
