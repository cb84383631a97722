"""Acts on proposals and decisions. All of them claim the plan's stream first; `access` is `plan_for`'s."""

from app.assurance.commands.before_tool import confirm_before_tool
from app.assurance.commands.deciding import bring_to_meeting, decide, decide_many
from app.assurance.commands.delegating import declare_interest, delegate, end_delegation
from app.assurance.commands.editions import propose_edition
from app.assurance.commands.exceptions import answer_exception, report_exception
from app.assurance.commands.lowering import step_back
from app.assurance.commands.meetings import confirm_meeting, record, strike
from app.assurance.commands.plan_settings import propose_settings
from app.assurance.commands.proposing import propose, withdraw
from app.assurance.commands.questions import answer_question, ask_question

__all__ = [
    "answer_exception",
    "answer_question",
    "ask_question",
    "bring_to_meeting",
    "confirm_before_tool",
    "confirm_meeting",
    "decide",
    "decide_many",
    "declare_interest",
    "delegate",
    "end_delegation",
    "propose",
    "propose_edition",
    "propose_settings",
    "record",
    "report_exception",
    "step_back",
    "strike",
    "withdraw",
]
