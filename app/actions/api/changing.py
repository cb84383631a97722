"""Adding and changing one action."""

from fastapi import APIRouter, Request, Response

from app.actions import commands, queries
from app.actions.api.answers import IfMatch, one
from app.actions.schemas import ActionRead, ChangedAction, NewAction, UpdateAction
from app.plans.queries import plan_for
from app.web import etags
from app.web.access import act
from app.web.doors import Writer

router = APIRouter()


@router.post("/actions", status_code=201, response_model=ActionRead)
@act("action.create")
def create(request: Request, tx: Writer, plan: str, given: NewAction) -> Response:
    """Add an action, under the reference given or the next of its priority."""
    access = plan_for(tx, plan, "action.create")
    made = commands.create_action(tx, access=access, given=given)
    return one(request, access, queries.plan_view(tx, access), made.ref, 201)


@router.patch("/actions/{ref}", response_model=ActionRead)
@act("action.update")
def change(
    request: Request, tx: Writer, plan: str, ref: str, given: ChangedAction, if_match: IfMatch = None
) -> Response:
    """Change the fields that are sent; a report of progress among them is kept as an update."""
    access = plan_for(tx, plan, "action.update")
    revision = etags.revision_read(if_match)
    commands.edit_action(tx, access=access, ref=ref, given=given, revision=revision)
    return one(request, access, queries.plan_view(tx, access), ref)


@router.post("/actions/{ref}/update", response_model=ActionRead)
@act("action.update")
def update(request: Request, tx: Writer, plan: str, ref: str, given: UpdateAction) -> Response:
    """Report progress. Additive: it never conflicts with what else has changed."""
    access = plan_for(tx, plan, "action.update")
    commands.update_action(tx, access=access, ref=ref, given=given)
    return one(request, access, queries.plan_view(tx, access), ref)


@router.put("/actions/{ref}/draft", status_code=204)
@act("action.draft")
def save_draft(tx: Writer, plan: str, ref: str, given: dict[str, str]) -> None:
    """Keep what the signed-in person has typed; text with an NHS number is refused and not kept."""
    commands.save_draft(tx, access=plan_for(tx, plan, "action.draft"), ref=ref, fields=given)


@router.delete("/actions/{ref}/draft", status_code=204)
@act("action.draft")
def discard_draft(tx: Writer, plan: str, ref: str) -> None:
    """Forget what the signed-in person has typed."""
    commands.discard_draft(tx, access=plan_for(tx, plan, "action.draft"), ref=ref)
