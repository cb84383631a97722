"""Proposals, decisions and meetings' lists as read models. Ask `plans.queries.plan_for` first."""

from app.assurance.queries.asking import (
    Asking,
    Choice,
    asking,
    choices,
    edit_instead,
    lowering_part,
    missing_steps,
    possible,
    proposing_part,
    refs,
)
from app.assurance.queries.deciding import Bench, bench, find_body, player_of
from app.assurance.queries.log import LogFilters, decision, decisions, to_ratify
from app.assurance.queries.meetings import confirmers, meeting_lists
from app.assurance.queries.proposals import may_withdraw, proposal, proposal_row, proposals, waiting_for
from app.assurance.queries.settings import given_change, preview, previewed

__all__ = [
    "Asking",
    "Bench",
    "Choice",
    "LogFilters",
    "asking",
    "bench",
    "choices",
    "confirmers",
    "decision",
    "decisions",
    "edit_instead",
    "find_body",
    "given_change",
    "lowering_part",
    "may_withdraw",
    "meeting_lists",
    "missing_steps",
    "player_of",
    "possible",
    "preview",
    "previewed",
    "proposal",
    "proposal_row",
    "proposals",
    "proposing_part",
    "refs",
    "to_ratify",
    "waiting_for",
]
