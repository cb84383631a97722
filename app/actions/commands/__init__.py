"""Acts on actions. All of them claim the plan's stream first; `access` comes from `plans.queries.plan_for`."""

from app.actions.commands.arranging import copy_action, move_action
from app.actions.commands.create import check_new, create_action
from app.actions.commands.drafts import discard_draft, save_draft
from app.actions.commands.edit import Edited, edit_action
from app.actions.commands.facts import note_facts
from app.actions.commands.many import edit_many, hand_over
from app.actions.commands.owners import change_owner
from app.actions.commands.paste import paste_actions
from app.actions.commands.restrict import open_action, open_update, restrict_action, restrict_update
from app.actions.commands.saved import change_view, remove_view, save_view
from app.actions.commands.update import update_action

__all__ = [
    "Edited",
    "change_owner",
    "change_view",
    "check_new",
    "copy_action",
    "create_action",
    "discard_draft",
    "edit_action",
    "edit_many",
    "hand_over",
    "move_action",
    "note_facts",
    "open_action",
    "open_update",
    "paste_actions",
    "remove_view",
    "restrict_action",
    "restrict_update",
    "save_draft",
    "save_view",
    "update_action",
]
