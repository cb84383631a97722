"""The programs' door to organisations."""

from tests.support.doors import Doors

NEW = {"code": "CCC", "name": "Ceredigion", "kind": "health_board", "nation": "Wales"}


def test_it_lists_organisations_to_anybody_who_is_signed_in(doors: Doors) -> None:
    answer = doors.as_("violet").get("/api/v1/organisations")
    assert answer.status_code == 200, answer.text
    assert [o["code"] for o in answer.json()["items"]] == ["AAA", "LLL", "BBB", "PPP"]
    assert answer.json()["next"] is None


def test_it_asks_who_is_there_first(doors: Doors) -> None:
    answer = doors.anybody().get("/api/v1/organisations")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Basic" in answer.headers["www-authenticate"]


def test_it_lets_an_administrator_add_one_and_nobody_else(doors: Doors) -> None:
    assert doors.as_("alice").post("/api/v1/organisations", json=NEW).status_code == 403
    assert doors.token().post("/api/v1/organisations", json=NEW).status_code == 403
    assert doors.as_("adam").post("/api/v1/organisations", json=NEW).status_code == 201
    again = doors.as_("oscar").get("/api/v1/organisations/CCC")
    assert again.json()["name"] == "Ceredigion"


def test_it_names_the_field_that_is_wrong(doors: Doors) -> None:
    answer = doors.as_("adam").post("/api/v1/organisations", json=NEW | {"code": "c c", "colour": "red"})
    assert answer.status_code == 422
    assert {e["pointer"] for e in answer.json()["errors"]} == {"/code", "/colour"}


def test_it_wants_the_version_that_was_read(doors: Doors) -> None:
    adam = doors.as_("adam")
    read = adam.get("/api/v1/organisations/AAA")
    given = {"name": "Alpha University Hospitals", "kind": "trust"}
    assert adam.put("/api/v1/organisations/AAA", json=given).status_code == 428
    assert adam.put("/api/v1/organisations/AAA", json=given, headers={"If-Match": '"0"'}).status_code == 412
    done = adam.put("/api/v1/organisations/AAA", json=given, headers={"If-Match": read.headers["etag"]})
    assert done.json()["name"] == "Alpha University Hospitals"
