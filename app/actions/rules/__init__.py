"""The rules of actions: facts in; rating, roll-up, forecast, moves and gates out. Pure, without a clock.

Words: facts are what the rating reads; a rating is colour, label and reasons (codes with parameters, worded
by `app.actions.reasons`); a move is what may be asked for, a gate what must be there first.
"""

from app.actions.rules.codes import RED_CODES, Code, Label, Param, Rating, Reason
from app.actions.rules.dates import (
    Slip,
    add_months,
    default_evidence_by,
    relapse_evidence_by,
    retest_by,
    slip,
)
from app.actions.rules.facts import TYPED_PROGRESS, Facts, Progress, Stage, touched_on
from app.actions.rules.forecast import Change, Remedy, next_changes, remedy
from app.actions.rules.gates import Given, missing, missing_for_decision
from app.actions.rules.moves import (
    MOVES,
    Candidate,
    Deciders,
    Move,
    MoveRule,
    Part,
    Prompt,
    Step,
    conflicted,
    deciders,
    decides_due_date,
    is_reopening,
    moves_from,
    needs_decision,
    rule_for,
)
from app.actions.rules.rating import Held, held_by, rate, rate_again, rate_all
from app.actions.rules.rollup import (
    Counts,
    Flag,
    Headline,
    HeadlineCode,
    HeadlineReason,
    Rated,
    Share,
    count,
    counted_by,
    flags,
    headline,
    percent,
)
from app.actions.rules.views import VIEW_CODES, views_differ
from app.plans.rules import Colour

__all__ = [
    "MOVES",
    "RED_CODES",
    "TYPED_PROGRESS",
    "VIEW_CODES",
    "Candidate",
    "Change",
    "Code",
    "Colour",
    "Counts",
    "Deciders",
    "Facts",
    "Flag",
    "Given",
    "Headline",
    "HeadlineCode",
    "HeadlineReason",
    "Held",
    "Label",
    "Move",
    "MoveRule",
    "Param",
    "Part",
    "Progress",
    "Prompt",
    "Rated",
    "Rating",
    "Reason",
    "Remedy",
    "Share",
    "Slip",
    "Stage",
    "Step",
    "add_months",
    "conflicted",
    "count",
    "counted_by",
    "deciders",
    "decides_due_date",
    "default_evidence_by",
    "flags",
    "headline",
    "held_by",
    "is_reopening",
    "missing",
    "missing_for_decision",
    "moves_from",
    "needs_decision",
    "next_changes",
    "percent",
    "rate",
    "rate_again",
    "rate_all",
    "relapse_evidence_by",
    "remedy",
    "retest_by",
    "rule_for",
    "slip",
    "touched_on",
    "views_differ",
]
