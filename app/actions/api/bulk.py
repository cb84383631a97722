"""Acts on owners, order and many actions. With `preview` nothing stays; without it, all is done or nothing."""

from fastapi import APIRouter, Request, Response

from app.actions import commands, queries
from app.actions.api.answers import one
from app.actions.schemas import (
    ActionRead,
    ChangedOwner,
    CopyAction,
    EditMany,
    HandOver,
    ManyRead,
    MoveAction,
    PasteActions,
    PasteRead,
)
from app.plans.queries import plan_for
from app.web.access import act
from app.web.doors import Writer

router = APIRouter()


@router.post("/actions/many")
@act("action.edit")
def edit_many(tx: Writer, plan: str, given: EditMany) -> ManyRead:
    """The same change to many actions, with a preview of what changes and what is refused."""
    return commands.edit_many(tx, access=plan_for(tx, plan, "action.edit"), given=given)


@router.post("/actions/paste")
@act("action.create")
def paste(tx: Writer, plan: str, given: PasteActions) -> PasteRead:
    """Add the rows of a spreadsheet, with a preview of what is wrong in each."""
    return commands.paste_actions(tx, access=plan_for(tx, plan, "action.create"), given=given)


@router.post("/hand-over")
@act("action.owner")
def hand_over(tx: Writer, plan: str, given: HandOver) -> ManyRead:
    """All that one person owns or leads goes to another."""
    return commands.hand_over(tx, access=plan_for(tx, plan, "action.owner"), given=given)


@router.post("/actions/{ref}/owner", response_model=ActionRead)
@act("action.owner")
def change_owner(request: Request, tx: Writer, plan: str, ref: str, given: ChangedOwner) -> Response:
    """Name another accountable person, with the reason."""
    access = plan_for(tx, plan, "action.owner")
    commands.change_owner(tx, access=access, ref=ref, given=given)
    return one(request, access, queries.plan_view(tx, access), ref)


@router.post("/actions/{ref}/copy", status_code=201, response_model=ActionRead)
@act("action.create")
def copy(request: Request, tx: Writer, plan: str, ref: str, given: CopyAction) -> Response:
    """Add an action like this one; dates, progress and history stay behind."""
    access = plan_for(tx, plan, "action.create")
    made = commands.copy_action(tx, access=access, ref=ref, given=given)
    return one(request, access, queries.plan_view(tx, access), made.ref, 201)


@router.post("/actions/{ref}/position", response_model=ActionRead)
@act("action.edit")
def move(request: Request, tx: Writer, plan: str, ref: str, given: MoveAction) -> Response:
    """Put an action before another one, or last; its reference stays."""
    access = plan_for(tx, plan, "action.edit")
    commands.move_action(tx, access=access, ref=ref, given=given)
    return one(request, access, queries.plan_view(tx, access), ref)
