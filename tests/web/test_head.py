"""What can be read can be asked for its headers alone, by whoever may read it."""

import pytest

from tests.actions import made_plan as made
from tests.support.doors import Doors

PLAN = "/api/v1/plans/alpha"
ADDRESSES = (
    "/healthz", "/plans/alpha", "/plans/alpha/actions", "/plans/alpha/export", "/static/site.css", PLAN,
    f"{PLAN}/actions", f"{PLAN}/actions.csv", f"{PLAN}/actions/1.1", f"{PLAN}/export?format=csv", f"{PLAN}/changes",
    "/api/v1/openapi.json", "/plans/nowhere", f"{PLAN}/actions/9.9", f"{PLAN}/status?x=1",
)  # fmt: skip
# These differ from one answer to the next.
OWN = {"x-request-id", "date", "set-cookie"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_answered_as_get_is_and_has_no_body(sqlite_doors: Doors, address: str) -> None:
    made.add(sqlite_doors.cast)
    client = sqlite_doors.as_("violet")
    got, asked = client.get(address), client.head(address)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    assert got.content
    both = ({k: v for k, v in a.headers.items() if k not in OWN | {"content-length"}} for a in (got, asked))
    assert next(both) == next(both)


def test_head_tells_nobody_more_than_get_does(sqlite_doors: Doors) -> None:
    assert sqlite_doors.anybody().head(f"{PLAN}/status").status_code == 401
    assert sqlite_doors.as_("oscar").head(f"{PLAN}/status").status_code == 404
    assert sqlite_doors.as_("violet").head("/api/v1/tokens").status_code == 403
    assert sqlite_doors.as_("alice").head(f"{PLAN}/hand-over").status_code == 405


def test_head_says_what_is_held_already(sqlite_doors: Doors) -> None:
    client = sqlite_doors.token()
    held = {"If-None-Match": client.head(f"{PLAN}/actions").headers["etag"]}
    assert client.head(f"{PLAN}/actions", headers=held).status_code == 304
