"""Taking an import back, while nothing has touched what it made or changed since."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.actions.commands.ground import begin
from app.actions.commands.parts import set_parts
from app.actions.models import (
    Action,
    ActionPart,
    Contributor,
    Dependency,
    Draft,
    Milestone,
    RecommendationLink,
    Update,
)
from app.actions.rules import Progress, Stage
from app.assurance.models import Proposal
from app.assurance.rules import ProposalState
from app.core.db import Write
from app.core.errors import Conflict, Problems
from app.core.words import _
from app.exchange.models import Import
from app.exchange.queries.imports import import_row
from app.exchange.rules import ImportState
from app.exchange.schemas import Undone
from app.history.queries import trail
from app.plans.models import PlanField, Priority
from app.plans.queries import PlanAccess

PARTS: tuple[type[ActionPart], ...] = (Update, RecommendationLink, Contributor, Dependency, Milestone)


def undo_import(tx: Write, *, access: PlanAccess, import_id: UUID) -> Undone:
    """Remove what it added and put back what it changed. 409 says what has been touched since, and nothing happens."""
    access = begin(tx, access)
    access.require("plan.import")
    row = import_row(tx, access, import_id)
    if row.state is not ImportState.done:
        raise Conflict(_("This import is not in the plan, so there is nothing to take back."), "not_done")
    made = _actions(tx, access, row.result["created"])
    changed = _actions(tx, access, [each["id"] for each in row.result["changed"]])
    _refuse_touched(tx, access, row, [*made, *changed])
    tx.act("import.undone", why=_("{file} was taken back", file=row.file_name))
    _withdraw(tx, access, row)
    before = {each["id"]: each for each in row.result["changed"]}
    for action in changed:
        _restore(tx, access, action, before[str(action.id)], row)
    _remove(tx, access, [a.id for a in made])
    _structure(tx, access, row)
    row.state = ImportState.undone
    tx.flush()
    return Undone(state=row.state, removed=len(made), restored=len(changed))


def _actions(tx: Write, access: PlanAccess, ids: Sequence[str]) -> list[Action]:
    wanted = {UUID(each) for each in ids}
    rows = tx.exec(select(Action).where(Action.plan_id == access.id)).all()
    return [row for row in rows if row.id in wanted]


def _refuse_touched(tx: Write, access: PlanAccess, row: Import, actions: Sequence[Action]) -> None:
    later = [a for a in actions if a.revision > row.revision]
    missing = len(row.result["created"]) + len(row.result["changed"]) - len(actions)
    if not later and not missing:
        return
    told = []
    for action in later[:10]:
        deed = trail(tx, access.stream, action.id, limit=1).deeds[0]
        told.append(_("{ref}: {person}, {day}", ref=action.ref, person=deed.actor, day=f"{deed.day:%d/%m/%Y}"))
    raise Conflict(
        _("This import cannot be taken back, because what it brought in has changed since: {list}.",
          list="; ".join(told) or _("an action was removed")),
        "touched",
        details={"refs": [a.ref for a in later]},
    )  # fmt: skip


def _withdraw(tx: Write, access: PlanAccess, row: Import) -> None:
    wanted = {UUID(each) for each in row.result.get("proposals", [])}
    if not wanted:
        return
    for proposal in tx.exec(select(Proposal).where(Proposal.plan_id == access.id, col(Proposal.id).in_(wanted))).all():
        tx.delete(proposal)
    tx.flush()


def _restore(tx: Write, access: PlanAccess, action: Action, before: dict[str, Any], row: Import) -> None:
    """The columns and parts as they were, without the updates that the import wrote."""
    for name, value in before["columns"].items():
        setattr(action, name, _typed(name, value))
    parts, problems = dict(before["parts"]), Problems()
    if "milestones" in parts:
        parts["milestones"] = [(title, due and date.fromisoformat(due), done and date.fromisoformat(done))
                               for title, due, done in parts["milestones"]]  # fmt: skip
    set_parts(tx, access, action, parts, problems)
    problems.refuse()
    tx.flush()
    said = select(Update).where(Update.action_id == action.id, Update.plan_id == access.id)
    for update in tx.exec(said.where(Update.revision == row.revision)).all():
        tx.delete(update)
    left = select(Proposal.id).where(
        Proposal.plan_id == access.id, Proposal.action_id == action.id, Proposal.state == ProposalState.open
    )
    action.open_proposals = len(tx.exec(left).all())
    tx.flush()


def _typed(name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if name.endswith("_id"):
        return UUID(value)
    if name == "stage":
        return Stage(value)
    if name == "progress":
        return Progress(value)
    return date.fromisoformat(value) if name.endswith(("_date", "_on")) else value


def _remove(tx: Write, access: PlanAccess, ids: Sequence[UUID]) -> None:
    wanted = set(ids)
    for kind in PARTS:
        for part in tx.exec(select(kind).where(kind.plan_id == access.id)).all():
            if part.action_id in wanted:
                tx.delete(part)
    for draft in tx.exec(select(Draft).where(Draft.plan_id == access.id)).all():
        if draft.action_id in wanted:
            tx.delete(draft)
    tx.flush()
    for action in tx.exec(select(Action).where(Action.plan_id == access.id)).all():
        if action.id in wanted:
            tx.delete(action)
    tx.flush()


def _structure(tx: Write, access: PlanAccess, row: Import) -> None:
    """Priorities and fields that the import added go where nothing else uses them."""
    used = set(tx.exec(select(Action.priority_id).where(Action.plan_id == access.id)).all())
    texts = [text for text in tx.exec(select(Action.own).where(Action.plan_id == access.id)).all() if text]
    for priority in tx.exec(select(Priority).where(Priority.plan_id == access.id)).all():
        if str(priority.id) in row.result["priorities"] and priority.id not in used:
            tx.delete(priority)
        elif str(priority.id) in row.result["renamed"]:
            priority.title = row.result["renamed"][str(priority.id)]
    for field in tx.exec(select(PlanField).where(PlanField.plan_id == access.id)).all():
        if str(field.id) in row.result["fields"] and not any(f'"{field.key}":' in text for text in texts):
            tx.delete(field)
    tx.flush()
