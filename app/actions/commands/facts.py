"""Facts that upper rooms learn (a proposal, a decision, evidence, a measure) and a rating needs."""

from typing import Any
from uuid import UUID

from app.actions.commands.ground import row_of_id
from app.actions.models import Action
from app.actions.queries.plan import update_of
from app.actions.rules import Progress, Stage
from app.core.db import Write
from app.core.moment import now_of
from app.plans.queries import PlanAccess

NOTED = frozenset(
    {
        "stage", "progress", "completion_date", "evidence_by_date", "retest_date", "due_date", "original_due_date",
        "regulator_date", "slips", "slip_days", "claimed_on", "submitted_on", "accepted_on", "returned_on",
        "reopened_on", "recovery_accepted_on", "concern_since", "assured_before_tool", "replaced_by_id", "exit_why",
        "open_proposals", "last_chased_on", "before_tool_confirmed_on", "edition_due_date",
    }
)  # fmt: skip


def note_facts(tx: Write, *, access: PlanAccess, action_id: UUID, **facts: Any) -> Action:
    """Write facts into an action's columns, within the act of the room that learned them.

    The caller has claimed the plan, named the act and checked the right. With a stage and no progress, the progress
    follows: complete from delivered on, and back to what was last reported when an action is not delivered after all.
    """
    if unknown := facts.keys() - NOTED:
        raise TypeError(f"not facts of an action: {sorted(unknown)}")
    action = row_of_id(tx, access, action_id)
    if "stage" in facts and "progress" not in facts:
        facts["progress"] = _progress(tx, action, facts["stage"])
    for name, value in facts.items():
        setattr(action, name, value)
    action.updated_at = now_of(tx)
    return action


def _progress(tx: Write, action: Action, stage: Stage) -> Progress:
    if stage.is_exited:
        return action.progress
    if stage is not Stage.not_delivered:
        return Progress.complete
    last = update_of(tx, action.latest_update_id)
    reported = last.progress if last else Progress.not_started
    return Progress.on_track if reported is Progress.complete else reported
