"""Proposals, decisions and meetings' lists as read models. Ask `plans.queries.plan_for` first."""

from app.assurance.queries.asking import (
    Asking,
    Choice,
    asking,
    choices,
    lowering_part,
    may_recover,
    missing_steps,
    possible,
    proposing_part,
    refs,
    refuse_needless,
)
from app.assurance.queries.before_tool import before_tool_waiting
from app.assurance.queries.deciding import Bench, bench, find_body, player_of
from app.assurance.queries.delegations import delegations
from app.assurance.queries.editions import edition_counts, edition_dates, edition_lines, edition_preview, editions
from app.assurance.queries.exceptions import (
    action_by_id,
    exception,
    exceptions,
    exceptions_waiting,
    may_answer_exception,
)
from app.assurance.queries.grounds import asked_for, grounds
from app.assurance.queries.judging import judged, refuse_asked_already, refuse_missing, refuse_strange
from app.assurance.queries.log import LogFilters, decision, decisions, to_ratify
from app.assurance.queries.meetings import confirmers, lists_to_confirm, meeting_lists, present_at, unratified
from app.assurance.queries.proposals import may_withdraw, proposal, proposal_row, proposals, waiting_for
from app.assurance.queries.questions import answers_owed, question, questions, unanswered
from app.assurance.queries.reopened import reopened_between
from app.assurance.queries.settings import given_change, preview, previewed

__all__ = [
    "Asking",
    "Bench",
    "Choice",
    "LogFilters",
    "action_by_id",
    "answers_owed",
    "asked_for",
    "asking",
    "before_tool_waiting",
    "bench",
    "choices",
    "confirmers",
    "decision",
    "decisions",
    "delegations",
    "edition_counts",
    "edition_dates",
    "edition_lines",
    "edition_preview",
    "editions",
    "exception",
    "exceptions",
    "exceptions_waiting",
    "find_body",
    "given_change",
    "grounds",
    "judged",
    "lists_to_confirm",
    "lowering_part",
    "may_answer_exception",
    "may_recover",
    "may_withdraw",
    "meeting_lists",
    "missing_steps",
    "player_of",
    "possible",
    "present_at",
    "preview",
    "previewed",
    "proposal",
    "proposal_row",
    "proposals",
    "proposing_part",
    "question",
    "questions",
    "refs",
    "refuse_asked_already",
    "refuse_missing",
    "refuse_needless",
    "refuse_strange",
    "reopened_between",
    "to_ratify",
    "unanswered",
    "unratified",
    "waiting_for",
]
