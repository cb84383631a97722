"""Declarations: the office's program prepares them; people check, disagree and sign."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.coverage import commands, queries
from app.coverage.schemas import Checking, DeclarationRead, Dissenting, LineGiven, NewDeclaration, Signing
from app.plans.queries import plan_for
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter(prefix="/api/v1/plans/{plan}/declarations", tags=["coverage"])
Number = Annotated[int, Path(ge=1, le=100_000)]


@router.get("")
@act("plan.read")
def declarations(read: Reader, plan: str, page: PageQuery) -> Listing[DeclarationRead]:
    """The plan's declarations, the newest first, without their lines."""
    access = plan_for(read, plan)
    return listed(read, queries.declarations(read, access), page, access.stream)


@router.post("", status_code=201)
@act("declaration.prepare")
def begin(tx: Writer, plan: str, given: NewDeclaration, response: Response) -> DeclarationRead:
    """Begin a declaration on a publication, with a line for each recommendation that speaks to the organisation."""
    access = plan_for(tx, plan, "declaration.prepare")
    made = commands.begin_declaration(tx, access=access, given=given)
    response.headers["Location"] = f"/api/v1/plans/{plan}/declarations/{made.number}"
    return queries.declaration(tx, access, made.number)


@router.get("/{number}")
@act("plan.read")
def declaration(read: Reader, plan: str, number: Number) -> DeclarationRead:
    """One declaration with its lines; signed, as it was signed, whatever has changed since."""
    return queries.declaration(read, plan_for(read, plan), number)


@router.get("/{number}/snapshot", response_class=Response, responses={200: {"content": {"application/json": {}}}})
@act("plan.read")
def snapshot(read: Reader, plan: str, number: Number) -> Response:
    """The text that was signed, byte for byte: its SHA-256 is the declaration's sha256."""
    return Response(queries.snapshot(read, plan_for(read, plan), number), media_type="application/json")


@router.put("/{number}/lines/{ref}")
@act("declaration.prepare")
def change(tx: Writer, plan: str, number: Number, ref: str, given: LineGiven) -> DeclarationRead:
    """Say what proof a line requires, and why there is a hole."""
    access = plan_for(tx, plan, "declaration.prepare")
    commands.change_line(tx, access=access, number=number, ref=ref, given=given)
    return queries.declaration(tx, access, number)


@router.post("/{number}/lines/{ref}/check")
@act("declaration.check")
def check(tx: Writer, plan: str, number: Number, ref: str, given: Checking) -> DeclarationRead:
    """Say whether a line is met, and what was looked at: a signed-in member of the panel or lead executive."""
    access = plan_for(tx, plan, "declaration.check")
    commands.check_line(tx, access=access, number=number, ref=ref, given=given)
    return queries.declaration(tx, access, number)


@router.post("/{number}/lines/{ref}/dissent", status_code=201)
@act("declaration.dissent")
def dissent(tx: Writer, plan: str, number: Number, ref: str, given: Dissenting) -> DeclarationRead:
    """Disagree with a line: it stays beside it, and is signed with it."""
    access = plan_for(tx, plan, "declaration.dissent")
    commands.dissent(tx, access=access, number=number, ref=ref, given=given)
    return queries.declaration(tx, access, number)


@router.post("/{number}/signature")
@act("declaration.sign")
def sign(tx: Writer, plan: str, number: Number, given: Signing) -> DeclarationRead:
    """Sign what was read, by its digest: frozen from then on. The chief executive's act; a token gets 403."""
    access = plan_for(tx, plan, "declaration.sign")
    commands.sign_declaration(tx, access=access, number=number, given=given)
    return queries.declaration(tx, access, number)
