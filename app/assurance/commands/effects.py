"""What an accepted move does to its action, as columns: one function a move, applied in one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from app.actions.commands import note_facts
from app.actions.commands.ground import row_of_id
from app.actions.models import Action
from app.actions.rules import Move, MoveRule, Stage, default_evidence_by, relapse_evidence_by, retest_by, slip
from app.assurance.models import Proposal
from app.assurance.rules import EXIT_MOVES
from app.core.db import Write
from app.plans.queries import PlanAccess
from app.plans.rules import RatingSettings

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    proposal: Proposal
    action: Action
    rule: MoveRule
    settings: RatingSettings
    today: date


def apply(
    tx: Write, access: PlanAccess, proposal: Proposal, action_id: UUID, rule: MoveRule, today: date
) -> tuple[Columns, Columns]:
    """Change the action; before and after are the columns that differ, spelled for a JSON column."""
    action = row_of_id(tx, access, action_id)
    moved = Moved(proposal, action, rule, access.settings, today)
    wanted = _EFFECTS[proposal.move](moved)
    before = {name: getattr(action, name) for name in wanted}
    note_facts(tx, access=access, action_id=action.id, **wanted)
    after = {name: getattr(action, name) for name in wanted}
    changed = [name for name in wanted if before[name] != after[name] and name != "exit_why"]
    return {n: _plain(before[n]) for n in changed}, {n: _plain(after[n]) for n in changed}


def _due_date(moved: Moved) -> Columns:
    action, new = moved.action, moved.proposal.due_date
    if new is None:
        return {}
    slipped = slip(action.edition_due_date or action.original_due_date, action.due_date, new, action.slips)
    # A date that was never fixed at adoption is fixed when it first moves: it must not be lost.
    original = action.original_due_date or action.due_date
    return {
        "due_date": new,
        "original_due_date": original,
        "slips": slipped.slips,
        "slip_days": slipped.slip_days,
    }


def _one_date(name: str) -> Callable[[Moved], Columns]:
    return lambda moved: {name: getattr(moved.proposal, name)}


def _delivered(moved: Moved) -> Columns:
    if moved.rule.is_lowering:
        return _retest_failed(moved)
    completed = moved.proposal.completion_date or moved.today
    by = moved.proposal.evidence_by_date or default_evidence_by(completed, moved.settings)
    return {"stage": Stage.delivered, "completion_date": completed, "evidence_by_date": by, "claimed_on": None}


def _not_delivered(moved: Moved) -> Columns:
    was_assured = moved.action.stage.is_assured
    return (
        {"stage": Stage.not_delivered, "completion_date": None, "evidence_by_date": None, "claimed_on": None}
        | _due_date(moved)
        | (_relapse(moved) if was_assured else {})
    )


def _relapse(moved: Moved) -> Columns:
    """Assurance withdrawn: red until a recovery plan is accepted."""
    return {
        "retest_date": None,
        "reopened_on": moved.today,
        "recovery_accepted_on": None,
        "assured_before_tool": False,
    }


def _assured(moved: Moved) -> Columns:
    return {
        "stage": Stage.assured,
        "retest_date": _next_retest(moved),
        "reopened_on": None,
        "recovery_accepted_on": None,
    }


def _next_retest(moved: Moved) -> date | None:
    """As asked, else the latest that the action's class allows; none where the audit programme took it over."""
    if moved.proposal.retest_handed_over:
        return None
    action = moved.action
    before_tool = action.assured_before_tool
    latest = retest_by(moved.today, moved.settings, regulatory=action.regulatory, before_tool=before_tool)
    return moved.proposal.retest_date or latest


def _retest_failed(moved: Moved) -> Columns:
    """Re-opened at once: to not delivered where a new due date is given, otherwise to delivered."""
    if moved.proposal.due_date is not None:
        return _not_delivered(moved)
    return {
        "stage": Stage.delivered,
        "evidence_by_date": relapse_evidence_by(moved.today, moved.settings),
    } | _relapse(moved)


def _exit(moved: Moved) -> Columns:
    replaced_by: UUID | None = moved.proposal.replaced_by_id
    return {
        "stage": Stage(moved.proposal.move.value),
        "replaced_by_id": replaced_by,
        "exit_why": moved.proposal.why,
        "claimed_on": None,
    }


_EFFECTS: Mapping[Move, Callable[[Moved], Columns]] = {
    Move.due_date: _due_date,
    Move.regulator_date: _one_date("regulator_date"),
    Move.evidence_by_date: _one_date("evidence_by_date"),
    Move.delivered: _delivered,
    Move.not_delivered: _not_delivered,
    Move.assured: _assured,
    Move.embedded: lambda _moved: {"stage": Stage.embedded},
    Move.retest_passed: lambda moved: {"retest_date": _next_retest(moved)},
    Move.retest_failed: _retest_failed,
    Move.recovery: lambda moved: {"recovery_accepted_on": moved.today},
    **dict.fromkeys(EXIT_MOVES, _exit),
}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, UUID) else value
