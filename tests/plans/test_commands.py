"""A plan's life, words and settings: who may, and what is refused."""

from datetime import date

import pytest
from sqlmodel import select

from app.actions.commands import beginnings, life
from app.actions.models import Action
from app.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from app.plans import commands, queries
from app.plans.rules import BodyKind, BodyRole, Cadence, PlanState
from app.plans.schemas import (
    Beginning,
    ChangedLegend,
    ChangedPlan,
    ChangedSettings,
    GivenMember,
    NewBody,
    NewParticipant,
    NewPriority,
)
from tests.plans.acts import do, new, revision
from tests.support.cast import Cast


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


def test_a_body_without_a_chair_gets_who_adopts_and_a_panel_its_own(sqlite_cast: Cast) -> None:
    made = do(sqlite_cast, "alice", lambda tx: beginnings.begin_plan(tx, given=new()))
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        queries.plan_for(read, "beta-mip")
        [group, panel] = queries.bodies(read, made.id)
    carol = sqlite_cast.people["carol"]
    remove = commands.remove_member
    do(sqlite_cast, "alice", lambda tx: remove(tx, slug="beta-mip", body_id=group.id, account_id=carol))
    demoted = GivenMember(person=sqlite_cast.email("victor"), role=BodyRole.member)
    do(sqlite_cast, "alice", lambda tx: commands.set_member(tx, slug="beta-mip", body_id=panel.id, given=demoted))
    dennis = sqlite_cast.people["dennis"]
    do(sqlite_cast, "alice", lambda tx: remove(tx, slug="beta-mip", body_id=panel.id, account_id=dennis))
    do(sqlite_cast, "carol", lambda tx: life.adopt_plan(tx, slug="beta-mip"))
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        queries.plan_for(read, "beta-mip")
        assert [[m.name for m in b.chairs] for b in queries.bodies(read, made.id)] == [["Carol"], ["Dennis", "Victor"]]


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
    with pytest.raises(Forbidden, match="chair decides"):
        do(sqlite_cast, "alice", lambda tx: commands.change_legend(tx, slug="alpha", given=given, revision=now))
    do(sqlite_cast, "carol", lambda tx: commands.change_legend(tx, slug="alpha", given=given, revision=now))
    with sqlite_cast.database.read(sqlite_cast.actor("violet")) as read:
        told = queries.plan_read(read, queries.plan_for(read, "alpha"))
    assert {w.colour.value: w.word for w in told.legend}["red"] == "Escalate"
    assert {w.colour.value: w.word for w in told.legend}["amber"] == "Needs attention"
