"""Acts on plans: who may, what they refuse, and what they leave behind."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from app.actions.commands import beginnings, life
from app.actions.models import Action, RecommendationLink
from app.core.db import Write
from app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from app.frameworks.commands import load_library
from app.plans import commands, queries
from app.plans.models import Plan
from app.plans.rules import BodyKind, BodyRole, Cadence, PlanState
from app.plans.schemas import (
    Beginning,
    ChangedBody,
    ChangedLegend,
    ChangedMeeting,
    ChangedPlan,
    ChangedPriority,
    ChangedSettings,
    GivenMember,
    NewBody,
    NewMeeting,
    NewParticipant,
    NewPlan,
    NewPriority,
    NewStrategicPriority,
)
from tests.support.cast import MAKER, Cast


def new(**more: Any) -> NewPlan:
    return NewPlan.model_validate({"plan": "beta-mip", "title": "Beta plan", "organisation": "aaa"} | more)


def do(cast: Cast, name: str, act: Callable[[Write], Any]) -> Any:
    with cast.database.write(cast.actor(name)) as tx:
        return act(tx)


def revision(cast: Cast) -> int:
    with cast.database.read(MAKER) as read:
        return read.exec(select(Plan.revision).where(Plan.slug == "alpha")).one()


# Beginning


def test_a_plan_begins_as_a_draft_with_a_group_and_a_panel_under_the_chair(cast: Cast) -> None:
    made = do(cast, "alice", lambda tx: beginnings.begin_plan(tx, given=new()))
    with cast.database.read(cast.actor("carol")) as read:
        access = queries.plan_for(read, "beta-mip")
        assert access.state is PlanState.draft
        assert [(p.ref, p.title) for p in queries.priorities(read, made.id)] == [("1", "Beta plan")]
        found = queries.bodies(read, made.id)
    assert [b.kind for b in found] == [BodyKind.improvement_group, BodyKind.assurance_panel]
    assert [[m.name for m in b.chairs] for b in found] == [["Carol"], ["Carol"]]


@pytest.mark.parametrize("name", ["violet", "owen", "adam", "pat", "oscar", "carol"])
def test_only_the_office_of_the_organisation_may_begin_there(sqlite_cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        do(sqlite_cast, name, lambda tx: beginnings.begin_plan(tx, given=new()))


def test_a_taken_address_is_refused_and_named(cast: Cast) -> None:
    with pytest.raises(Conflict, match="alpha") as refused:
        do(cast, "alice", lambda tx: beginnings.begin_plan(tx, given=new(plan="alpha")))
    assert refused.value.fields[0].field == "plan"


@pytest.mark.parametrize("slug", ["ab", "Alpha", "a b c", "-abc", "new", "a" * 65, "a_b", "é" * 4, "ab\x00c", ""])
def test_an_address_is_small_letters_digits_and_hyphens(slug: str) -> None:
    with pytest.raises(ValueError, match=r"(?s).+"):
        new(plan=slug)


def test_four_priorities_come_in_our_own_words(sqlite_cast: Cast) -> None:
    made = do(sqlite_cast, "alice", lambda tx: beginnings.begin_plan(tx, given=new(begin="template")))
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        queries.plan_for(read, "beta-mip")
        found = queries.priorities(read, made.id)
    assert [p.ref for p in found] == ["1", "2", "3", "4"]
    assert found[0].title == "Safe, personalised and equitable care"


def test_a_publications_leaves_become_actions_that_meet_them(cast: Cast) -> None:
    with cast.database.write(MAKER) as tx:
        load_library(tx)
    given = new(begin=Beginning.framework, framework="ockenden_2022")
    made = do(cast, "alice", lambda tx: beginnings.begin_plan(tx, given=given))
    with cast.database.read(cast.actor("alice")) as read:
        queries.plan_for(read, "beta-mip")
        assert [p.ref for p in queries.priorities(read, made.id)] == [str(n) for n in range(1, 16)]
        actions = read.exec(select(Action)).all()
        links = read.exec(select(RecommendationLink)).all()
    assert len(actions) == len(links) == 92
    assert all(link.meets for link in links)
    assert {"1.2", "1.11", "15.3"} <= {a.ref for a in actions}


def test_top_leaves_go_under_one_priority_named_after_the_publication(sqlite_cast: Cast) -> None:
    with sqlite_cast.database.write(MAKER) as tx:
        load_library(tx)
    given = new(begin=Beginning.framework, framework="maternity_incentive_scheme")
    made = do(sqlite_cast, "alice", lambda tx: beginnings.begin_plan(tx, given=given))
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        queries.plan_for(read, "beta-mip")
        [priority] = queries.priorities(read, made.id)
        refs = [a.ref for a in read.exec(select(Action).order_by(Action.position)).all()]  # type: ignore[arg-type]
    assert (priority.ref, "incentive" in priority.title.lower()) == ("1", True)
    assert refs == [f"1.{n}" for n in range(1, 11)]


def test_every_publication_can_be_started_from(sqlite_cast: Cast) -> None:
    with sqlite_cast.database.write(MAKER) as tx:
        load_library(tx)
    with sqlite_cast.database.read(MAKER) as read:
        from app.frameworks import queries as frameworks

        shelf = frameworks.frameworks(read)
    for number, publication in enumerate(shelf):
        given = new(plan=f"plan-{number}", begin=Beginning.framework, framework=publication.key)
        if publication.is_empty:
            with pytest.raises(Invalid, match="known by name only"):
                do(sqlite_cast, "alice", lambda tx, given=given: beginnings.begin_plan(tx, given=given))
            continue
        made = do(sqlite_cast, "alice", lambda tx, given=given: beginnings.begin_plan(tx, given=given))
        with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
            queries.plan_for(read, made.slug)
            assert len(read.exec(select(Action.id)).all()) == publication.leaves


def test_pasted_rows_become_priorities_and_actions(sqlite_cast: Cast) -> None:
    pasted = "Safe care\tAudit triage\t31/10/2026\n\nSafe care\tTrain staff\n\tWrite a guideline\nWorkforce\n"
    given = new(begin=Beginning.rows, rows=pasted)
    made = do(sqlite_cast, "alice", lambda tx: beginnings.begin_plan(tx, given=given))
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        queries.plan_for(read, "beta-mip")
        assert [p.title for p in queries.priorities(read, made.id)] == ["Safe care", "Workforce"]
        rows = [(a.ref, a.title, a.due_date) for a in read.exec(select(Action)).all()]
    assert sorted(rows, key=lambda r: r[0]) == [
        ("1.1", "Audit triage", date(2026, 10, 31)),
        ("1.2", "Train staff", None),
        ("1.3", "Write a guideline", None),
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("", "Paste at least one row"),
        ("a\tb\tc\td", "Row 1 has 4 columns"),
        ("a\tb\n\nc\td\t31/02/2026", "Row 3: 31/02/2026 is not a day"),
        ("a\t401 023 2137 late", "Row 1: This looks like an NHS number"),
        ("\tb", "Row 1: This cannot be left empty"),
    ],
)
def test_it_names_the_pasted_row_that_is_wrong(sqlite_cast: Cast, rows: str, sentence: str) -> None:
    given = NewPlan.model_construct(
        plan="beta-mip", title="Beta", organisation="AAA", begin=Beginning.rows, framework=None, rows=rows
    )
    with pytest.raises(Invalid, match=sentence):
        do(sqlite_cast, "alice", lambda tx: beginnings.begin_plan(tx, given=given))


# Life


def test_only_a_chair_adopts_and_every_due_date_is_fixed(cast: Cast) -> None:
    given = new(begin=Beginning.rows, rows="Care\tAudit\t31/10/2027\nCare\tTrain")
    do(cast, "alice", lambda tx: beginnings.begin_plan(tx, given=given))
    for name in ("alice", "edith", "owen"):
        with pytest.raises(Forbidden):
            do(cast, name, lambda tx: life.adopt_plan(tx, slug="beta-mip"))
    for name in ("oscar", "violet"):
        with pytest.raises(NotFound):
            do(cast, name, lambda tx: life.adopt_plan(tx, slug="beta-mip"))
    made = do(cast, "carol", lambda tx: life.adopt_plan(tx, slug="beta-mip"))
    assert (made.state, made.adopted_on is not None) == (PlanState.live, True)
    with cast.database.read(cast.actor("violet")) as read:
        queries.plan_for(read, "beta-mip")
        dates = {a.ref: (a.original_due_date, a.due_date) for a in read.exec(select(Action)).all()}
    assert dates == {"1.1": (date(2027, 10, 31), date(2027, 10, 31)), "1.2": (None, None)}
    with pytest.raises(Conflict, match="adopted already"):
        do(cast, "carol", lambda tx: life.adopt_plan(tx, slug="beta-mip"))


def test_who_adopts_takes_the_chair_of_a_body_without_one(sqlite_cast: Cast) -> None:
    made = do(sqlite_cast, "alice", lambda tx: beginnings.begin_plan(tx, given=new()))
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        queries.plan_for(read, "beta-mip")
        [group, panel] = queries.bodies(read, made.id)
    carol = sqlite_cast.people["carol"]
    remove = commands.remove_member
    do(sqlite_cast, "alice", lambda tx: remove(tx, slug="beta-mip", body_id=group.id, account_id=carol))
    demoted = GivenMember(person=sqlite_cast.email("carol"), role=BodyRole.member)
    do(sqlite_cast, "alice", lambda tx: commands.set_member(tx, slug="beta-mip", body_id=panel.id, given=demoted))
    do(sqlite_cast, "carol", lambda tx: life.adopt_plan(tx, slug="beta-mip"))
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        queries.plan_for(read, "beta-mip")
        assert [[m.name for m in b.chairs] for b in queries.bodies(read, made.id)] == [["Carol"], ["Carol"]]


def test_a_closed_plan_takes_no_changes(sqlite_cast: Cast) -> None:
    with pytest.raises(Forbidden):
        do(
            sqlite_cast,
            "alice",
            lambda tx: commands.close_plan(tx, slug="alpha", revision=revision(sqlite_cast), why="x"),
        )
    now = revision(sqlite_cast)
    do(sqlite_cast, "carol", lambda tx: commands.close_plan(tx, slug="alpha", revision=now, why="Its period ended."))
    with pytest.raises(Conflict, match="closed"):
        do(sqlite_cast, "alice", lambda tx: commands.add_priority(tx, slug="alpha", given=NewPriority(title="Late")))


# Words and settings


def test_only_what_was_sent_changes(cast: Cast) -> None:
    given = ChangedPlan(vision="Nobody is left behind", sponsor=cast.email("edith"))
    row = do(cast, "alice", lambda tx: commands.change_plan(tx, slug="alpha", given=given, revision=revision(cast)))
    assert (row.title, row.vision, row.sponsor_id) == (
        "Alpha maternity improvement plan",
        "Nobody is left behind",
        cast.people["edith"],
    )


def test_a_stale_change_is_refused(cast: Cast) -> None:
    with pytest.raises(Stale):
        do(cast, "alice", lambda tx: commands.change_plan(tx, slug="alpha", given=ChangedPlan(title="x"), revision=0))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (ChangedPlan(period_start=date(2026, 2, 1), period_end=date(2026, 1, 1)), "ends before it begins"),
        (ChangedPlan(sponsor="olive@bbb.example"), "nobody here"),
        (ChangedPlan(cadence=Cadence.weekly), "decision"),
        (ChangedPlan(title=None), "Enter a title"),
    ],
)
def test_it_says_what_is_wrong_with_a_plans_words(sqlite_cast: Cast, given: ChangedPlan, sentence: str) -> None:
    now = revision(sqlite_cast)
    with pytest.raises(Invalid, match=sentence):
        do(sqlite_cast, "alice", lambda tx: commands.change_plan(tx, slug="alpha", given=given, revision=now))


@pytest.mark.parametrize(
    ("name", "error"), [("violet", Forbidden), ("owen", Forbidden), ("pat", Forbidden), ("oscar", NotFound)]
)
def test_only_the_office_changes_what_a_plan_is_made_of(sqlite_cast: Cast, name: str, error: type[Exception]) -> None:
    for act in (
        lambda tx: commands.change_plan(tx, slug="alpha", given=ChangedPlan(title="x"), revision=1),
        lambda tx: commands.change_legend(tx, slug="alpha", given=ChangedLegend(red="Bad"), revision=1),
        lambda tx: commands.change_settings(tx, slug="alpha", given=ChangedSettings(), revision=1),
        lambda tx: commands.add_priority(tx, slug="alpha", given=NewPriority(title="x")),
        lambda tx: commands.add_participant(tx, slug="alpha", given=NewParticipant(organisation="BBB")),
        lambda tx: life.remove_participant(tx, slug="alpha", code="PPP"),
        lambda tx: life.archive_priority(tx, slug="alpha", ref="1", revision=1),
        lambda tx: commands.add_body(tx, slug="alpha", given=NewBody(kind=BodyKind.board, name="Board")),
    ):
        with pytest.raises(error):
            do(sqlite_cast, name, act)


def test_settings_are_edited_in_a_draft_and_decided_in_a_live_plan(sqlite_cast: Cast) -> None:
    do(sqlite_cast, "alice", lambda tx: beginnings.begin_plan(tx, given=new()))
    given = ChangedSettings(due_soon_days=14, cadence=Cadence.weekly, idle_grace_days=7, slipped_rule=True)
    with sqlite_cast.database.write(sqlite_cast.actor("alice")) as tx:
        now = queries.plan_read(tx, queries.plan_for(tx, "beta-mip")).revision
        row = commands.change_settings(tx, slug="beta-mip", given=given, revision=now)
        assert (row.settings, row.cadence) == ({"due_soon_days": 14, "slipped_rule": True}, Cadence.weekly)
        assert queries.plan_for(tx, "beta-mip").settings.due_soon_days == 14
    now = revision(sqlite_cast)
    with pytest.raises(Conflict, match="decision"):
        do(sqlite_cast, "alice", lambda tx: commands.change_settings(tx, slug="alpha", given=given, revision=now))
    with pytest.raises(ValueError, match="whole number from 0 to 180"):
        ChangedSettings.model_validate({"due_soon_days": 181})


def test_a_legend_word_left_empty_is_the_usual_one(sqlite_cast: Cast) -> None:
    now = revision(sqlite_cast)
    given = ChangedLegend(red="Escalate", amber=" ")
    do(sqlite_cast, "alice", lambda tx: commands.change_legend(tx, slug="alpha", given=given, revision=now))
    with sqlite_cast.database.read(sqlite_cast.actor("violet")) as read:
        told = queries.plan_read(read, queries.plan_for(read, "alpha"))
    assert {w.colour.value: w.word for w in told.legend}["red"] == "Escalate"
    assert {w.colour.value: w.word for w in told.legend}["amber"] == "Needs attention"


# Priorities


def test_priorities_are_added_aligned_and_put_in_order(cast: Cast) -> None:
    aim = NewStrategicPriority(title="Outstanding care")
    do(cast, "alice", lambda tx: commands.add_strategic_priority(tx, slug="alpha", given=aim))
    given = NewPriority(title="Culture", strategic_priority="Outstanding care")
    made = do(cast, "alice", lambda tx: commands.add_priority(tx, slug="alpha", given=given))
    assert made.ref == "3"
    do(
        cast,
        "alice",
        lambda tx: commands.change_priority(
            tx, slug="alpha", ref="3", given=ChangedPriority(position=1), revision=made.revision
        ),
    )
    with cast.database.read(cast.actor("violet")) as read:
        access = queries.plan_for(read, "alpha")
        found = queries.priorities(read, access.id)
        [strategic] = queries.strategic_priorities(read, access.id)
    assert [(p.ref, p.position) for p in found] == [("3", 1), ("1", 2), ("2", 3)]
    assert found[0].strategic_priority == "Outstanding care"
    remove = commands.remove_strategic_priority
    with pytest.raises(Conflict, match="aligned"):
        do(cast, "alice", lambda tx: remove(tx, slug="alpha", row_id=strategic.id))
    with pytest.raises(Conflict, match="already"):
        do(cast, "alice", lambda tx: commands.add_priority(tx, slug="alpha", given=NewPriority(ref="1", title="x")))


def test_only_an_empty_priority_is_put_away(cast: Cast) -> None:
    do(cast, "alice", lambda tx: beginnings.begin_plan(tx, given=new(begin=Beginning.rows, rows="Care\tAudit\nRest")))
    with cast.database.write(cast.actor("alice")) as tx:
        full, empty = queries.priorities(tx, queries.plan_for(tx, "beta-mip").id)
        with pytest.raises(Conflict, match="holds 1 action"):
            life.archive_priority(tx, slug="beta-mip", ref=full.ref, revision=full.revision)
        life.archive_priority(tx, slug="beta-mip", ref=empty.ref, revision=empty.revision)
        assert [p.ref for p in queries.priorities(tx, queries.plan_for(tx, "beta-mip").id)] == ["1"]
        with pytest.raises(Conflict, match="already"):
            commands.add_priority(tx, slug="beta-mip", given=NewPriority(ref="2", title="Again"))


# Participants, bodies, meetings


def test_a_participant_stays_while_it_leads_actions(cast: Cast) -> None:
    do(cast, "alice", lambda tx: beginnings.begin_plan(tx, given=new(begin=Beginning.rows, rows="Care\tAudit")))
    partner = NewParticipant(organisation="ppp")
    do(cast, "alice", lambda tx: commands.add_participant(tx, slug="beta-mip", given=partner))
    for leads in ("PPP", "AAA"):
        with cast.database.write(MAKER) as tx:
            queries.plan_for(tx, "beta-mip")
            tx.act("tests.begun")
            tx.exec(select(Action)).one().organisation_id = cast.organisations[leads]
            tx.flush()
        if leads == "PPP":
            with pytest.raises(Conflict, match="PPP leads 1 action"):
                do(cast, "alice", lambda tx: life.remove_participant(tx, slug="beta-mip", code="ppp"))
    do(cast, "pat", lambda tx: queries.plan_for(tx, "beta-mip"))
    do(cast, "alice", lambda tx: life.remove_participant(tx, slug="beta-mip", code="ppp"))
    with pytest.raises(NotFound):
        do(cast, "pat", lambda tx: queries.plan_for(tx, "beta-mip"))
    with pytest.raises(Invalid, match="takes part already"):
        do(
            cast,
            "alice",
            lambda tx: commands.add_participant(tx, slug="alpha", given=NewParticipant(organisation="AAA")),
        )


def test_one_group_and_one_panel_always_remain(cast: Cast) -> None:
    with cast.database.write(cast.actor("alice")) as tx:
        access = queries.plan_for(tx, "alpha")
        [group, _panel] = queries.bodies(tx, access.id)
        with pytest.raises(Conflict, match="at least one"):
            commands.archive_body(tx, slug="alpha", body_id=group.id)
        other = commands.add_body(tx, slug="alpha", given=NewBody(kind=BodyKind.improvement_group, name="Second"))
        commands.archive_body(tx, slug="alpha", body_id=group.id)
        assert [b.name for b in queries.bodies(tx, access.id)] == ["Second", "Assurance panel"]
        with pytest.raises(Conflict, match="put away"):
            commands.change_body(tx, slug="alpha", body_id=group.id, given=ChangedBody(quorum=2), revision=1)
        with pytest.raises(Conflict, match="already"):
            commands.add_body(tx, slug="alpha", given=NewBody(kind=BodyKind.board, name="assurance PANEL"))
        given = GivenMember(person=cast.email("petra"), role=BodyRole.deputy)
        commands.set_member(tx, slug="alpha", body_id=other.id, given=given)
        with pytest.raises(Invalid, match="nobody here"):
            commands.set_member(tx, slug="alpha", body_id=other.id, given=GivenMember(person=cast.email("olive")))


def test_a_meeting_takes_its_bodys_chair_unless_another_is_named(cast: Cast) -> None:
    with cast.database.write(cast.actor("alice")) as tx:
        access = queries.plan_for(tx, "alpha")
        given = NewMeeting(body="Improvement group", name="November", held_on=date(2026, 11, 20))
        made = commands.add_meeting(tx, slug="alpha", given=given)
        [told] = queries.meetings(tx, access.id)
        assert (told.body, told.chair_name) == ("Improvement group", "Carol")
        with pytest.raises(Conflict, match="already"):
            commands.add_meeting(tx, slug="alpha", given=given)
        with pytest.raises(Invalid, match="no body"):
            commands.add_meeting(tx, slug="alpha", given=given.model_copy(update={"body": "Tea club"}))
        change = ChangedMeeting(chair=cast.email("edith"))
        commands.change_meeting(tx, slug="alpha", meeting_id=made.id, given=change, revision=made.revision)
        assert queries.meetings(tx, access.id)[0].chair_name == "Edith"
