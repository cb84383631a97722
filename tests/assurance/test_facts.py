"""The action's columns after each act equal what the rows of proposals and decisions say."""

from typing import Any

import pytest
from sqlmodel import select

from app.actions.models import Action
from app.actions.rules import Move
from app.assurance import commands
from app.assurance.models import Decision, Proposal
from app.assurance.rules import Asked, Outcome, ProposalState
from app.assurance.schemas import StepBack
from app.core.errors import Forbidden, Invalid
from app.core.ledger import tracked
from app.plans.queries import plan_for
from tests.assurance import made
from tests.assurance.made import day
from tests.support.cast import MAKER, Cast


def recomputed(cast: Cast) -> dict[str, tuple[int, int, int]]:
    """slips, slip days and open proposals by reference, from the rows alone."""
    with cast.database.read(MAKER) as read:
        read.see_everything("the tests look at the rows")
        actions = read.exec(select(Action)).all()
        decided = read.exec(select(Decision)).all()
        asked = read.exec(select(Proposal)).all()
    found = {}
    for action in actions:
        moves = [d for d in decided if d.action_id == action.id and "due_date" in d.after]
        accepted = [d for d in moves if d.outcome is Outcome.accepted]
        slips = sum(1 for d in accepted if d.after["due_date"] > d.before["due_date"])
        due, original = action.due_date, action.original_due_date
        days = max(0, (due - original).days) if accepted and due and original else 0
        still = sum(1 for p in asked if p.action_id == action.id and p.state is ProposalState.open)
        found[action.ref] = (slips, days, still)
    return found


def kept(cast: Cast) -> dict[str, tuple[int, int, int]]:
    refs = recomputed(cast)
    return {r: (a.slips, a.slip_days, a.open_proposals) for r in refs for a in [made.action_row(cast, r)]}


def test_it_keeps_slips_slip_days_and_open_proposals_true(cast: Cast) -> None:
    made.make_action(cast)
    made.make_action(cast, "1.02", stage="assured", completion_date=day(-90), progress="complete")
    steps: list[Any] = []
    for offset, decider in ((40, "edith"), (35, "carol"), (90, "carol")):
        steps.append(made.propose(cast, "owen", due_date=day(offset)))
        assert kept(cast) == recomputed(cast)
        made.decide(cast, decider, steps[-1])
        assert kept(cast) == recomputed(cast)
    assert kept(cast)["1.01"] == (2, 70, 0)
    made.decide(cast, "carol", made.propose(cast, "owen", due_date=day(200)), "return", why="Too far away")
    made.propose(cast, "alice", move="descoped")
    made.propose(cast, "owen", due_date=day(120))
    with cast.database.write(cast.actor("carol")) as tx:
        given = StepBack(to=Asked.not_delivered, due_date=day(60), why="The practice has stopped")
        commands.step_back(tx, access=plan_for(tx, "alpha"), ref="1.02", given=given)
    assert kept(cast) == recomputed(cast)
    assert kept(cast)["1.01"][2] == 2


def test_it_takes_an_assured_action_back_where_the_practice_stopped(cast: Cast) -> None:
    made.make_action(
        cast, stage="assured", completion_date=day(-90), retest_date=day(100), progress="complete", due_date=day(-95)
    )
    with pytest.raises(Invalid) as refused, cast.database.write(cast.actor("edith")) as tx:
        commands.step_back(
            tx, access=plan_for(tx, "alpha"), ref="1.01", given=StepBack(to=Asked.not_delivered, why="Stopped")
        )
    assert refused.value.fields[0].field == "due_date"
    given = StepBack(to=Asked.not_delivered, due_date=day(60), why="Stopped")
    for name in ("owen", "alice"):
        with pytest.raises(Forbidden), cast.database.write(cast.actor(name)) as tx:
            commands.step_back(tx, access=plan_for(tx, "alpha"), ref="1.01", given=given)
    with cast.database.write(cast.actor("edith")) as tx:
        commands.step_back(tx, access=plan_for(tx, "alpha"), ref="1.01", given=given)
    action = made.action_row(cast)
    assert (action.stage.value, action.due_date, action.reopened_on) == ("not_delivered", day(60), day(0))
    assert (action.completion_date, action.retest_date) == (None, None)
    assert action.progress.value != "complete"
    [decision] = made.decision_rows(cast)
    assert (decision.move, decision.capacity, decision.why) == (Move.not_delivered, "lead_executive", "Stopped")


def test_it_lets_a_validator_alone_take_back_what_was_delivered(cast: Cast) -> None:
    made.make_action(cast, stage="delivered", completion_date=day(-9), evidence_by_date=day(80), progress="complete")
    given = StepBack(to=Asked.not_delivered, why="The rota was never used")
    for name in ("carol", "edith"):
        with pytest.raises(Forbidden, match="validator"), cast.database.write(cast.actor(name)) as tx:
            commands.step_back(tx, access=plan_for(tx, "alpha"), ref="1.01", given=given)
    with cast.database.write(cast.actor("dennis")) as tx:
        commands.step_back(tx, access=plan_for(tx, "alpha"), ref="1.01", given=given)
    action = made.action_row(cast)
    assert (action.stage.value, action.reopened_on) == ("not_delivered", None)


def test_it_moves_an_evidence_by_date_through_the_chair(cast: Cast) -> None:
    made.make_action(cast, stage="delivered", completion_date=day(-9), evidence_by_date=day(80), progress="complete")
    asked = made.propose(cast, "owen", move="evidence_by_date", evidence_by_date=day(100))
    with pytest.raises(Forbidden):
        made.decide(cast, "victor", asked)
    made.decide(cast, "carol", asked)
    assert made.action_row(cast).evidence_by_date == day(100)


def test_it_records_every_act_in_the_ledger_with_its_reason() -> None:
    assert {"proposal", "decision", "recorded_decision"} <= set(tracked())


def test_it_raises_the_actions_revision_with_each_proposal(cast: Cast) -> None:
    made.make_action(cast)
    before = made.action_row(cast).revision
    asked = made.propose(cast, "owen")
    middle = made.action_row(cast).revision
    made.decide(cast, "edith", asked)
    assert before < middle < made.action_row(cast).revision
