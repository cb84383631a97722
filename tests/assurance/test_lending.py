"""Delegations with dates, and declared interests: who decides then, and what the record says."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.assurance import commands, queries
from app.assurance.schemas import Declaration, NewDelegation, NewWithdrawal
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.plans.queries import plan_for
from tests.assurance import made, proven
from tests.assurance.made import day
from tests.assurance.proven import PANEL
from tests.support.cast import Cast
from tests.support.doors import Doors

GROUP = "Improvement group"


def lend(cast: Cast, who: str = "carol", to: str = "dennis", body: str | None = GROUP, first: date | None = None,
         last: date | None = None) -> UUID:  # fmt: skip
    with cast.database.write(cast.actor(who)) as tx:
        given = NewDelegation(
            body=body, person=cast.email(to), starts_on=first or day(0), ends_on=last or day(13), why="Annual leave"
        )
        return commands.delegate(tx, access=plan_for(tx, "alpha"), given=given).id


def declare(cast: Cast, who: str, asked: UUID) -> None:
    with cast.database.write(cast.actor(who)) as tx:
        given = Declaration(why="My brother leads the supplier.")
        commands.declare_interest(tx, access=plan_for(tx, "alpha"), proposal_id=asked, given=given)


def test_it_lets_the_delegate_decide_and_says_for_whom(cast: Cast) -> None:
    made.make_action(cast)
    asked = made.propose(cast, "owen", due_date=day(80))
    with pytest.raises(Forbidden):
        made.decide(cast, "dennis", asked)
    lend(cast)
    shown = made.seen(cast, "dennis", asked)
    assert shown.may_decide
    assert shown.deciders is not None
    assert shown.deciders.delegated[0].startswith("Dennis decides for Carol, chair, who delegated it until")
    assert made.seen(cast, "carol", asked).may_decide
    made.decide(cast, "dennis", asked)
    [decision] = made.decision_rows(cast)
    assert (decision.capacity, decision.chairs_action) == ("chair", True)
    assert decision.delegated_by.startswith("for Carol, chair")


def test_it_lends_a_lead_executives_own_power_and_no_more(sqlite_cast: Cast) -> None:
    made.make_action(sqlite_cast)
    lend(sqlite_cast, "edith", body=None)
    small = made.propose(sqlite_cast, "owen", due_date=day(45))
    made.decide(sqlite_cast, "dennis", small)
    assert made.decision_rows(sqlite_cast)[0].capacity == "lead_executive"
    made.make_action(sqlite_cast, "1.02")
    large = made.propose(sqlite_cast, "owen", "1.02", due_date=day(80))
    with pytest.raises(Forbidden, match="Carol"):
        made.decide(sqlite_cast, "dennis", large)


def test_it_holds_from_the_first_day_to_the_last(sqlite_cast: Cast) -> None:
    made.make_action(sqlite_cast)
    asked = made.propose(sqlite_cast, "owen", due_date=day(80))
    lend(sqlite_cast, first=day(1), last=day(5))
    with pytest.raises(Forbidden):
        made.decide(sqlite_cast, "dennis", asked)
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read:
        [shown] = queries.delegations(read, plan_for(read, "alpha"))
    assert (shown.in_force, shown.given_to) == (False, "Dennis")


def test_it_ends_before_its_last_day(sqlite_cast: Cast) -> None:
    made.make_action(sqlite_cast)
    asked, given = made.propose(sqlite_cast, "owen", due_date=day(80)), lend(sqlite_cast)
    for name in ("edith", "victor"):
        with pytest.raises(Forbidden, match="Carol"):
            end(sqlite_cast, name, given)
    end(sqlite_cast, "carol", given)
    with pytest.raises(Forbidden):
        made.decide(sqlite_cast, "dennis", asked)
    with pytest.raises(Conflict):
        end(sqlite_cast, "carol", given)


def end(cast: Cast, who: str, delegation: UUID) -> None:
    with cast.database.write(cast.actor(who)) as tx:
        access = plan_for(tx, "alpha")
        commands.end_delegation(tx, access=access, delegation_id=delegation, given=NewWithdrawal(why="Back at work"))


def test_it_lends_nothing_for_the_givers_or_the_delegates_own(sqlite_cast: Cast) -> None:
    """Carol owns 1.01, so her delegate gets no say on it; Dennis writes for 1.02, so he gets none either."""
    made.make_action(sqlite_cast, accountable_person_id=sqlite_cast.people["carol"], lead_executive_id=None)
    made.make_action(sqlite_cast, "1.02", accountable_person_id=sqlite_cast.people["dennis"])
    lend(sqlite_cast)
    for ref, who in (("1.01", "alice"), ("1.02", "alice")):
        asked = made.propose(sqlite_cast, who, ref, due_date=day(90))
        with pytest.raises(Forbidden):
            made.decide(sqlite_cast, "dennis", asked)


@pytest.mark.parametrize(
    ("who", "given", "sentence"),
    [
        ("edith", {"body": "Assurance panel"}, "cannot be delegated"),
        ("carol", {"body": "No such body"}, "There is no body"),
        ("carol", {"body": None}, "Only a lead executive"),
        ("carol", {"to": "owen"}, "no role that decides"),
        ("carol", {"to": "violet"}, "no role that decides"),
        ("carol", {"to": "carol"}, "somebody else"),
        ("carol", {"to": "olive"}, "nobody here"),
        ("carol", {"first": day(-1)}, "has passed"),
        ("carol", {"first": day(3), "last": day(2)}, "must not be before"),
        ("carol", {"last": day(400)}, "a year at most"),
    ],
)
def test_it_refuses_to_lend_what_is_not_ones_own(sqlite_cast: Cast, who: str, given: Any, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        lend(sqlite_cast, who, **given)


@pytest.mark.parametrize("name", ["alice", "owen", "victor", "violet", "pat", "adam"])
def test_it_lets_nobody_else_lend(sqlite_cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        lend(sqlite_cast, name)


def test_it_shows_another_organisation_no_delegation(sqlite_cast: Cast) -> None:
    with pytest.raises(NotFound):
        lend(sqlite_cast, "oscar")


def test_it_passes_to_the_next_where_an_interest_is_declared(cast: Cast) -> None:
    made.make_action(cast)
    asked = made.propose(cast, "owen", due_date=day(80))
    with pytest.raises(Forbidden):
        declare(cast, "edith", asked)
    declare(cast, "carol", asked)
    with pytest.raises(Forbidden, match="declared an interest"):
        made.decide(cast, "carol", asked)
    shown = made.seen(cast, "edith", asked)
    assert shown.deciders is not None
    assert "declared an interest, so it passed to the deputy chair" in shown.deciders.passed_on
    made.decide(cast, "edith", asked)
    assert "declared an interest" in made.decision_rows(cast)[0].passed_on


def test_it_leaves_the_panel_to_the_others_where_one_declares(sqlite_cast: Cast) -> None:
    proven.delivered(sqlite_cast)
    proven.prove(sqlite_cast, accepted_by="dennis")
    asked = made.propose(sqlite_cast, "owen", move="assured")
    declare(sqlite_cast, "victor", asked)
    with pytest.raises(Forbidden):
        made.decide(sqlite_cast, "victor", asked, meeting=PANEL)
    made.decide(sqlite_cast, "dennis", asked, meeting=PANEL)
    assert made.action_row(sqlite_cast).stage == "assured"


def test_it_opens_both_doors(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    made.make_action(cast)
    asked = made.propose(cast, "owen", due_date=day(80))
    carol, edith = sqlite_doors.as_("carol"), sqlite_doors.as_("edith")
    given = {"body": GROUP, "person": cast.email("dennis"), "starts_on": day(0).strftime("%d/%m/%Y"),
             "ends_on": day(6).strftime("%d/%m/%Y")}  # fmt: skip
    assert carol.post("/plans/alpha/delegations", data=given).status_code == 303
    page = carol.get("/plans/alpha/delegations").text
    assert "Dennis decides for Carol" in page
    [listed] = carol.get("/api/v1/plans/alpha/delegations").json()["items"]
    assert listed["in_force"]
    answer = carol.post(f"/api/v1/plans/alpha/delegations/{listed['id']}/end", json={})
    assert answer.json()["ended_on"] == day(0).isoformat()
    assert carol.post(f"/plans/alpha/proposals/{asked}/interest", data={"why": ""}).status_code == 303
    assert "declared an interest" in edith.get(f"/plans/alpha/proposals/{asked}").text
    token = sqlite_doors.token().post("/api/v1/plans/alpha/delegations", json=given)
    assert token.status_code == 403
