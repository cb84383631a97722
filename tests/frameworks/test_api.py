"""The programs' door to the library."""

import pytest

from app.people.rules import TokenScope
from tests.support.doors import Doors


@pytest.fixture
def library(doors: Doors) -> Doors:
    doors.as_("alice").post("/frameworks/load")
    return doors


def test_it_lists_publications_in_pages(library: Doors) -> None:
    program = library.token(TokenScope.read)
    first = program.get("/api/v1/frameworks", params={"limit": 25}).json()
    assert len(first["items"]) == 25
    assert set(first) == {"items", "next", "as_at", "revision"}
    rest = program.get("/api/v1/frameworks", params={"limit": 25, "cursor": first["next"]}).json()
    assert (len(rest["items"]), rest["next"]) == (5, None)


def test_it_gives_recommendations_with_their_links(library: Doors) -> None:
    told = library.token(TokenScope.read).get("/api/v1/frameworks/ockenden_2022").json()
    assert len(told["items"]) == 107
    items = {i["ref"]: i for i in told["items"]}
    assert (items["1.2"]["parent"], items["1.2"]["is_leaf"], items["1"]["is_leaf"]) == ("1", True, False)
    assert {"ref", "title", "parent", "summary", "applies_to", "provenance", "is_leaf", "links"} <= set(items["1"])
    [link] = [x for x in items["1"]["links"] if x["to"] == "maternity_incentive_scheme:SA4"]
    assert (link["basis"], link["counts"], link["accepted"]) == ("editorial", False, None)


def test_it_takes_the_offices_word_and_nobody_elses(library: Doors) -> None:
    office, reader = library.as_("alice"), library.as_("violet")
    told = office.get("/api/v1/frameworks/ockenden_2022").json()
    link = next(x for i in told["items"] for x in i["links"] if x["basis"] == "editorial")
    address = f"/api/v1/frameworks/ockenden_2022/links/{link['id']}/ruling"
    assert reader.put(address, json={"accepted": True}).status_code == 403
    assert office.put(address, json={"accepted": True, "colour": 1}).status_code == 422
    done = office.put(address, json={"accepted": True}).json()
    assert next(x for i in done["items"] for x in i["links"] if x["id"] == link["id"])["counts"] is True
    assert office.put(address.replace("links/", "links/0"), json={"accepted": True}).status_code == 422


def test_no_token_makes_or_rules_on_or_removes_a_link(library: Doors) -> None:
    program = library.token(TokenScope.write)
    told = program.get("/api/v1/frameworks/ockenden_2022").json()
    link = next(x for i in told["items"] for x in i["links"] if x["basis"] == "editorial")
    given = {"recommendation": "ockenden_2022:1.1", "other": "maternity_incentive_scheme:SA4", "kind": "same"}
    for answer in (
        program.put(f"/api/v1/frameworks/ockenden_2022/links/{link['id']}/ruling", json={"accepted": True}),
        program.post("/api/v1/frameworks/links", json=given | {"why": "One rota"}),
        program.delete(f"/api/v1/frameworks/links/{link['id']}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "people_only")
        assert "A token cannot do it." in answer.json()["detail"]
    assert program.get("/api/v1/frameworks/ockenden_2022").json() == told


def test_loading_again_tells_nought(library: Doors) -> None:
    told = library.token(TokenScope.write).post("/api/v1/frameworks/load").json()
    assert told == {"frameworks": 0, "added": 0, "changed": 0, "withdrawn": 0, "links": 0}
    assert library.token(TokenScope.read).post("/api/v1/frameworks/load").status_code == 403
    assert library.token(TokenScope.read).get("/api/v1/frameworks/nothing").status_code == 404
