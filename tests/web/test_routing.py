"""One look before a router: it turns away what is at none of its addresses, and nothing else."""

import re
from typing import Any
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from starlette.routing import Match

from app.web.access import routes_of
from app.web.routing import at_one_look
from tests.support.doors import Doors


def scope_of(method: str, path: str) -> dict[str, Any]:
    return {"type": "http", "method": method, "path": path, "headers": [], "path_params": {}}


def test_every_address_of_the_application_is_still_found(sqlite_doors: Doors) -> None:
    lost = []
    for method, path, _act in routes_of(sqlite_doors.app):
        scope = scope_of(method, re.sub(r"\{\w+\}", "1", re.sub(r"\{\w+:uuid\}", str(UUID(int=1)), path)))
        found = [route.matches(scope)[0] for route in sqlite_doors.app.router.routes]
        if Match.FULL not in found:
            lost.append((method, path))
    assert not lost


def served() -> TestClient:
    inner, outer, app = APIRouter(prefix="/{ref}"), APIRouter(prefix="/plans/{plan}"), FastAPI()

    @inner.get("/notes/{number:int}")
    def note(plan: str, ref: str, number: int) -> list[str | int]:
        return [plan, ref, number]

    @outer.post("")
    def make(plan: str) -> str:
        return plan

    outer.include_router(inner)
    app.include_router(at_one_look(outer))
    return TestClient(app)


def test_it_finds_what_stands_behind_the_prefixes_of_several_routers() -> None:
    assert served().get("/plans/alpha/1.2/notes/7").json() == ["alpha", "1.2", 7]


@pytest.mark.parametrize(
    "path", ["/plans", "/plans/alpha/1.2", "/plans/alpha/1.2/notes/seven", "/other/alpha/1/notes/7"]
)
def test_it_turns_away_what_is_at_no_address_of_the_router(path: str) -> None:
    assert served().get(path).status_code == 404


def test_it_still_says_that_an_address_takes_another_method() -> None:
    assert served().get("/plans/alpha").status_code == 405


def test_a_router_is_looked_at_once_however_many_applications_it_joins() -> None:
    router = APIRouter()
    router.add_api_route("/a", lambda: "a")
    first = at_one_look(router).matches
    assert at_one_look(router).matches is first
