"""Gates: which steps are missing before a move may be proposed or accepted. No door can skip one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.actions.rules.dates import add_months, default_evidence_by, retest_by
from app.actions.rules.facts import Facts
from app.actions.rules.moves import MoveRule, Step
from app.plans.rules import RatingSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is known when a move is proposed or decided, beside the action's facts.

    implementation_evidence: how many items; effect_evidence_dates: the day each effect item speaks for;
    effect_accepted_dates: the same of those that a reviewer accepted who neither submitted it nor owns the action.
    evidence_since: for a re-test, the day after which effect evidence is new; None: the completion date.
    completion_date, evidence_by_date, retest_date: as proposed; without them the default of `dates` is taken.
    retest_handed_over: re-testing was handed to the audit programme. voices_asked_on: the day the voices
    partnership was asked (silence is no answer and never consent). last_retest_passed_on, assured_on: for
    embedding.
    regulator_agreement: how the regulator's agreement was recorded.
    """

    why: str = ""
    commentary: str = ""
    implementation_evidence: int = 0
    completion_date: date | None = None
    evidence_by_date: date | None = None
    effect_evidence_dates: tuple[date, ...] = ()
    effect_accepted_dates: tuple[date, ...] = ()
    evidence_since: date | None = None
    retest_date: date | None = None
    retest_handed_over: bool = False
    voices_asked_on: date | None = None
    assured_on: date | None = None
    last_retest_passed_on: date | None = None
    due_date: date | None = None
    regulator_date: date | None = None
    replaced_by: str = ""
    recovery_plan: str = ""
    meeting_name: str = ""
    meeting_date: date | None = None
    regulator_agreement: str = ""


@dataclass(frozen=True, slots=True)
class _Case:
    facts: Facts
    given: Given
    settings: RatingSettings
    today: date


def missing(rule: MoveRule, facts: Facts, given: Given, settings: RatingSettings, today: date) -> tuple[Step, ...]:
    """The steps still missing before the move may be proposed, in the gate's order."""
    case = _Case(facts, given, settings, today)
    return tuple(step for step in rule.gate if not _CHECKS[step](case))


def missing_for_decision(
    rule: MoveRule, facts: Facts, given: Given, settings: RatingSettings, today: date
) -> tuple[Step, ...]:
    """The steps still missing before the move may be accepted: the gate again, then the decision's own."""
    case = _Case(facts, given, settings, today)
    return tuple(step for step in rule.gate + rule.decision_gate if not _CHECKS[step](case))


def _evidence_by_is_later(case: _Case) -> bool:
    completed = case.given.completion_date
    if completed is None:
        return True  # completion_date itself is the missing step
    by = case.given.evidence_by_date or default_evidence_by(completed, case.settings)
    return by >= completed


def _has_effect_evidence(case: _Case) -> bool:
    return _speaks_since(case, case.given.effect_evidence_dates)


def _speaks_since(case: _Case, dates: tuple[date, ...]) -> bool:
    """Whether one of them lies after what is to be proved: completion, or the assurance that is tested again."""
    since = case.given.evidence_since or case.facts.completion_date
    return any(since is None or day > since for day in dates)


def _retest_is_within_class(case: _Case) -> bool:
    facts, given = case.facts, case.given
    if given.retest_handed_over or given.retest_date is None:
        return True  # handed to the audit programme, or the default of its class
    latest = retest_by(case.today, case.settings, regulatory=facts.regulatory, before_tool=facts.assured_before_tool)
    return case.today < given.retest_date <= latest


def _retest_was_passed(case: _Case) -> bool:
    passed, assured = case.given.last_retest_passed_on, case.given.assured_on
    if passed is None or assured is None:
        return False
    return passed >= add_months(assured, case.settings.embedded_retest_months)


def _completed_by_today(case: _Case) -> bool:
    return case.given.completion_date is None or case.given.completion_date <= case.today


# Each answers whether its step has been taken.
_CHECKS: Mapping[Step, Callable[[_Case], bool]] = {
    Step.commentary: lambda case: bool(case.given.commentary.strip()),
    Step.reason: lambda case: bool(case.given.why.strip()),
    Step.implementation_evidence: lambda case: case.given.implementation_evidence >= 1,
    Step.completion_date: lambda case: case.given.completion_date is not None,
    Step.completion_not_in_future: _completed_by_today,
    Step.evidence_by_after_completion: _evidence_by_is_later,
    Step.effect_evidence: _has_effect_evidence,
    Step.effect_accepted: lambda case: _speaks_since(case, case.given.effect_accepted_dates),
    Step.retest_within_class: _retest_is_within_class,
    Step.voices_view: lambda case: not case.settings.voices_view or case.given.voices_asked_on is not None,
    Step.retest_passed: _retest_was_passed,
    Step.new_due_date: lambda case: case.given.due_date is not None,
    Step.new_regulator_date: lambda case: case.given.regulator_date is not None,
    Step.new_evidence_by_date: lambda case: case.given.evidence_by_date is not None,
    Step.replacement: lambda case: bool(case.given.replaced_by.strip()),
    Step.recovery_plan: lambda case: bool(case.given.recovery_plan.strip()),
    Step.meeting: lambda case: bool(case.given.meeting_name.strip()) and case.given.meeting_date is not None,
    Step.regulator_agreement: lambda case: bool(case.given.regulator_agreement.strip()),
}
