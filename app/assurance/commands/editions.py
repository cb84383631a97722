"""A new edition of the plan: new agreed dates in bulk, prepared by the office, approved by the body at a meeting."""

from datetime import date
from typing import Any

from app.actions.commands import note_facts
from app.actions.commands.ground import row_of_id
from app.actions.queries import plan_view
from app.actions.rules import Move, Part, Stage
from app.actions.view import ActionView
from app.assurance import queries
from app.assurance.commands.ground import begun
from app.assurance.models import Proposal
from app.assurance.schemas import NewEdition
from app.core.db import Write
from app.core.errors import Invalid
from app.core.moment import now_of, today_of
from app.core.words import _
from app.plans.queries import PlanAccess, plan_row


def propose_edition(tx: Write, *, access: PlanAccess, given: NewEdition) -> Proposal:
    """In a live plan only: in a draft dates are set freely. 422 names every line that cannot be."""
    access = begun(tx, access)
    access.require("plan.structure")
    if access.is_draft:
        sentence = _("This plan is a draft: dates are set freely. Edit the actions instead.")
        raise Invalid("dates", sentence, "edit_instead")
    lines = queries.edition_lines(tx, access, given, today_of(tx))
    queries.refuse_asked_already(tx, access, Move.edition)
    counts = queries.edition_counts(plan_view(tx, access), {a.id: new for a, new in lines})
    row = Proposal(
        plan_id=access.id,
        move=Move.edition,
        given={"edition": [_line(a, new) for a, new in lines], "counts": counts.model_dump()},
        why=given.why or "",
        proposed_on=today_of(tx),
        proposed_at=now_of(tx),
        proposed_by_id=tx.actor.person_id,
        proposed_by_name=tx.actor.name[:120],
        proposed_as=Part.office.value,
    )
    tx.act("edition.proposed", why=given.why)
    tx.add(row)
    tx.flush()
    return row


def apply_edition(tx: Write, access: PlanAccess, row: Proposal) -> tuple[dict[str, Any], dict[str, Any]]:
    """New dates, original ones kept, slips counted from here. What moved on meanwhile is left as it is."""
    plan = plan_row(tx, access)
    counts = queries.edition_counts(plan_view(tx, access), queries.edition_dates(row))
    changed = 0
    for action_id, new in queries.edition_dates(row).items():
        action = row_of_id(tx, access, action_id)
        if action.stage is not Stage.not_delivered:
            continue
        note_facts(
            tx,
            access=access,
            action_id=action.id,
            original_due_date=action.original_due_date or action.due_date or new,
            due_date=new,
            edition_due_date=new,
            slips=0,
            slip_days=0,
        )
        changed += 1
    before: dict[str, Any] = {"edition": plan.edition, "counts": counts.before}
    plan.edition += 1
    row.given = row.given | {"counts": counts.model_dump()}
    return before, {"edition": plan.edition, "actions": changed, "counts": counts.after}


def _line(action: ActionView, new: date) -> dict[str, str | None]:
    old = action.facts.due_date
    return {"action": str(action.id), "old": old.isoformat() if old else None, "new": new.isoformat()}
