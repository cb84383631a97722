"""The people's door to the library."""

import re

import pytest

from tests.support.doors import Doors


@pytest.fixture
def library(sqlite_doors: Doors) -> Doors:
    sqlite_doors.as_("alice").post("/frameworks/load")
    return sqlite_doors


def test_it_offers_to_load_the_library_to_those_who_may(sqlite_doors: Doors) -> None:
    assert "Load the library" not in sqlite_doors.as_("violet").get("/frameworks").text
    alice = sqlite_doors.as_("alice")
    assert "Load the library" in alice.get("/frameworks").text
    assert sqlite_doors.as_("violet").post("/frameworks/load").status_code == 403
    assert alice.post("/frameworks/load").headers["location"] == "/frameworks"
    text = alice.get("/frameworks").text
    assert "Load the library" not in text
    assert "30 of 30 publications" in text


def test_it_narrows_by_kind_nation_and_scope(library: Doors) -> None:
    oscar = library.as_("oscar")
    assert "Safe Care" in oscar.get("/frameworks?nation=Wales").text
    assert "Ockenden final report" not in oscar.get("/frameworks?nation=Wales").text
    assert "10 of 30" in oscar.get("/frameworks?kind=named").text
    assert "1 of 30" in oscar.get("/frameworks?scope=local").text
    assert "No publication is of this kind" in oscar.get("/frameworks?scope=local&nation=Wales").text


def test_it_searches_all_recommendations(library: Doors) -> None:
    oscar = library.as_("oscar")
    text = oscar.get("/frameworks", params={"q": "bereavement"}).text
    assert "/frameworks/ockenden_2022#r-13" in text
    assert "No recommendation has all of these words" in oscar.get("/frameworks?q=zzzz").text
    assert oscar.get("/frameworks", params={"q": "<script>alert(1)</script>"}).status_code == 200


def test_it_says_plainly_what_is_disputed_and_what_was_recalled(library: Doors) -> None:
    text = library.as_("violet").get("/frameworks/ockenden_2022").text
    assert "Sources disagree on the count." in text
    assert "92 sub-actions here, 96 in" in text
    assert "check against the source" in text
    assert "https://www.gov.uk/government/publications/final-report-of-the-ockenden-review" in text
    assert 'href="/frameworks/three_year_delivery_plan_2023"' in text
    assert "not itemised here" in library.as_("violet").get("/frameworks/nottingham_ockenden_2026").text


def test_an_editorial_link_waits_for_the_trusts_word(library: Doors) -> None:
    alice, violet = library.as_("alice"), library.as_("violet")
    before = alice.get("/frameworks/ockenden_2022").text
    assert "It counts for nothing until your trust accepts it." in before
    found = re.search(r'action="(/frameworks/ockenden_2022/links/[0-9a-f-]+)"', before)
    assert found is not None
    assert found[1] not in violet.get("/frameworks/ockenden_2022").text
    assert violet.post(found[1], data={"accepted": "true"}).status_code == 403
    assert alice.post(found[1], data={"accepted": "true"}).status_code == 303
    assert "Accepted: it counts for your organisation." in alice.get("/frameworks/ockenden_2022").text
    assert "Accepted" not in library.as_("oscar").get("/frameworks/ockenden_2022").text
    assert alice.post(found[1], data={"accepted": "perhaps"}).status_code == 422


def test_an_unknown_publication_is_not_found(library: Doors) -> None:
    violet = library.as_("violet")
    assert violet.get("/frameworks/nothing").status_code == 404
    assert violet.get("/frameworks/a%00b").status_code == 404
