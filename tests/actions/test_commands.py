"""Acts on one action: what each changes, whom it refuses, and what it says."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.actions import commands
from app.actions.rules import Progress, Stage
from app.actions.schemas import ChangedAction, UpdateAction
from app.core import clock
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.ledger import claim
from app.plans.models import Plan
from app.plans.rules import PlanState
from tests.actions import made_plan as made
from tests.support.cast import MAKER, Cast

TODAY = clock.today()


def set_state(cast: Cast, state: PlanState) -> None:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("plan.set")
        row = tx.get(Plan, cast.plan_id)
        assert row is not None
        row.state = state


def owned(cast: Cast, **fields: Any) -> str:
    """An action of Owen with Connie as contributor, led by Edith."""
    return made.add(
        cast,
        accountable_person=cast.email("owen"),
        lead_executive=cast.email("edith"),
        contributors=[cast.email("connie")],
        **fields,
    )


# --- adding


def test_it_numbers_an_action_below_its_priority(cast: Cast) -> None:
    assert [
        made.add(cast),
        made.add(cast),
        made.add(cast, priority="2"),
        made.add(cast, ref="1.9"),
        made.add(cast),
    ] == [
        "1.1",
        "1.2",
        "2.1",
        "1.9",
        "1.10",
    ]


def test_it_refuses_a_reference_that_is_taken(cast: Cast) -> None:
    made.add(cast, ref="MD3")
    with pytest.raises(Conflict, match="md3"):
        made.add(cast, ref="md3")


@pytest.mark.parametrize("who", ["owen", "edith", "violet", "carol", "adam"])
def test_only_the_office_adds(sqlite_cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        made.add(sqlite_cast, who)


@pytest.mark.parametrize("who", ["oscar", "olive", "nora"])
def test_others_find_no_plan(sqlite_cast: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        made.add(sqlite_cast, who)


def test_a_participants_office_adds_what_its_own_organisation_leads(cast: Cast) -> None:
    assert made.action(cast, made.add(cast, "pat")).organisation == "PPP"
    with pytest.raises(Forbidden):
        made.add(cast, "pat", organisation="AAA")


def test_the_first_due_date_in_a_live_plan_is_the_original_one(cast: Cast) -> None:
    ref = made.add(cast)
    made.edit(cast, ref, due_date="2027-03-31")
    facts = made.action(cast, ref).facts
    assert facts.due_date == facts.original_due_date == date(2027, 3, 31)
    with pytest.raises(Invalid, match="Ask for a new date"):
        made.edit(cast, ref, due_date="2027-06-30")
    made.edit(cast, ref, due_date="2027-03-31", title="The same date is no change")


def test_in_a_draft_dates_are_set_freely(cast: Cast) -> None:
    set_state(cast, PlanState.draft)
    ref = made.add(cast, due_date="2027-03-31")
    made.edit(cast, ref, due_date="2027-06-30", evidence_by_date="2027-09-30", original_due_date="2027-01-01")
    facts = made.action(cast, ref).facts
    assert (facts.due_date, facts.original_due_date) == (date(2027, 6, 30), date(2027, 1, 1))
    assert facts.evidence_by_date == date(2027, 9, 30)


def test_a_plan_adopted_meanwhile_is_live_for_the_act_behind_the_claim(cast: Cast) -> None:
    set_state(cast, PlanState.draft)
    ref = made.add(cast, due_date="2027-03-31")
    with made.reading(cast) as (_read, stale):
        pass
    set_state(cast, PlanState.live)
    given = ChangedAction.model_validate({"due_date": "2027-04-30"})
    with cast.database.write(cast.actor("alice")) as tx:
        tx.scope_to(stale.id)
        with pytest.raises(Invalid, match="agreed"):
            commands.edit_action(tx, access=stale, ref=ref, given=given)


def test_a_closed_plan_takes_no_changes(cast: Cast) -> None:
    ref = owned(cast)
    set_state(cast, PlanState.closed)
    for change in (
        lambda: made.add(cast),
        lambda: made.edit(cast, ref, title="x"),
        lambda: made.update(cast, ref, commentary="x"),
    ):
        with pytest.raises(Conflict, match="closed"):
            change()


# --- reporting progress


@pytest.mark.parametrize("who", ["alice", "owen", "connie"])
def test_the_owner_a_contributor_and_the_office_report(cast: Cast, who: str) -> None:
    ref = owned(cast)
    made.update(cast, ref, who, commentary="Half are trained", progress="on_track")
    found = made.action(cast, ref)
    assert found.facts.progress is Progress.on_track
    assert found.facts.last_update_on == TODAY
    assert found.latest_update is not None
    assert found.latest_update.by_name == who.title()


@pytest.mark.parametrize("who", ["olga", "edith", "violet", "victor", "carol", "petra", "pat", "mina", "adam", "liam"])
def test_nobody_else_reports(sqlite_cast: Cast, who: str) -> None:
    ref = owned(sqlite_cast)
    with pytest.raises((Forbidden, NotFound)):
        made.update(sqlite_cast, ref, who, commentary="x")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "commentary"),
        ({"progress": "at_risk"}, "commentary"),
        ({"commentary": "x", "progress": "complete"}, "progress"),
        ({"no_change": True, "progress": "at_risk"}, "progress"),
        ({"commentary": "x", "said_on": str(TODAY + timedelta(days=1))}, "said_on"),
        ({"commentary": "x", "said_on": "1999-01-01"}, "said_on"),
        ({"commentary": "x", "told_how": "By phone"}, "for_person"),
        ({"commentary": "x", "for_person": "olive@bbb.example"}, "for_person"),
    ],
)
def test_a_report_that_cannot_be_taken_names_its_field(sqlite_cast: Cast, fields: dict[str, Any], field: str) -> None:
    ref = owned(sqlite_cast)
    with pytest.raises(Invalid) as refused:
        made.update(sqlite_cast, ref, **fields)
    assert [f.field for f in refused.value.fields] == [field]
    assert made.action(sqlite_cast, ref).latest_update is None


def test_the_office_writes_for_somebody_who_told_it(cast: Cast) -> None:
    ref = owned(cast, start_date=str(TODAY - timedelta(days=30)))
    day = TODAY - timedelta(days=3)
    made.update(cast, ref, commentary="x", for_person=cast.email("owen"), told_how="By phone", said_on=str(day))
    said = made.action(cast, ref).latest_update
    assert said is not None
    assert (said.for_name, said.told_how, said.said_on, said.by_name) == ("Owen", "By phone", day, "Alice")
    assert made.action(cast, ref).facts.last_update_on == day
    with pytest.raises(Invalid, match="office"):
        made.update(cast, ref, "owen", commentary="x", for_person=cast.email("connie"))


def test_an_older_report_stays_behind_the_latest_one(cast: Cast) -> None:
    ref = owned(cast, start_date=str(TODAY - timedelta(days=30)))
    made.update(cast, ref, "owen", commentary="Today", progress="at_risk")
    older = str(TODAY - timedelta(days=5))
    made.update(cast, ref, commentary="Last week", said_on=older)
    found = made.action(cast, ref)
    assert found.latest_update is not None
    assert (found.latest_update.commentary, found.facts.last_update_on) == ("Today", TODAY)
    with pytest.raises(Invalid, match="later update"):
        made.update(cast, ref, commentary="Last week", progress="on_track", said_on=older)


def test_two_no_changes_running_stop_counting_as_an_update(cast: Cast) -> None:
    ref = owned(cast)
    start = TODAY + timedelta(days=10)
    counted = []
    for week, fields in enumerate(
        [{"commentary": "News"}, {"no_change": True}, {"no_change": True}, {"no_change": True}, {"commentary": "News"}]
    ):
        day = start + timedelta(days=7 * week)
        with made.writing(cast) as (tx, access):
            tx.info["stamp"].at_day = day
            commands.update_action(tx, access=access, ref=ref, given=UpdateAction.model_validate(fields))
        counted.append(made.action(cast, ref).facts.last_update_on)
    first, second, fifth = (start + timedelta(days=7 * n) for n in (0, 1, 4))
    assert counted == [first, second, second, second, fifth]


def test_no_change_keeps_what_was_said(cast: Cast) -> None:
    ref = owned(cast)
    made.update(cast, ref, commentary="x", progress="at_risk", forecast="2027-05-01")
    made.update(cast, ref, no_change=True)
    said = made.action(cast, ref).latest_update
    assert said is not None
    assert (said.progress, said.forecast, said.no_change) == (Progress.at_risk, date(2027, 5, 1), True)


def noted(cast: Cast, ref: str, **facts: Any) -> None:
    action_id = made.action(cast, ref).id
    with made.writing(cast) as (tx, access):
        claim(tx, access.stream)
        tx.act("proposal.accepted")
        commands.note_facts(tx, access=access, action_id=action_id, **facts)
        tx.flush()


def test_after_delivery_only_the_news_changes(cast: Cast) -> None:
    ref = owned(cast)
    made.update(cast, ref, commentary="x", progress="at_risk")
    noted(cast, ref, stage=Stage.delivered, completion_date=TODAY)
    assert made.action(cast, ref).facts.progress is Progress.complete
    made.update(cast, ref, commentary="The audit has begun")
    with pytest.raises(Invalid, match="delivered"):
        made.update(cast, ref, commentary="x", progress="at_risk")
    noted(cast, ref, stage=Stage.not_delivered)
    assert made.action(cast, ref).facts.progress is Progress.on_track


def test_what_has_left_the_plan_takes_neither_reports_nor_edits(cast: Cast) -> None:
    ref = owned(cast)
    noted(cast, ref, stage=Stage.descoped, exit_why="Done elsewhere")
    with pytest.raises(Conflict, match="left the plan"):
        made.update(cast, ref, commentary="x")
    with pytest.raises(Conflict, match="left the plan"):
        made.edit(cast, ref, title="x")


def test_facts_of_upper_rooms_are_known_by_name(sqlite_cast: Cast) -> None:
    with pytest.raises(TypeError, match="title"):
        noted(sqlite_cast, owned(sqlite_cast), title="x")


def test_open_proposals_await_a_decision(cast: Cast) -> None:
    ref = owned(cast)
    noted(cast, ref, open_proposals=1)
    assert "awaiting_decision" in made.action(cast, ref).flags
    assert made.action(cast, ref).open_proposals == 1
