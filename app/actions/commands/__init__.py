"""Acts on actions. All of them claim the plan's stream first; `access` comes from `plans.queries.plan_for`."""

from app.actions.commands.create import create_action
from app.actions.commands.drafts import discard_draft, save_draft
from app.actions.commands.edit import Edited, edit_action
from app.actions.commands.facts import note_facts, set_due_date
from app.actions.commands.update import update_action

__all__ = [
    "Edited",
    "create_action",
    "discard_draft",
    "edit_action",
    "note_facts",
    "save_draft",
    "set_due_date",
    "update_action",
]
