"""A list is read page by page: nothing is lost or told twice, whatever is written between two pages."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.actions.queries import kept
from app.core import clock
from app.people.rules import TokenScope
from app.web.listing import cursor_of
from tests.actions import made_plan as made
from tests.support.doors import Doors

PLAN = "/api/v1/plans/alpha"
ACTIONS = f"{PLAN}/actions"


def page(client: TestClient, address: str, cursor: str | None = None, **asked: Any) -> dict[str, Any]:
    answer = client.get(address, params=asked | ({"cursor": cursor} if cursor else {}))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def refused(client: TestClient, address: str, cursor: str, **asked: Any) -> str:
    answer = client.get(address, params=asked | {"cursor": cursor})
    assert answer.status_code == 422, answer.text
    [error] = answer.json()["errors"]
    assert error["pointer"] == "/cursor"
    return str(error["message"])


def refs(found: dict[str, Any]) -> list[str]:
    return [a["ref"] for a in found["items"]]


@pytest.mark.parametrize("forgotten", [False, True])
def test_every_page_of_the_actions_tells_the_moment_of_the_first(doors: Doors, forgotten: bool) -> None:
    for number in range(5):
        made.add(doors.cast, title=f"Number {number}")
    client = doors.token(TokenScope.read)
    whole = page(client, ACTIONS, flag="unowned")["items"]
    first = page(client, ACTIONS, flag="unowned", sort="title", limit=2)
    made.edit(doors.cast, "1.1", accountable_person=doors.cast.email("owen"))
    made.edit(doors.cast, "1.4", title="Called otherwise")
    made.add(doors.cast, title="A new first one")
    if forgotten:
        # Another process, or one that has since shown many other days, has the record alone.
        kept.views.clear()
    second = page(client, ACTIONS, first["next"], flag="unowned", sort="title", limit=2)
    third = page(client, ACTIONS, second["next"], flag="unowned", sort="title", limit=2)
    assert first["items"] + second["items"] + third["items"] == whole
    assert (third["next"], {p["revision"] for p in (second, third)}) == (None, {first["revision"]})
    again = page(client, ACTIONS, flag="unowned")
    assert refs(again) == ["1.2", "1.3", "1.4", "1.5", "1.6"]
    assert again["revision"] > first["revision"]


def test_a_walk_goes_on_over_a_past_day(sqlite_doors: Doors) -> None:
    for number in range(3):
        made.add(sqlite_doors.cast, title=f"Number {number}")
    client, clock_day = sqlite_doors.token(), clock.today()
    pinned = clock.pinned()
    try:
        clock.pin(clock_day + timedelta(days=1))
        first = page(client, ACTIONS, limit=2, as_at=clock_day.isoformat())
        made.add(sqlite_doors.cast, title="Of the next day")
        second = page(client, ACTIONS, first["next"], limit=2, as_at=clock_day.isoformat())
        assert refs(first) + refs(second) == ["1.1", "1.2", "1.3"]
        assert refused(client, ACTIONS, first["next"], limit=2).startswith("This cursor is of another list.")
    finally:
        clock.pin(pinned)


def test_a_cursor_ends_with_its_day(sqlite_doors: Doors) -> None:
    for number in range(3):
        made.add(sqlite_doors.cast, title=f"Number {number}")
    client, pinned = sqlite_doors.token(), clock.pinned()
    first = page(client, ACTIONS, limit=2)
    try:
        clock.pin(clock.today() + timedelta(days=1))
        assert "Begin again without it." in refused(client, ACTIONS, first["next"], limit=2)
    finally:
        clock.pin(pinned)


def test_a_cursor_of_another_list_or_another_hand_is_refused(sqlite_doors: Doors) -> None:
    for number in range(3):
        made.add(sqlite_doors.cast, title=f"Number {number}")
    client = sqlite_doors.token()
    cursor = page(client, ACTIONS, limit=2, sort="title")["next"]
    assert refs(page(client, ACTIONS, cursor, limit=1, sort="title")) == ["1.3"], "the size of a page may change"
    for asked in ({}, {"sort": "-title"}, {"sort": "title", "flag": "unowned"}):
        assert refused(client, ACTIONS, cursor, **asked).startswith("This cursor is of another list.")
    offset, *rest = json.loads(base64.urlsafe_b64decode(cursor))
    forged = base64.urlsafe_b64encode(json.dumps([offset + 1, *rest]).encode()).decode()
    assert "begin again" in refused(client, ACTIONS, forged, sort="title")
    assert "not one of ours" in refused(client, ACTIONS, "Mg==", sort="title")


@pytest.mark.parametrize("revisions", [(0, 1), (1, 0), (10**6, 1), (1, 10**6), ("1", 1)])
def test_a_forged_moment_is_refused(sqlite_doors: Doors, revisions: tuple[Any, Any]) -> None:
    made.add(sqlite_doors.cast)
    forged = cursor_of((0, *revisions, clock.today().isoformat()), f"{ACTIONS}?")
    assert "not one of ours" in refused(sqlite_doors.token(), ACTIONS, forged)


def test_what_is_restricted_between_two_pages_stays_masked(sqlite_doors: Doors) -> None:
    for number in range(3):
        made.add(sqlite_doors.cast, title=f"Wolverine {number}", due_date=clock.today())
    client = sqlite_doors.token(TokenScope.read)
    first = page(client, ACTIONS, limit=2)
    body = {"public_title": "A matter of staffing", "named": [sqlite_doors.cast.email("carol")], "why": "Complaint"}
    assert sqlite_doors.as_("carol").put(f"{ACTIONS}/1.3/restriction", json=body).status_code == 200
    [third] = page(client, ACTIONS, first["next"], limit=2)["items"]
    assert (third["ref"], third["title"], third["concealed"]) == ("1.3", "A matter of staffing", True)


def test_another_list_goes_on_after_its_last_item(doors: Doors) -> None:
    client = doors.as_("alice")
    here = f"{PLAN}/strategic-priorities"
    for title in ("B", "C", "D", "E"):
        assert client.post(here, json={"title": title}).status_code == 201
    every = page(client, here)["items"]
    first = page(client, here, limit=2)
    assert client.delete(f"{here}/{every[0]['id']}").status_code == 200
    second = page(client, here, first["next"], limit=2)
    assert second["items"] == every[2:4]
    assert refused(client, f"{PLAN}/meetings", first["next"]).startswith("This cursor is of another list.")


def test_it_opens_a_saved_view_by_its_name(sqlite_doors: Doors) -> None:
    made.add(sqlite_doors.cast, title="Owned", accountable_person=sqlite_doors.cast.email("owen"))
    for title in ("Nobody’s", "Nobody’s either"):
        made.add(sqlite_doors.cast, title=title)
    alice, violet = sqlite_doors.as_("alice"), sqlite_doors.as_("violet")
    given = {"name": "Without an owner", "query": "flag=unowned", "shared": False}
    slug = alice.post(f"{PLAN}/views", json=given).json()["slug"]
    for address in (ACTIONS, f"{PLAN}/actions.csv"):
        assert "Owned" in violet.get(address).text
        shown = alice.get(address, params={"view": slug})
        assert (shown.status_code, "Owned" in shown.text, "either" in shown.text) == (200, False, True)
        answer = violet.get(address, params={"view": slug})
        said = f"There is no saved view “{slug}”, or it is no longer shared with you."
        assert (answer.status_code, answer.json()["detail"]) == (422, said)
    first = page(alice, ACTIONS, view=slug, limit=1)
    held = {"If-None-Match": alice.get(ACTIONS, params={"view": slug}).headers["etag"]}
    assert alice.patch(f"{PLAN}/views/{slug}", json={"query": "q=owned"}).status_code == 200
    assert "Owned" in alice.get(ACTIONS, params={"view": slug}, headers=held).text
    assert refused(alice, ACTIONS, first["next"], view=slug).startswith("This cursor is of another list.")


def test_the_table_of_actions_takes_the_filters_of_their_list(sqlite_doors: Doors) -> None:
    made.add(sqlite_doors.cast, title="Owned", accountable_person=sqlite_doors.cast.email("owen"))
    made.add(sqlite_doors.cast, title="Nobody’s")
    client, here = sqlite_doors.token(TokenScope.read), f"{PLAN}/actions.csv"
    assert len(client.get(here).text.splitlines()) == 3
    [_head, row] = client.get(here, params={"flag": "unowned"}).text.splitlines()
    assert "Nobody’s" in row
    answer = client.get(here, params={"rating": "pink"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/rating")
