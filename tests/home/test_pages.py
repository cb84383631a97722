"""The first page, and what is open to all."""

import pytest

from app.core.idempotency import write_note
from app.people.rules import MADE_BY_DEMO
from tests.support.cast import MAKER
from tests.support.doors import Doors


def test_it_lists_the_plans_one_may_read_with_their_state(doors: Doors) -> None:
    for name, shown in (("alice", True), ("liam", True), ("oscar", False), ("nora", False)):
        text = doors.as_(name).get("/", follow_redirects=True).text
        assert ("Alpha maternity improvement plan" in text) is shown, name
    assert "Live" in doors.as_("alice").get("/").text
    assert "no plan you may read" in doors.as_("nora").get("/").text


@pytest.mark.parametrize("address", ["/", "/frameworks", "/organisations"])
def test_a_list_of_today_does_not_pass_for_one_of_a_past_day(sqlite_doors: Doors, address: str) -> None:
    text = sqlite_doors.as_("violet").get(f"{address}?as_at=2024-05-01").text
    assert "This page is of today." in text
    assert "Plans that you open from here show 1 May 2024." in text
    assert "You are looking at" not in text
    assert "You are looking at" in sqlite_doors.as_("violet").get("/me?as_at=2024-05-01").text


def test_it_takes_an_owner_of_one_plan_straight_to_it(sqlite_doors: Doors) -> None:
    answer = sqlite_doors.as_("owen").get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/plans/alpha/actions")


@pytest.mark.parametrize("name", ["edith", "victor", "violet"])
def test_it_takes_everybody_else_of_one_plan_to_where_it_stands(sqlite_doors: Doors, name: str) -> None:
    answer = sqlite_doors.as_(name).get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/plans/alpha")


def test_it_takes_nobody_anywhere_while_a_past_day_is_asked_for(sqlite_doors: Doors) -> None:
    assert sqlite_doors.as_("violet").get("/?as_at=2024-05-01").status_code == 200


def test_it_leads_office_and_administrators_through_a_new_installation(sqlite_doors: Doors) -> None:
    alice = sqlite_doors.as_("alice").get("/").text
    assert "Set up this tracker" in alice
    assert 'href="/frameworks"' in alice
    assert 'href="/admin/accounts/new"' not in alice
    assert "Set up this tracker" not in sqlite_doors.as_("violet").get("/").text
    sqlite_doors.as_("alice").post("/frameworks/load")
    assert "Set up this tracker" not in sqlite_doors.as_("alice").get("/").text


@pytest.mark.parametrize("address", ["/help", "/about", "/accessibility", "/healthz", "/readyz"])
def test_it_opens_to_anybody(sqlite_doors: Doors, address: str) -> None:
    assert sqlite_doors.anybody().get(address).status_code == 200


def test_it_names_the_version_the_licences_and_the_publications(sqlite_doors: Doors) -> None:
    sqlite_doors.as_("alice").post("/frameworks/load")
    text = sqlite_doors.anybody().get("/about").text
    for words in ("MIT", "0BSD", "NHS.UK frontend", "fastapi", "Ockenden final report (2022)", "Open Government"):
        assert words in text


def test_it_shows_the_kit_in_the_demonstration_only(sqlite_doors: Doors) -> None:
    assert sqlite_doors.anybody().get("/help/kit").status_code == 404
    with sqlite_doors.cast.database.write(MAKER) as tx:
        write_note(tx, MADE_BY_DEMO, "yes")
    assert sqlite_doors.anybody().get("/help/kit").status_code == 200
