"""The programs' door to actions."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.people.rules import TokenScope
from tests.actions import made_plan as made
from tests.support.cast import Cast
from tests.support.doors import Doors

HERE = "/api/v1/plans/alpha/actions"
NEW = {"title": "Train the midwives", "priority": "1"}


def match(client: TestClient, ref: str) -> dict[str, str]:
    return {"If-Match": client.get(f"{HERE}/{ref}").headers["etag"]}


def test_it_adds_an_action_and_says_where(doors: Doors) -> None:
    answer = doors.token().post(HERE, json=NEW | {"due_date": "2027-03-31", "commentary": "Begun"})
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"{HERE}/1.1"
    assert answer.headers["etag"].startswith(f'"{answer.json()["revision"]}.')
    found = answer.json()
    assert (found["ref"], found["due_date"], found["original_due_date"]) == ("1.1", "2027-03-31", "2027-03-31")
    assert (found["latest_update"]["commentary"], found["latest_update"]["by"]) == ("Begun", "write token")
    assert set(found["latest_update"]) == {"at", "by", "for", "commentary", "forecast", "help_needed"}


@pytest.mark.parametrize("who", ["violet", "owen", "connie", "mina"])
def test_those_who_may_not_add_are_told_so(sqlite_doors: Doors, who: str) -> None:
    assert sqlite_doors.as_(who).post(HERE, json=NEW).status_code == 403


def test_a_stranger_finds_no_plan(doors: Doors) -> None:
    ref = made.add(doors.cast)
    for client in (doors.as_("oscar"), doors.token(organisation="BBB")):
        for answer in (
            client.get(HERE),
            client.get(f"{HERE}/{ref}"),
            client.post(HERE, json=NEW),
            client.patch(f"{HERE}/{ref}", json={"title": "Mine"}, headers={"If-Match": '"1"'}),
            client.post(f"{HERE}/{ref}/update", json={"commentary": "Mine"}),
        ):
            assert answer.status_code == 404, answer.text
            assert answer.json()["detail"] == "There is no plan “alpha”, or you may not see it."


def test_a_read_token_reads_and_writes_nothing(doors: Doors) -> None:
    ref = made.add(doors.cast)
    client = doors.token(TokenScope.read)
    assert client.get(f"{HERE}/{ref}").status_code == 200
    assert client.post(HERE, json=NEW).status_code == 403
    assert client.patch(f"{HERE}/{ref}", json={"title": "x"}, headers={"If-Match": '"1"'}).status_code == 403
    assert client.post(f"{HERE}/{ref}/update", json={"commentary": "x"}).status_code == 403


def test_it_lists_in_pages_that_lead_on(doors: Doors) -> None:
    for number in range(5):
        made.add(doors.cast, title=f"Number {number}")
    client = doors.token(TokenScope.read)
    first = client.get(HERE, params={"limit": 2, "sort": "-ref"})
    assert [a["ref"] for a in first.json()["items"]] == ["1.5", "1.4"]
    assert 'rel="next"' in first.headers["link"]
    second = client.get(first.headers["link"].partition(">")[0][1:])
    assert [a["ref"] for a in second.json()["items"]] == ["1.3", "1.2"]
    last = client.get(HERE, params={"limit": 2, "sort": "-ref", "cursor": second.json()["next"]})
    assert ([a["ref"] for a in last.json()["items"]], last.json()["next"]) == (["1.1"], None)
    assert "link" not in last.headers
    assert set(last.json()) == {"items", "next", "as_at", "revision"}


def test_it_filters_as_the_page_does(doors: Doors) -> None:
    made.add(doors.cast, title="Midwives", accountable_person=doors.cast.email("owen"))
    made.add(doors.cast, title="Theatre", priority="2")
    client = doors.token(TokenScope.read)
    assert [a["ref"] for a in client.get(HERE, params={"q": "midwife"}).json()["items"]] == ["1.1"]
    assert [a["ref"] for a in client.get(HERE, params={"flag": "unowned"}).json()["items"]] == ["2.1"]
    assert [a["ref"] for a in client.get(f"{HERE}?priority=1&priority=2").json()["items"]] == ["1.1", "2.1"]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("rating=purple", "/rating"),
        ("sort=colour", "/sort"),
        ("due_before=soon", "/due_before"),
        ("colour=red", "/colour"),
        ("limit=0", "/limit"),
        ("cursor=x", "/cursor"),
        ("as_at=2999-01-01", "/as_at"),
        ("as_at=2090-01-01", "/as_at"),
        ("q=%00", "/q"),
    ],
)
def test_it_names_the_parameter_that_is_wrong(sqlite_doors: Doors, query: str, pointer: str) -> None:
    answer = sqlite_doors.as_("violet").get(f"{HERE}?{query}")
    assert answer.status_code == 422, answer.text
    assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]


def test_it_answers_304_until_something_changes(doors: Doors) -> None:
    ref = made.add(doors.cast)
    client = doors.token(TokenScope.read)
    for address in (HERE, f"{HERE}/{ref}"):
        held = {"If-None-Match": client.get(address).headers["etag"]}
        assert client.get(address, headers=held).status_code == 304
        made.update(doors.cast, ref, commentary="News")
        assert client.get(address, headers=held).status_code == 200


def test_another_reader_has_another_etag(sqlite_doors: Doors) -> None:
    one, two = sqlite_doors.as_("violet"), sqlite_doors.as_("alice")
    assert one.get(HERE).headers["etag"] != two.get(HERE).headers["etag"]


def test_it_changes_only_what_is_sent(doors: Doors) -> None:
    ref = made.add(doors.cast, intended_outcome="All are trained", regulatory=True)
    client = doors.token()
    answer = client.patch(f"{HERE}/{ref}", json={"title": "Train all midwives"}, headers=match(client, ref))
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["title"], found["intended_outcome"], found["regulatory"]) == (
        "Train all midwives",
        "All are trained",
        True,
    )
    assert answer.headers["etag"] == client.get(f"{HERE}/{ref}").headers["etag"]


def test_it_wants_the_version_that_was_read(doors: Doors) -> None:
    ref = made.add(doors.cast)
    client = doors.token()
    held = match(client, ref)
    assert client.patch(f"{HERE}/{ref}", json={"title": "x"}).status_code == 428
    made.update(doors.cast, ref, commentary="News")
    stale = client.patch(f"{HERE}/{ref}", json={"title": "x"}, headers=held)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    bare = {"If-Match": str(client.get(f"{HERE}/{ref}").json()["revision"])}
    assert client.patch(f"{HERE}/{ref}", json={"title": "x"}, headers=bare).status_code == 200


def test_a_report_in_a_patch_becomes_an_update(doors: Doors) -> None:
    ref = made.add(doors.cast, accountable_person=doors.cast.email("owen"))
    client = doors.as_("owen")
    given = {"progress": "at_risk", "commentary": "Two trainers left", "help_needed": "A trainer"}
    answer = client.patch(f"{HERE}/{ref}", json=given, headers=match(client, ref))
    assert answer.status_code == 200, answer.text
    assert answer.json()["progress"] == "at_risk"
    assert "A13" in [r["code"] for r in answer.json()["rating_reasons"]]
    assert answer.json()["latest_update"]["help_needed"] == "A trainer"
    assert len(client.get(f"{HERE}/{ref}/updates").json()) == 1


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"stage": "delivered"}, "/stage"),
        ({"rating": "green"}, "/rating"),
        ({"ref": "9"}, "/ref"),
        ({"slips": 0}, "/slips"),
        ({"completion_date": "2026-01-01"}, "/completion_date"),
        ({"evidence_by_date": "2026-01-01"}, "/evidence_by_date"),
        ({"retest_date": "2026-01-01"}, "/retest_date"),
        ({"original_due_date": "2026-01-01"}, "/original_due_date"),
        ({"due_date": "2028-01-01"}, "/due_date"),
        ({"due_date": None}, "/due_date"),
        ({"regulator_date": "2028-01-01"}, "/regulator_date"),
        ({"progress": "complete", "commentary": "Done"}, "/progress"),
        ({"progress": "at_risk"}, "/commentary"),
        ({"title": ""}, "/title"),
        ({"title": None}, "/title"),
        ({"title": "a" * 301}, "/title"),
        ({"title": "a\0b"}, "/title"),
        ({"title": "a\ud800"}, "/title"),
        ({"title": "401 023 2137"}, "/title"),
        ({"start_date": "31/02/2026"}, "/start_date"),
        ({"start_date": "3026-01-01"}, "/start_date"),
        ({"start_date": "2030-01-01"}, "/start_date"),
        ({"start_date": "next week"}, "/start_date"),
        ({"last_chased_on": "2099-01-01"}, "/last_chased_on"),
        ({"priority": "9"}, "/priority"),
        ({"accountable_person": "olive@bbb.example"}, "/accountable_person"),
        ({"accountable_person": "nobody"}, "/accountable_person"),
        ({"organisation": "BBB"}, "/organisation"),
        ({"organisation": "ZZZ"}, "/organisation"),
        ({"depends_on": ["9.9"]}, "/depends_on/0"),
        ({"recommendations": ["ockenden_2022:99"]}, "/recommendations/0"),
        ({"milestones": [{"title": "x", "done_on": "2099-01-01"}]}, "/milestones/0/done_on"),
        ({"regulatory": None}, "/regulatory"),
    ],
)
def test_it_names_the_field_that_cannot_be_taken(sqlite_doors: Doors, given: dict[str, Any], pointer: str) -> None:
    import json

    ref = made.add(sqlite_doors.cast, due_date="2027-01-01", regulatory=True, regulator_date="2027-01-01")
    client = sqlite_doors.token()
    held = match(client, ref)
    before = client.get(f"{HERE}/{ref}").json()
    body = json.dumps(given)
    answer = client.patch(f"{HERE}/{ref}", content=body, headers=held | {"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]
    assert answer.json()["errors"][0]["message"].endswith(".")
    assert client.get(f"{HERE}/{ref}").json() == before


@pytest.mark.parametrize("body", ["{", "[]", "null", '{"title": 1, "priority": "1"}', '"x"', ""])
def test_a_malformed_body_is_a_problem_not_a_fault(sqlite_doors: Doors, body: str) -> None:
    answer = sqlite_doors.token().post(HERE, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_accents_and_emoji_are_kept_exactly_and_markup_is_text(doors: Doors) -> None:
    title = "Gofal mamolaeth ŵ ŷ 👩🏽‍🍼 <b>bold</b>"
    client = doors.token()
    assert client.post(HERE, json=NEW | {"title": title}).json()["title"] == title
    assert client.get(HERE).json()["items"][0]["title"] == title


def test_a_reference_that_exists_already_is_named(doors: Doors) -> None:
    client = doors.token()
    assert client.post(HERE, json=NEW | {"ref": "MD3"}).status_code == 201
    again = client.post(HERE, json=NEW | {"ref": "md3"})
    assert (again.status_code, again.json()["code"]) == (409, "ref_taken")
    assert "md3" in again.json()["detail"]


@pytest.mark.parametrize("ref", ["9.9", "%00", "a" * 200, "%F0%9F%98%80", "..%2f1"])
def test_an_action_that_is_not_there_is_not_found(doors: Doors, ref: str) -> None:
    client = doors.token()
    assert client.get(f"{HERE}/{ref}").status_code == 404
    assert client.post(f"{HERE}/{ref}/update", json={"commentary": "x"}).status_code == 404


def test_the_partners_office_writes_its_own_actions_only(doors: Doors) -> None:
    cast = doors.cast
    theirs = made.add(cast, "pat", title="Theirs")
    ours = made.add(cast, title="Ours")
    pat = doors.as_("pat")
    assert pat.get(f"{HERE}/{theirs}").json()["organisation"] == "PPP"
    assert pat.patch(f"{HERE}/{theirs}", json={"title": "x"}, headers=match(pat, theirs)).status_code == 200
    assert pat.patch(f"{HERE}/{ours}", json={"title": "x"}, headers=match(pat, ours)).status_code == 403
    assert pat.post(HERE, json=NEW | {"organisation": "AAA"}).status_code == 403
    given_away = pat.patch(f"{HERE}/{theirs}", json={"organisation": "AAA"}, headers=match(pat, theirs))
    assert given_away.status_code == 403


def test_a_draft_is_the_persons_own_and_holds_no_nhs_number(doors: Doors) -> None:
    ref = made.add(doors.cast, accountable_person=doors.cast.email("owen"))
    owen, alice = doors.as_("owen"), doors.as_("alice")
    address = f"{HERE}/{ref}/draft"
    assert owen.get(address).json() == {}
    assert owen.put(address, json={"commentary": "Half wri"}).status_code == 204
    assert owen.put(address, json={"commentary": "Half written", "progress": "at_risk"}).status_code == 204
    refused = owen.put(address, json={"commentary": "NHS 401 023 2137"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/commentary")
    assert owen.get(address).json() == {"commentary": "Half written", "progress": "at_risk"}
    assert alice.get(address).json() == {}
    assert doors.token().put(address, json={"commentary": "x"}).status_code == 403
    assert owen.delete(address).status_code == 204
    assert owen.get(address).json() == {}


def test_saving_the_update_ends_the_draft(doors: Doors) -> None:
    ref = made.add(doors.cast, accountable_person=doors.cast.email("owen"))
    owen = doors.as_("owen")
    owen.put(f"{HERE}/{ref}/draft", json={"commentary": "Half written"})
    assert owen.post(f"{HERE}/{ref}/update", json={"commentary": "Whole"}).status_code == 200
    assert owen.get(f"{HERE}/{ref}/draft").json() == {}


def test_the_list_says_the_same_as_the_single_answers(doors: Doors, cast: Cast) -> None:
    made.framework(cast)
    first = made.add(cast, recommendations=["ockenden_2022:1.1"], milestones=[{"title": "One"}], commentary="News")
    made.add(cast, depends_on=[first], external_lead=True, external_contact="Jo")
    client = doors.token(TokenScope.read)
    items = client.get(HERE).json()["items"]
    assert [client.get(f"{HERE}/{a['ref']}").json() for a in items] == items
