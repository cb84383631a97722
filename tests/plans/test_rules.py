"""A plan's life, its cadence and its thresholds."""

from dataclasses import FrozenInstanceError

import pytest

from app.plans.rules import (
    CADENCE_DAYS,
    DEFAULT_LEGEND,
    Cadence,
    Colour,
    PlanState,
    RatingSettings,
    may_become,
)


@pytest.mark.parametrize("state", list(PlanState))
@pytest.mark.parametrize("wanted", list(PlanState))
def test_it_goes_from_draft_to_live_to_closed_and_never_back(state: PlanState, wanted: PlanState) -> None:
    assert may_become(state, wanted) == ((state, wanted) in {("draft", "live"), ("live", "closed")})


@pytest.mark.parametrize(
    ("cadence", "every", "stale", "unknown"),
    [
        (Cadence.weekly, 7, 14, 21),
        (Cadence.fortnightly, 14, 21, 35),
        (Cadence.monthly, 31, 38, 69),
        (Cadence.two_monthly, 61, 68, 129),
        (Cadence.quarterly, 92, 99, 191),
    ],
)
def test_it_counts_a_cadence_in_days(cadence: Cadence, every: int, stale: int, unknown: int) -> None:
    settings = RatingSettings(cadence=cadence)
    assert (CADENCE_DAYS[cadence], settings.stale_days, settings.unknown_days) == (every, stale, unknown)


def test_it_reports_monthly_unless_the_plan_says_otherwise() -> None:
    assert RatingSettings().cadence == Cadence.monthly


def test_it_leaves_the_slipped_rule_off() -> None:
    settings = RatingSettings()
    assert (settings.slipped_rule, settings.slipped_times, settings.slipped_days) == (False, 2, 90)


def test_it_cannot_be_changed_in_passing() -> None:
    with pytest.raises(FrozenInstanceError):
        RatingSettings().quiet_days = 1  # type: ignore[misc]


def test_it_has_a_word_for_each_colour() -> None:
    assert {each.colour for each in DEFAULT_LEGEND} == set(Colour)
    assert all(each.word for each in DEFAULT_LEGEND)


def test_it_orders_the_colours_from_good_to_bad() -> None:
    ordered = sorted(Colour, key=lambda colour: colour.severity)
    assert ordered == ["blue", "grey", "green", "amber", "red"]
