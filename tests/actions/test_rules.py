"""Dependencies, the days rules begin, civil days and settings; the table of cases is in `test_rules_cases`."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.actions.rules import Code, Colour, Facts, Progress, Stage, rate, rate_all, touched_on
from app.plans.rules import RatingSettings
from tests.actions.made_facts import ASSURED, DELIVERED, ORDINARY, SETTINGS, TODAY, ahead, made


def rated_with(own: Facts, *others: Facts) -> tuple[str, str]:
    rating = rate_all([own, *others], SETTINGS, TODAY)[own.key]
    return " ".join(rating.codes), rating.label


DUE = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ({"due_date": DUE}, ""),
        ({"due_date": date(2026, 10, 1)}, "A4"),
        ({"due_date": None}, ""),
        ({"due_date": date(2026, 8, 1), "progress": Progress.off_track}, "A4"),
        ({"due_date": date(2026, 8, 1), "progress": Progress.at_risk}, ""),
        ({"due_date": date(2026, 10, 1), "stage": Stage.delivered}, ""),
        ({"due_date": date(2026, 10, 1), "stage": Stage.assured}, ""),
        ({"due_date": date(2026, 10, 1), "stage": Stage.superseded}, ""),
        ({"due_date": ahead(-1), "stage": Stage.delivered, "reopened_on": ahead(-1)}, ""),
        ({"due_date": ahead(-1)}, "A4"),
    ],
)
def test_it_is_held_up_only_by_what_is_undelivered_and_red_or_later(other: dict[str, Any], codes: str) -> None:
    own = made(depends_on=("2.1",))
    assert rated_with(own, made(key="2.1", **other)) == (codes, "held_up" if codes else "on_track")


def test_it_is_not_held_up_later_without_a_due_date_of_its_own() -> None:
    own = made(depends_on=("2.1",), due_date=None)
    assert rated_with(own, made(key="2.1", due_date=date(2030, 1, 1))) == ("A10", "no_date")


def test_it_is_not_held_up_once_delivered() -> None:
    own = made(DELIVERED, depends_on=("2.1",))
    assert rated_with(own, made(key="2.1", due_date=ahead(-1))) == ("", "delivered_proof_due")


def test_it_does_not_pass_amber_down_a_chain() -> None:
    first = made(key="1.3", due_date=ahead(-1))
    second = made(key="1.2", depends_on=("1.3",))
    own = made(depends_on=("1.2",))
    assert rated_with(own, second, first) == ("", "on_track")
    assert rated_with(second, own, first) == ("A4", "held_up")


def test_it_survives_a_circle_of_dependencies() -> None:
    one, two = made(depends_on=("1.2", "1.1")), made(key="1.2", depends_on=("1.1",), due_date=ahead(-1))
    ratings = rate_all([one, two], SETTINGS, TODAY)
    assert ratings["1.1"].codes == (Code.A4,)
    assert ratings["1.2"].codes == (Code.R1, Code.A4)


def test_it_ignores_a_dependency_that_is_not_in_the_plan() -> None:
    assert rated_with(made(depends_on=("9.9",))) == ("", "on_track")


def test_it_names_what_holds_an_action_up() -> None:
    own = made(depends_on=("2.1", "2.2"))
    others = [made(key="2.1", due_date=ahead(-3)), made(key="2.2", due_date=date(2027, 1, 1))]
    (reason,) = rate_all([own, *others], SETTINGS, TODAY)["1.1"].reasons
    assert reason.named == {"red": ("2.1",), "later": ("2.2",)}
    assert reason.since == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("base", "changed", "code", "since"),
    [
        (ORDINARY, {"due_date": ahead(-21)}, Code.R1, ahead(-20)),
        (ORDINARY, {"last_update_on": ahead(-70)}, Code.R3, ahead(0)),
        (ORDINARY, {"last_update_on": ahead(-70)}, Code.A3, ahead(-31)),
        (ORDINARY, {"progress": Progress.not_started}, Code.A1, date(2026, 4, 2)),
        (ORDINARY, {"progress": Progress.not_started, "due_date": ahead(8)}, Code.A2, ahead(-20)),
        (ORDINARY, {"progress": Progress.not_started, "start_date": ahead(-3), "due_date": ahead(8)}, Code.A2,
         ahead(-3)),
        (ORDINARY, {"due_date": ahead(10), "last_update_on": ahead(-16)}, Code.A2, ahead(-1)),
        (ORDINARY, {"due_date": ahead(10), "last_update_on": ahead(-30)}, Code.A2, ahead(-4)),
        (ORDINARY, {"regulatory": True, "regulator_date": ahead(-2)}, Code.R7, ahead(-1)),
        (ORDINARY, {"regulatory": True, "regulator_date": ahead(4), "progress": Progress.at_risk}, Code.R7, ahead(-10)),
        (ORDINARY, {"regulatory": True, "regulator_date": ahead(4)}, Code.A14, ahead(-10)),
        (DELIVERED, {"evidence_by_date": ahead(-9)}, Code.R2, ahead(-8)),
        (DELIVERED, {"evidence_by_date": ahead(-2), "returned_on": ahead(-20)}, Code.R2, ahead(-1)),
        (DELIVERED, {"evidence_by_date": ahead(-9), "returned_on": ahead(-20)}, Code.R2, ahead(-5)),
        (DELIVERED, {"returned_on": ahead(-20)}, Code.R4, ahead(-5)),
        (DELIVERED, {"evidence_by_date": ahead(9)}, Code.A7, ahead(-5)),
        (DELIVERED, {"evidence_by_date": ahead(-9), "submitted_on": ahead(-9)}, Code.A11, ahead(-8)),
        (ASSURED, {"retest_date": ahead(-9)}, Code.A9, ahead(-8)),
    ],
)  # fmt: skip
def test_it_knows_since_when_a_rule_fires(base: Facts, changed: dict[str, Any], code: Code, since: date) -> None:
    facts = made(base, **changed)
    found = {r.code: r.since for r in rate(facts, SETTINGS, TODAY).reasons}
    assert found[code] == since
    # It fires that day and did not the day before.
    assert code in rate(facts, SETTINGS, since).codes
    assert code not in rate(facts, SETTINGS, since - timedelta(days=1)).codes


def test_it_dates_proof_due_soon_from_a_return_if_later() -> None:
    facts = made(DELIVERED, evidence_by_date=ahead(-5), submitted_on=ahead(-9), returned_on=ahead(-3))
    (reason,) = rate(facts, SETTINGS, TODAY).reasons
    assert (reason.code, reason.since) == (Code.A7, ahead(-3))


def test_it_was_last_touched_on_the_latest_day_that_anything_happened() -> None:
    assert touched_on(ORDINARY, TODAY) == ahead(-1)
    assert touched_on(made(last_update_on=None, start_date=None), TODAY) == date(2026, 1, 10)
    assert touched_on(made(start_date=ahead(40)), TODAY) == ahead(40)
    assert touched_on(made(adopted_on=None, last_update_on=None), TODAY) == TODAY


@pytest.mark.parametrize("changed", ["2026-03-29", "2026-10-25", "2028-02-29", "2026-12-31"])
def test_it_counts_civil_days_over_clock_changes_leap_days_and_new_year(changed: str) -> None:
    day = date.fromisoformat(changed)
    eve, morrow = (date.fromordinal(day.toordinal() + n) for n in (-1, 1))
    facts = made(due_date=day, adopted_on=eve, created_on=eve, start_date=eve, last_update_on=eve)
    assert [rate(facts, SETTINGS, d).label for d in (eve, day, morrow)] == ["on_track", "on_track", "overdue"]
    assert (morrow - touched_on(facts, morrow)).days == 2


def test_it_moves_every_threshold_with_its_setting() -> None:
    facts = made(due_date=ahead(40), progress=Progress.not_started, start_date=None)
    assert rate(facts, RatingSettings(due_soon_days=40), TODAY).codes == (Code.A2,)
    idle = made(last_update_on=ahead(-39))
    assert rate(idle, RatingSettings(idle_grace_days=8), TODAY).colour == Colour.green
    quiet = made(due_date=ahead(14), last_update_on=ahead(-15))
    assert rate(quiet, RatingSettings(quiet_days=15), TODAY).codes == ()
    assert rate(quiet, RatingSettings(due_quiet_days=13), TODAY).codes == ()
    proof = made(DELIVERED, evidence_by_date=ahead(20))
    assert rate(proof, RatingSettings(proof_due_soon_days=20), TODAY).codes == (Code.A7,)
    returned = made(DELIVERED, submitted_on=ahead(-9), returned_on=ahead(-8))
    assert rate(returned, RatingSettings(return_grace_days=7), TODAY).codes == (Code.R4,)
