"""The words people read."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest

from app.actions.reasons import (
    change_text,
    colour_word,
    flag_word,
    headline_reason_text,
    label,
    progress_word,
    reason_text,
    remedy_text,
    stage_word,
    step_text,
)
from app.actions.rules import (
    Code,
    Colour,
    Facts,
    Flag,
    HeadlineCode,
    HeadlineReason,
    Label,
    Progress,
    Rated,
    Remedy,
    Stage,
    Step,
    headline,
    next_changes,
    rate,
    rate_all,
)
from app.core.words import PSEUDO, use_language
from app.plans.rules import RatingSettings
from tests.actions.made_facts import ASSURED, DELIVERED, ORDINARY, SETTINGS, TODAY, ahead, made

REGULATED = {"regulatory": True}
SENTENCES: list[tuple[Facts, dict[str, Any], Code, str]] = [
    (ORDINARY, {"due_date": ahead(-21)}, Code.R1, "Due 25 May 2026, 21 days ago"),
    (ORDINARY, {"due_date": ahead(-1)}, Code.R1, "Due 14 June 2026, 1 day ago"),
    (DELIVERED, {"evidence_by_date": ahead(-2)}, Code.R2, "Proof was due 13 June 2026, 2 days ago"),
    (ORDINARY, {"last_update_on": ahead(-74)}, Code.R3, "No update for 74 days"),
    (DELIVERED, {"returned_on": ahead(-15)}, Code.R4, "Proof returned 31 May 2026, 15 days ago, nothing new submitted"),
    (DELIVERED, {"reopened_on": ahead(-3)}, Code.R5, "Re-opened 12 June 2026, no recovery plan accepted yet"),
    (ORDINARY, {"progress": Progress.off_track}, Code.R6, "The owner says off track"),
    (ORDINARY, {**REGULATED, "regulator_date": ahead(-1)}, Code.R7, "The regulator's date was 14 June 2026, 1 day ago"),
    (ORDINARY, {**REGULATED, "regulator_date": ahead(1), "progress": Progress.at_risk}, Code.R7,
     "The regulator's date is 16 June 2026, tomorrow, and it is not on track"),
    (ORDINARY, {**REGULATED, "regulator_date": ahead(0), "progress": Progress.at_risk}, Code.R7,
     "The regulator's date is 15 June 2026, today, and it is not on track"),
    (ORDINARY, {**REGULATED, "regulator_date": ahead(2)}, Code.A14, "The regulator's date is 17 June 2026, in 2 days"),
    (DELIVERED, {"evidence_by_date": ahead(0)}, Code.A7, "Proof due 15 June 2026, today"),
    (ORDINARY, {"progress": Progress.not_started, "start_date": ahead(-5)}, Code.A1,
     "Should have started 10 June 2026, 5 days ago"),
    (ORDINARY, {"progress": Progress.not_started, "due_date": ahead(0)}, Code.A2,
     "Due 15 June 2026, today, and not started"),
    (ORDINARY, {"due_date": ahead(10), "last_update_on": ahead(-15)}, Code.A2,
     "Due 25 June 2026, in 10 days, and no update for 15 days"),
    (ORDINARY, {"last_update_on": ahead(-39)}, Code.A3, "No update for 39 days"),
    (ORDINARY, {"has_owner": False}, Code.A5, "No active accountable person"),
    (ORDINARY, {"external_lead": True}, Code.A5, "No named contact at the leading organisation"),
    (ORDINARY, {"slips": 2, "slip_days": 91}, Code.A6, "Date moved 2 times, 91 days in all"),
    (DELIVERED, {"evidence_by_date": ahead(5)}, Code.A7, "Proof due 20 June 2026, in 5 days"),
    (DELIVERED, {"evidence_by_date": ahead(-5), "returned_on": ahead(-3)}, Code.A7,
     "Proof was due 10 June 2026, 5 days ago; the last was returned"),
    (ASSURED, {"concern_since": ahead(-14)}, Code.A8, "A linked measure shows concern since 1 June 2026"),
    (ASSURED, {"retest_date": ahead(-14)}, Code.A9, "Re-test was due 1 June 2026, 14 days ago"),
    (ORDINARY, {"due_date": None}, Code.A10, "No due date"),
    (DELIVERED, {"evidence_by_date": ahead(-5), "submitted_on": ahead(-9)}, Code.A11,
     "Proof is with the panel; it was due 10 June 2026"),
    (DELIVERED, {"evidence_by_date": ahead(-5), "submitted_on": ahead(-9), "accepted_on": ahead(-8)}, Code.A11,
     "Proof accepted 7 June 2026, not yet assured"),
    (DELIVERED, {"evidence_by_date": ahead(-5), "submitted_on": ahead(-9), "accepted_on": ahead(-30)}, Code.A11,
     "Proof is with the panel; it was due 10 June 2026"),
    (ORDINARY, {"progress": Progress.at_risk}, Code.A13, "The owner says at risk"),
    (ORDINARY, {**REGULATED, "regulator_date": ahead(14)}, Code.A14,
     "The regulator's date is 29 June 2026, in 14 days"),
    (ORDINARY, {"claimed_on": ahead(-5)}, Code.A15, "Delivery claimed 10 June 2026, not yet validated"),
    (DELIVERED, {"reopened_on": ahead(-5), "recovery_accepted_on": ahead(-2)}, Code.A16,
     "Re-opened 10 June 2026, to be assured again"),
]  # fmt: skip


def said(facts: Facts, code: Code, settings: RatingSettings) -> str:
    return next(reason_text(r) for r in rate(facts, settings, TODAY).reasons if r.code == code)


@pytest.mark.parametrize(("base", "changed", "code", "text"), SENTENCES)
def test_it_says_why_a_rule_fired(base: Facts, changed: dict[str, Any], code: Code, text: str) -> None:
    assert said(made(base, **changed), code, RatingSettings(slipped_rule=True)) == text


def test_it_has_a_sentence_for_every_rule() -> None:
    assert {case[2] for case in SENTENCES} == set(Code) - {Code.A4}


def test_it_counts_missed_rounds_where_the_plan_runs_them() -> None:
    rounds = RatingSettings(update_rounds=True)
    assert said(made(rounds_missed=1), Code.A3, rounds) == "1 update round missed"
    assert said(made(rounds_missed=2), Code.R3, rounds) == "2 update rounds missed"


@pytest.mark.parametrize(
    ("others", "text"),
    [
        ([{"key": "2.1", "due_date": ahead(-1)}], "Waits for 2.1, which is red"),
        ([{"key": "2.1", "due_date": ahead(900)}], "Waits for 2.1, which is due later"),
        ([{"key": "2.1", "due_date": ahead(-1)}, {"key": "2.2", "due_date": ahead(-1)}],
         "Waits for 2.1, 2.2, which are red"),
        ([{"key": "2.1", "due_date": ahead(-1)}, {"key": "2.2", "due_date": ahead(900)}],
         "Waits for 2.1, which is red; Waits for 2.2, which is due later"),
    ],
)  # fmt: skip
def test_it_names_what_an_action_waits_for(others: list[dict[str, Any]], text: str) -> None:
    own = made(depends_on=tuple(each["key"] for each in others))
    (reason,) = rate_all([own, *(made(**each) for each in others)], SETTINGS, TODAY)["1.1"].reasons
    assert reason_text(reason) == text


def test_it_uses_the_labels_of_the_table() -> None:
    assert [label(each) for each in Label] == [
        "Overdue", "Proof overdue", "Position unknown", "Proof returned", "Relapsed", "Off track", "Regulator's date",
        "Should have started", "Due soon", "No recent update", "Held up", "No owner", "Slipped", "Proof due soon",
        "Measure of concern", "Re-test due", "No date", "Waiting for the panel", "At risk", "Regulator's date near",
        "Waiting for validation", "Re-opened", "On track", "Not started", "Delivered, proof due", "Assured", "Embedded",
        "Superseded", "De-scoped", "Not applicable",
    ]  # fmt: skip


def test_it_has_a_word_for_every_code() -> None:
    every: list[tuple[Callable[[str], str], type[StrEnum]]] = [
        (stage_word, Stage), (progress_word, Progress), (colour_word, Colour), (flag_word, Flag), (step_text, Step),
        (remedy_text, Remedy), (label, Label),
    ]  # fmt: skip
    for words, codes in every:
        assert all(words(code) and words(str(code)) == words(code) for code in codes)
    assert stage_word(Stage.delivered) == "Delivered, not yet evidenced"
    assert stage_word(Stage.assured) == "Evidenced and assured"
    assert stage_word(Stage.assured, before_tool=True) == "Assured before this tool"


def test_it_lets_a_legend_rename_a_colour() -> None:
    assert colour_word(Colour.red, {"red": "Escalate"}) == "Escalate"
    assert colour_word(Colour.amber, {"red": "Escalate"}) == "Amber"


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"due_date": ahead(3)},
         "Turns red on Friday 19 June 2026 unless it is delivered or a new due date is agreed"),
        ({"due_date": ahead(20), "last_update_on": ahead(0)},
         "Turns amber on 30 June 2026 unless an update is given"),
        ({"progress": Progress.at_risk, "last_update_on": ahead(-38)},
         "Becomes “No recent update” on Tuesday 16 June 2026 unless an update is given"),
        ({"progress": Progress.not_started, "start_date": ahead(7)}, "Turns green on Monday 22 June 2026"),
        ({"progress": Progress.not_started, "start_date": ahead(8)}, "Turns green on 23 June 2026"),
    ],
)  # fmt: skip
def test_it_says_what_happens_if_nobody_does_anything(changed: dict[str, Any], text: str) -> None:
    assert change_text(next_changes(made(**changed), SETTINGS, TODAY, 30)[0], TODAY) == text


def test_it_says_why_the_headline_has_its_colour() -> None:
    plan = [made(key=f"1.{n}", due_date=ahead(-1 if n < 3 else 90), regulatory=n < 2) for n in range(1, 9)]
    rated = [Rated(facts, rate(facts, SETTINGS, TODAY)) for facts in plan]
    assert [headline_reason_text(reason) for reason in headline(rated, SETTINGS).reasons] == [
        "1 regulatory action is red: 1.1",
        "2 of 8 are red: 1.1, 1.2",
    ]
    assert [headline_reason_text(reason) for reason in headline([], SETTINGS).reasons] == ["No action in force"]
    many = HeadlineReason(HeadlineCode.amber_share, 7, 9, tuple("abcdefg"))
    assert headline_reason_text(many) == "7 of 9 are amber: a, b, c, d, e and 2 more"
    assert headline_reason_text(many, most=7) == "7 of 9 are amber: a, b, c, d, e, f, g"
    for code in HeadlineCode:
        assert headline_reason_text(HeadlineReason(code, 1, 1))
        assert headline_reason_text(HeadlineReason(code, 2, 3, ("1.1",)))


def test_it_says_nothing_that_cannot_be_translated() -> None:
    use_language(PSEUDO)
    try:
        for base, changed, code, plain in SENTENCES:
            text = said(made(base, **changed), code, RatingSettings(slipped_rule=True))
            assert text.startswith("⟦")
            assert text != plain
        assert label(Label.overdue).startswith("⟦")
    finally:
        use_language("en")
