"""Saved views of the tracker: one's own and shared, by address and by role, on both databases."""

import re
from typing import Any

import pytest

from tests.actions.made_plan import add
from tests.support.cast import Cast
from tests.support.doors import Doors

BASE = "/plans/alpha/actions"
API = "/api/v1/plans/alpha/views"


def refs(html: str) -> list[str]:
    return re.findall(r'<tbody class="action[^"]*" id="([^"]+)"', html)


def three(cast: Cast) -> None:
    add(cast, accountable_person=cast.email("owen"))
    add(cast, accountable_person=cast.email("olga"))
    add(cast, priority="2", accountable_person=cast.email("owen"))


def saved(doors: Doors, who: str = "owen", **given: Any) -> dict[str, Any]:
    answer = doors.as_(who).post(API, json={"name": "Owen's, by owner"} | given)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_it_opens_a_view_by_its_address(doors: Doors) -> None:
    three(doors.cast)
    made = saved(doors, query="owner=owen@aaa.example&group=owner")
    assert (made["slug"], made["mine"], made["shared"]) == ("owen-s-by-owner", True, False)
    owen = doors.as_("owen")
    page = owen.get(f"{BASE}?view={made['slug']}").text
    assert refs(page) == ["1.1", "2.1"]
    assert "Owen&#39;s, by owner" in page
    assert refs(owen.get(f"{BASE}?view={made['slug']}&owner=olga@aaa.example").text) == ["1.2"], "the address wins"


def test_it_keeps_ones_own_view_from_others(doors: Doors) -> None:
    three(doors.cast)
    slug = saved(doors, query="priority=2")["slug"]
    for name in ("alice", "carol", "violet", "adam"):
        client = doors.as_(name)
        assert client.get(API).json()["items"] == []
        page = client.get(f"{BASE}?view={slug}").text
        assert refs(page) == ["1.1", "1.2", "2.1"]
        assert f"There is no saved view “{slug}”, or it is no longer shared with you. All actions are shown." in page
        narrowed = client.get(f"{BASE}?view={slug}&priority=2").text
        assert "no longer shared with you.</p>" in narrowed, "these are not all"
        assert client.patch(f"{API}/{slug}", json={"name": "Mine"}).status_code == 404
        assert client.delete(f"{API}/{slug}").status_code == 404
    assert doors.as_("oscar").get(API).status_code == 404
    assert doors.as_("oscar").post(API, json={"name": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("alice", 201), ("carol", 201), ("edith", 201), ("owen", 403), ("violet", 403), ("victor", 403), ("pat", 403)],
)
def test_it_lets_office_chair_and_executives_share(sqlite_doors: Doors, who: str, status: int) -> None:
    given = {"name": "Reds", "query": "rating=red", "shared": True}
    assert sqlite_doors.as_(who).post(API, json=given).status_code == status
    seen = [v["slug"] for v in sqlite_doors.as_("violet").get(API).json()["items"]]
    assert seen == (["reds"] if status == 201 else [])


def test_it_changes_and_deletes_a_shared_view_for_those_who_share(doors: Doors) -> None:
    slug = saved(doors, "alice", name="Reds", query="rating=red", shared=True)["slug"]
    assert doors.as_("owen").patch(f"{API}/{slug}", json={"name": "Mine"}).status_code == 403
    assert doors.as_("owen").delete(f"{API}/{slug}").status_code == 403
    told = doors.as_("carol").patch(f"{API}/{slug}", json={"name": "All red", "query": "rating=red&sort=due"}).json()
    assert (told["slug"], told["name"], told["query"]) == ("reds", "All red", "rating=red&sort=due")
    owen = doors.as_("owen")
    assert owen.patch(f"{API}/{slug}", json={"is_default": True}).json()["is_default"]
    assert doors.as_("alice").patch(f"{API}/{slug}", json={"shared": False}).status_code == 200
    assert owen.get(BASE).status_code == 200, "a default that is no longer shared is forgotten"
    assert doors.as_("alice").delete(f"{API}/{slug}").status_code == 204
    assert doors.as_("alice").get(API).json()["items"] == []


def test_it_opens_with_the_readers_default_and_clears_to_all(doors: Doors) -> None:
    three(doors.cast)
    slug = saved(doors, query="priority=2", is_default=True)["slug"]
    owen = doors.as_("owen")
    first = owen.get(BASE)
    assert (first.status_code, first.headers["location"]) == (303, f"{BASE}?view={slug}")
    page = owen.get(first.headers["location"]).text
    assert refs(page) == ["2.1"]
    assert f'href="{BASE}?view=all"' in page
    assert refs(owen.get(f"{BASE}?view=all").text) == ["1.1", "1.2", "2.1"]
    assert doors.as_("alice").get(BASE).status_code == 200, "of one person alone"
    assert owen.patch(f"{API}/{slug}", json={"is_default": False}).json()["is_default"] is False
    assert owen.get(BASE).status_code == 200


def test_it_refuses_what_it_does_not_know_and_numbers_of_patients(sqlite_doors: Doors) -> None:
    owen = sqlite_doors.as_("owen")
    assert owen.post(API, json={"name": "x", "query": "rating=purple"}).status_code == 422
    assert owen.post(API, json={"name": "x", "query": "q=401+023+2137"}).status_code == 422
    assert owen.post(API, json={"name": ""}).status_code == 422
    saved(sqlite_doors, name="Reds", query="rating=red")
    assert owen.post(API, json={"name": "reds"}).status_code == 409
    replaced = owen.post(API, json={"name": "reds", "query": "rating=amber", "replace": True}).json()
    assert (replaced["slug"], replaced["query"]) == ("reds", "rating=amber")
    assert saved(sqlite_doors, "olga", name="Reds")["slug"] == "reds-2", "an address is one in the whole plan"
    assert saved(sqlite_doors, name="All")["slug"] == "all-2", "a word of the tracker's own is no address"


def test_it_reads_shared_views_by_token_and_saves_none(sqlite_doors: Doors) -> None:
    saved(sqlite_doors, "alice", name="Reds", query="rating=red", shared=True)
    token = sqlite_doors.token()
    assert [v["slug"] for v in token.get(API).json()["items"]] == ["reds"]
    assert token.post(API, json={"name": "x"}).status_code == 403
    assert token.delete(f"{API}/reds").status_code == 403


def test_it_saves_renames_and_deletes_on_its_page_without_a_script(doors: Doors) -> None:
    three(doors.cast)
    owen = doors.as_("owen")
    page = owen.get(f"{BASE}/views?priority=2&group=none").text
    assert 'name="query" value="priority=2&amp;group=none"' in page
    answer = owen.post(f"{BASE}/views", data={"name": "Second", "query": "priority=2&group=none", "is_default": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{BASE}?view=second")
    wrong = owen.post(f"{BASE}/views", data={"name": "Second", "query": "priority=1"})
    assert wrong.status_code == 409
    assert "You have a view “Second” already" in wrong.text
    assert 'value="priority=1"' in wrong.text, "what was to be saved is still there"
    assert owen.post(f"{BASE}/views/second", data={"name": "Workforce"}).status_code == 303
    listed = owen.get(f"{BASE}/views").text
    assert "Workforce" in listed
    assert "your tracker opens with it" in listed
    assert owen.post(f"{BASE}/views/second", data={"name": ""}).status_code == 422
    assert owen.post(f"{BASE}/views/second/remove").status_code == 303
    assert "No view has been saved yet" in owen.get(f"{BASE}/views").text
