"""Acts on one action: what each changes, whom it refuses, and what it says."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.actions import commands
from app.actions.fields import values_of
from app.actions.rules import Progress, Stage
from app.actions.schemas import ChangedAction, ChangedOwner, UpdateAction
from app.core import clock
from app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale
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


def test_an_agreed_later_date_is_a_slip(cast: Cast) -> None:
    ref = owned(cast, due_date="2027-03-31")
    action_id = made.action(cast, ref).id
    for day in (date(2027, 4, 30), date(2027, 4, 10)):
        with made.writing(cast) as (tx, access):
            tx.act("proposal.accepted")
            commands.set_due_date(tx, access=access, action_id=action_id, due_date=day)
            tx.flush()
    facts = made.action(cast, ref).facts
    assert (facts.due_date, facts.original_due_date) == (date(2027, 4, 10), date(2027, 3, 31))
    assert (facts.slips, facts.slip_days) == (1, 10)


# --- editing


def test_an_owner_edits_milestones_measures_and_dependencies_alone(cast: Cast) -> None:
    other, ref = made.add(cast), owned(cast)
    made.edit(cast, ref, "owen", milestones=[{"title": "One"}], success_measure="90 %", depends_on=[other])
    assert made.action(cast, ref).success_measure == "90 %"
    with pytest.raises(Forbidden):
        made.edit(cast, ref, "owen", title="Mine")
    with pytest.raises(Forbidden):
        made.edit(cast, ref, "olga", success_measure="x")
    with pytest.raises(Forbidden):
        made.edit(cast, ref, "violet")


def test_the_lead_executive_changes_the_owner_and_says_why(cast: Cast) -> None:
    ref = owned(cast)
    for who, given, wrong in (
        ("edith", ChangedOwner(accountable_person=cast.email("olga")), Invalid),
        ("owen", ChangedOwner(accountable_person=cast.email("olga"), why="x"), Forbidden),
    ):
        with pytest.raises(wrong), made.writing(cast, who) as (tx, access):
            commands.change_owner(tx, access=access, ref=ref, given=given)
    with made.writing(cast, "edith") as (tx, access):
        given = ChangedOwner(accountable_person=cast.email("olga"), why="Owen moves on")
        done = commands.change_owner(tx, access=access, ref=ref, given=given)
    assert [(c.field, c.old, c.new) for c in done.changed] == [
        ("accountable_person", cast.email("owen"), cast.email("olga"))
    ]


def test_a_milestone_that_stays_is_the_same_milestone(cast: Cast) -> None:
    ref = owned(cast, milestones=[{"title": "One"}, {"title": "Two"}])
    before = {m.title: m.id for m in made.action(cast, ref).milestones}
    made.edit(cast, ref, milestones=[{"title": "Three"}, {"title": "One", "done_on": str(TODAY)}])
    after = made.action(cast, ref).milestones
    assert [m.title for m in after] == ["Three", "One"]
    assert after[1].id == before["One"]


def test_a_circle_of_dependencies_is_named(cast: Cast) -> None:
    one, two, three = made.add(cast), made.add(cast), made.add(cast)
    made.edit(cast, one, depends_on=[two])
    made.edit(cast, two, depends_on=[three])
    with pytest.raises(Invalid, match=r"1\.3 → 1\.1 → 1\.2 → 1\.3"):
        made.edit(cast, three, depends_on=[one])
    with pytest.raises(Invalid, match=r"1\.1 → 1\.1"):
        made.edit(cast, one, depends_on=[one])


def test_links_say_whether_they_meet(cast: Cast) -> None:
    made.framework(cast)
    ref = made.add(cast, recommendations=["ockenden_2022:1.1", "ockenden_2022:1.2"])
    made.edit(cast, ref, contributes_to=["ockenden_2022:2.1"], recommendations=["ockenden_2022:1.1"])
    assert [(k.ref, k.meets) for k in made.action(cast, ref).links] == [("1.1", True), ("2.1", False)]
    made.edit(cast, ref, contributes_to=["ockenden_2022:1.1"], recommendations=[])
    assert [(k.ref, k.meets) for k in made.action(cast, ref).links] == [("1.1", False)]
    made.edit(cast, ref, recommendations=["ockenden_2022:1.1"])
    assert [(k.ref, k.meets) for k in made.action(cast, ref).links] == [("1.1", True)]
    made.edit(cast, ref, contributes_to=["ockenden_2022:1.1"])
    assert [(k.ref, k.meets) for k in made.action(cast, ref).links] == [("1.1", False)]
    with pytest.raises(Invalid, match="Choose one"):
        made.edit(cast, ref, recommendations=["ockenden_2022:1.2"], contributes_to=["ockenden_2022:1.2"])


def test_an_edit_raises_the_revision_and_the_moment_of_change(cast: Cast) -> None:
    ref = owned(cast)
    before = made.action(cast, ref)
    made.edit(cast, ref, milestones=[{"title": "One"}])
    after = made.action(cast, ref)
    assert after.revision > before.revision
    assert after.updated_at > before.updated_at


def test_saving_without_a_change_writes_nothing(cast: Cast) -> None:
    ref = owned(cast)
    before = made.view(cast).revision
    made.edit(cast, ref, title="Train the midwives", milestones=[], due_date=None)
    assert made.view(cast).revision == before


def test_a_stale_edit_is_refused_whole_where_a_revision_is_given(cast: Cast) -> None:
    ref = owned(cast)
    held = made.action(cast, ref).revision
    made.update(cast, ref, commentary="News")
    with pytest.raises(Stale):
        made.edit(cast, ref, title="x", revision=held)


def test_a_form_is_refused_only_where_both_changed_the_same(cast: Cast) -> None:
    ref = owned(cast, due_date="2027-03-31")
    base = {k: v.isoformat() if isinstance(v, date) else v for k, v in values_of(made.action(cast, ref)).items()}
    base["milestones"] = []
    made.edit(cast, ref, title="Theirs", external_contact="Jo")
    typed = {"title": "Train the midwives", "success_measure": "Mine", "start_date": "2026-11-01"}
    done = made.edit(cast, ref, base=base, **typed)
    assert {c.field for c in done.changed} == {"success_measure", "start_date"}
    assert {c.field for c in done.others} == {"title", "external_contact"}
    assert made.action(cast, ref).title == "Theirs"
    with pytest.raises(Stale) as refused:
        made.edit(cast, ref, base=base, title="Mine")
    assert refused.value.details["conflicts"] == {
        "title": {"base": "Train the midwives", "now": "Theirs", "yours": "Mine"}
    }


def test_people_must_belong_to_the_plan_and_be_there(cast: Cast) -> None:
    ref = owned(cast)
    made.edit(cast, ref, accountable_person=cast.email("petra"), why="She leads it")
    for email in (cast.email("olive"), "nobody@aaa.example", "x"):
        with pytest.raises(Invalid) as refused:
            made.edit(cast, ref, lead_executive=email)
        assert refused.value.fields[0].field == "lead_executive"
