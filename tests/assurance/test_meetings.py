"""Meetings: recorded by the office, confirmed by the chair or a deputy, chair's actions ratified; two at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.assurance import commands, queries
from app.assurance.rules import ProposalState, Verdict
from app.assurance.schemas import Confirmation, GivenMeeting, NewRecord, NewWithdrawal, RecordedItem
from app.core.errors import Conflict, Forbidden, Invalid, TrackerError
from app.plans.models import Meeting
from app.plans.queries import plan_for
from tests.assurance import made
from tests.assurance.made import day
from tests.support.cast import MAKER, Cast
from tests.support.doors import Doors

NOVEMBER: dict[str, Any] = {"name": "November", "date": day(-1)}


def record(cast: Cast, *ids: UUID, who: str = "alice", outcome: Verdict = Verdict.accept, why: str | None = None,
           body: str | None = None) -> UUID:  # fmt: skip
    items = [RecordedItem(proposal=i, outcome=outcome, why=why) for i in ids]
    with cast.database.write(cast.actor(who)) as tx:
        given = NewRecord(meeting=GivenMeeting(**NOVEMBER), items=items, body=body)
        return commands.record(tx, access=plan_for(tx, "alpha"), given=given).id


def confirm(cast: Cast, who: str, meeting: UUID, *ratify: UUID) -> tuple[int, int, int]:
    with cast.database.write(cast.actor(who)) as tx:
        found = commands.confirm_meeting(
            tx, access=plan_for(tx, "alpha"), meeting_id=meeting, given=Confirmation(ratify=list(ratify))
        )
        return len(found[0]), len(found[1]), len(found[2])


def test_it_changes_nothing_until_the_list_is_confirmed(cast: Cast) -> None:
    made.make_action(cast)
    asked = made.propose(cast, "owen", due_date=day(80))
    meeting = record(cast, asked)
    assert made.action_row(cast).due_date == day(20)
    assert made.proposal_row(cast, asked).state is ProposalState.open
    with pytest.raises(Conflict, match="recorded"):
        made.decide(cast, "carol", asked)
    for name in ("victor", "dennis"):
        with pytest.raises(Forbidden, match="Carol"):
            confirm(cast, name, meeting)
    assert confirm(cast, "edith", meeting) == (1, 0, 0)
    [decision] = made.decision_rows(cast)
    assert (decision.capacity, decision.recorded_by_name, decision.chairs_action) == ("deputy", "Alice", False)
    assert made.action_row(cast).due_date == day(80)
    with pytest.raises(Conflict):
        confirm(cast, "edith", meeting)
    with cast.database.read(MAKER) as read:
        read.see_everything("the tests look at the rows")
        assert read.exec(select(Meeting)).one().confirmed_on == day(0)


def test_it_leaves_what_is_the_confirmers_own(cast: Cast) -> None:
    made.make_action(cast, accountable_person_id=cast.people["carol"])
    made.make_action(cast, "1.02")
    own = made.propose(cast, "carol", due_date=day(80))
    other = made.propose(cast, "owen", "1.02", due_date=day(80))
    meeting = record(cast, own, other)
    assert confirm(cast, "carol", meeting) == (1, 0, 1)
    with pytest.raises(Forbidden, match="own"):
        confirm(cast, "carol", meeting)
    assert confirm(cast, "edith", meeting) == (1, 0, 0)


def test_it_ratifies_chairs_actions(cast: Cast) -> None:
    made.make_action(cast)
    made.make_action(cast, "1.02")
    taken = made.decide(cast, "carol", made.propose(cast, "owen", due_date=day(80)))
    with cast.database.write(cast.actor("alice")) as tx:
        item = RecordedItem(proposal=made.propose_in(tx, "1.02", day(90)), outcome=Verdict.accept)
        given = NewRecord(meeting=GivenMeeting(name="Today", date=day(0)), items=[item])
        meeting = commands.record(tx, access=plan_for(tx, "alpha"), given=given).id
    with cast.database.read(cast.actor("carol")) as read:
        [shown] = queries.meeting_lists(read, plan_for(read, "alpha"))
    assert [d.id for d in shown.to_ratify] == [taken]
    assert confirm(cast, "carol", meeting, taken) == (1, 1, 0)
    with pytest.raises(Invalid):
        confirm(cast, "carol", meeting, taken)


def test_it_refuses_to_record_what_could_not_be_decided(cast: Cast) -> None:
    made.make_action(cast)
    asked = made.propose(cast, "owen", due_date=day(80))
    with pytest.raises(Invalid) as refused:
        record(cast, asked, outcome=Verdict.return_)
    assert refused.value.fields[0].field == "items.0.why"
    with pytest.raises(Invalid):
        record(cast, asked, body="Assurance panel")
    with pytest.raises(Invalid):
        record(cast, asked, asked)
    for name in ("owen", "carol", "victor", "pat"):
        with pytest.raises(Forbidden):
            record(cast, asked, who=name)


def test_it_strikes_an_entry(cast: Cast) -> None:
    made.make_action(cast)
    asked = made.propose(cast, "owen", due_date=day(80))
    record(cast, asked)
    with cast.database.read(cast.actor("carol")) as read:
        entry = queries.meeting_lists(read, plan_for(read, "alpha"))[0].items[0].id
    with pytest.raises(Forbidden), cast.database.write(cast.actor("owen")) as tx:
        commands.strike(tx, access=plan_for(tx, "alpha"), recorded_id=entry, given=NewWithdrawal())
    with cast.database.write(cast.actor("carol")) as tx:
        commands.strike(tx, access=plan_for(tx, "alpha"), recorded_id=entry, given=NewWithdrawal())
    made.decide(cast, "carol", asked)


def test_it_decides_exactly_once_when_two_decide_at_the_same_moment(cast: Cast) -> None:
    made.make_action(cast, accountable_person_id=cast.people["carol"], lead_executive_id=None)
    asked = made.propose(cast, "carol", due_date=day(90))
    made.make_deputy(cast, "dennis")
    start = Barrier(2)

    def answer(name: str, verdict: str) -> str:
        start.wait()
        try:
            made.decide(cast, name, asked, verdict, why="Because")
        except TrackerError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        found = [pool.submit(answer, "edith", "accept"), pool.submit(answer, "dennis", "return")]
        assert sorted(f.result() for f in found) == ["decided", "done"]
    assert len(made.decision_rows(cast)) == 1
    accepted = made.proposal_row(cast, asked).state is ProposalState.accepted
    assert (made.action_row(cast).due_date == day(90)) is accepted


def test_it_takes_one_of_two_proposals_made_at_the_same_moment(cast: Cast) -> None:
    made.make_action(cast)
    start = Barrier(2)

    def ask(name: str) -> str:
        start.wait()
        try:
            made.propose(cast, name)
        except TrackerError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        found = [pool.submit(ask, "owen"), pool.submit(ask, "alice")]
        assert sorted(f.result() for f in found) == ["done", "open_already"]
    assert made.action_row(cast).open_proposals == 1


def test_it_says_which_entry_of_a_list_cannot_be_recorded(cast: Cast) -> None:
    made.make_action(cast, regulatory=True, regulator_date=day(40))
    asked = made.propose(cast, "owen", move="regulator_date", regulator_date=day(70))
    with pytest.raises(Invalid) as refused:
        record(cast, asked)
    assert refused.value.fields[0].field == "items.0.regulator_agreed"
    assert refused.value.fields[0].message.startswith("1.01:")


def test_it_shows_what_waits_to_be_ratified_and_lets_the_next_meeting_do_it(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    made.make_action(cast)
    taken = made.decide(cast, "carol", made.propose(cast, "owen", due_date=day(80)))
    carol, alice = sqlite_doors.as_("carol"), sqlite_doors.as_("alice")
    assert "Taken between meetings, to be ratified at the next one" in carol.get("/plans/alpha/decisions").text
    assert carol.get("/api/v1/plans/alpha/meeting-lists").json()["items"] == []
    met = {"body": "Improvement group", "name": "Next", "held_on": day(0).isoformat()}
    assert alice.post("/api/v1/plans/alpha/meetings", json=met).status_code == 201
    [listed] = carol.get("/api/v1/plans/alpha/meeting-lists").json()["items"]
    assert (listed["items"], [d["id"] for d in listed["to_ratify"]]) == ([], [str(taken)])
    address = f"/plans/alpha/meeting-lists/{listed['id']}/confirm"
    given = {"ratify": str(taken), "present": cast.email("carol")}
    assert carol.post(address, data=given).status_code == 303
    page = carol.get("/plans/alpha/decisions").text
    assert "Taken between meetings, to be ratified" not in page
    assert "ratified on" in page
