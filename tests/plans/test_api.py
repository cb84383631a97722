"""The programs' door to plans."""

from typing import Any

import pytest

from app.people.rules import TokenScope
from tests.support.doors import Doors

NEW = {"plan": "beta-mip", "title": "Beta plan", "organisation": "AAA"}
BASE = "/api/v1/plans"


def test_it_lists_the_plans_that_may_be_read(doors: Doors) -> None:
    told = doors.token(TokenScope.read).get(BASE).json()
    assert set(told) == {"items", "next", "as_at", "revision"}
    [plan] = told["items"]
    assert (plan["plan"], plan["organisation"], plan["state"], plan["participants"]) == (
        "alpha",
        "AAA",
        "live",
        ["PPP"],
    )
    assert doors.token(TokenScope.read, "BBB").get(BASE).json()["items"] == []


def test_another_organisations_plan_answers_as_an_absent_one(doors: Doors) -> None:
    other = doors.token(TokenScope.write, "BBB")
    for method, path, body in (
        ("GET", "", None),
        ("GET", "/priorities", None),
        ("GET", "/bodies", None),
        ("GET", "/meetings", None),
        ("GET", "/participants", None),
        ("GET", "/strategic-priorities", None),
        ("PATCH", "", {"title": "x"}),
        ("POST", "/priorities", {"title": "x"}),
        ("POST", "/participants", {"organisation": "BBB"}),
        ("POST", "/bodies", {"kind": "board", "name": "x"}),
        ("POST", "/meetings", {"body": "x", "name": "x", "held_on": "2026-01-01"}),
    ):
        answers = [
            other.request(method, f"{BASE}/{slug}{path}", json=body, headers={"If-Match": '"1"'})
            for slug in ("alpha", "nothing")
        ]
        assert [a.status_code for a in answers] == [404, 404], (method, path)
        here, absent = [{k: v for k, v in a.json().items() if k != "request_id"} for a in answers]
        assert {**here, "detail": ""} == {**absent, "detail": ""}


def test_an_office_token_begins_and_changes_a_plan_and_never_adopts_it(doors: Doors) -> None:
    office = doors.token()
    made = office.post(BASE, json=NEW)
    assert made.status_code == 201, made.text
    assert made.headers["location"] == f"{BASE}/beta-mip"
    assert office.post(BASE, json=NEW).status_code == 409
    changed = office.patch(f"{BASE}/beta-mip", json={"title": "New"}, headers={"If-Match": made.headers["etag"]})
    assert changed.json()["title"] == "New"
    stale = office.patch(f"{BASE}/beta-mip", json={"title": "Newer"}, headers={"If-Match": made.headers["etag"]})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    assert office.patch(f"{BASE}/beta-mip", json={"title": "Newer"}).status_code == 428
    current = {"If-Match": changed.headers["etag"]}
    assert office.post(f"{BASE}/beta-mip/adoption", headers=current).status_code == 403
    adopted = doors.as_("carol").post(f"{BASE}/beta-mip/adoption", headers=current)
    assert (adopted.status_code, adopted.json()["state"]) == (200, "live")
    closed = doors.as_("carol").post(
        f"{BASE}/beta-mip/closing", json={"why": "Done"}, headers={"If-Match": adopted.headers["etag"]}
    )
    assert closed.json()["state"] == "closed"


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/plan", "/title", "/organisation"}),
        (NEW | {"plan": "B"}, {"/plan"}),
        (NEW | {"state": "live"}, {"/state"}),
        (NEW | {"begin": "magic"}, {"/begin"}),
        (NEW | {"begin": "framework"}, {"/framework"}),
        (NEW | {"begin": "framework", "framework": "nothing"}, {"/framework"}),
        (NEW | {"organisation": "QQQ"}, {"/organisation"}),
        (NEW | {"title": "a\u0000b"}, {"/title"}),
    ],
)
def test_it_names_the_field_that_is_wrong(sqlite_doors: Doors, body: dict[str, Any], pointers: set[str]) -> None:
    answer = sqlite_doors.token().post(BASE, json=body)
    assert answer.status_code == 422
    assert {e["pointer"] for e in answer.json()["errors"]} == pointers


def test_a_viewers_token_changes_nothing(sqlite_doors: Doors) -> None:
    viewer = sqlite_doors.token(TokenScope.read)
    assert viewer.post(BASE, json=NEW).status_code == 403
    assert viewer.patch(f"{BASE}/alpha", json={"title": "x"}, headers={"If-Match": '"1"'}).status_code == 403
    assert viewer.post(f"{BASE}/alpha/priorities", json={"title": "x"}).status_code == 403


def test_priorities_have_their_shape_and_their_revision(doors: Doors) -> None:
    office = doors.token()
    told = office.get(f"{BASE}/alpha/priorities").json()
    assert [(p["ref"], p["title"]) for p in told["items"]] == [("1", "Safe care"), ("2", "Workforce")]
    made = office.post(f"{BASE}/alpha/priorities", json={"title": "Culture"})
    assert (made.status_code, made.json()["ref"]) == (201, "3")
    now = {"If-Match": str(made.json()["revision"])}
    assert office.patch(f"{BASE}/alpha/priorities/3", json={"position": 1}, headers=now).json()["position"] == 1
    assert office.patch(f"{BASE}/alpha/priorities/3", json={"ref": "9"}, headers=now).status_code == 422
    assert office.patch(f"{BASE}/alpha/priorities/9", json={"title": "x"}, headers=now).status_code == 404
    assert office.delete(f"{BASE}/alpha/priorities/3", headers=now).status_code == 412
    assert office.get(f"{BASE}/alpha/priorities").json()["revision"] > told["revision"]


def test_bodies_participants_and_meetings_are_kept_through_it(doors: Doors) -> None:
    office = doors.token()
    body = office.post(f"{BASE}/alpha/bodies", json={"kind": "board", "name": "Trust board", "quorum": 5}).json()
    member = {"person": doors.cast.email("edith"), "role": "chair"}
    members = f"{BASE}/alpha/bodies/{body['id']}/members"
    # In a live plan the office, and a program, could otherwise decide through a friend in the chair.
    assert office.post(members, json=member).status_code == 403
    assert doors.as_("alice").post(members, json=member).status_code == 403
    assert office.post(members, json=member | {"role": "member"}).is_success
    carol = doors.as_("carol")
    told = carol.post(members, json=member).json()
    assert [(m["email"], m["role"]) for m in told["members"]] == [(doors.cast.email("edith"), "chair")]
    meeting = office.post(
        f"{BASE}/alpha/meetings", json={"body": "Trust board", "name": "May", "held_on": "2027-05-04"}
    )
    assert meeting.json()["chair"] == doors.cast.email("edith")
    revised = office.patch(
        f"{BASE}/alpha/meetings/{meeting.json()['id']}",
        json={"held_on": "2027-05-11"},
        headers={"If-Match": str(meeting.json()["revision"])},
    )
    assert revised.json()["held_on"] == "2027-05-11"
    assert office.delete(f"{members}/{doors.cast.people['edith']}").status_code == 403
    gone = carol.delete(f"{members}/{doors.cast.people['edith']}")
    assert gone.json()["members"] == []
    assert office.delete(f"{BASE}/alpha/bodies/{body['id']}").json()["archived_on"]
    assert [p["organisation"] for p in office.delete(f"{BASE}/alpha/participants/PPP").json()["items"]] == []
    again = office.post(f"{BASE}/alpha/participants", json={"organisation": "ppp"})
    assert (again.status_code, [p["organisation"] for p in again.json()["items"]]) == (201, ["PPP"])
    strategic = office.post(f"{BASE}/alpha/strategic-priorities", json={"title": "People first"}).json()
    changed = office.patch(
        f"{BASE}/alpha/strategic-priorities/{strategic['id']}",
        json={"title": "People"},
        headers={"If-Match": str(strategic["revision"])},
    )
    assert changed.json()["title"] == "People"
    assert office.delete(f"{BASE}/alpha/strategic-priorities/{strategic['id']}").json()["items"] == []


def test_legend_and_settings_go_through_it(sqlite_doors: Doors) -> None:
    office = sqlite_doors.token()
    made = office.post(BASE, json=NEW)
    now = {"If-Match": made.headers["etag"]}
    told = office.patch(f"{BASE}/beta-mip/settings", json={"due_soon_days": 21}, headers=now)
    assert told.json()["settings"]["due_soon_days"] == 21
    legend = office.put(f"{BASE}/beta-mip/legend", json={"red": "Escalate"}, headers={"If-Match": told.headers["etag"]})
    assert legend.json()["legend"][0] == {"colour": "red", "word": "Escalate"}
    live = office.get(f"{BASE}/alpha")
    refused = office.patch(
        f"{BASE}/alpha/settings", json={"due_soon_days": 21}, headers={"If-Match": live.headers["etag"]}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "needs_a_decision")
