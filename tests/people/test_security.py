"""What no door may let through: other sites, other hosts, bare answers; and what a token may not do."""

from types import SimpleNamespace
from typing import Any

import pytest

from app.core import counting
from app.core.actor import NOBODY
from app.people import gatekeeping, queries
from app.web.security import HEADERS
from tests.people.signing import give_password, sign_in
from tests.support.doors import Doors


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://127.0.0.1:8000"}, 303),
    ],
)
def test_it_refuses_writes_of_other_sites(sqlite_doors: Doors, headers: dict[str, str], status: int) -> None:
    client = sqlite_doors.as_("alice")
    del client.headers["Sec-Fetch-Site"]
    assert client.post("/sign-out", headers=headers).status_code == status
    assert client.get("/account").status_code == (200 if status == 403 else 303)


def test_it_refuses_a_sign_in_from_another_site(sqlite_doors: Doors) -> None:
    give_password(sqlite_doors.cast, "alice")
    client = sqlite_doors.anybody()
    client.headers["Sec-Fetch-Site"] = "cross-site"
    assert sign_in(client, "alice@aaa.example").status_code == 403


@pytest.mark.parametrize(
    "path", ["/sign-in", "/nowhere", "/static/site.css", "/static/nothing.css", "/organisations", "/api/v1/people",
             "/healthz", "/broken"]
)  # fmt: skip
def test_it_sends_its_headers_with_every_answer(sqlite_doors: Doors, path: str) -> None:
    def broken() -> None:
        raise RuntimeError("on purpose")

    broken.__dict__["act"] = "public.read"
    sqlite_doors.app.add_api_route("/broken", broken)
    client = sqlite_doors.anybody()
    client._transport.raise_server_exceptions = False  # type: ignore[attr-defined]
    answer = client.get(path)
    assert (answer.status_code == 500) is (path == "/broken")
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, name
    assert answer.headers["x-request-id"]
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_it_takes_a_token_at_the_api_alone_and_never_for_a_persons_act(sqlite_doors: Doors) -> None:
    token = sqlite_doors.token()
    assert token.get("/api/v1/people").status_code == 200
    assert token.get("/organisations").headers["location"].startswith("/sign-in")
    assert token.get("/account").headers["location"].startswith("/sign-in")
    assert token.get("/api/v1/tokens").status_code == 403
    assert sqlite_doors.anybody().get("/api/v1/people", headers={"Authorization": "Bearer trk_x"}).status_code == 401
    assert sqlite_doors.anybody().get("/api/v1/people", headers={"Authorization": "Basic !!"}).status_code == 401


def test_it_takes_a_token_as_the_password_of_basic_credentials(sqlite_doors: Doors) -> None:
    token = sqlite_doors.token()
    secret = token.headers["Authorization"].removeprefix("Bearer ")
    assert sqlite_doors.anybody().get("/api/v1/people", auth=("anything", secret)).status_code == 200


@pytest.mark.parametrize(("name", "most"), [("violet", 4), ("alice", 5), ("liam", 6)])
def test_it_finds_out_who_asks_with_few_statements(sqlite_doors: Doors, name: str, most: int) -> None:
    """One begins to read, and two are what will be glanced at when they ask again."""
    client = sqlite_doors.as_(name)
    asked: Any = SimpleNamespace(
        headers={}, cookies=dict(client.cookies), url=SimpleNamespace(path="/organisations"), state=SimpleNamespace()
    )
    gatekeeper = gatekeeping.keeper(sqlite_doors.app.state.database, sqlite_doors.app.state.glance)
    said = counting.begin()
    assert gatekeeper.who(asked).id
    assert said[0] == most
    assert gatekeeper.known(asked) == gatekeeper.who(asked)


def test_who_brings_no_secret_is_nobody_without_a_look(sqlite_doors: Doors) -> None:
    asked: Any = SimpleNamespace(headers={}, cookies={}, url=SimpleNamespace(path="/healthz"), state=SimpleNamespace())
    said = counting.begin()
    gatekeeper = gatekeeping.keeper(sqlite_doors.app.state.database, sqlite_doors.app.state.glance)
    assert gatekeeper.known(asked) is NOBODY
    assert said[0] == 0


def test_it_knows_nobody_by_a_secret_that_is_not_one(sqlite_doors: Doors) -> None:
    with sqlite_doors.cast.database.read(NOBODY) as read:
        for secret in ("", "x", "\ud800", "' or 1=1"):
            assert queries.session_behind(read, secret) is None
            assert queries.token_behind(read, secret) is None
