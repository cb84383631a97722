"""Proposals, decisions and meetings' lists as read models. Ask `plans.queries.plan_for` first."""

from app.assurance.queries.deciding import Bench, bench, find_body, player_of
from app.assurance.queries.log import LogFilters, decision, decisions, to_ratify
from app.assurance.queries.meetings import confirmers, meeting_lists
from app.assurance.queries.proposals import may_withdraw, proposal, proposal_row, proposals, waiting_for
from app.assurance.queries.settings import given_change, preview, previewed

__all__ = [
    "Bench",
    "LogFilters",
    "bench",
    "confirmers",
    "decision",
    "decisions",
    "find_body",
    "given_change",
    "may_withdraw",
    "meeting_lists",
    "player_of",
    "preview",
    "previewed",
    "proposal",
    "proposal_row",
    "proposals",
    "to_ratify",
    "waiting_for",
]
