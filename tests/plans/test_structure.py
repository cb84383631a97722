"""Priorities, participants, bodies and meetings."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from app.actions.commands import beginnings, life
from app.actions.models import Action
from app.core import clock, moment
from app.core.errors import Conflict, Invalid, NotFound
from app.plans import commands, queries
from app.plans.rules import BodyKind, BodyRole
from app.plans.schemas import (
    Beginning,
    ChangedBody,
    ChangedMeeting,
    ChangedPriority,
    GivenMember,
    NewBody,
    NewMeeting,
    NewParticipant,
    NewPriority,
    NewStrategicPriority,
)
from tests.plans.acts import do, new
from tests.support.cast import MAKER, Cast


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
        given = GivenMember(person=cast.email("petra"), role=BodyRole.member)
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


def test_the_days_of_meetings_are_those_of_the_meetings_now_and_on_a_past_day(cast: Cast) -> None:
    def meet(body: str, day: int) -> None:
        given = NewMeeting(body=body, name=f"On the {day}th", held_on=date(2026, 11, day))
        do(cast, "alice", lambda tx: commands.add_meeting(tx, slug="alpha", given=given))

    def told(day: date | None) -> list[tuple[date, str]]:
        with cast.database.read(cast.actor("violet")) as read:
            moment.look_at(read, day)
            access = queries.plan_for(read, "alpha")
            expected = [(m.held_on, m.body) for m in queries.meetings(read, access.id)]
            found = queries.held_meetings(read, access.id)
            kinds = {b.name: b.kind for b in queries.bodies(read, access.id)}
            assert [h.kind for h in found] == [kinds[body] for _on, body in expected]
            assert [(h.on, h.body) for h in found] == expected
            return expected

    first = clock.today()
    for body, day in (("Improvement group", 3), ("Assurance panel", 20), ("Improvement group", 11)):
        meet(body, day)
    clock.pin(first + timedelta(days=1))
    try:
        meet("Assurance panel", 27)
        assert [on.day for on, _body in told(None)] == [27, 20, 11, 3]
        assert [on.day for on, _body in told(first)] == [20, 11, 3]
    finally:
        clock.pin(None)
