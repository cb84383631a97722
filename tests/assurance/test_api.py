"""The programs' door: proposing by token, deciding by people alone, forged and replayed requests."""

import csv
import io
from typing import Any
from uuid import uuid4

import pytest

from app.people.rules import TokenScope
from app.plans.models import Plan
from app.plans.rules import PlanState
from tests.assurance import made
from tests.assurance.made import WHY, day
from tests.support.doors import Doors

BASE = "/api/v1/plans/alpha"
ASK = f"{BASE}/actions/1.01/proposals"


def later(**more: Any) -> dict[str, Any]:
    return {"move": "due_date", "due_date": day(45).isoformat(), "why": WHY} | more


def test_it_asks_decides_and_lists_as_the_contract_says(doors: Doors) -> None:
    made.make_action(doors.cast)
    answer = doors.as_("owen").post(ASK, json=later())
    assert answer.status_code == 201, answer.text
    asked = answer.json()
    assert (asked["state"], asked["ref"], asked["move"]) == ("open", "1.01", "due_date")
    assert asked["deciders"]["people"] == [{"name": "Edith", "post": "Post of edith"}]
    answer = doors.as_("edith").post(f"{BASE}/proposals/{asked['id']}/decision", json={"outcome": "accept"})
    assert (answer.status_code, answer.json()["state"]) == (200, "accepted")
    listing = doors.as_("violet").get(f"{BASE}/proposals?state=accepted&ref=1.01").json()
    assert [p["id"] for p in listing["items"]] == [asked["id"]]
    assert set(listing) == {"items", "next", "as_at", "revision"}
    [decision] = doors.as_("violet").get(f"{BASE}/decisions").json()["items"]
    assert (decision["capacity"], decision["outcome"]) == ("lead executive", "accepted")
    for asked_for in ({}, {"as_at": day(0).isoformat()}):
        table = doors.as_("violet").get(f"{BASE}/decisions.csv", params=asked_for).text
        [row] = csv.DictReader(io.StringIO(table, newline=""))
        assert (row["due_date_before"], row["due_date_after"]) == (day(20).isoformat(), day(45).isoformat())


def test_it_lets_a_token_propose_and_never_decide(doors: Doors) -> None:
    made.make_action(doors.cast)
    token = doors.token()
    asked = token.post(ASK, json=later())
    assert asked.status_code == 201, asked.text
    address = f"{BASE}/proposals/{asked.json()['id']}"
    for path, body in (
        (f"{address}/decision", {"outcome": "accept"}),
        (f"{address}/meeting", {}),
        (f"{BASE}/proposals/decisions", {"outcome": "accept", "proposals": [asked.json()["id"]]}),
        (f"{BASE}/actions/1.01/step-back", {"to": "delivered", "why": "x"}),
        (f"{BASE}/meeting-lists/{uuid4()}/confirmation", {}),
    ):
        assert token.post(path, json=body).status_code == 403, path
    assert doors.token(TokenScope.read).post(ASK, json=later()).status_code == 403
    assert made.action_row(doors.cast).due_date == day(20)
    # What the office's program asked for, the office may withdraw.
    assert doors.as_("alice").post(f"{address}/withdrawal").status_code == 200


@pytest.mark.parametrize("move", ["delivered", "assured", "embedded", "retest_passed"])
@pytest.mark.parametrize("stage", ["not_delivered", "delivered", "assured", "embedded"])
def test_it_keeps_every_gate_that_needs_evidence_shut(sqlite_doors: Doors, move: str, stage: str) -> None:
    """By everybody, with everything filled in: the refusal names the missing step or the stage that comes first."""
    fields: dict[str, Any] = {} if stage == "not_delivered" else {"completion_date": day(-40), "progress": "complete"}
    made.make_action(sqlite_doors.cast, stage=stage, **fields)
    given: dict[str, Any] = {"move": move, "why": WHY}
    if move == "delivered":
        given |= {"completion_date": day(-1).isoformat(), "evidence_by_date": day(60).isoformat()}
    if move in ("assured", "retest_passed"):
        given["retest_date"] = day(100).isoformat()
    for client in (sqlite_doors.as_("alice"), sqlite_doors.as_("owen"), sqlite_doors.token()):
        answer = client.post(ASK, json=given)
        assert answer.status_code in (403, 422), answer.text
        if answer.status_code == 422:
            said = " ".join(e["message"] for e in answer.json()["errors"])
            assert "evidence" in said or "re-test" in said.lower() or "This action is" in said, said
    assert made.action_row(sqlite_doors.cast).stage.value == stage


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"move": "due_date", "why": WHY}, "/due_date"),
        ({"move": "due_date", "due_date": "2026-13-40", "why": WHY}, "/due_date"),
        (later(why=" "), "/why"),
        (later(why="NHS number 401 023 2137"), "/why"),
        (later(retest_date="2027-01-01"), "/retest_date"),
        (later(stage="assured"), "/stage"),
        (later(move="progress"), "/move"),
        (later(move="plan_settings"), "/move"),
        (later(due_date=day(-1).isoformat()), "/due_date"),
        (later(due_date=day(20).isoformat()), "/due_date"),
        (later(move="regulator_date"), "/due_date"),
        ({"move": "evidence_by_date", "evidence_by_date": "2027-01-01", "why": WHY}, "/move"),
    ],
)
def test_it_names_the_field_that_is_wrong(sqlite_doors: Doors, given: dict[str, Any], pointer: str) -> None:
    made.make_action(sqlite_doors.cast, regulator_date=day(30), regulatory=True)
    answer = sqlite_doors.as_("owen").post(ASK, json=given)
    assert answer.status_code == 422, answer.text
    assert pointer in {e["pointer"] for e in answer.json()["errors"]}, answer.text
    assert made.action_row(sqlite_doors.cast).open_proposals == 0


def test_it_lists_all_that_is_wrong_with_what_is_asked(sqlite_doors: Doors) -> None:
    made.make_action(sqlite_doors.cast)
    asked = {"move": "delivered", "completion_date": day(3).isoformat(), "due_date": day(9).isoformat()}
    answer = sqlite_doors.as_("owen").post(ASK, json=asked)
    assert answer.status_code == 422, answer.text
    errors = answer.json()["errors"]
    assert {e["pointer"] for e in errors} == {"/move", "/completion_date", "/due_date"}
    assert all(e["message"].endswith(".") for e in errors), errors
    page = sqlite_doors.as_("alice").post(
        "/plans/alpha/actions/1.01/proposals/new?move=superseded", data={"replaced_by": "9.99", "why": " "}
    )
    assert page.status_code == 422
    assert page.text.count("There is no action “9.99” in this plan.") == 2, "in the summary and beside the field"
    assert "Give the reason." in page.text


def test_it_lists_all_that_is_wrong_with_stepping_back(sqlite_doors: Doors) -> None:
    made.make_action(sqlite_doors.cast, stage="assured", completion_date=day(-40), progress="complete")
    address = f"{BASE}/actions/1.01/step-back"
    answer = sqlite_doors.as_("victor").post(address, json={"to": "not_delivered", "due_date": day(-1).isoformat()})
    assert answer.status_code == 422, answer.text
    assert {"/why", "/due_date"} <= {e["pointer"] for e in answer.json()["errors"]}, answer.text


def test_it_names_the_replacement_that_is_wrong(doors: Doors) -> None:
    made.make_action(doors.cast)
    made.make_action(doors.cast, "1.02", stage="descoped")
    for ref in ("1.01", "1.02", "9.99", None):
        answer = doors.as_("alice").post(ASK, json={"move": "superseded", "replaced_by": ref, "why": WHY})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/replaced_by"


def test_it_takes_one_open_proposal_of_a_kind(doors: Doors) -> None:
    made.make_action(doors.cast)
    owen = doors.as_("owen")
    assert owen.post(ASK, json=later()).status_code == 201
    again = owen.post(ASK, json=later())
    assert (again.status_code, again.json()["code"]) == (409, "open_already")
    assert made.action_row(doors.cast).open_proposals == 1


def test_it_answers_a_replayed_request_once(doors: Doors) -> None:
    made.make_action(doors.cast)
    owen = doors.as_("owen")
    key = {"Idempotency-Key": "one"}
    first = owen.post(ASK, json=later(), headers=key)
    assert owen.post(ASK, json=later(), headers=key).json() == first.json()
    address = f"{BASE}/proposals/{first.json()['id']}/decision"
    edith = doors.as_("edith")
    assert edith.post(address, json={"outcome": "accept"}).status_code == 200
    assert edith.post(address, json={"outcome": "accept"}).status_code == 409
    assert made.action_row(doors.cast).slips == 1


def test_it_answers_another_plans_proposal_as_an_absent_one(doors: Doors) -> None:
    made.make_action(doors.cast)
    asked = made.propose(doors.cast, "owen")
    made.add(
        doors.cast,
        Plan(slug="beta", organisation_id=doors.cast.organisations["AAA"], title="Beta", state=PlanState.live),
    )
    edith = doors.as_("edith")
    there, absent = (f"/api/v1/plans/beta/proposals/{i}" for i in (asked, uuid4()))
    for address in (there, absent):
        assert edith.get(address).status_code == 404
        assert edith.post(f"{address}/decision", json={"outcome": "accept"}).status_code == 404
    assert edith.get(there).json()["detail"] == edith.get(absent).json()["detail"]
    for name in ("oscar", "olive", "liam"):
        answer = doors.as_(name).post(f"{BASE}/proposals/{asked}/decision", json={"outcome": "accept"})
        assert answer.status_code in (403, 404)
    assert doors.as_("oscar").get(f"{BASE}/proposals").status_code == 404


def test_it_says_that_a_draft_and_a_first_date_need_no_decision(doors: Doors) -> None:
    made.make_action(doors.cast, due_date=None)
    answer = doors.as_("owen").post(ASK, json=later())
    assert (answer.status_code, answer.json()["code"]) == (422, "edit_instead")
    made.change_action(doors.cast, due_date=day(20))
    made.set_plan(doors.cast, state=PlanState.draft)
    answer = doors.as_("owen").post(ASK, json=later())
    assert "draft" in answer.json()["detail"]


def test_it_asks_and_decides_nothing_in_a_closed_plan(doors: Doors) -> None:
    made.make_action(doors.cast)
    asked = made.propose(doors.cast, "owen")
    made.set_plan(doors.cast, state=PlanState.closed)
    assert doors.as_("owen").post(ASK, json=later()).status_code == 409
    answer = doors.as_("edith").post(f"{BASE}/proposals/{asked}/decision", json={"outcome": "accept"})
    assert (answer.status_code, answer.json()["code"]) == (409, "plan_closed")


def test_it_refuses_another_site_and_a_stranger(doors: Doors) -> None:
    made.make_action(doors.cast)
    asked = made.propose(doors.cast, "owen")
    address = f"{BASE}/proposals/{asked}/decision"
    assert doors.anybody().post(address, json={"outcome": "accept"}).status_code == 401
    cross = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    assert doors.as_("edith").post(address, json={"outcome": "accept"}, headers=cross).status_code == 403
    assert made.action_row(doors.cast).due_date == day(20)


def test_it_lets_a_partner_write_its_own_actions_only(doors: Doors) -> None:
    cast = doors.cast
    made.make_action(cast)
    made.make_action(
        cast, "2.01", organisation_id=cast.organisations["PPP"], accountable_person_id=cast.people["petra"]
    )
    for name in ("pat", "petra"):
        assert doors.as_(name).post(ASK, json=later()).status_code == 403
    assert doors.as_("petra").post(f"{BASE}/actions/2.01/proposals", json=later()).status_code == 201
    asked = doors.as_("pat").get(f"{BASE}/proposals").json()["items"][0]["id"]
    assert doors.as_("pat").post(f"{BASE}/proposals/{asked}/decision", json={"outcome": "accept"}).status_code == 403


def test_it_changes_a_drafts_settings_at_once_and_keeps_the_counts(doors: Doors) -> None:
    made.make_action(doors.cast)
    made.set_plan(doors.cast, state=PlanState.draft)
    given = {"settings": {"due_soon_days": 10, "cadence": "weekly"}, "legend": {"red": "Stop"}}
    answer = doors.as_("alice").post(f"{BASE}/settings/proposals", json=given)
    assert (answer.status_code, answer.json()["state"]) == (201, "accepted"), answer.text
    assert sum(answer.json()["counts"]["after"].values()) == 1
    again = doors.as_("alice").post(f"{BASE}/settings/proposals", json=given)
    assert (again.status_code, again.json()["code"]) == (422, "nothing_changes")


def test_it_asks_the_chair_for_a_live_plans_settings(doors: Doors) -> None:
    made.make_action(doors.cast, progress="not_started")
    given = {"settings": {"due_soon_days": 10}, "why": "Asked too early"}
    assert doors.as_("owen").post(f"{BASE}/settings/proposals", json=given).status_code == 403
    counts = doors.as_("alice").post(f"{BASE}/settings/preview", json=given).json()
    asked = doors.token().post(f"{BASE}/settings/proposals", json=given)
    assert asked.status_code == 201, asked.text
    address = f"{BASE}/proposals/{asked.json()['id']}/decision"
    assert doors.as_("victor").post(address, json={"outcome": "accept"}).status_code == 403
    done = doors.as_("carol").post(address, json={"outcome": "accept"})
    assert done.json()["decision"]["after"]["counts"] == counts["after"]
    assert done.json()["decision"]["before"]["settings"] == {"due_soon_days": 28}
