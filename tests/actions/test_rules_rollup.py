"""Counts, shares, flags and the headline."""

from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions.rules import (
    Colour,
    Facts,
    Flag,
    Headline,
    HeadlineCode,
    Label,
    Progress,
    Rated,
    Stage,
    count,
    flags,
    headline,
    percent,
    rate,
    rate_all,
)
from app.plans.rules import RatingSettings
from tests.actions.made_facts import ASSURED, DELIVERED, ORDINARY, SETTINGS, TODAY, ahead, made


def rated(facts: Facts, *, awaiting_decision: bool = False) -> Rated:
    return Rated(facts, rate(facts, SETTINGS, TODAY), awaiting_decision)


def some(kind: str, number: int, **more: Any) -> list[Rated]:
    """So many actions of a kind, with keys such as red-1."""
    kinds: dict[str, tuple[Facts, dict[str, Any]]] = {
        "red": (ORDINARY, {"due_date": ahead(-1)}),
        "amber": (ORDINARY, {"progress": Progress.at_risk}),
        "green": (ORDINARY, {}),
        "waiting": (ORDINARY, {"progress": Progress.not_started, "start_date": ahead(9)}),
        "should": (ORDINARY, {"progress": Progress.not_started, "start_date": ahead(-9)}),
        "delivered": (DELIVERED, {}),
        "assured": (ASSURED, {}),
        "stale_retest": (ASSURED, {"retest_date": ahead(-1)}),
        "relapsed": (ASSURED, {"reopened_on": ahead(-1)}),
        "exited": (ORDINARY, {"stage": Stage.descoped, "due_date": ahead(-1)}),
    }
    base, changed = kinds[kind]
    made_up = [made(base, **{**changed, "key": f"{kind}-{n}", **more}) for n in range(1, number + 1)]
    return [rated(facts) for facts in made_up]


def test_it_counts_by_rating_stage_and_label() -> None:
    plan = [r for kind, n in [("red", 2), ("amber", 1), ("green", 3), ("delivered", 4), ("assured", 5), ("exited", 6)]
            for r in some(kind, n)]  # fmt: skip
    counts = count(plan)
    assert (counts.total, counts.in_force, counts.exited, counts.open, counts.assured) == (21, 15, 6, 10, 5)
    assert counts.by_rating == {"red": 2, "amber": 1, "green": 7, "blue": 5, "grey": 6}
    assert counts.by_stage == {
        "not_delivered": 6, "delivered": 4, "assured": 5, "embedded": 0, "superseded": 0, "descoped": 6,
        "not_applicable": 0,
    }  # fmt: skip
    assert counts.by_label[Label.on_track] == 3
    assert counts.delivered_proof_due == 4
    assert sum(counts.by_label.values()) == counts.total


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (ORDINARY, set()),
        (made(due_date=ahead(-1)), {Flag.overdue}),
        (made(last_update_on=ahead(-39)), {Flag.stale}),
        (made(last_update_on=ahead(-70)), {Flag.stale}),
        (made(has_owner=False), {Flag.unowned}),
        (made(DELIVERED, evidence_by_date=ahead(-1)), {Flag.evidence_overdue}),
        (made(DELIVERED, submitted_on=ahead(-20), returned_on=ahead(-15)), set()),
        (made(slips=1), {Flag.slipped}),
        (made(regulatory=True), {Flag.regulatory}),
        (made(external_lead=True, external_contact="Jo"), {Flag.external}),
        (made(external_lead=True), {Flag.external, Flag.unowned}),
        (made(stage=Stage.descoped, due_date=ahead(-1), slips=2), {Flag.slipped}),
    ],
)
def test_it_flags_the_same_way_for_the_count_and_for_its_rows(facts: Facts, found: set[Flag]) -> None:
    assert flags(rated(facts)) == found
    counted = count([rated(facts), rated(ORDINARY)]).by_flag
    assert {flag for flag, number in counted.items() if number} == found
    assert set(counted) == set(Flag)


def test_it_flags_what_awaits_a_decision() -> None:
    assert flags(rated(ORDINARY, awaiting_decision=True)) == {Flag.awaiting_decision}


def test_it_counts_what_was_assured_before_this_tool_apart() -> None:
    counts = count([*some("assured", 2, assured_before_tool=True), *some("assured", 3)])
    assert (counts.assured, counts.assured_before_tool) == (5, 2)
    assert count(some("delivered", 1, assured_before_tool=True)).assured_before_tool == 0


def test_it_names_both_numbers_of_a_share() -> None:
    plan = [*some("assured", 96), *some("green", 116), *some("exited", 8)]
    share = count(plan).assured_share
    assert (share.part, share.whole, share.exited, share.percent) == (96, 212, 8, 45)


def test_it_counts_an_assured_action_as_assured_whatever_its_colour() -> None:
    assert count([*some("stale_retest", 1), *some("relapsed", 1)]).assured_share.percent == 100


def test_it_never_shows_all_delivered_while_a_proof_is_owed() -> None:
    share = count([*some("delivered", 1), *some("assured", 299)]).delivered_share
    assert (share.part, share.whole, share.percent) == (300, 300, 99)


@pytest.mark.parametrize(
    ("part", "whole", "still_open", "shown"),
    [(0, 0, 0, 0), (0, 9, 9, 0), (1, 1000, 999, 1), (999, 1000, 1, 99), (1000, 1000, 0, 100), (1000, 1000, 1, 99),
     (1, 2, 1, 50), (1, 8, 7, 13), (2, 3, 1, 67), (133, 158, 25, 84), (107, 158, 51, 68)],
)  # fmt: skip
def test_it_rounds_to_the_nearest_but_never_to_all_or_none(part: int, whole: int, still_open: int, shown: int) -> None:
    assert percent(part, whole, still_open) == shown


@settings(deadline=None)
@given(st.integers(1, 5000), st.data())
def test_it_never_shows_100_percent_with_a_part_missing(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    shown = percent(part, whole, whole - part)
    assert (shown == 100) == (part == whole)
    assert (shown == 0) == (part == 0)


OUTSIDE = {"external_lead": True, "external_contact": "Jo"}
# What is in the plan, the headline's colour, its reasons, the actions it names.
HEADLINES: list[tuple[list[tuple[str, int, dict[str, Any]]], str, str, int]] = [
    ([], "grey", "none_in_force", 0),
    ([("exited", 3, {})], "grey", "none_in_force", 0),
    ([("waiting", 3, {})], "grey", "none_started", 0),
    ([("waiting", 5, {}), ("should", 1, {})], "grey", "none_started", 0),
    ([("waiting", 4, {}), ("should", 1, {})], "amber", "amber_share", 1),
    ([("green", 5, {})], "green", "nothing_drives", 0),
    ([("green", 1, {}), ("waiting", 9, {})], "green", "nothing_drives", 0),
    ([("delivered", 5, {})], "green", "nothing_drives", 0),
    ([("waiting", 2, {}), ("assured", 1, {})], "green", "nothing_drives", 0),
    ([("green", 9, {}), ("red", 1, {})], "amber", "some_red", 1),
    ([("red", 1, {})], "amber", "some_red", 1),
    ([("green", 1, {}), ("red", 1, {})], "amber", "some_red", 1),
    ([("green", 8, {}), ("red", 2, {})], "red", "red_share", 2),
    ([("green", 9, {}), ("red", 2, {})], "amber", "some_red", 2),
    ([("green", 99, {}), ("red", 1, {"regulatory": True})], "red", "regulatory_red", 1),
    ([("green", 99, {"regulatory": True}), ("red", 1, {})], "amber", "some_red", 1),
    ([("green", 2, {}), ("red", 2, {"regulatory": True})], "red", "regulatory_red red_share", 2),
    ([("green", 8, {}), ("amber", 2, {})], "amber", "amber_share", 2),
    ([("green", 9, {}), ("amber", 2, {})], "green", "nothing_drives", 0),
    ([("green", 81, {}), ("red", 20, {})], "amber", "some_red", 20),
    ([("green", 81, {}), ("amber", 20, {})], "green", "nothing_drives", 0),
    ([("green", 6, {}), ("amber", 3, {}), ("red", 1, {})], "amber", "some_red amber_share", 4),
    ([("assured", 3, {})], "blue", "all_assured", 0),
    ([("assured", 3, {}), ("exited", 3, {})], "blue", "all_assured", 0),
    ([("assured", 3, {}), ("delivered", 1, {})], "green", "nothing_drives", 0),
    ([("assured", 9, {}), ("stale_retest", 1, {})], "amber", "amber_share", 1),
    ([("assured", 90, {}), ("relapsed", 2, {})], "red", "red_share", 2),
    ([("assured", 90, {}), ("green", 8, {}), ("relapsed", 2, {})], "red", "red_share", 2),
    ([("assured", 90, {}), ("green", 9, {}), ("relapsed", 2, {})], "amber", "some_red", 2),
    ([("green", 1, {}), ("red", 9, OUTSIDE)], "green", "nothing_drives", 0),
    ([("green", 1, {}), ("red", 1, {"external_lead": True, "regulatory": True})], "green", "nothing_drives", 0),
    ([("assured", 1, {}), ("green", 1, OUTSIDE)], "green", "nothing_drives", 0),
    ([("green", 2, OUTSIDE)], "grey", "none_in_force", 0),
]  # fmt: skip


def driving(found: Headline) -> list[str]:
    return list(dict.fromkeys(key for reason in found.reasons for key in reason.keys))


@pytest.mark.parametrize(("plan", "colour", "reasons", "drivers"), HEADLINES)
def test_it_draws_the_headline(
    plan: list[tuple[str, int, dict[str, Any]]], colour: str, reasons: str, drivers: int
) -> None:
    found = headline([r for kind, number, more in plan for r in some(kind, number, **more)], SETTINGS)
    assert (found.colour, " ".join(reason.code for reason in found.reasons)) == (colour, reasons)
    assert len(driving(found)) == drivers


def test_it_names_the_actions_that_drive_the_headline() -> None:
    found = headline([*some("green", 3), *some("red", 1), *some("amber", 2)], SETTINGS)
    assert driving(found) == ["red-1", "amber-1", "amber-2"]
    assert [(r.code, r.number, r.of) for r in found.reasons] == [
        (HeadlineCode.some_red, 1, 6), (HeadlineCode.amber_share, 2, 6)
    ]  # fmt: skip


def test_it_says_of_how_many_a_calm_headline_speaks() -> None:
    for plan, number, of in [
        ([], 0, 0),
        (some("waiting", 3), 0, 3),
        (some("green", 4), 0, 4),
        (some("assured", 5), 5, 5),
    ]:
        (reason,) = headline(plan, SETTINGS).reasons
        assert (reason.number, reason.of) == (number, of)
    assert count([]).delivered_proof_due == 0


def test_it_moves_the_headline_with_its_settings() -> None:
    plan = [*some("green", 9), *some("red", 1)]
    assert headline(plan, RatingSettings(headline_red_least=1, headline_red_share=10)).colour == Colour.red
    amber = [*some("green", 9), *some("amber", 1)]
    assert headline(amber, RatingSettings(headline_amber_share=10)).colour == Colour.amber


def test_it_rates_a_whole_plan_in_a_few_milliseconds() -> None:
    kinds = [ORDINARY, DELIVERED, ASSURED, made(due_date=ahead(-9), last_update_on=ahead(-80), has_owner=False)]
    plan = [
        made(kinds[n % 4], key=f"1.{n}", depends_on=(f"1.{(n * 7) % 220}",) if n % 3 == 0 else ()) for n in range(220)
    ]
    rate_all(plan, SETTINGS, TODAY)
    times = []
    for _ in range(9):
        begun = perf_counter()
        rate_all(plan, SETTINGS, TODAY)
        times.append(perf_counter() - begun)
    # 2 ms where it was written; wide, because a shared machine is slow at times.
    assert min(times) < 0.008
