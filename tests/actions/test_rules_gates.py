"""What a gate still asks for, and the dates a move sets."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.actions.rules import (
    Given,
    Move,
    MoveRule,
    Stage,
    Step,
    add_months,
    default_evidence_by,
    missing,
    missing_for_decision,
    relapse_evidence_by,
    retest_by,
    rule_for,
    slip,
)
from app.plans.rules import RatingSettings
from tests.actions.made_facts import ASSURED, DELIVERED, ORDINARY, SETTINGS, TODAY, ahead, made


def found(move: Move, stage: Stage) -> MoveRule:
    rule = rule_for(move, stage)
    assert rule is not None
    return rule


DONE = Given(implementation_evidence=1, completion_date=ahead(0))
PROVEN = Given(effect_evidence_dates=(date(2026, 4, 1), date(2026, 5, 1)))


@pytest.mark.parametrize(
    ("changed", "steps"),
    [
        ({}, []),
        ({"implementation_evidence": 0}, [Step.implementation_evidence]),
        ({"completion_date": None}, [Step.completion_date]),
        ({"completion_date": ahead(1)}, [Step.completion_not_in_future]),
        ({"completion_date": ahead(-1), "evidence_by_date": ahead(-1)}, []),
        ({"completion_date": ahead(-1), "evidence_by_date": ahead(-2)}, [Step.evidence_by_after_completion]),
    ],
)
def test_it_gates_delivery(changed: dict[str, Any], steps: list[Step]) -> None:
    rule = found(Move.delivered, Stage.not_delivered)
    assert list(missing(rule, ORDINARY, replace(DONE, **changed), SETTINGS, TODAY)) == steps


YEAR, HALF = date(2027, 6, 15), date(2026, 12, 15)


@pytest.mark.parametrize(
    ("changed", "regulatory", "steps"),
    [
        ({}, False, []),
        ({"effect_evidence_dates": ()}, False, [Step.effect_evidence]),
        ({"effect_evidence_dates": (date(2026, 4, 30),)}, False, [Step.effect_evidence]),
        ({"retest_date": YEAR}, False, []),
        ({"retest_date": date(2027, 6, 16)}, False, [Step.retest_within_class]),
        ({"retest_date": ahead(0)}, False, [Step.retest_within_class]),
        ({"retest_date": HALF}, True, []),
        ({"retest_date": date(2026, 12, 16)}, True, [Step.retest_within_class]),
        ({"retest_date": YEAR, "retest_handed_over": True}, True, []),
    ],
)
def test_it_gates_assurance(changed: dict[str, Any], regulatory: bool, steps: list[Step]) -> None:
    rule = found(Move.assured, Stage.delivered)
    facts = made(DELIVERED, regulatory=regulatory)
    assert list(missing(rule, facts, replace(PROVEN, **changed), SETTINGS, TODAY)) == steps


def test_it_takes_nothing_for_given() -> None:
    rule = found(Move.delivered, Stage.not_delivered)
    assert missing(rule, ORDINARY, Given(), SETTINGS, TODAY) == (Step.implementation_evidence, Step.completion_date)


def test_it_asks_for_the_voices_only_where_the_plan_does() -> None:
    rule, asks = found(Move.assured, Stage.delivered), RatingSettings(voices_view=True)
    assert missing(rule, DELIVERED, PROVEN, asks, TODAY) == (Step.voices_view,)
    assert missing(rule, DELIVERED, replace(PROVEN, voices_asked_on=ahead(-3)), asks, TODAY) == ()


def test_it_asks_for_the_meeting_and_a_reviewers_word_only_to_decide() -> None:
    rule = found(Move.assured, Stage.delivered)
    assert missing_for_decision(rule, DELIVERED, PROVEN, SETTINGS, TODAY) == (Step.effect_accepted, Step.meeting)
    checked = replace(PROVEN, effect_accepted_dates=(date(2026, 5, 1),))
    held = replace(checked, meeting_name="Assurance panel", meeting_date=TODAY)
    assert missing_for_decision(rule, DELIVERED, held, SETTINGS, TODAY) == ()
    assert missing_for_decision(rule, DELIVERED, replace(held, meeting_date=None), SETTINGS, TODAY) == (Step.meeting,)
    # What was there when it was proposed must still be there.
    gone = replace(held, effect_evidence_dates=())
    assert missing_for_decision(rule, DELIVERED, gone, SETTINGS, TODAY) == (Step.effect_evidence,)


def test_it_asks_a_retest_for_evidence_newer_than_the_assurance() -> None:
    assured, rule = made(ASSURED, completion_date=date(2026, 1, 10)), found(Move.retest_passed, Stage.assured)
    given = replace(PROVEN, evidence_since=date(2026, 5, 1))
    assert missing(rule, assured, given, SETTINGS, TODAY) == (Step.effect_evidence,)
    assert missing(rule, assured, replace(given, evidence_since=date(2026, 4, 30)), SETTINGS, TODAY) == ()


@pytest.mark.parametrize(
    ("assured_on", "passed_on", "steps"),
    [
        (date(2025, 12, 15), date(2026, 6, 15), []),
        (date(2025, 12, 15), date(2026, 6, 14), [Step.retest_passed]),
        (date(2025, 12, 15), None, [Step.retest_passed]),
        (None, date(2026, 6, 15), [Step.retest_passed]),
    ],
)
def test_it_gates_embedding_on_a_retest_at_six_months(
    assured_on: date | None, passed_on: date | None, steps: list[Step]
) -> None:
    given = Given(assured_on=assured_on, last_retest_passed_on=passed_on)
    assert list(missing(found(Move.embedded, Stage.assured), ASSURED, given, SETTINGS, TODAY)) == steps


@pytest.mark.parametrize(
    ("move", "stage", "steps"),
    [
        (Move.progress, Stage.not_delivered, "commentary"),
        (Move.not_delivered, Stage.delivered, "reason"),
        (Move.not_delivered, Stage.assured, "reason new_due_date"),
        (Move.delivered, Stage.embedded, "reason"),
        (Move.due_date, Stage.not_delivered, "new_due_date reason"),
        (Move.regulator_date, Stage.not_delivered, "new_regulator_date reason"),
        (Move.evidence_by_date, Stage.delivered, "new_evidence_by_date reason"),
        (Move.superseded, Stage.not_delivered, "reason replacement"),
        (Move.descoped, Stage.delivered, "reason"),
        (Move.not_applicable, Stage.assured, "reason"),
        (Move.owner_change, Stage.delivered, "reason"),
    ],
)
def test_it_asks_for_what_is_not_given(move: Move, stage: Stage, steps: str) -> None:
    rule = found(move, stage)
    facts = made(stage=stage)
    assert " ".join(missing(rule, facts, Given(why=" ", commentary="\n"), SETTINGS, TODAY)) == steps
    full = Given(
        why="so", commentary="done", due_date=TODAY, regulator_date=TODAY, evidence_by_date=TODAY, replaced_by="2.1"
    )
    assert missing(rule, facts, full, SETTINGS, TODAY) == ()


def test_it_asks_for_the_regulators_agreement_to_decide_on_the_regulators_date() -> None:
    rule, given = found(Move.regulator_date, Stage.not_delivered), Given(why="x", regulator_date=ahead(9))
    assert missing_for_decision(rule, ORDINARY, given, SETTINGS, TODAY) == (Step.regulator_agreement,)
    agreed = replace(given, regulator_agreement="letter of 3 June")
    assert missing_for_decision(rule, ORDINARY, agreed, SETTINGS, TODAY) == ()


@pytest.mark.parametrize(
    ("day", "months", "found_day"),
    [
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_it_adds_months_within_the_month(day: date, months: int, found_day: date) -> None:
    assert add_months(day, months) == found_day


def test_it_sets_the_clocks_of_a_move() -> None:
    assert default_evidence_by(date(2026, 6, 15), SETTINGS) == date(2026, 9, 13)
    assert relapse_evidence_by(date(2026, 6, 15), SETTINGS) == date(2026, 7, 13)
    assert retest_by(TODAY, SETTINGS, regulatory=True) == HALF
    assert retest_by(TODAY, SETTINGS, regulatory=False) == YEAR
    assert retest_by(TODAY, SETTINGS, regulatory=False, before_tool=True) == HALF


@pytest.mark.parametrize(
    ("agreed", "due", "new", "so_far", "slips", "slip_days"),
    [
        (ahead(0), ahead(0), ahead(30), 0, 1, 30),
        (ahead(0), ahead(30), ahead(40), 1, 2, 40),
        (ahead(0), ahead(30), ahead(10), 1, 1, 10),
        (ahead(0), ahead(30), ahead(-5), 1, 1, 0),
        (ahead(0), ahead(-10), ahead(-5), 0, 1, 0),
        (ahead(0), ahead(30), ahead(30), 1, 1, 30),
        (None, ahead(0), ahead(7), 0, 1, 7),
        (None, None, ahead(7), 0, 0, 0),
    ],
)
def test_it_counts_slips_and_days(
    agreed: date | None, due: date | None, new: date, so_far: int, slips: int, slip_days: int
) -> None:
    found_slip = slip(agreed, due, new, so_far)
    assert (found_slip.slips, found_slip.slip_days) == (slips, slip_days)
