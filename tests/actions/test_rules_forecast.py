"""What changes if nobody does anything, what would change it, and where views differ."""

from datetime import date
from typing import Any

import pytest

from app.actions.rules import (
    Code,
    Progress,
    Rating,
    Reason,
    Remedy,
    Stage,
    held_by,
    next_changes,
    rate,
    rate_all,
    remedy,
    views_differ,
)
from tests.actions.made_facts import ASSURED, DELIVERED, ORDINARY, SETTINGS, TODAY, ahead, made


def changes(horizon: int = 60, **changed: Any) -> list[tuple[date, str, str]]:
    return [
        (c.day, c.after.colour.value, c.after.label.value)
        for c in next_changes(made(**changed), SETTINGS, TODAY, horizon)
    ]


def test_it_foresees_the_whole_way_down() -> None:
    assert changes(80, due_date=ahead(45), last_update_on=ahead(0)) == [
        (ahead(31), "amber", "due_soon"),
        (ahead(46), "red", "overdue"),
    ]


def test_it_foresees_silence() -> None:
    assert changes(80, last_update_on=ahead(0)) == [
        (ahead(39), "amber", "no_recent_update"),
        (ahead(70), "red", "position_unknown"),
    ]


def test_it_foresees_the_start() -> None:
    assert changes(10, progress=Progress.not_started, start_date=ahead(3)) == [
        (ahead(3), "green", "on_track"),
        (ahead(4), "amber", "should_have_started"),
    ]


def test_it_foresees_the_proof_and_the_retest() -> None:
    proof = next_changes(made(DELIVERED, evidence_by_date=ahead(15)), SETTINGS, TODAY, 30)
    assert [(c.day, c.after.label) for c in proof] == [(ahead(1), "proof_due_soon"), (ahead(16), "proof_overdue")]
    retest = next_changes(made(ASSURED, retest_date=ahead(5)), SETTINGS, TODAY, 30)
    assert [(c.day, c.after.label) for c in retest] == [(ahead(6), "retest_due")]


def test_it_foresees_nothing_today_nor_beyond_the_horizon() -> None:
    assert changes(29, due_date=ahead(29)) != []
    assert changes(3, due_date=ahead(3), last_update_on=ahead(0)) == []
    assert changes(4, due_date=ahead(3), last_update_on=ahead(0)) == [(ahead(4), "red", "overdue")]
    assert changes(60, due_date=ahead(-5), progress=Progress.off_track) == []


def test_it_foresees_nothing_for_what_has_left_the_plan() -> None:
    assert changes(60, stage=Stage.superseded, due_date=ahead(3)) == []


def test_it_starts_no_clocks_in_a_draft() -> None:
    assert changes(90, adopted_on=None) == []


def test_it_says_which_rules_begin_and_whether_it_is_worse() -> None:
    (change,) = next_changes(made(due_date=ahead(3), last_update_on=ahead(0)), SETTINGS, TODAY, 10)
    assert [reason.code for reason in change.reasons] == [Code.R1]
    assert change.is_worse
    assert change.before.label == "on_track"
    (better, _) = next_changes(made(progress=Progress.not_started, start_date=ahead(3)), SETTINGS, TODAY, 10)
    assert better.reasons == ()
    facts = made(progress=Progress.at_risk, last_update_on=ahead(-38))
    (relabelled, *_) = next_changes(facts, SETTINGS, TODAY, 1)
    assert (relabelled.after.label, relabelled.is_worse) == ("no_recent_update", False)


def test_it_foresees_being_held_up() -> None:
    other = made(key="2.1", due_date=ahead(2))
    own = made(depends_on=("2.1",))
    found = next_changes(own, SETTINGS, TODAY, 10, [other, made(key="9.9", due_date=ahead(0))])
    assert [(c.day, c.after.label) for c in found] == [(ahead(3), "held_up")]
    assert next_changes(own, SETTINGS, TODAY, 10) == ()


def test_it_agrees_with_the_rating_of_each_day() -> None:
    facts = made(due_date=ahead(20), regulatory=True, regulator_date=ahead(30), last_update_on=ahead(-10))
    found = {c.day: c for c in next_changes(facts, SETTINGS, TODAY, 90)}
    before = rate(facts, SETTINGS, TODAY)
    for n in range(1, 91):
        after = rate(facts, SETTINGS, ahead(n))
        assert (ahead(n) in found) == ((after.colour, after.label) != (before.colour, before.label))
        before = after


@pytest.mark.parametrize("code", [c for c in Code if c not in (Code.A4,)])
def test_it_knows_what_would_change_each_rule(code: Code) -> None:
    assert remedy(Reason(code)) in Remedy


def remedies(rating: Rating) -> tuple[Remedy, ...]:
    return tuple(dict.fromkeys(remedy(reason) for reason in rating.reasons))


def test_it_lists_each_remedy_once_in_the_rules_order() -> None:
    rating = rate(made(due_date=ahead(-1), last_update_on=ahead(-70)), SETTINGS, TODAY)
    assert rating.codes == (Code.R1, Code.R3, Code.A3)
    assert remedies(rating) == (Remedy.deliver_or_new_date, Remedy.give_update)


def test_it_asks_for_what_is_missing() -> None:
    assert remedies(rate(made(has_owner=False), SETTINGS, TODAY)) == (Remedy.name_owner,)
    assert remedies(rate(made(external_lead=True), SETTINGS, TODAY)) == (Remedy.name_contact,)
    quiet = made(due_date=ahead(9), last_update_on=ahead(-20))
    assert remedies(rate(quiet, SETTINGS, TODAY)) == (Remedy.give_update,)
    waiting = made(due_date=ahead(9), start_date=None, progress=Progress.not_started)
    assert remedies(rate(waiting, SETTINGS, TODAY)) == (Remedy.start,)


OVERDUE = {"due_date": ahead(-5)}
REGULATED = {"regulatory": True, "regulator_date": ahead(-5)}
WAITING = {"progress": Progress.not_started}


@pytest.mark.parametrize(
    ("changed", "differs"),
    [
        ({}, False),
        ({**OVERDUE, "last_update_on": ahead(-4)}, True),
        ({**OVERDUE, "last_update_on": ahead(-5)}, False),
        ({**OVERDUE, "last_update_on": None}, False),
        ({**OVERDUE, "progress": Progress.at_risk}, True),
        ({**OVERDUE, "progress": Progress.off_track}, False),
        ({**REGULATED, "last_update_on": ahead(-4)}, True),
        ({**REGULATED, "last_update_on": ahead(-5)}, False),
        ({**WAITING, "start_date": ahead(-5), "last_update_on": ahead(-4)}, True),
        ({**WAITING, "start_date": ahead(-5), "last_update_on": ahead(-5)}, False),
        ({**WAITING, "start_date": None, "due_date": ahead(20), "last_update_on": ahead(-8)}, True),
        ({**WAITING, "start_date": None, "due_date": ahead(20), "last_update_on": ahead(-9)}, False),
        ({"has_owner": False}, False),
        ({"regulatory": True, "regulator_date": ahead(5)}, False),
        ({"due_date": None}, False),
        ({"progress": Progress.at_risk}, False),
        ({**OVERDUE, "stage": Stage.delivered, "evidence_by_date": ahead(-5)}, False),
    ],
)
def test_it_finds_where_the_owner_reports_better_than_the_dates_support(changed: dict[str, Any], differs: bool) -> None:
    facts = made(**changed)
    assert views_differ(facts, rate(facts, SETTINGS, TODAY)) is differs


def test_it_finds_a_differing_view_on_what_it_waits_for() -> None:
    own = made(depends_on=("2.1",), last_update_on=ahead(-4))
    for due, differs in [(ahead(-5), True), (ahead(-4), False)]:
        other = made(key="2.1", due_date=due, last_update_on=ahead(-1))
        rating = rate_all([own, other], SETTINGS, TODAY)["1.1"]
        assert Code.A4 in rating.codes
        assert views_differ(own, rating) is differs


@pytest.mark.parametrize(("said_on", "differs"), [(ahead(-4), True), (ahead(-3), False), (None, False)])
def test_it_dates_a_dependency_off_track_from_its_latest_update(said_on: date | None, differs: bool) -> None:
    own = made(depends_on=("2.1",), last_update_on=ahead(-4))
    other = made(key="2.1", progress=Progress.off_track, last_update_on=said_on, start_date=ahead(-9))
    rating = rate_all([own, other], SETTINGS, TODAY)["1.1"]
    assert rating.codes == (Code.A4,)
    assert views_differ(own, rating) is differs


def test_it_is_not_held_up_by_itself() -> None:
    own = made(depends_on=("1.1",), due_date=ahead(-1))
    assert held_by(own, [(own, rate(own, SETTINGS, TODAY))]) == ()
    assert ORDINARY.depends_on == ()
