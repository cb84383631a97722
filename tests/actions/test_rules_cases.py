"""Both sides of every threshold of the rating rules, one case a line."""

from typing import Any

import pytest

from app.actions.rules import Code, Label, Progress, Stage, rate
from app.plans.rules import Cadence, RatingSettings
from tests.actions.made_facts import ASSURED, DELIVERED, ORDINARY, TODAY, ahead, made

# What it shows | the ordinary action it changes | facts, with days from today ; settings | codes, - if none | label
TABLE = """
R1 due tomorrow | open | due=+1 | - | on_track
R1 due today | open | due=+0 | - | on_track
R1 due yesterday | open | due=-1 | R1 | overdue
R1 and not started | open | progress=not_started due=-1 | R1 A1 | overdue
R1 delivered late is not overdue | delivered | due=-1 | - | delivered_proof_due
R1 first of two reds | open | due=-1 progress=off_track | R1 R6 | overdue
R2 evidence due today | delivered | evidence_by=+0 | A7 | proof_due_soon
R2 evidence due yesterday | delivered | evidence_by=-1 | R2 | proof_overdue
R2 submitted before completion | delivered | evidence_by=-1 submitted=-47 | R2 | proof_overdue
R2 submitted on completion | delivered | evidence_by=-1 submitted=-46 | A11 | waiting_for_panel
R2 returned 14 days ago | delivered | evidence_by=-1 submitted=-20 returned=-14 | A7 | proof_due_soon
R2 returned 15 days ago | delivered | evidence_by=-1 submitted=-20 returned=-15 | R2 R4 | proof_overdue
R2 submitted again after the return | delivered | evidence_by=-1 submitted=-14 returned=-15 | A11 | waiting_for_panel
R2 returned the day it was submitted | delivered | evidence_by=-1 submitted=-15 returned=-15 | R2 R4 | proof_overdue
R2 accepted later | delivered | evidence_by=-1 submitted=-30 returned=-20 accepted=-18 | A11 | waiting_for_panel
R2 accepted, then returned | delivered | evidence_by=-1 submitted=-30 accepted=-20 returned=-18 | R2 R4 | proof_overdue
R2 returned later | delivered | evidence_by=-1 submitted=-30 accepted=-20 returned=-3 | A7 | proof_due_soon
R2 re-opened later | delivered | evidence_by=-1 submitted=-30 reopened=-28 recovery=-20 | R2 A16 | proof_overdue
R2 new round | delivered | evidence_by=-1 submitted=-27 reopened=-28 recovery=-20 | A11 A16 | waiting_for_panel
R2 re-opened same day | delivered | evidence_by=-1 accepted=-28 reopened=-28 recovery=-20 | R2 A16 | proof_overdue
R2 no evidence-by date | delivered | evidence_by=none | - | delivered_proof_due
R3 69 idle | open | update=-69 | A3 | no_recent_update
R3 70 idle | open | update=-70 | R3 A3 | position_unknown
R3 not started, start passed | open | progress=not_started update=-70 | R3 A1 A3 | position_unknown
R3 not started, no start | open | progress=not_started start=none update=-70 | A3 | no_recent_update
R3 started, no start date | open | start=none update=-70 | R3 A3 | position_unknown
R3 start in the future | open | start=+1 update=-90 | - | on_track
R3 counts from the start | open | start=-69 update=-140 | A3 | no_recent_update
R3 counts from adoption | open | adopted=-69 update=-140 | A3 | no_recent_update
R3 counts from creation | open | created=-69 update=none | A3 | no_recent_update
R3 weekly 21 | open | update=-21 ; cadence=weekly | A3 | no_recent_update
R3 weekly 22 | open | update=-22 ; cadence=weekly | R3 A3 | position_unknown
R3 fortnightly 35 | open | update=-35 ; cadence=fortnightly | A3 | no_recent_update
R3 fortnightly 36 | open | update=-36 ; cadence=fortnightly | R3 A3 | position_unknown
R3 does not look at the delivered | delivered | update=-70 | - | delivered_proof_due
R3 two rounds missed | open | rounds_missed=2 ; update_rounds=yes | R3 A3 | position_unknown
R3 one round missed | open | rounds_missed=1 update=-70 ; update_rounds=yes | A3 | no_recent_update
R3 no round missed, long idle | open | update=-70 ; update_rounds=yes | - | on_track
R3 rounds without the setting | open | rounds_missed=2 | - | on_track
R4 returned 14 days ago | delivered | submitted=-20 returned=-14 | - | delivered_proof_due
R4 returned 15 days ago | delivered | submitted=-20 returned=-15 | R4 | proof_returned
R4 submitted since | delivered | submitted=-1 returned=-15 | - | delivered_proof_due
R4 accepted since | delivered | submitted=-20 returned=-15 accepted=-15 | - | delivered_proof_due
R4 a return before this completion | delivered | returned=-47 | - | delivered_proof_due
R4 a return on the day of completion | delivered | returned=-46 | R4 | proof_returned
R4 a return before the relapse | delivered | returned=-30 reopened=-20 recovery=-19 | A16 | reopened
R5 re-opened today | delivered | reopened=+0 | R5 | relapsed
R5 re-opened to not delivered | open | reopened=-3 | R5 | relapsed
R5 re-test failed, still assured | assured | reopened=-3 | R5 | relapsed
R5 embedded too | assured | stage=embedded reopened=-3 | R5 | relapsed
R5 an older recovery plan | delivered | reopened=-3 recovery=-4 | R5 | relapsed
R5 recovery accepted the same day | delivered | reopened=-3 recovery=-3 | A16 | reopened
R6 off track | open | progress=off_track | R6 | off_track
R6 not once delivered | delivered | progress=off_track | - | delivered_proof_due
R7 passed yesterday | open | regulatory=yes regulator=-1 | R7 | regulator_date
R7 today, on track | open | regulatory=yes regulator=+0 | A14 | regulator_date_near
R7 in 14 days, at risk | open | regulatory=yes regulator=+14 progress=at_risk | R7 A13 A14 | regulator_date
R7 in 15 days, at risk | open | regulatory=yes regulator=+15 progress=at_risk | A13 | at_risk
R7 in 14 days, not started | open | regulatory=yes progress=not_started start=+0 regulator=+14 | R7 A14 | regulator_date
R7 not regulatory | open | regulator=-1 | - | on_track
R7 regulatory without a date | open | regulatory=yes | - | on_track
R7 not once delivered | delivered | regulatory=yes regulator=-1 | - | delivered_proof_due
A1 start today | open | progress=not_started start=+0 | - | on_track
A1 start yesterday | open | progress=not_started start=-1 | A1 | should_have_started
A1 start tomorrow | open | progress=not_started start=+1 | - | not_started
A1 no start | open | progress=not_started start=none | - | not_started
A1 started | open | start=-1 | - | on_track
A2 in 28 days, not started | open | progress=not_started start=none due=+28 | A2 | due_soon
A2 in 29 days, not started | open | progress=not_started start=none due=+29 | - | not_started
A2 today, not started, start today | open | progress=not_started start=+0 due=+0 | A2 | due_soon
A2 start tomorrow | open | progress=not_started start=+1 due=+5 | - | not_started
A2 in 14 days, idle 15 | open | due=+14 update=-15 | A2 | due_soon
A2 in 15 days, idle 15 | open | due=+15 update=-15 | - | on_track
A2 in 14 days, idle 14 | open | due=+14 update=-14 | - | on_track
A2 in 28 days, started | open | due=+28 | - | on_track
A2 after A1 | open | progress=not_started due=+28 | A1 A2 | should_have_started
A3 38 idle | open | update=-38 | - | on_track
A3 39 idle | open | update=-39 | A3 | no_recent_update
A3 never updated | open | update=none start=-39 | A3 | no_recent_update
A3 two-monthly 68 | open | update=-68 ; cadence=two_monthly | - | on_track
A3 two-monthly 69 | open | update=-69 ; cadence=two_monthly | A3 | no_recent_update
A3 quarterly 99 | open | start=none update=-99 ; cadence=quarterly | - | on_track
A3 quarterly 100 | open | start=none update=-100 ; cadence=quarterly | A3 | no_recent_update
A3 fortnightly 22 | open | update=-22 ; cadence=fortnightly | A3 | no_recent_update
A3 a draft starts no clocks | open | adopted=none update=-500 | - | on_track
A3 a draft counts no rounds | open | adopted=none rounds_missed=3 ; update_rounds=yes | - | on_track
A3 a draft shows its dates | open | adopted=none due=-1 | R1 | overdue
A3 an outside lead chased | open | external=yes contact=Jo owner=no update=-60 chased=-38 | - | on_track
A3 chased long ago | open | external=yes contact=Jo owner=no update=-60 chased=-39 | A3 | no_recent_update
A3 chased before the last update | open | external=yes contact=Jo owner=no update=-1 chased=-60 | - | on_track
A3 a chase of our own does not count | open | update=-39 chased=-1 | A3 | no_recent_update
A5 no owner | open | owner=no | A5 | no_owner
A5 no owner, delivered | delivered | owner=no | - | delivered_proof_due
A5 an outside lead needs no owner | open | external=yes contact=Jo owner=no | - | on_track
A5 an outside lead without a contact | open | external=yes contact=none | A5 | no_owner
A5 a contact is no owner of our own | open | owner=no contact=Jo | A5 | no_owner
A6 one slip | open | slips=1 slip_days=90 ; slipped_rule=yes | - | on_track
A6 two slips | open | slips=2 ; slipped_rule=yes | A6 | slipped
A6 91 days | open | slips=1 slip_days=91 ; slipped_rule=yes | A6 | slipped
A6 switched off | open | slips=9 slip_days=900 | - | on_track
A7 in 14 days | delivered | evidence_by=+14 | A7 | proof_due_soon
A7 in 15 days | delivered | evidence_by=+15 | - | delivered_proof_due
A7 submitted | delivered | evidence_by=+14 submitted=-1 | - | delivered_proof_due
A7 returned today | delivered | evidence_by=-40 submitted=-1 returned=+0 | A7 | proof_due_soon
A8 delivered | delivered | concern=-1 | A8 | measure_of_concern
A8 embedded | assured | stage=embedded concern=-1 | A8 | measure_of_concern
A8 not delivered | open | concern=-1 | - | on_track
A8 before A9 | assured | concern=-1 retest=-1 | A8 A9 | measure_of_concern
A9 today | assured | retest=+0 | - | assured
A9 yesterday | assured | retest=-1 | A9 | retest_due
A9 embedded | assured | stage=embedded retest=-1 | A9 | retest_due
A9 handed to the audit programme | assured | retest=none | - | assured
A9 not once delivered again | delivered | retest=-1 | - | delivered_proof_due
A10 no due date | open | due=none | A10 | no_date
A10 no due date, not started | open | progress=not_started start=none due=none | A10 | no_date
A10 delivered | delivered | due=none | - | delivered_proof_due
A11 submitted, evidence due today | delivered | evidence_by=+0 submitted=-1 | - | delivered_proof_due
A11 submitted long ago | delivered | evidence_by=-1 submitted=-40 | A11 | waiting_for_panel
A11 accepted only | delivered | evidence_by=-1 accepted=-20 | A11 | waiting_for_panel
A11 not once assured | assured | evidence_by=-1 | - | assured
A13 at risk | open | progress=at_risk | A13 | at_risk
A14 in 14 days | open | regulatory=yes regulator=+14 | A14 | regulator_date_near
A14 in 15 days | open | regulatory=yes regulator=+15 | - | on_track
A15 claimed on the due date | open | due=-5 claimed=-5 | A15 | waiting_for_validation
A15 claimed a day late | open | due=-5 claimed=-4 | R1 | overdue
A15 claimed early | open | claimed=-4 | A15 | waiting_for_validation
A15 claimed without a due date | open | due=none claimed=-4 | A10 | no_date
A15 stops only R1 | open | regulatory=yes due=-5 claimed=-6 regulator=-1 | R7 A15 | regulator_date
A16 not delivered | open | reopened=-9 recovery=-3 | A16 | reopened
A16 assured again | assured | reopened=-9 recovery=-3 | - | assured
order: A10 before A13 | open | due=none progress=at_risk | A10 A13 | no_date
A13 first | open | regulatory=yes regulator=+30 progress=at_risk ; regulator_near_days=30 | R7 A13 A14 | regulator_date
blue embedded | assured | stage=embedded | - | embedded
grey superseded | open | stage=superseded due=-99 reopened=-9 | - | superseded
grey not applicable | assured | stage=not_applicable concern=-9 | - | not_applicable
"""
BASES = {"open": ORDINARY, "delivered": DELIVERED, "assured": ASSURED}
NAMES = {
    "due": "due_date", "start": "start_date", "evidence_by": "evidence_by_date", "retest": "retest_date",
    "update": "last_update_on", "chased": "last_chased_on", "regulator": "regulator_date",
    "recovery": "recovery_accepted_on", "concern": "concern_since", "contact": "external_contact",
    "external": "external_lead", "owner": "has_owner",
    **{word: f"{word}_on" for word in ("submitted", "accepted", "returned", "reopened", "claimed")},
    **{word: f"{word}_on" for word in ("created", "adopted")},
}  # fmt: skip
KINDS = {"stage": Stage, "progress": Progress, "cadence": Cadence, "contact": str}
WORDS = {"yes": True, "no": False, "none": None}
CALM = {"on_track": "green", "delivered_proof_due": "green", "assured": "blue", "embedded": "blue"}
CASES = [[part.strip() for part in line.split("|")] for line in TABLE.strip().splitlines()]


def read(text: str) -> dict[str, Any]:
    """`due=-1 slips=2 progress=at_risk` as values; a signed number is a day so far from today."""
    given: dict[str, Any] = {}
    for token in text.split():
        name, value = token.split("=")
        if value in WORDS:
            given[name] = WORDS[value]
        elif name in KINDS:
            given[name] = KINDS[name](value)
        else:
            given[name] = ahead(int(value)) if value[0] in "+-" else int(value)
    return given


@pytest.mark.parametrize(
    ("base", "changed", "codes", "label"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_it_rates(base: str, changed: str, codes: str, label: str) -> None:
    given, _, thresholds = changed.partition(";")
    facts = made(BASES[base], **{NAMES.get(name, name): value for name, value in read(given).items()})
    rating = rate(facts, RatingSettings(**read(thresholds)), TODAY)
    colour = CALM.get(label, "grey") if codes == "-" else {"R": "red", "A": "amber"}[codes[0]]
    assert (" ".join(rating.codes) or "-", rating.label, rating.colour) == (codes, label, colour)


def test_it_has_a_case_for_every_rule_and_label_but_held_up() -> None:
    assert {code for case in CASES for code in case[3].split()} == {*Code, "-"} - {"A4"}
    assert {case[4] for case in CASES} == set(Label) - {"held_up", "descoped"}
    assert len(CASES) >= 130
