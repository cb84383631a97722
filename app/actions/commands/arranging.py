"""Copying an action, and moving it within the plan's order."""

from collections.abc import Sequence

from sqlmodel import col, select

from app.actions.commands.apply import priority_named
from app.actions.commands.create import GAP, added
from app.actions.commands.ground import begin, contributors_of, row_of
from app.actions.fields import values_of
from app.actions.models import Action
from app.actions.queries.plan import plan_view
from app.actions.schemas import CopyAction, MoveAction, NewAction
from app.core.db import Write
from app.core.errors import Invalid
from app.core.moment import now_of
from app.core.words import _
from app.plans.queries import PlanAccess

# What a copy takes over; dates, progress and history are its own.
COPIED = (
    "intended_outcome", "success_measure", "lead_executive", "accountable_person", "organisation", "external_lead",
    "external_contact", "regulatory", "recommendations", "contributes_to", "contributors",
)  # fmt: skip


def copy_action(tx: Write, *, access: PlanAccess, ref: str, given: CopyAction) -> Action:
    """A new action with the same people, outcome and recommendations, and the same milestones to be done again."""
    access = begin(tx, access)
    row_of(tx, access, ref)
    original = plan_view(tx, access).by_ref[ref]
    values = values_of(original)
    people = {p.email for p in (original.lead_executive, original.accountable_person) if p and not p.active}
    fields = {name: values[name] for name in COPIED if values[name] not in (None, [], *people)}
    fields["contributors"] = [p.email for p in original.contributors if p.active]
    new = NewAction.model_validate(
        fields
        | {
            "ref": given.ref,
            "title": given.title or _("Copy of {title}", title=original.title)[:300],
            "priority": original.priority.ref,
            "milestones": [{"title": m.title} for m in original.milestones],
        }
    )
    tx.act("action.copied")
    made = added(tx, access, new)
    tx.flush()
    return made


def move_action(tx: Write, *, access: PlanAccess, ref: str, given: MoveAction) -> Action:
    """Put an action before another one of its priority, or last; its reference stays."""
    access = begin(tx, access)
    action = row_of(tx, access, ref)
    access.require("action.edit", action, contributors_of(tx, access, action.id))
    if given.priority is not None:
        action.priority_id = priority_named(tx, access, given.priority).id
    with tx.no_autoflush:
        rows = tx.exec(
            select(Action)
            .where(Action.plan_id == access.id, Action.priority_id == action.priority_id)
            .order_by(col(Action.position), col(Action.ref))
        ).all()
    others = [row for row in rows if row.id != action.id]
    place = len(others)
    if given.before is not None:
        found = [n for n, row in enumerate(others) if row.ref == given.before]
        if not found:
            raise Invalid("before", _("There is no other action “{ref}” under this priority.", ref=given.before))
        place = found[0]
    tx.act("action.moved")
    _place(action, others, place)
    action.updated_at = now_of(tx)
    tx.flush()
    return action


def _place(action: Action, others: Sequence[Action], place: int) -> None:
    """Between its neighbours; only where no number is free are the others counted anew, which makes them all newer."""
    below = others[place - 1].position if place else 0
    above = others[place].position if place < len(others) else below + 2 * GAP
    if above - below > 1:
        action.position = (below + above) // 2
        return
    for number, row in enumerate([*others[:place], action, *others[place:]], start=1):
        row.position = number * GAP
