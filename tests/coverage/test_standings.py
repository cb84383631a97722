"""How the organisation answers recommendations: asked for by the office, decided by the lead executive."""

from typing import Any

import pytest

from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.coverage import commands, queries
from app.coverage.covering import Standing
from app.coverage.schemas import AddedFramework, Chased, NewStandings, StandingDecision
from app.people.models import RoleHeld
from app.people.rules import Role
from app.plans.queries import plan_for
from tests.assurance.made import add
from tests.coverage.made import answer, covered, item, publish, settle
from tests.frameworks.test_local import keep
from tests.support.cast import Cast
from tests.support.doors import Doors

ONE = ["aaa_first:1"]


def ask(cast: Cast, who: str = "alice", names: list[str] = ONE, **given: Any) -> None:
    asked = NewStandings.model_validate({"recommendations": names, "answer": "not_applicable", "why": "None"} | given)
    with cast.database.write(cast.actor(who)) as tx:
        commands.propose_standings(tx, access=plan_for(tx, "alpha"), given=asked)


def decide(cast: Cast, who: str = "edith", names: list[str] = ONE, **given: Any) -> None:
    told = StandingDecision.model_validate({"recommendations": names, "outcome": "accept"} | given)
    with cast.database.write(cast.actor(who)) as tx:
        commands.decide_standings(tx, access=plan_for(tx, "alpha"), given=told)


def test_what_is_decided_takes_it_out_of_scope(cast: Cast) -> None:
    publish(cast)
    ask(cast, names=["aaa_first:1", "aaa_first:2"])
    assert item(cast, "aaa_first:1").is_waiting
    assert covered(cast).in_scope == 4
    decide(cast)
    found = covered(cast)
    assert (found.in_scope, found.counts[Standing.not_applicable]) == (3, 1)
    assert [i.is_waiting for i in found.items] == [False, True, False, False]
    settle(cast, ["aaa_first:3"], "external", contact="The ICB, head of maternity")
    settle(cast, ["aaa_first:4"], "in_part")
    assert (covered(cast).in_scope, covered(cast).counts[Standing.external]) == (2, 1)


@pytest.mark.parametrize("name", ["violet", "owen", "edith", "carol", "pat"])
def test_only_the_office_of_the_plan_asks(sqlite_cast: Cast, name: str) -> None:
    publish(sqlite_cast)
    with pytest.raises(Forbidden):
        ask(sqlite_cast, name)


@pytest.mark.parametrize("name", ["alice", "violet", "victor", "carol", "owen"])
def test_only_a_lead_executive_decides(sqlite_cast: Cast, name: str) -> None:
    publish(sqlite_cast)
    ask(sqlite_cast)
    with pytest.raises(Forbidden):
        decide(sqlite_cast, name)


def test_another_organisation_does_not_find_the_plan(sqlite_cast: Cast) -> None:
    publish(sqlite_cast)
    for act in (ask, decide):
        with pytest.raises(NotFound):
            act(sqlite_cast, "oscar")


def test_nobody_decides_on_what_they_asked_for(sqlite_cast: Cast) -> None:
    publish(sqlite_cast)
    aaa = sqlite_cast.organisations["AAA"]
    add(sqlite_cast, RoleHeld(account_id=sqlite_cast.people["edith"], role=Role.office, organisation_id=aaa))
    ask(sqlite_cast, "edith")
    with pytest.raises(Forbidden, match="yourself"):
        decide(sqlite_cast)
    assert covered(sqlite_cast).in_scope == 4


def test_a_return_says_why_and_nothing_is_decided_twice(cast: Cast) -> None:
    publish(cast)
    ask(cast)
    with pytest.raises(Invalid, match="why you return"):
        decide(cast, outcome="return")
    decide(cast, outcome="return", why="Ask the ICB first")
    with pytest.raises(Conflict, match="Nothing waits"):
        decide(cast)
    with cast.database.read(cast.actor("violet")) as read:
        [told] = queries.standings(read, plan_for(read, "alpha"))
    assert (told.answer, told.asked, told.returned_why) == (None, None, "Ask the ICB first")
    assert covered(cast).in_scope == 4


def test_it_refuses_what_makes_no_sense(sqlite_cast: Cast) -> None:
    publish(sqlite_cast)
    with pytest.raises(Invalid, match="no recommendation"):
        ask(sqlite_cast, names=["aaa_first:1", "aaa_first:99"])
    with pytest.raises(Invalid, match="who has to act"):
        ask(sqlite_cast, answer="external")
    with pytest.raises(Invalid, match="Leave it empty"):
        ask(sqlite_cast, contact="Somebody")
    with sqlite_cast.database.write(sqlite_cast.actor("alice")) as tx, pytest.raises(Conflict, match="not external"):
        commands.note_chased(tx, access=plan_for(tx, "alpha"), given=Chased(recommendations=ONE))


def test_others_are_chased_on_a_day(sqlite_cast: Cast) -> None:
    publish(sqlite_cast)
    settle(sqlite_cast, ONE, "external", contact="The ICB")
    with sqlite_cast.database.write(sqlite_cast.actor("alice")) as tx:
        commands.note_chased(tx, access=plan_for(tx, "alpha"), given=Chased(recommendations=ONE))
    stood = item(sqlite_cast, "aaa_first:1").stood
    assert stood is not None
    assert stood.last_chased_on is not None


def test_adding_a_publication_says_what_is_answered_already(cast: Cast) -> None:
    publish(cast)
    publish(cast, "aaa_second", 10)
    answer(cast, "1.1", {f"aaa_second:{n}": True for n in range(1, 7)})
    with cast.database.write(cast.actor("alice")) as tx:
        access = plan_for(tx, "alpha")
        commands.add_framework(tx, access=access, given=AddedFramework(framework="aaa_first"))
        assert queries.already_answered(tx, access, "aaa_second").words == "60% (6 of 10)"
    with cast.database.read(cast.actor("violet")) as read:
        rows = queries.matrix(read, plan_for(read, "alpha")).rows
    assert [(r.key, r.cells[0].number) for r in rows] == [("aaa_first", 4), ("aaa_second", 4)]
    with cast.database.write(cast.actor("alice")) as tx:
        commands.remove_framework(tx, access=plan_for(tx, "alpha"), key="aaa_first")
        assert [r.key for r in queries.matrix(tx, plan_for(tx, "alpha")).rows] == ["aaa_second"]


def test_a_publication_of_another_organisation_cannot_be_added(sqlite_cast: Cast) -> None:
    keep(sqlite_cast, "oscar")
    given = AddedFramework(framework="bbb_cqc_2026")
    with sqlite_cast.database.write(sqlite_cast.actor("alice")) as tx, pytest.raises(Invalid, match="no publication"):
        commands.add_framework(tx, access=plan_for(tx, "alpha"), given=given)


def test_the_pages_ask_decide_and_show(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    publish(cast)
    answer(cast, "1.1", {"aaa_first:1": True})
    alice, edith, violet = (sqlite_doors.as_(n) for n in ("alice", "edith", "violet"))
    page = violet.get("/plans/alpha/coverage").text
    assert "25% (1 of 4)" in page
    assert "/plans/alpha/recommendations?framework=aaa_first&amp;standing=without_action" in page
    assert (
        'href="/plans/alpha/actions/new?recommendation=aaa_first%3A2"' in alice.get("/plans/alpha/recommendations").text
    )
    filled = alice.get("/plans/alpha/actions/new?recommendation=aaa_first:2").text
    assert "aaa_first asks for 2" in filled
    assert "aaa_first:2" in filled
    address = "/plans/alpha/standings?framework=aaa_first"
    sent = {"recommendations": ["aaa_first:2", "aaa_first:3"], "answer": "external", "why": "Theirs"}
    assert violet.post(address, data=sent).status_code == 403
    refused = alice.post(address, data=sent)
    assert (refused.status_code, "who has to act" in refused.text) == (422, True)
    assert alice.post(address, data=sent | {"contact": "The ICB"}).status_code == 303
    assert "answers to recommendations wait" in violet.get("/plans/alpha/coverage").text
    decision = "/plans/alpha/standings/decision?framework=aaa_first"
    names = {"recommendations": ["aaa_first:2", "aaa_first:3"]}
    assert alice.post(decision, data=names | {"outcome": "accept"}).status_code == 403
    assert edith.post(decision, data=names | {"outcome": "accept"}).status_code == 303
    assert "50% (1 of 2)" in violet.get("/plans/alpha/coverage").text
    assert "Note the day" in alice.get(address).text
    chase = {"recommendations": ["aaa_first:2"], "on": ""}
    assert alice.post("/plans/alpha/standings/chase?framework=aaa_first", data=chase).status_code == 303
    assert "Last chased on" in violet.get("/plans/alpha/recommendations?standing=external").text
    for path in ("/plans/alpha/coverage", "/plans/alpha/standings"):
        assert sqlite_doors.as_("oscar").get(path).status_code == 404


def test_every_number_of_the_matrix_opens_as_many_rows(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    publish(cast)
    answer(cast, "1.1", {"aaa_first:1": True, "aaa_first:2": False}, stage="delivered", progress="complete")
    answer(cast, "1.2", {"aaa_first:1": True})
    settle(cast, ["aaa_first:4"], "not_accepted")
    violet = sqlite_doors.as_("violet")
    with cast.database.read(cast.actor("violet")) as read:
        [row] = queries.matrix(read, plan_for(read, "alpha")).rows
    assert [c.number for c in (*row.cells, row.apart, row.unproven, row.overlap)] == [1, 1, 1, 0, 0, 0, 1, 2, 1]
    for cell in (*row.cells, row.apart, row.unproven, row.overlap):
        if cell.number:
            text = violet.get("/plans/alpha/recommendations", params=cell.asked).text
            assert text.count('<tbody class="asked">') == cell.number, cell


def test_the_api_says_the_same_as_the_page(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    publish(cast)
    answer(cast, "1.1", {"aaa_first:1": True})
    office, reader = sqlite_doors.token(), sqlite_doors.token(organisation="BBB")
    sent = {"recommendations": ["aaa_first:2"], "answer": "not_accepted", "why": "Not ours"}
    assert office.post("/api/v1/plans/alpha/standings", json=sent).json()[0]["asked"] == "not_accepted"
    told = {"recommendations": ["aaa_first:2"], "outcome": "accept"}
    assert office.post("/api/v1/plans/alpha/standings/decision", json=told).status_code == 403
    assert sqlite_doors.as_("edith").post("/api/v1/plans/alpha/standings/decision", json=told).status_code == 200
    found = office.get("/api/v1/plans/alpha/coverage?framework=aaa_first").json()
    assert (found["framework"]["in_scope"], found["framework"]["not_accepted"]) == (3, 1)
    assert found["framework"] == office.get("/api/v1/plans/alpha/status").json()["frameworks"][0]
    assert found["items"][0]["chain"] == ["Met by 1.1 Not delivered."]
    assert [s["answer"] for s in office.get("/api/v1/plans/alpha/standings").json()["items"]] == ["not_accepted"]
    made = office.post("/api/v1/plans/alpha/frameworks", json={"framework": "aaa_first"})
    assert (made.status_code, made.json()["words"]) == (201, "33% (1 of 3)")
    assert office.delete("/api/v1/plans/alpha/frameworks/aaa_first").status_code == 204
    for path in ("standings", "coverage?framework=aaa_first"):
        assert reader.get(f"/api/v1/plans/alpha/{path}").status_code == 404
