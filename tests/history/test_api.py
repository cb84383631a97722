"""The programs' door to history."""

import pytest

from app.core import clock
from tests.actions import made_plan
from tests.history.made import Past, a_past
from tests.support.doors import Doors

CHANGES = "/api/v1/plans/alpha/changes"
HISTORY = "/api/v1/plans/alpha/actions/1.1/history"


@pytest.fixture
def past(doors: Doors) -> Past:
    return a_past(doors.cast)


def test_it_tells_the_changes_of_a_plan_to_those_who_may_read_it(doors: Doors, past: Past) -> None:
    violet = doors.as_("violet")
    answer = violet.get(f"{CHANGES}?since={past.revisions['created']}").json()
    assert answer["items"][0] | {"at": "", "id": "", "subject_id": ""} == {
        "revision": past.revisions["moved"], "at": "", "day": "2027-02-01", "actor": "the tests", "door": "system",
        "act": "action.due_date_agreed", "entity": "action", "id": "", "subject_id": "", "ref": "1.1", "gone": False,
        "changes": {"due_date": {"old": "2026-10-31", "new": "2027-01-31"}, "slips": {"old": 0, "new": 1}},
        "why": "The supplier is late",
    }  # fmt: skip
    assert answer["head"]["revision"] == past.revisions["removed"]
    assert answer["next"] is None


@pytest.mark.parametrize("address", [CHANGES, HISTORY, "/api/v1/plans/none/changes"])
def test_it_answers_a_stranger_as_if_there_were_nothing(doors: Doors, past: Past, address: str) -> None:
    assert doors.as_("oscar").get(address).status_code == 404
    assert doors.anybody().get(address).status_code == 401


def test_it_goes_on_from_next_until_there_is_no_more(doors: Doors, past: Past) -> None:
    client, got, cursor = doors.token(), [], ""
    while cursor is not None:
        page = client.get(f"{CHANGES}?limit=2{cursor and f'&cursor={cursor}'}").json()
        got += page["items"]
        cursor = page["next"]
    assert got == client.get(f"{CHANGES}?limit=500").json()["items"]


def test_it_tells_one_actions_history(doors: Doors, past: Past) -> None:
    answer = doors.as_("olga").get(HISTORY).json()
    assert {i["ref"] for i in answer["items"]} == {"1.1"}
    assert [i["act"] for i in answer["items"]][-1] == "action.milestone_removed"
    assert doors.as_("olga").get("/api/v1/plans/alpha/actions/9.9/history").status_code == 404


def test_it_shows_what_was_known_on_a_day(doors: Doors, past: Past) -> None:
    violet = doors.as_("violet")
    today = violet.get(f"{CHANGES}?as_at={clock.today()}").json()
    # The made past lies in the future: today shows the plan alone.
    assert {i["entity"] for i in today["items"]}.isdisjoint({"action", "milestone"})
    assert today["as_at"] == clock.today().isoformat()
    assert violet.get(f"{CHANGES}?as_at=2019-01-01").status_code == 404
    assert violet.get(f"{CHANGES}?as_at=2090-01-01").status_code == 422


@pytest.mark.parametrize("asked", ["since=-1", "since=x", "limit=0", "limit=501", "cursor=x", "as_at=soon"])
def test_it_refuses_what_it_cannot_read(doors: Doors, past: Past, asked: str) -> None:
    answer = doors.as_("violet").get(f"{CHANGES}?{asked}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/" + asked.partition("=")[0]


def test_it_speaks_of_people_and_things_as_the_other_answers_do(doors: Doors) -> None:
    made_plan.framework(doors.cast)
    owen, edith = doors.cast.email("owen"), doors.cast.email("edith")
    first = made_plan.add(doors.cast)
    ref = made_plan.add(doors.cast, accountable_person=owen, lead_executive=edith, contributors=[owen],
                        depends_on=[first], recommendations=["ockenden_2022:1.1"])  # fmt: skip
    client = doors.token()
    held = client.get(f"/api/v1/plans/alpha/actions/{ref}").headers["etag"]
    given = {"priority": "2", "organisation": "PPP", "accountable_person": None, "why": "Moved"}
    changed = client.patch(f"/api/v1/plans/alpha/actions/{ref}", json=given, headers={"If-Match": held})
    assert changed.status_code == 200, changed.text
    told = client.get(f"/api/v1/plans/alpha/actions/{ref}/history").json()["items"]
    new = {name: each["new"] for change in told if change["entity"] == "action" and change["act"] == "action.created"
           for name, each in change["changes"].items()}  # fmt: skip
    assert new | {"accountable_person": owen, "lead_executive": edith, "priority": "1", "organisation": "AAA"} == new
    parts = {change["entity"]: change["changes"] for change in told}
    assert parts["action_contributor"]["person"]["new"] == owen
    assert parts["action_dependency"]["depends_on"]["new"] == first
    assert parts["action_recommendation"]["recommendation"]["new"] == "ockenden_2022:1.1"
    [moved] = [change["changes"] for change in told if change["act"] == "action.edited"]
    assert moved["priority"] == {"old": "1", "new": "2"}
    assert moved["organisation"] == {"old": "AAA", "new": "PPP"}
    assert moved["accountable_person"] == {"old": owen, "new": None}


def test_it_links_to_the_next_page_as_the_lists_do(sqlite_doors: Doors) -> None:
    a_past(sqlite_doors.cast)
    client = sqlite_doors.token()
    for address in (CHANGES, HISTORY):
        answer = client.get(f"{address}?limit=1")
        following = answer.links["next"]["url"]
        assert f"cursor={answer.json()['next']}" in following
        assert client.get(following).json()["items"][0]["revision"] > answer.json()["items"][-1]["revision"]
    assert "link" not in client.get(f"{CHANGES}?limit=500").headers
