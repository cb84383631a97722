"""What stands round decisions: delegations, editions, exception reports, the board's questions, a first import."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.assurance import commands, queries
from app.assurance.schemas import (
    Confirming,
    DecisionRead,
    DelegationRead,
    EditionPreview,
    EditionRead,
    ExceptionRead,
    NewAnswer,
    NewDelegation,
    NewEdition,
    NewException,
    NewQuestion,
    NewWithdrawal,
    ProposalRead,
    QuestionRead,
)
from app.plans.queries import plan_for
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.listing import Listing, PageQuery, listed

router = APIRouter(prefix="/api/v1/plans/{plan}", tags=["decisions"])
RefQuery = Annotated[str | None, Query(max_length=32)]
OpenQuery = Annotated[bool | None, Query(alias="open")]


@router.get("/delegations")
@act("plan.read")
def delegations(read: Reader, plan: str, page: PageQuery) -> Listing[DelegationRead]:
    """Who lent which power to decide to whom, and until when, the newest first."""
    access = plan_for(read, plan)
    return listed(read, queries.delegations(read, access), page, access.stream)


@router.post("/delegations", status_code=201)
@act("delegation.give")
def delegate(tx: Writer, plan: str, given: NewDelegation) -> DelegationRead:
    """Lend one's own power to decide, as a body's chair or deputy or as lead executive, from one day to another."""
    access = plan_for(tx, plan, "delegation.give")
    made = commands.delegate(tx, access=access, given=given)
    return next(d for d in queries.delegations(tx, access) if d.id == made.id)


@router.post("/delegations/{delegation_id}/end")
@act("proposal.decide")
def end_delegation(tx: Writer, plan: str, delegation_id: UUID, given: NewWithdrawal | None = None) -> DelegationRead:
    """End it before its last day: by who gave it or who received it."""
    access = plan_for(tx, plan)
    commands.end_delegation(tx, access=access, delegation_id=delegation_id, given=given or NewWithdrawal())
    return next(d for d in queries.delegations(tx, access) if d.id == delegation_id)


@router.get("/editions")
@act("plan.read")
def editions(read: Reader, plan: str, page: PageQuery) -> Listing[EditionRead]:
    """The editions that were approved after the plan was adopted, the newest first."""
    access = plan_for(read, plan)
    return listed(read, queries.editions(read, access), page, access.stream)


@router.post("/editions/proposals", status_code=201)
@act("plan.structure")
def propose_edition(tx: Writer, plan: str, given: NewEdition) -> ProposalRead:
    """Ask for a new edition: new agreed dates for many actions, decided by the body at a meeting."""
    access = plan_for(tx, plan, "plan.structure")
    return queries.proposal(tx, access, commands.propose_edition(tx, access=access, given=given).id)


@router.post("/editions/preview")
@act("plan.structure")
def preview_edition(read: Reader, plan: str, given: NewEdition) -> EditionPreview:
    """What new dates would do to the ratings, before anybody asks for them."""
    return queries.edition_preview(read, plan_for(read, plan, "plan.structure"), given)


@router.get("/exceptions")
@act("plan.read")
def exceptions(read: Reader, plan: str, page: PageQuery, ref: RefQuery = None) -> Listing[ExceptionRead]:
    """Exception reports, the newest first, with what became of what they ask for."""
    access = plan_for(read, plan)
    return listed(read, queries.exceptions(read, access, ref=ref), page, access.stream)


@router.post("/actions/{ref}/exceptions", status_code=201)
@act("action.propose")
def report_exception(tx: Writer, plan: str, ref: str, given: NewException) -> ExceptionRead:
    """Report an exception. A new date, and the recovery plan of a re-opened action, become proposals at once."""
    access = plan_for(tx, plan)
    return queries.exception(tx, access, commands.report_exception(tx, access=access, ref=ref, given=given).id)


@router.get("/exceptions/{report_id:uuid}")
@act("plan.read")
def exception(read: Reader, plan: str, report_id: UUID) -> ExceptionRead:
    """One exception report."""
    return queries.exception(read, plan_for(read, plan), report_id)


@router.post("/exceptions/{report_id}/answer")
@act("proposal.decide")
def answer_exception(tx: Writer, plan: str, report_id: UUID, given: NewAnswer) -> ExceptionRead:
    """Answer what the report asks for. A signed-in person's act: the lead executive, the chair or a deputy."""
    access = plan_for(tx, plan, "proposal.decide")
    commands.answer_exception(tx, access=access, report_id=report_id, given=given)
    return queries.exception(tx, access, report_id)


@router.get("/questions")
@act("plan.read")
def questions(
    read: Reader,
    plan: str,
    page: PageQuery,
    ref: RefQuery = None,
    is_open: OpenQuery = None,
) -> Listing[QuestionRead]:
    """The board's questions: those without an answer first, what is owed soonest at the top."""
    access = plan_for(read, plan)
    return listed(read, queries.questions(read, access, ref=ref, is_open=is_open), page, access.stream)


@router.post("/actions/{ref}/questions", status_code=201)
@act("question.ask")
def ask_question(tx: Writer, plan: str, ref: str, given: NewQuestion) -> QuestionRead:
    """Ask a question about an action, to be answered by a day. A signed-in person's act."""
    access = plan_for(tx, plan, "question.ask")
    return queries.question(tx, access, commands.ask_question(tx, access=access, ref=ref, given=given).id)


@router.post("/questions/{question_id}/answer")
@act("question.answer")
def answer_question(tx: Writer, plan: str, question_id: UUID, given: NewAnswer) -> QuestionRead:
    """Answer a question: the action's owner, its lead executive or the office."""
    access = plan_for(tx, plan, "question.answer")
    commands.answer_question(tx, access=access, question_id=question_id, given=given)
    return queries.question(tx, access, question_id)


@router.post("/before-tool/confirmation", status_code=201)
@act("import.confirm")
def confirm_before_tool(tx: Writer, plan: str, given: Confirming) -> list[DecisionRead]:
    """Confirm what a first import brought in as assured. A validator's act, and never the importer's; all or none."""
    access = plan_for(tx, plan, "import.confirm")
    made = commands.confirm_before_tool(tx, access=access, given=given)
    return [queries.decision(tx, access, d.id) for d in made]
