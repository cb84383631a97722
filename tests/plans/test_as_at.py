"""A past day on every page and GET of a plan: as it was, with today's rights, and nothing to write with."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.core import clock
from app.web.access import routes_of
from tests.actions.made_plan import add, update
from tests.assurance.made import propose
from tests.support.cast import Cast
from tests.support.doors import Doors

API = "/api/v1/plans/alpha"
# Of a person and of no day; a fragment that a page is sent back from; what there is none of here, asked apart.
NOT_OF_A_DAY = ("draft", "/row", "/evidence/1.1", "/evidence/1.1/file", "/restriction")
# Files to take away, which have tests of their own.
FILES = (".zip", "/export/file", "/export/whole")


@pytest.fixture
def first(cast: Cast) -> Iterator[date]:
    """The plan's first day; the clock goes back to the real one afterwards."""
    yield clock.today()
    clock.pin(None)


def pages(doors: Doors, prefix: str) -> list[str]:
    """The GETs of a plan that read it, their parts filled in; of one proposal they are asked apart."""
    found = [
        path.replace("{plan}", "alpha").replace("{ref}", "1.1")
        for method, path, act in routes_of(doors.app)
        if method == "GET" and act == "plan.read" and path.startswith(prefix)
    ]
    plain = [p for p in found if "{" not in p and not p.endswith(NOT_OF_A_DAY) and "/proposals/new" not in p]
    plain = [p for p in plain if not p.endswith(FILES)]
    needs = {"/since": "since", "/comparison": "since", "/coverage": "framework"}
    return [p for p in plain if not p.endswith(tuple(needs))]


def changed(doors: Doors, first: date) -> None:
    """Three days: an action, another title and words of the plan, and another again."""
    alice = doors.as_("alice")
    add(doors.cast, title="As it was first", accountable_person=doors.cast.email("owen"), due_date="2031-01-31")
    clock.pin(first + timedelta(days=2))
    update(doors.cast, "1.1", "owen", progress="off_track", commentary="The rota fell through", cause="No staff")
    _patched(alice, "/actions/1.1", {"title": "As it was second"})
    _patched(alice, "", {"title": "Beta plan"})
    assert alice.patch(f"{API}/priorities/1", json={"title": "Safer"}, headers=_match(alice, "/priorities")).is_success
    assert alice.post(f"{API}/strategic-priorities", json={"title": "Grow"}).is_success
    assert alice.post(f"{API}/bodies", json={"name": "Board", "kind": "board", "quorum": 1}).is_success
    propose(doors.cast, "owen", "1.1", due_date=date(2031, 3, 31))
    clock.pin(first + timedelta(days=4))
    _patched(alice, "/actions/1.1", {"title": "As it is"})


def _patched(client: TestClient, path: str, given: dict[str, Any]) -> None:
    etag = client.get(f"{API}{path}").headers["etag"]
    answer = client.patch(f"{API}{path}", json=given, headers={"If-Match": etag})
    assert answer.is_success, answer.text


def _match(client: TestClient, path: str) -> dict[str, str]:
    return {"If-Match": str(client.get(f"{API}{path}").json()["items"][0]["revision"])}


def test_it_shows_what_was_shown_on_that_day(doors: Doors, first: date) -> None:
    add(doors.cast, title="As it was first", accountable_person=doors.cast.email("owen"), due_date="2031-01-31")
    alice, lists = doors.as_("alice"), ("actions", "priorities", "bodies", "proposals", "decisions", "meetings",
                                        "participants", "strategic-priorities", "status")  # fmt: skip
    shown: dict[date, list[Any]] = {}
    for step in range(3):
        clock.pin(day := first + timedelta(days=2 * step))
        if step == 1:
            update(doors.cast, "1.1", "owen", progress="off_track", commentary="It fell through", cause="No staff")
            alice.post(f"{API}/strategic-priorities", json={"title": "Grow"})
            alice.post(f"{API}/bodies", json={"name": "Board", "kind": "board", "quorum": 1})
        if step == 2:
            propose(doors.cast, "owen", "1.1", due_date=date(2031, 3, 31))
            alice.post(f"{API}/participants", json={"organisation": "BBB"})
        shown[day] = [alice.get(f"{API}/{name}").json() for name in lists]
    clock.pin(first + timedelta(days=9))
    _patched(alice, "/actions/1.1", {"title": "Another title"})
    [asked] = alice.get(f"{API}/proposals").json()["items"]
    assert doors.as_("owen").post(f"{API}/proposals/{asked['id']}/withdrawal", json={}).is_success
    for day, was in shown.items():
        now = [alice.get(f"{API}/{name}?as_at={day}").json() for name in lists]
        assert _then(now) == _then(was), day


def _then(lists: list[Any]) -> list[Any]:
    """Without what says who may act now: on a past day nobody may."""
    for found in lists:
        for item in found.get("items", ()):
            for name in ("may_decide", "may_withdraw"):
                item.pop(name, None)
    return lists


def test_it_is_on_every_page_and_writes_nothing_there(doors: Doors, first: date) -> None:
    changed(doors, first)
    alice, day = doors.as_("alice"), first + timedelta(days=1)
    found = pages(doors, "/plans/{plan}")
    assert len(found) > 14
    for path in found:
        html = alice.get(f"{path}?as_at={day}").text
        main = html[html.index("<main") :]
        assert "You are looking at" in html, path
        assert 'method="post"' not in main, path
        assert "Back to today" in html
        for address in re.findall(r'(?<!data-today )href="(/plans/[^"]*)"', html):
            assert f"as_at={day}" in address, f"{path}: {address}"
    assert "As it was first" in alice.get(f"/plans/alpha/actions?as_at={day}").text
    assert "Alpha maternity" in alice.get(f"/plans/alpha/settings?as_at={day}").text


def test_it_is_on_every_answer_of_the_api(doors: Doors, first: date) -> None:
    changed(doors, first)
    alice, day = doors.as_("alice"), first + timedelta(days=1)
    for path in pages(doors, "/api/v1/plans/{plan}"):
        answer = alice.get(f"{path}?as_at={day}")
        assert answer.status_code == 200, f"{path}: {answer.text[:200]}"
        if answer.headers["content-type"] == "application/json" and "as_at" in (told := answer.json()):
            assert told["as_at"] == day.isoformat(), path
    assert alice.get(f"{API}?as_at={day}").json()["title"] == "Alpha maternity improvement plan"
    assert alice.get(f"{API}/priorities?as_at={day}").json()["items"][0]["title"] == "Safe care"
    assert alice.get(f"{API}/proposals?as_at={day}").json()["items"] == []
    second = f"{first + timedelta(days=3)}"
    assert alice.get(f"{API}/actions/1.1?as_at={second}").json()["title"] == "As it was second"
    [asked] = alice.get(f"{API}/proposals?as_at={second}").json()["items"]
    assert (asked["may_decide"], asked["may_withdraw"]) == (False, False)
    assert alice.get(f"/plans/alpha/proposals/{asked['id']}?as_at={second}").status_code == 200
    assert alice.get(f"{API}/proposals/{asked['id']}?as_at={day}").status_code == 404


def test_it_refuses_days_before_the_plan_and_days_to_come(doors: Doors, first: date) -> None:
    add(doors.cast)
    alice = doors.as_("alice")
    before, after = first - timedelta(days=1), first + timedelta(days=1)
    for path in pages(doors, "/plans/{plan}") + pages(doors, "/api/v1/plans/{plan}"):
        assert alice.get(f"{path}?as_at={before}").status_code == 404, path
        late = alice.get(f"{path}?as_at={after}")
        assert late.status_code == 422, path
        assert "still to come" in late.text, path
        assert alice.get(f"{path}?as_at=yesterday").status_code == 422, path
        assert alice.get(f"{path}?as_at={first}").status_code == 200, path


def test_it_gives_todays_rights_and_none_to_others(sqlite_doors: Doors) -> None:
    first = clock.today()
    try:
        add(sqlite_doors.cast)
        clock.pin(first + timedelta(days=3))
        for name, status in (("violet", 200), ("pat", 200), ("liam", 200), ("oscar", 404), ("nora", 404)):
            assert sqlite_doors.as_(name).get(f"/plans/alpha/actions?as_at={first}").status_code == status, name
        for form in ("actions/new", "actions/1.1/edit", "actions/1.1/update", "decisions/record"):
            assert sqlite_doors.as_("alice").get(f"/plans/alpha/{form}?as_at={first}").status_code == 403, form
    finally:
        clock.pin(None)
