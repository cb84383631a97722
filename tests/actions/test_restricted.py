"""What is restricted to named people: seen whole by them, counted by everybody, revealed to nobody else by any door."""

import csv
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.core import clock
from app.people.rules import TokenScope
from tests.actions import made_plan as made
from tests.support.cast import Cast
from tests.support.doors import Doors

API = "/api/v1/plans/alpha"
HERE = f"{API}/actions"
SECRETS = ("Wolverine", "Xylophone", "Yarrow", "Zeppelin")


def made_secret(cast: Cast) -> str:
    """An action whose words and parts all hold a secret, led by Owen."""
    return made.add(
        cast,
        title="Look into the Wolverine complaint",
        intended_outcome="Xylophone is put right",
        accountable_person=cast.email("owen"),
        due_date=clock.today() - timedelta(days=3),
        milestones=[{"title": "Yarrow is asked"}],
        commentary="Zeppelin was told",
    )


def restrict(client: TestClient, cast: Cast, ref: str, *names: str) -> Any:
    body = {"public_title": "A matter of staffing", "named": [cast.email(n) for n in names], "why": "About Wolverine"}
    return client.put(f"{HERE}/{ref}/restriction", json=body)


def addresses(ref: str) -> list[str]:
    day = clock.today().isoformat()
    return [
        f"{HERE}?limit=500", f"{HERE}/{ref}", f"{API}/changes?limit=500", f"{API}/actions.csv", f"{API}/updates.csv",
        f"{API}/decisions.csv", f"{API}/action-recommendations.csv", f"{API}/status", f"{API}/proposals",
        f"{HERE}?as_at={day}", f"{API}/updates.csv?as_at={day}",
        "/plans/alpha", "/plans/alpha/actions", f"/plans/alpha/actions/{ref}", "/plans/alpha/history",
        f"/plans/alpha/history?as_at={day}", f"/plans/alpha/actions/{ref}?as_at={day}", "/plans/alpha/decisions",
        f"/plans/alpha/actions?as_at={day}", "/plans/alpha/actions?group=owner", "/me",
    ]  # fmt: skip


def test_nobody_else_finds_a_word_of_it_at_any_address(doors: Doors) -> None:
    ref = made_secret(doors.cast)
    assert restrict(doors.as_("carol"), doors.cast, ref, "carol", "victor").status_code == 200
    readers = [doors.as_(name) for name in ("violet", "alice", "edith", "pat", "liam")]
    for reader in (*readers, doors.token(), doors.token(TokenScope.read)):
        for address in addresses(ref):
            answer = reader.get(address)
            told = [secret for secret in SECRETS if secret in answer.text]
            assert not told, f"{address} tells {told}"
        assert "A matter of staffing" in reader.get(f"{HERE}/{ref}").text
        assert reader.get(f"{HERE}/{ref}/history").status_code in (200, 404)


def test_the_people_who_are_named_and_who_do_it_see_it_whole(doors: Doors) -> None:
    ref = made_secret(doors.cast)
    restrict(doors.as_("carol"), doors.cast, ref, "carol", "victor")
    for name in ("carol", "victor", "owen"):
        page = doors.as_(name).get(f"/plans/alpha/actions/{ref}").text
        assert all(secret in page for secret in SECRETS), name
        assert "Restricted to 3 people." in page
    assert "Wolverine" in doors.as_("victor").get("/plans/alpha/actions?q=wolverine").text


def test_its_numbers_are_the_same_for_everybody(doors: Doors) -> None:
    ref = made_secret(doors.cast)
    before = doors.as_("violet").get(f"{API}/status").json()
    restrict(doors.as_("carol"), doors.cast, ref, "carol")
    inside, outside = (doors.as_(n).get(f"{API}/status").json() for n in ("carol", "violet"))
    assert inside == outside
    assert {**inside, "revision": 0} == {**before, "revision": 0}


@pytest.mark.parametrize(
    "asked", ["q=wolverine", "q=yarrow", "q=zeppelin", "owner=owen@aaa.example", "q=owen", "owner=none&q=wolverine"]
)
def test_no_filter_finds_it_by_what_is_hidden(sqlite_doors: Doors, asked: str) -> None:
    ref = made_secret(sqlite_doors.cast)
    restrict(sqlite_doors.as_("carol"), sqlite_doors.cast, ref, "carol")
    assert sqlite_doors.as_("violet").get(f"{HERE}?{asked}").json()["items"] == []
    overdue = sqlite_doors.as_("violet").get(f"{HERE}?flag=overdue").json()["items"]
    assert [each["ref"] for each in overdue] == [ref]


def test_who_is_not_named_changes_nothing_of_it(sqlite_doors: Doors) -> None:
    cast, office = sqlite_doors.cast, sqlite_doors.as_("alice")
    ref = made_secret(cast)
    revision = office.get(f"{HERE}/{ref}").json()["revision"]
    restrict(sqlite_doors.as_("carol"), cast, ref, "carol")
    writes = [
        office.patch(f"{HERE}/{ref}", json={"title": "Mine"}, headers={"If-Match": f'"{revision + 1}"'}),
        office.post(f"{HERE}/{ref}/update", json={"commentary": "Mine"}),
        office.post(f"{HERE}/{ref}/proposals", json={"move": "descoped", "why": "Mine"}),
        restrict(office, cast, ref, "alice"),
        office.post(f"{HERE}/{ref}/restriction/end", json={"why": "Mine"}),
        sqlite_doors.token().patch(f"{HERE}/{ref}", json={"title": "x"}, headers={"If-Match": f'"{revision + 1}"'}),
    ]
    assert {answer.status_code for answer in writes} == {403}
    assert "restricted to named people" in writes[0].json()["detail"]


def test_only_the_office_and_the_chair_restrict(sqlite_doors: Doors) -> None:
    ref = made_secret(sqlite_doors.cast)
    for name in ("violet", "owen", "edith", "victor", "pat"):
        assert restrict(sqlite_doors.as_(name), sqlite_doors.cast, ref, name).status_code == 403, name
    assert restrict(sqlite_doors.as_("oscar"), sqlite_doors.cast, ref, "oscar").status_code == 404
    assert restrict(sqlite_doors.token(), sqlite_doors.cast, ref, "alice").status_code == 403


def test_whoever_restricts_is_named_too(sqlite_doors: Doors) -> None:
    ref = made_secret(sqlite_doors.cast)
    refused = restrict(sqlite_doors.as_("carol"), sqlite_doors.cast, ref, "victor")
    assert refused.status_code == 422
    assert "Choose yourself too" in refused.text
    nobody = restrict(sqlite_doors.as_("carol"), sqlite_doors.cast, ref)
    assert "Choose the people who may see it." in nobody.text


def test_the_feed_tells_of_its_dates_and_stage_and_of_nothing_else(doors: Doors) -> None:
    ref = made_secret(doors.cast)
    restrict(doors.as_("carol"), doors.cast, ref, "carol")
    items = doors.as_("violet").get(f"{API}/changes?limit=500").json()["items"]
    mine = [each for each in items if each["ref"] == ref]
    assert mine
    assert {each["entity"] for each in mine} == {"action"}
    assert all(each["actor"] == "" and each["why"] is None and each["act"] == "action.changed" for each in mine)
    assert not any({"title", "accountable_person", "intended_outcome"} & set(each["changes"]) for each in mine)


def test_the_next_owner_sees_what_is_handed_over(sqlite_doors: Doors) -> None:
    cast, chair = sqlite_doors.cast, sqlite_doors.as_("alice")
    ref = made_secret(cast)
    restrict(chair, cast, ref, "alice")
    etag = chair.get(f"{HERE}/{ref}").headers["etag"]
    body = {"accountable_person": cast.email("olga"), "why": "Owen is away"}
    assert chair.patch(f"{HERE}/{ref}", json=body, headers={"If-Match": etag}).status_code == 200
    assert "Wolverine" in sqlite_doors.as_("olga").get(f"{HERE}/{ref}").text


def test_it_is_opened_again_with_a_reason(sqlite_doors: Doors) -> None:
    cast, chair = sqlite_doors.cast, sqlite_doors.as_("carol")
    ref = made_secret(cast)
    restrict(chair, cast, ref, "carol")
    assert "Wolverine" not in sqlite_doors.as_("violet").get("/plans/alpha/actions").text
    page = chair.post(f"/plans/alpha/actions/{ref}/restriction/end", data={"why": "It is settled"})
    assert page.status_code == 303, page.text
    assert "Wolverine" in sqlite_doors.as_("violet").get("/plans/alpha/actions").text
    assert sqlite_doors.as_("violet").get(f"{HERE}/{ref}/restriction").status_code == 404


def test_one_update_is_restricted_while_the_action_is_read_by_all(doors: Doors) -> None:
    ref = made_secret(doors.cast)
    chair = doors.as_("carol")
    form = chair.get(f"/plans/alpha/actions/{ref}").text
    update = form.split("restriction?update=")[1].split('"')[0]
    asked = {"public_title": "An update", "named": [doors.cast.email("carol")], "why": "It names somebody"}
    answer = chair.post(f"/plans/alpha/actions/{ref}/restriction?update={update}", data=asked)
    assert answer.status_code == 303, answer.text
    viewer = doors.as_("violet")
    for address in addresses(ref):
        assert "Zeppelin" not in viewer.get(address).text, address
    assert "Wolverine" in viewer.get(f"/plans/alpha/actions/{ref}").text
    assert "Zeppelin" in doors.as_("carol").get(f"/plans/alpha/actions/{ref}").text


def test_the_form_keeps_what_was_typed_when_it_is_refused(sqlite_doors: Doors) -> None:
    ref = made_secret(sqlite_doors.cast)
    chair = sqlite_doors.as_("carol")
    page = chair.post(f"/plans/alpha/actions/{ref}/restriction", data={"public_title": "A matter", "why": "Private"})
    assert page.status_code == 422
    assert "Choose the people who may see it." in page.text
    assert 'value="A matter"' in page.text


UNTRUE = (
    '<span class="one">No owner', "No accountable person", "No lead executive", "Nothing has been reported yet",
    "There is none.", "No question is asked", "Nothing is recorded", "<dt>Accountable person", "<dt>Contributors",
)  # fmt: skip


def test_no_page_says_that_there_is_nothing_where_it_is_hidden(sqlite_doors: Doors) -> None:
    ref = made_secret(sqlite_doors.cast)
    restrict(sqlite_doors.as_("carol"), sqlite_doors.cast, ref, "carol")
    violet, today = sqlite_doors.as_("violet"), clock.today().isoformat()
    for address in (f"actions/{ref}", "actions?group=owner", "actions?group=executive", f"actions/{ref}?as_at={today}"):
        page = violet.get(f"/plans/alpha/{address}").text
        assert "Restricted to named people" in page, address
        assert [words for words in UNTRUE if words in page] == [], address


def test_nobody_is_told_that_it_has_no_owner(doors: Doors) -> None:
    ref = made_secret(doors.cast)
    restrict(doors.as_("carol"), doors.cast, ref, "carol")
    violet, carol = doors.as_("violet"), doors.as_("carol")
    assert violet.get(f"{HERE}?owner=none").json()["items"] == []
    assert violet.get(f"{HERE}?executive=none").json()["items"] == []
    assert [a["ref"] for a in carol.get(f"{HERE}?executive=none").json()["items"]] == [ref]
    reasons = violet.get(f"{HERE}/{ref}").json()["rating_reasons"]
    assert reasons == carol.get(f"{HERE}/{ref}").json()["rating_reasons"]
    assert "A5" not in [reason["code"] for reason in reasons]


def test_programs_are_told_that_it_is_concealed_from_them(sqlite_doors: Doors) -> None:
    ref = made_secret(sqlite_doors.cast)
    restrict(sqlite_doors.as_("carol"), sqlite_doors.cast, ref, "carol")
    for name, is_concealed in (("violet", True), ("carol", False)):
        reader = sqlite_doors.as_(name)
        told = reader.get(f"{HERE}/{ref}").json()
        assert (told["concealed"], told["accountable_person"] is None) == (is_concealed, is_concealed)
        assert reader.get(f"{HERE}?limit=500").json()["items"][0]["concealed"] is is_concealed
        [row] = csv.DictReader(reader.get(f"{API}/actions.csv").text.splitlines())
        assert (row["concealed"], row["accountable_person"] == "") == (str(is_concealed).lower(), is_concealed)
