"""Acts on plans. Each writes the plan's stream only; what needs the plan's actions stands in `actions.commands`."""

from app.plans.commands.bodies import (
    add_body,
    add_meeting,
    archive_body,
    change_body,
    change_meeting,
    remove_member,
    set_member,
)
from app.plans.commands.creation import begin_empty, begin_from_template, create_plan
from app.plans.commands.letting import (
    choose_password,
    confirm_everywhere,
    confirm_member,
    deactivate,
    take_role,
)
from app.plans.commands.life import add_missing_chairs, claimed, close_plan, make_live
from app.plans.commands.restricting import name_also, open_again, restrict
from app.plans.commands.structure import (
    add_participant,
    add_priority,
    add_strategic_priority,
    change_priority,
    change_strategic_priority,
    remove_strategic_priority,
)
from app.plans.commands.words import apply_settings, change_legend, change_plan, change_settings

__all__ = [
    "add_body",
    "add_meeting",
    "add_missing_chairs",
    "add_participant",
    "add_priority",
    "add_strategic_priority",
    "apply_settings",
    "archive_body",
    "begin_empty",
    "begin_from_template",
    "change_body",
    "change_legend",
    "change_meeting",
    "change_plan",
    "change_priority",
    "change_settings",
    "change_strategic_priority",
    "choose_password",
    "claimed",
    "close_plan",
    "confirm_everywhere",
    "confirm_member",
    "create_plan",
    "deactivate",
    "make_live",
    "name_also",
    "open_again",
    "remove_member",
    "remove_strategic_priority",
    "restrict",
    "set_member",
    "take_role",
]
