"""The dates that a move sets: default clocks, re-tests by class, and how far a due date has slipped."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from app.actions.rules.facts import days
from app.plans.rules import RatingSettings


def add_months(day: date, months: int) -> date:
    """The same day of the month, or that month's last: 31 August plus 6 months is 28 or 29 February."""
    ordinal = day.year * 12 + day.month - 1 + months
    year, month = divmod(ordinal, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def default_evidence_by(completion: date, settings: RatingSettings) -> date:
    """When effect evidence is owed, unless the proposal says otherwise."""
    return completion + days(settings.evidence_by_default_days)


def relapse_evidence_by(today: date, settings: RatingSettings) -> date:
    """When effect evidence is owed after an assured action is put back to delivered."""
    return today + days(settings.evidence_by_relapse_days)


def retest_by(day: date, settings: RatingSettings, *, regulatory: bool, before_tool: bool = False) -> date:
    """The re-test date by class, counted from the day of the decision: the default and the latest allowed."""
    months = settings.retest_months_regulatory if regulatory else settings.retest_months_other
    if before_tool:
        months = min(months, settings.retest_months_imported)
    return add_months(day, months)


@dataclass(frozen=True, slots=True)
class Slip:
    slips: int
    slip_days: int


def slip(agreed: date | None, due: date | None, new_due: date, slips: int) -> Slip:
    """The slips after an approved change of the due date.

    agreed: the date slips are counted from: the original due date, or the one agreed in the latest edition.
    due: the date being changed; slips: so far. A later date adds one; slip days are never below 0.
    """
    is_later = due is not None and new_due > due
    base = agreed or due or new_due
    return Slip(slips + is_later, max(0, (new_due - base).days))
