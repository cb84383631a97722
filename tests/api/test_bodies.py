"""What no program should send: each gets a problem document, none a failure of ours."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.web.access import routes_of
from tests.support.doors import Doors

NOBODYS = "0f8c2f2e-6a55-5d0b-9f1e-3a8d7c51b204"
VALUES = {"plan": "alpha", "ref": "1", "code": "AAA", "key": "ockenden_2022"}
DEEP = "[" * 50_000 + "]" * 50_000
BODIES: dict[str, bytes] = {
    "empty": b"",
    "a list": b"[]",
    "a text": b'"text"',
    "null": b"null",
    "an unknown field": b'{"unknown_field": 1}',
    "not JSON": b"{",
    "not UTF-8": b'{"title": "\xff\xfe"}',
    "NUL": b'{"title": "a\\u0000b", "name": "a\\u0000b", "plan": "a\\u0000", "person": "\\u0000", "why": "\\u0000"}',
    "half a pair": b'{"title": "\\ud800", "name": "\\udfff", "why": "\\ud800", "ref": "\\ud800"}',
    "huge numbers": b'{"quorum": 1e400, "days": 99999999999999999999999, "position": -1e308, "revision": 1e30}',
    "not a number": b'{"quorum": NaN, "days": Infinity}',
    "deep": DEEP.encode(),
    "deep fields": (b'{"settings":' * 2_000) + b"1" + b"}" * 2_000,
    "the same twice": b'{"why": "one", "why": 2}',
}
QUERIES = {
    "cursor": ("x", "%00", "bnVsbA==", "LTE=", "OTk5OTk5OTk5OTk5", "\ud800".encode("utf-8", "surrogatepass").hex()),
    "limit": ("0", "-1", "501", "99999999999999999999", "1.5", "x", "%00"),
    "as_at": ("2026-02-30", "0000-01-01", "9999-12-31", "%00", "x" * 5000, "-1"),
    "since": ("-1", "99999999999999999999", "x", "%00"),
    "q": ("%00", "%ED%A0%80", '"', "x" * 5000, "%F0%9F%92%99"),
    "ref": ("%00", "x" * 5000),
    "plan": ("%00", "x" * 5000),
}


def addresses(doors: Doors, *methods: str) -> Iterator[tuple[str, str]]:
    for method, path, _act in routes_of(doors.app):
        if path.startswith("/api/v1") and method in methods:
            yield method, filled(path)


def filled(path: str, **given: str) -> str:
    for part in [p.strip("{}") for p in path.split("/") if p.startswith("{")]:
        name = part.partition(":")[0]
        path = path.replace("{" + part + "}", given.get(name, VALUES.get(name, NOBODYS)))
    return path


def refused(answer: Any, called: str) -> None:
    """A problem document with a sentence; never a failure, never taken."""
    assert 400 <= answer.status_code < 500, f"{called}: {answer.status_code} {answer.text[:300]}"
    told(answer, called)


def told(answer: Any, called: str) -> None:
    assert answer.status_code < 500, f"{called}: {answer.text[:300]}"
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json", called
        problem = answer.json()
        assert problem["status"] == answer.status_code, called
        assert problem["detail"], called
        assert problem["request_id"], called


@pytest.mark.parametrize("name", BODIES)
def test_it_refuses_a_body_it_cannot_take(sqlite_doors: Doors, name: str) -> None:
    _send_everywhere(sqlite_doors, name)


@pytest.mark.parametrize("name", ["NUL", "half a pair", "huge numbers"])
def test_it_refuses_what_one_database_would_choke_on(doors: Doors, name: str) -> None:
    _send_everywhere(doors, name)


def _send_everywhere(doors: Doors, name: str) -> None:
    client = doors.as_("alice")
    needs = {o for o in addresses(doors, "POST", "PUT", "PATCH") if _needs_body(doors, o)}
    for method, address in sorted(needs):
        headers = {"Content-Type": "application/json", "If-Match": "1"}
        answer = client.request(method, address, content=BODIES[name], headers=headers)
        refused(answer, f"{method} {address} with {name}") if name != "the same twice" else told(answer, address)


def _needs_body(doors: Doors, operation: tuple[str, str]) -> bool:
    method, address = operation
    paths = doors.app.openapi()["paths"]
    return any(
        filled(path) == address and told.get("requestBody", {}).get("required")
        for path, methods in paths.items()
        for m, told in methods.items()
        if m.upper() == method
    )


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "", "a/b;"])
def test_it_refuses_what_is_not_said_to_be_json(sqlite_doors: Doors, kind: str) -> None:
    answer = sqlite_doors.as_("alice").post("/api/v1/plans", content=b'{"plan": "x"}', headers={"Content-Type": kind})
    refused(answer, kind)


def test_it_bears_every_question(sqlite_doors: Doors) -> None:
    client = sqlite_doors.as_("alice")
    for path, asked in _reading(sqlite_doors):
        for name, value in ((n, v) for n in QUERIES if n in asked for v in QUERIES[n]):
            address = f"{filled(path)}?{name}={value}"
            told(client.get(address), address[:120])


def test_it_bears_a_nul_in_every_question(doors: Doors) -> None:
    client = doors.as_("alice")
    for path, asked in _reading(doors):
        for name in sorted(asked):
            told(client.get(f"{filled(path)}?{name}=%00"), f"{path}?{name}")


def _reading(doors: Doors) -> Iterator[tuple[str, set[str]]]:
    """Each GET with the names of what may be asked after the question mark."""
    for path, methods in doors.app.openapi()["paths"].items():
        if "get" in methods:
            yield path, {p["name"] for p in methods["get"].get("parameters", ()) if p["in"] == "query"}


@pytest.mark.parametrize("value", ["%00", "a%00b%F0%9F%92%99", "%ED%A0%80%FF..%2F.." + "x" * 3000])
def test_it_bears_every_address(doors: Doors, value: str) -> None:
    client = doors.as_("adam")
    for method, path, _act in routes_of(doors.app):
        if path.startswith("/api/v1") and "{" in path and method in ("GET", "DELETE"):
            names = [p.strip("{}").partition(":")[0] for p in path.split("/") if p.startswith("{")]
            for name in names:
                address = filled(path, **{name: value})
                told(client.request(method, address, headers={"If-Match": "1"}), f"{method} {address[:80]}")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("If-Match", "*"), ("If-Match", '""'), ("If-Match", "x" * 5000), ("If-Match", '"99999999999.x"'),
        ("If-None-Match", ",,,"), ("Authorization", "Bearer"), ("Authorization", "Basic !!!"),
        ("Authorization", "Basic //8="), ("Authorization", "Digest x"), ("Idempotency-Key", "x" * 300),
        ("Accept", "image/png"), ("Cookie", "tracker_session=%00"), ("Range", "bytes=0-1"),
    ],
)  # fmt: skip
def test_it_bears_strange_headers(sqlite_doors: Doors, name: str, value: str) -> None:
    client: TestClient = sqlite_doors.as_("alice")
    for address in ("/api/v1/plans", "/api/v1/plans/alpha/actions", "/api/v1/plans/alpha/changes"):
        told(client.get(address, headers={name: value}), f"{address} {name}: {value[:20]}")
    body = json.dumps({"title": "A plan"})
    headers = {"Content-Type": "application/json", name: value}
    told(client.patch("/api/v1/plans/alpha", content=body, headers=headers), f"PATCH {name}: {value[:20]}")


def test_it_keeps_the_answer_of_every_post(sqlite_doors: Doors) -> None:
    """A room whose door is a folder includes routers: their POSTs keep answers as well."""
    client = sqlite_doors.token()
    new = {"title": "Report staffing", "priority": "1"}
    key = {"Idempotency-Key": "once"}
    first = client.post("/api/v1/plans/alpha/actions", json=new, headers=key)
    again = client.post("/api/v1/plans/alpha/actions", json=new, headers=key)
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert len(client.get("/api/v1/plans/alpha/actions").json()["items"]) == 1


def test_it_names_every_method_of_an_address(sqlite_doors: Doors) -> None:
    answer = sqlite_doors.as_("alice").delete("/api/v1/plans/alpha/actions/1.1")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, PATCH")


def test_it_links_to_the_next_page_of_every_list(sqlite_doors: Doors) -> None:
    client = sqlite_doors.as_("alice")
    first = client.get("/api/v1/organisations?limit=2")
    assert first.headers["link"].endswith('>; rel="next"')
    rest = client.get(first.headers["link"].partition(">")[0].removeprefix("<"))
    assert len(first.json()["items"] + rest.json()["items"]) == 4
    assert "link" not in rest.headers
