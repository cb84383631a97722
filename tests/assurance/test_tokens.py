"""A token is its maker's hand: who asks through one does not decide on it, whatever door the decision comes by."""

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from app.people.models import RoleHeld
from app.people.rules import Role
from tests.assurance import made
from tests.assurance.made import day
from tests.support.doors import Doors

Makes = Callable[[TestClient], str]
OWN = "Nobody decides on their own proposal or action."


def by_program(administrator: TestClient) -> str:
    given = {"name": "Nightly script", "organisation": "AAA", "scope": "write", "days": 30}
    answer = administrator.post("/api/v1/tokens", json=given)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["secret"])


def by_page(administrator: TestClient) -> str:
    given = {"name": "Nightly script", "organisation": "AAA", "scope": "write", "days": "30"}
    answer = administrator.post("/admin/tokens", data=given)
    assert answer.status_code == 200, answer.text
    found = re.search(r"trk_[\w-]{30,}", answer.text)
    assert found is not None
    return found[0]


@pytest.fixture
def carol(doors: Doors) -> TestClient:
    """She chairs the group, and administers the installation as well."""
    cast = doors.cast
    role = RoleHeld(
        account_id=cast.people["carol"], role=Role.administrator, organisation_id=cast.organisations["AAA"]
    )  # fmt: skip
    made.add(cast, role)
    made.make_action(cast)
    return doors.as_("carol")


def asks_through(doors: Doors, secret: str) -> str:
    program = TestClient(
        doors.app, base_url="http://127.0.0.1:8000", headers={"Authorization": f"Bearer {secret}"}
    )  # fmt: skip
    given = {"move": "due_date", "due_date": day(60).isoformat(), "why": made.WHY}
    answer = program.post("/api/v1/plans/alpha/actions/1.01/proposals", json=given)
    assert answer.status_code == 201, answer.text
    assert answer.json()["proposed_by"] == "Nightly script"
    return str(answer.json()["id"])


@pytest.mark.parametrize("make", [by_program, by_page])
def test_it_refuses_the_decision_of_who_made_the_token_that_asked(doors: Doors, carol: TestClient, make: Makes) -> None:
    asked = asks_through(doors, make(carol))
    page = f"/plans/alpha/proposals/{asked}"
    assert f'action="{page}/decision"' not in carol.get(page).text
    answer = carol.post(f"{page}/decision", data={"outcome": "accept"})
    assert (answer.status_code, OWN in answer.text) == (403, True)
    answer = carol.post(f"/api/v1{page}/decision", json={"outcome": "accept"})
    assert (answer.status_code, answer.json()["detail"].startswith(OWN)) == (403, True)
    many = {"outcome": "accept", "proposals": [asked]}
    answer = carol.post("/api/v1/plans/alpha/proposals/decisions", json=many)
    assert (answer.status_code, OWN in answer.json()["detail"]) == (403, True)
    assert (made.action_row(doors.cast).due_date, made.decision_rows(doors.cast)) == (day(20), [])


def test_it_lets_the_deputy_decide_instead(doors: Doors, carol: TestClient) -> None:
    asked = asks_through(doors, by_program(carol))
    made.make_deputy(doors.cast, "victor")
    address = f"/api/v1/plans/alpha/proposals/{asked}"
    told = carol.get(address).json()["deciders"]
    assert "may not decide on their own proposal" in told["passed_on"]
    answer = doors.as_("victor").post(f"{address}/decision", json={"outcome": "accept"})
    assert (answer.status_code, answer.json()["state"]) == (200, "accepted")


def test_it_leaves_what_a_meeting_decided_on_it_to_somebody_else(doors: Doors, carol: TestClient) -> None:
    asked = asks_through(doors, by_program(carol))
    listed = {
        "meeting": {"name": "November group", "date": day(0).isoformat()},
        "items": [{"proposal": asked, "outcome": "accept"}],
    }
    answer = doors.as_("alice").post("/api/v1/plans/alpha/meeting-lists", json=listed)
    assert answer.status_code == 201, answer.text
    address = f"/api/v1/plans/alpha/meeting-lists/{answer.json()['id']}/confirmation"
    answer = carol.post(address, json={})
    assert (answer.status_code, "own proposal or action" in answer.json()["detail"]) == (403, True)


def test_it_lets_the_maker_withdraw_what_the_token_asked(doors: Doors, carol: TestClient) -> None:
    asked = asks_through(doors, by_program(carol))
    answer = carol.post(f"/api/v1/plans/alpha/proposals/{asked}/withdrawal", json={"why": "Asked too early"})
    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")


def test_it_knows_nobody_behind_a_token_of_the_operator(doors: Doors) -> None:
    made.make_action(doors.cast)
    program = doors.token()
    given = {"move": "due_date", "due_date": day(60).isoformat(), "why": made.WHY}
    asked = program.post("/api/v1/plans/alpha/actions/1.01/proposals", json=given).json()["id"]
    answer = doors.as_("carol").post(f"/api/v1/plans/alpha/proposals/{asked}/decision", json={"outcome": "accept"})
    assert answer.status_code == 200, answer.text
