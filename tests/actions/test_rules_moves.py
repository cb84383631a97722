"""Which moves are possible, who proposes and who decides."""

from collections.abc import Collection, Sequence

import pytest

from app.actions.rules import (
    MOVES,
    Candidate,
    Move,
    MoveRule,
    Part,
    Stage,
    conflicted,
    deciders,
    decides_due_date,
    moves_from,
    needs_decision,
    rule_for,
)
from app.plans.rules import PlanState, RatingSettings
from tests.actions.made_facts import SETTINGS, ahead

EXITS = "superseded descoped not_applicable owner_change"


@pytest.mark.parametrize(
    ("stage", "moves"),
    [
        (Stage.not_delivered, f"progress delivered recovery due_date regulator_date {EXITS}"),
        (Stage.delivered, f"assured recovery not_delivered evidence_by_date {EXITS}"),
        (Stage.assured, f"embedded retest_passed retest_failed delivered not_delivered {EXITS}"),
        (Stage.embedded, f"retest_passed retest_failed delivered not_delivered {EXITS}"),
        (Stage.superseded, ""),
        (Stage.descoped, ""),
        (Stage.not_applicable, ""),
    ],
)
def test_it_knows_the_moves_from_each_stage(stage: Stage, moves: str) -> None:
    assert " ".join(moves_from(stage, PlanState.live, SETTINGS)) == moves
    assert moves_from(stage, PlanState.closed, SETTINGS) == ()
    for move in Move:
        if move not in (Move.standing, Move.plan_settings, Move.edition):
            assert (rule_for(move, stage) is not None) == (move in moves.split())


def test_it_lets_a_plan_leave_out_embedding() -> None:
    assert Move.embedded not in moves_from(Stage.assured, PlanState.live, RatingSettings(embedded_stage=False))


PEOPLE = ["accountable_person", "contributor", "office", "lead_executive", "validator", "panel", "chair", "deputy"]


@pytest.mark.parametrize(
    ("move", "stage", "proposers"),
    [
        (Move.progress, Stage.not_delivered, "accountable_person contributor office"),
        (Move.delivered, Stage.not_delivered, "accountable_person office"),
        (Move.assured, Stage.delivered, "accountable_person office"),
        (Move.embedded, Stage.assured, "office"),
        (Move.retest_passed, Stage.embedded, "office"),
        (Move.delivered, Stage.assured, "lead_executive validator chair"),
        (Move.not_delivered, Stage.embedded, "lead_executive validator chair"),
        (Move.not_delivered, Stage.delivered, "validator"),
        (Move.due_date, Stage.not_delivered, "accountable_person office"),
        (Move.regulator_date, Stage.not_delivered, "accountable_person office"),
        (Move.evidence_by_date, Stage.delivered, "accountable_person office"),
        (Move.descoped, Stage.assured, "office lead_executive"),
        (Move.owner_change, Stage.not_delivered, "office lead_executive"),
        (Move.standing, Stage.not_delivered, "office"),
        (Move.plan_settings, Stage.not_delivered, "office"),
        (Move.due_date, Stage.delivered, ""),
        (Move.assured, Stage.not_delivered, ""),
        (Move.delivered, Stage.superseded, ""),
    ],
)
def test_it_knows_who_proposes(move: Move, stage: Stage, proposers: str) -> None:
    rule = rule_for(move, stage)
    assert [p for p in PEOPLE if rule and Part(p) in rule.proposes] == proposers.split()


def found(move: Move, stage: Stage) -> MoveRule:
    rule = rule_for(move, stage)
    assert rule is not None
    return rule


ADA, BEN, CAI, DEE, EVE, FAY = (
    Candidate("ada", frozenset({Part.accountable_person, Part.validator})),
    Candidate("ben", frozenset({Part.lead_executive})),
    Candidate("cai", frozenset({Part.chair, Part.panel})),
    Candidate("dee", frozenset({Part.deputy})),
    Candidate("eve", frozenset({Part.validator, Part.panel})),
    Candidate("fay", frozenset({Part.office})),
)
ALL = (ADA, BEN, CAI, DEE, EVE, FAY)


@pytest.mark.parametrize(
    ("move", "stage", "who"),
    [
        (Move.delivered, Stage.not_delivered, "eve"),
        (Move.assured, Stage.delivered, "cai eve"),
        (Move.embedded, Stage.assured, "cai eve"),
        (Move.retest_passed, Stage.assured, "eve"),
        (Move.due_date, Stage.not_delivered, "cai"),
        (Move.regulator_date, Stage.not_delivered, "cai"),
        (Move.evidence_by_date, Stage.delivered, "cai"),
        (Move.superseded, Stage.delivered, "cai"),
        (Move.standing, Stage.not_delivered, "ben"),
        (Move.plan_settings, Stage.not_delivered, "cai"),
        (Move.delivered, Stage.assured, "ada ben cai eve"),
        (Move.not_delivered, Stage.assured, "ada ben cai eve"),
        (Move.not_delivered, Stage.delivered, "ada eve"),
        (Move.progress, Stage.not_delivered, ""),
        (Move.owner_change, Stage.delivered, ""),
    ],
)
def test_it_knows_who_decides(move: Move, stage: Stage, who: str) -> None:
    # Ada proposes and owns the action; for lowering a stage that does not matter.
    result = deciders(found(move, stage), ALL, conflicted("ada", "ada"))
    assert (list(result.people) if result else []) == who.split()


@pytest.mark.parametrize(
    ("present", "who", "part"),
    [
        ((ADA, CAI, DEE, EVE), "eve", Part.validator),
        ((ADA, CAI, DEE), "cai", Part.chair),
        ((ADA, DEE), "dee", Part.deputy),
        ((ADA,), None, None),
        ((), None, None),
    ],
)
def test_it_passes_a_validation_on_when_the_validator_may_not(
    present: tuple[Candidate, ...], who: str | None, part: Part | None
) -> None:
    result = deciders(found(Move.delivered, Stage.not_delivered), present, conflicted("fay", "ada"))
    if who is None:
        assert result is None
    else:
        assert result is not None
        assert (result.people, result.part, result.has_passed) == ((who,), part, who != "eve")


def test_it_passes_a_date_from_executive_to_chair_to_deputy_to_validator() -> None:
    rule, conflicts = found(Move.due_date, Stage.not_delivered), set[str]()
    passed = []
    while result := deciders(rule, ALL, conflicts, first=Part.lead_executive):
        passed.append((result.part.value, *result.people))
        conflicts |= set(result.people)
    assert passed == [("lead_executive", "ben"), ("chair", "cai"), ("deputy", "dee"), ("validator", "ada", "eve")]


def may_decide(person: str, rule: MoveRule, candidates: Sequence[Candidate], conflicts: Collection[str]) -> bool:
    found = deciders(rule, candidates, conflicts)
    return found is not None and person in found.people


@pytest.mark.parametrize("person", ["ada", "ben", "eve", "gus"])
def test_it_never_lets_anyone_decide_on_their_own(person: str) -> None:
    everything = frozenset(Part)
    candidates = [Candidate(person, everything)]
    for rule in MOVES:
        if rule.is_lowering or not rule.decides:
            continue
        assert not may_decide(person, rule, candidates, conflicted(person, None))
        assert not may_decide(person, rule, candidates, conflicted("fay", person))
        assert not may_decide(person, rule, candidates, conflicted("fay", "ada", [person]))
        assert may_decide(person, rule, candidates, conflicted("fay", "someone else"))


def test_it_lets_one_person_lower_a_stage() -> None:
    rule = found(Move.delivered, Stage.assured)
    assert may_decide("eve", rule, ALL, conflicted("eve", "eve"))
    assert not may_decide("fay", rule, ALL, conflicted("fay", "ada"))


@pytest.mark.parametrize(
    ("move_by", "before", "part"),
    [
        (30, 0, Part.lead_executive),
        (31, 0, Part.chair),
        (30, 1, Part.chair),
        (1, 2, Part.chair),
        (-10, 0, Part.lead_executive),
    ],
)
def test_it_lets_the_executive_move_a_date_once_and_up_to_30_days(move_by: int, before: int, part: Part) -> None:
    assert decides_due_date(ahead(5), ahead(5 + move_by), before, SETTINGS) == part


def test_it_treats_a_first_date_and_any_date_in_a_draft_as_an_edit() -> None:
    for move, stage in [
        (Move.due_date, Stage.not_delivered),
        (Move.regulator_date, Stage.not_delivered),
        (Move.evidence_by_date, Stage.delivered),
    ]:
        assert not needs_decision(move, stage, PlanState.live, None)
        assert needs_decision(move, stage, PlanState.live, ahead(3))
        assert not needs_decision(move, stage, PlanState.draft, ahead(3))
    assert needs_decision(Move.delivered, Stage.not_delivered, PlanState.draft)
    assert not needs_decision(Move.progress, Stage.not_delivered, PlanState.live)
    assert not needs_decision(Move.owner_change, Stage.delivered, PlanState.live)
    assert not needs_decision(Move.assured, Stage.not_delivered, PlanState.live)
