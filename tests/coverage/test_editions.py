"""The latest edition of an own publication stands in the place of those before it, in every count."""

from datetime import timedelta

import pytest

from app.core import clock
from app.coverage.covering import Standing
from app.coverage.queries import answered_anywhere
from app.frameworks import commands
from app.frameworks.schemas import NewPublication
from tests.coverage.made import ASSURED, answer, item, on_day, publish
from tests.support.cast import Cast
from tests.support.doors import Doors


def follow(cast: Cast, key: str, before: str, *titles: str) -> None:
    """An edition after `before` with recommendations of these wordings, numbered from 1."""
    items = [{"ref": str(n), "title": title} for n, title in enumerate(titles, 1)]
    given = {"title": f"Publication {key}", "key": key, "kind": "peer_review", "items": items, "supersedes": before}
    with cast.database.write(cast.actor("alice")) as tx:
        commands.keep_publication(tx, given=NewPublication.model_validate(given), used=answered_anywhere)


@pytest.fixture
def thrice(doors: Doors) -> Doors:
    """Three editions: 1 is the same in all, and 1.1 answers it in the first; 2 is dropped by the second."""
    cast = doors.cast
    with on_day(-9):
        publish(cast, refs=2)
        answer(cast, "1.1", {"aaa_first:1": True}, **ASSURED)
    with on_day(-5):
        follow(cast, "aaa_second", "aaa_first", "aaa_first asks for 1")
    follow(cast, "aaa_third", "aaa_second", "aaa_first asks for 1", "Something new")
    return doors


def counted(doors: Doors, query: str = "") -> list[tuple[str, int, int, int]]:
    found = doors.as_("violet").get(f"/api/v1/plans/alpha/status{query}").json()["frameworks"]
    return [(f["key"], f["in_scope"], f["covered"], f["without_action"]) for f in found]


def test_only_the_latest_counts_and_what_stayed_the_same_is_answered(thrice: Doors) -> None:
    assert counted(thrice) == [("aaa_third", 2, 1, 1)]
    found = item(thrice.cast, "aaa_third:1")
    assert (found.standing, found.stage) == (Standing.covered, "assured")
    assert [edge.key for edge in found.through[0].path] == ["aaa_second", "aaa_first"]


def test_a_past_day_counts_the_edition_of_that_day(thrice: Doors) -> None:
    for days, expected in ((7, ("aaa_first", 2, 1, 1)), (3, ("aaa_second", 1, 1, 0))):
        day = clock.today() - timedelta(days=days)
        assert counted(thrice, f"?as_at={day.isoformat()}") == [expected]


def test_it_says_what_is_no_longer_counted_and_still_shows_it(thrice: Doors) -> None:
    violet = thrice.as_("violet")
    page = violet.get("/plans/alpha/coverage").text
    assert "“Publication aaa_third” has taken the place of “Publication aaa_first”" in page
    earlier = violet.get("/plans/alpha/recommendations?framework=aaa_first").text
    assert "aaa_first asks for 2" in earlier
    assert "not counted in this plan" in earlier
    assert "not counted in this plan" not in violet.get("/plans/alpha/recommendations").text
