"""Acts on proposals and decisions. All of them claim the plan's stream first; `access` is `plan_for`'s."""

from app.assurance.commands.deciding import bring_to_meeting, decide, decide_many
from app.assurance.commands.delegating import declare_interest, delegate, end_delegation
from app.assurance.commands.lowering import step_back
from app.assurance.commands.meetings import confirm_meeting, record, strike
from app.assurance.commands.plan_settings import propose_settings
from app.assurance.commands.proposing import propose, withdraw

__all__ = [
    "bring_to_meeting",
    "confirm_meeting",
    "decide",
    "decide_many",
    "declare_interest",
    "delegate",
    "end_delegation",
    "propose",
    "propose_settings",
    "record",
    "step_back",
    "strike",
    "withdraw",
]
