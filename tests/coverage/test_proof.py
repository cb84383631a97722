"""How good the proof of each recommendation is: the same on the page and for programs, without what is not for all."""

from typing import Any

from starlette.testclient import TestClient

from tests.coverage.made import ASSURED, DELIVERED, answer, publish
from tests.evidence.made import day, review, submit
from tests.support.doors import Doors

API = "/api/v1/plans/alpha/coverage?framework=aaa_first"


def proofs(reader: TestClient) -> list[Any]:
    return [item["proof"] for item in reader.get(API).json()["items"]]


def words(reader: TestClient) -> list[str]:
    return [proof["words"] if proof else "" for proof in proofs(reader)]


def test_it_says_what_is_accepted_and_what_has_none(doors: Doors) -> None:
    cast, violet = doors.cast, doors.as_("violet")
    publish(cast)
    answer(cast, "1.01", {"aaa_first:1": True}, **DELIVERED)
    answer(cast, "1.02", {"aaa_first:2": True}, **ASSURED)
    answer(cast, "1.03", {"aaa_first:3": True})
    assert words(violet) == ["Delivered, none accepted", "Assured without accepted evidence", "", ""]
    submit(cast, actions=["1.01"])
    assert words(violet)[0] == "Delivered, none accepted"
    review(cast, "E1", strength="strong", why="Sound.")
    submit(cast, actions=["1.01"], dated_on=day(-9).isoformat())
    review(cast, "E2", strength="limited", why="Small.")
    page = violet.get("/plans/alpha/recommendations").text
    [first, second, third, _fourth] = proofs(violet)
    assert (first["accepted"], first["to"], first["without"]) == (2, day(-1).isoformat(), [])
    assert first["by_strength"] == {"strong": 1, "moderate": 0, "limited": 1}
    assert first["words"].startswith("2 accepted, 1 strong, 1 limited, up to ")
    assert (second["accepted"], second["without"], third) == (0, ["1.02"], None)
    assert [page.count(f">{said}</td></tr></tbody>") for said in words(violet)] == [1, 1, 2, 2]


def test_an_item_that_serves_two_actions_counts_once_and_the_bare_one_is_named(sqlite_doors: Doors) -> None:
    cast, violet = sqlite_doors.cast, sqlite_doors.as_("violet")
    publish(cast)
    for ref in ("1.01", "1.02", "1.03"):
        answer(cast, ref, {"aaa_first:1": True}, **DELIVERED)
    submit(cast, actions=["1.01", "1.02"])
    review(cast, "E1", strength="strong", why="Sound.")
    found = proofs(violet)[0]
    assert (found["accepted"], found["without"]) == (1, ["1.03"])
    assert found["words"].startswith("1 accepted, strong, up to ")
    assert found["words"].endswith("; none accepted for 1.03")
    assert "flag=unproven" in violet.get("/plans/alpha/coverage").text
    assert "No accepted proof" in violet.get("/plans/alpha/recommendations?flag=unproven").text


def test_confidential_and_restricted_evidence_counts_and_tells_no_more(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    publish(cast)
    for n in (1, 2, 3):
        answer(cast, f"1.0{n}", {f"aaa_first:{n}": True}, **DELIVERED)
    submit(cast, actions=["1.01"], confidential=True, public_summary="An audit")
    submit(cast, actions=["1.02"])
    submit(cast, actions=["1.03"])
    for ref in ("E1", "E2", "E3"):
        review(cast, ref, strength="strong", why="Sound.")
    given = {"public_title": "Withheld", "named": [cast.email("carol")], "why": "An inquiry"}
    for address in ("evidence/E2", "actions/1.03"):
        answered = sqlite_doors.as_("carol").put(f"/api/v1/plans/alpha/{address}/restriction", json=given)
        assert answered.status_code == 200, answered.text
    for name in ("violet", "carol", "owen"):
        assert words(sqlite_doors.as_(name))[:3] == ["1 accepted"] * 3, name
    assert sqlite_doors.as_("oscar").get(API).status_code == 404
