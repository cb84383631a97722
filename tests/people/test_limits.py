"""What every door of the API shares: a body that is too large, and an answer the asker has already."""

import pytest

from tests.support.doors import Doors


def test_it_refuses_a_huge_body_with_a_problem(sqlite_doors: Doors) -> None:
    answer = sqlite_doors.as_("alice").post("/api/v1/plans/alpha/actions", content=b"x" * 2_000_000)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert (answer.json()["code"], bool(answer.json()["request_id"])) == ("too_large", True)


@pytest.mark.parametrize("address", ["", "/priorities", "/changes", "/proposals", "/actions", "/status"])
def test_it_answers_304_to_what_is_known(sqlite_doors: Doors, address: str) -> None:
    client = sqlite_doors.as_("alice")
    first = client.get(f"/api/v1/plans/alpha{address}")
    again = client.get(f"/api/v1/plans/alpha{address}", headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_it_takes_no_reason_for_a_report(sqlite_doors: Doors) -> None:
    client = sqlite_doors.as_("alice")
    made = client.post("/api/v1/plans/alpha/actions", json={"title": "Train the midwives", "priority": "1"})
    alone = client.patch(made.headers["location"], json={"why": "x"}, headers={"If-Match": made.headers["etag"]})
    assert (alone.status_code, alone.json()["errors"][0]["pointer"]) == (422, "/why")
    assert client.get(made.headers["location"]).json()["latest_update"] is None
