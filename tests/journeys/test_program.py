"""A program that the administrator made a token for reads the plan, writes to it and keeps a copy of it.

Given a token from the page, when the program asks by REST, then it finds what people see, writes only onto what it has
read, does a thing once however often it is sent, and misses no change.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.assurance.made import day
from tests.journeys.conftest import Group
from tests.journeys.season import BEFORE
from tests.journeys.steps import Traveller, press
from tests.support.browser import OpenPage

ACTIONS = "/actions"


def make_token(group: Group, open_page: OpenPage, name: str, scope: str) -> str:
    adam = Traveller(group.server, open_page).signed_in("adam@aaa.example")
    adam.goto("/admin/tokens")
    adam.get_by_label("Name", exact=True).fill(name)
    adam.get_by_label("Organisation", exact=True).select_option("AAA")
    adam.get_by_label("It may").select_option(scope)
    adam.get_by_label("Plan (optional)").select_option("alpha")
    press(adam, "Make the token")
    return adam.locator("#new-token .secret").inner_text().strip()


@pytest.fixture
def program(season: Group, open_page: OpenPage) -> Iterator[httpx2.Client]:
    """May write."""
    token = make_token(season, open_page, "Programme script", "write")
    base = f"{season.server.url}/api/v1/plans/alpha"
    with httpx2.Client(base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=30) as client:
        yield client


def ok(answer: httpx2.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def table(client: httpx2.Client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def walked(client: httpx2.Client, path: str, limit: int) -> list[Any]:
    """All items, page after page, by the Link that each page names."""
    found: list[Any] = []
    answer = client.get(path, params={"limit": limit})
    while True:
        found += ok(answer)["items"]
        assert ("next" in answer.links) == (answer.json()["next"] is not None)
        if "next" not in answer.links:
            return found
        answer = client.get(answer.links["next"]["url"].replace("/api/v1/plans/alpha", ""))


def test_it_reads_what_people_see_today_and_on_a_past_day(season: Group, program: httpx2.Client) -> None:
    status = ok(program.get("/status"))
    assert (status["actions"]["total"], status["actions"]["by_rating"]["red"]) == (5, 2)
    first = program.get("/status")
    assert program.get("/status", headers={"If-None-Match": first.headers["etag"]}).status_code == 304

    listed = walked(program, ACTIONS, 2)
    assert [a["ref"] for a in listed] == ["1.1", "1.2", "2.1", "2.2", "2.3"]
    wanted = {
        "rating=red": ["1.1", "1.2"], "priority=2": ["2.1", "2.2", "2.3"], "flag=overdue": ["1.1"],
        "label=off_track": ["1.2"], "q=interpreters": ["2.3"], "stage=assured": [],
        "owner=owen@aaa.example": ["1.1", "1.2"], "recommendation=ockenden_2022:1.2": ["1.2", "2.2"],
        f"due_before={day(35).isoformat()}": ["1.1", "2.1"], "rating=red&priority=2": [],
    }  # fmt: skip
    assert {query: [a["ref"] for a in ok(program.get(f"{ACTIONS}?{query}"))["items"]] for query in wanted} == wanted

    past = f"as_at={day(-BEFORE).isoformat()}"
    then = ok(program.get(f"/status?{past}"))
    assert then["actions"]["by_rating"]["red"] == 0
    assert then["revision"] < status["revision"]
    assert {r["rating"] for r in table(program, f"/actions.csv?{past}")}.isdisjoint({"red"})
    assert [r["rating"] for r in table(program, "/actions.csv")].count("red") == 2
    for name, rows in (("updates", 11), ("decisions", 0), ("priorities", 2), ("action-recommendations", 5)):
        assert len(table(program, f"/{name}.csv")) == rows, name
    days = f"from={day(-BEFORE).isoformat()}&to={day(0).isoformat()}"
    daily = table(program, f"/daily-status.csv?{days}")
    red_by_day = {day(-n).isoformat(): 0 for n in range(BEFORE + 1)}
    for row in daily:
        red_by_day[row["date"]] += int(row["count"]) if row["rating"] == "red" else 0
    assert red_by_day[day(-BEFORE).isoformat()] == 0
    assert red_by_day[day(-7).isoformat()] == 1
    assert red_by_day[day(0).isoformat()] == 2


def test_it_writes_onto_what_it_has_read_and_once(season: Group, program: httpx2.Client) -> None:
    given = {"title": "Bereavement midwife at night", "priority": "2", "due_date": day(100).isoformat()}
    sent = {"Idempotency-Key": "row 17 of the sheet"}
    first = program.post(ACTIONS, json=given, headers=sent)
    made = ok(first, 201)
    assert made["ref"] == "2.4"
    again = program.post(ACTIONS, json=given, headers=sent)
    assert ok(again, 201) == made
    assert ok(program.post(ACTIONS, json=given | {"title": "Other"}, headers=sent), 422)["status"] == 422
    assert len(walked(program, ACTIONS, 100)) == 6

    where, etag = f"{ACTIONS}/2.4", program.get(f"{ACTIONS}/2.4").headers["etag"]
    body = {"success_measure": "Every night covered", "why": "Agreed with the unit."}
    assert ok(program.patch(where, json=body), 428)["status"] == 428
    changed = program.patch(where, json=body, headers={"If-Match": etag})
    assert ok(changed)["success_measure"] == "Every night covered"
    stale = program.patch(where, json=body | {"success_measure": "x"}, headers={"If-Match": etag})
    assert ok(stale, 412)["code"] == "stale"
    assert stale.headers["content-type"] == "application/problem+json"
    now = ok(program.get(where))
    assert now["success_measure"] == "Every night covered"

    refused = ok(program.patch(where, json={"stage": "assured"}, headers={"If-Match": str(now["revision"])}), 422)
    assert refused["errors"][0]["pointer"] == "/stage"
    asked = {"move": "due_date", "due_date": day(130).isoformat(), "why": "Recruiting takes four months."}
    proposal = ok(program.post("/actions/1.2/proposals", json=asked), 201)
    assert proposal["state"] == "open"
    decision = program.post(f"/proposals/{proposal['id']}/decision", json={"outcome": "accept"})
    assert ok(decision, 403)["status"] == 403
    assert [p["id"] for p in ok(program.get("/proposals"))["items"]] == [proposal["id"]]
    season.is_proven()


def test_it_misses_no_change(season: Group, program: httpx2.Client) -> None:
    head = ok(program.get("/changes", params={"limit": 1}))["head"]
    nothing = ok(program.get("/changes", params={"since": head["revision"]}))
    assert (nothing["items"], nothing["next"]) == ([], None)

    for n in range(3):
        program.post(ACTIONS, json={"title": f"New {n}", "priority": "1"}).raise_for_status()
    etag = program.get(f"{ACTIONS}/1.3").headers["etag"]
    body = {"title": "Renamed", "why": "The group said so."}
    program.patch(f"{ACTIONS}/1.3", json=body, headers={"If-Match": etag}).raise_for_status()

    seen: list[Any] = []
    cursor = str(head["revision"])
    while True:
        page = ok(program.get("/changes", params={"since": cursor, "limit": 2}))
        seen += page["items"]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert [c["ref"] for c in seen if c["act"] == "action.created" and c["entity"] == "action"] == ["1.3", "1.4", "1.5"]
    last = seen[-1]
    assert (last["ref"], last["why"], last["actor"]) == ("1.3", "The group said so.", "Programme script")
    assert last["changes"]["title"] == {"old": "New 0", "new": "Renamed"}
    revisions = [c["revision"] for c in seen]
    assert revisions == sorted(revisions)
    assert len({(c["revision"], c["entity"], c["id"]) for c in seen}) == len(seen)
    trail = ok(program.get(f"{ACTIONS}/1.3/history"))["items"]
    assert [c for c in trail if c in seen] == [c for c in seen if c["ref"] == "1.3"]


def test_a_reading_token_writes_nothing(season: Group, open_page: OpenPage) -> None:
    token = make_token(season, open_page, "Power BI", "read")
    with httpx2.Client(base_url=f"{season.server.url}/api/v1/plans/alpha", auth=("anything", token)) as excel:
        assert ok(excel.get("/status"))["actions"]["total"] == 5
        assert ok(excel.post(ACTIONS, json={"title": "No", "priority": "1"}), 403)["status"] == 403
