"""The OpenAPI document: complete, true to its examples, and broken by nobody unnoticed."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import jsonschema_rs
import pytest

from app.people.rights import RIGHTS
from app.web.access import routes_of
from tests.api.breaking import breaks
from tests.support.databases import ROOT
from tests.support.doors import Doors

Part = dict[str, Any]
SNAPSHOT = ROOT / "tests/fixtures/openapi.json"


@pytest.fixture
def document(sqlite_doors: Doors) -> Part:
    found: Part = sqlite_doors.anybody().get("/api/v1/openapi.json").json()
    return found


def operations(document: Part) -> Iterator[tuple[str, Part]]:
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            yield f"{method.upper()} {path}", told


def test_it_holds_every_operation_of_the_api_and_nothing_else(sqlite_doors: Doors, document: Part) -> None:
    declared = {f"{m} {p}" for m, p, _act in routes_of(sqlite_doors.app) if p.startswith("/api/v1")}
    # A route may type a part of its path; the document has no word for that.
    assert {name.replace(":uuid}", "}") for name in declared} == {name for name, _told in operations(document)}
    assert document["openapi"] == "3.1.0"
    assert "HTTPValidationError" not in json.dumps(document)


def test_it_says_everything_about_each_operation(document: Part) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    names = [told["operationId"] for _name, told in operations(document)]
    assert len(names) == len(set(names))
    for name, told in operations(document):
        assert told["summary"], name
        assert told["description"], name
        assert set(told["tags"]) <= tags, name
        assert told["x-right"]["act"] in RIGHTS, name
        assert {"401", "503"} <= set(told["responses"]), name
        for parameter in told.get("parameters", ()):
            assert parameter["description"], f"{name}: {parameter['name']}"
        bodies = [told.get("requestBody", {}), *(a for s, a in told["responses"].items() if s.startswith("2"))]
        assert all("example" in c for b in bodies for c in b.get("content", {}).values()), name


def test_it_names_the_headers_that_apply(document: Part) -> None:
    for name, told in operations(document):
        headers = {p["name"] for p in told.get("parameters", ()) if p["in"] == "header"}
        assert ("Idempotency-Key" in headers) is name.startswith("POST"), name
        assert ("If-Match" in headers) <= ({"412", "428"} <= set(told["responses"])), name
        assert ("If-None-Match" in headers) is ("304" in told["responses"]), name
        assert "if-match" not in headers, name


def test_it_lets_only_a_person_decide(document: Part) -> None:
    security = {name: told["security"] for name, told in operations(document)}
    decide = "POST /api/v1/plans/{plan}/proposals/{proposal_id}/decision"
    assert security[decide] == [{"session": []}]
    assert security["GET /api/v1/plans"] == [{"token": []}, {"password": []}, {"session": []}]


def test_it_shows_examples_that_its_own_shapes_allow(document: Part) -> None:
    components = {"components": document["components"]}
    for name, told in operations(document):
        bodies = [told.get("requestBody", {}), *(a for s, a in told["responses"].items() if s.startswith("2"))]
        for held in (c for b in bodies for k, c in b.get("content", {}).items() if k == "application/json"):
            check = jsonschema_rs.Draft202012Validator(held["schema"] | components, validate_formats=True)
            errors = [f"{e.instance_path}: {e.message}" for e in check.iter_errors(held["example"])]
            assert not errors, f"{name}: {errors}"


def test_it_names_its_shapes_and_none_by_the_place_of_its_code(document: Part) -> None:
    # Two shapes of one name are told apart by their modules, which no program should have to know.
    assert not [name for name in document["components"]["schemas"] if "__" in name]


def test_it_breaks_no_program(document: Part) -> None:
    old = json.loads(SNAPSHOT.read_text())
    found = breaks(old, document)
    assert not found, "This breaks programs that use the API:\n" + "\n".join(found)
    for told in (old, document):
        told["info"].pop("version")
        told.pop("servers")
        told.pop("externalDocs")
    assert old == document, "The API has grown. Run `make openapi` and commit tests/fixtures/openapi.json."


CHANGES: dict[str, tuple[Callable[[Part], object], str]] = {
    "address": (lambda d: d["paths"].pop("/api/v1/plans"), "the address /api/v1/plans is gone"),
    "operation": (lambda d: d["paths"]["/api/v1/plans"].pop("post"), "POST /api/v1/plans is gone"),
    "name": (lambda d: d["paths"]["/api/v1/plans"]["get"].update(operationId="x"), "GET /api/v1/plans is called x"),
    "parameter": (lambda d: d["paths"]["/api/v1/plans"]["get"]["parameters"].pop(), "plans no longer takes"),
    "needed": (
        lambda d: d["paths"]["/api/v1/plans"]["get"]["parameters"][0].update(required=True),
        "GET /api/v1/plans now needs",
    ),
    "status": (lambda d: d["paths"]["/api/v1/plans"]["post"]["responses"].pop("201"), "no longer answers 201"),
    "field": (lambda d: _shape(d, "ActionRead")["properties"].pop("slips"), "ActionRead.slips is gone"),
    "type": (
        lambda d: _shape(d, "ActionRead")["properties"]["slips"].update(type="string"),
        "ActionRead.slips was integer and is string",
    ),
    "null": (
        lambda d: _shape(d, "ActionRead")["properties"].update(
            slips={"anyOf": [{"type": "integer"}, {"type": "null"}]}
        ),
        "ActionRead.slips was integer and is integer or null",
    ),
    "missing": (lambda d: _shape(d, "ActionRead")["required"].remove("slips"), "ActionRead.slips may be missing now"),
    "required": (lambda d: _shape(d, "NewAction")["required"].append("why"), "NewAction.why is needed now"),
    "value": (lambda d: _shape(d, "Stage")["enum"].pop(0), "Stage is never"),
    "shape": (lambda d: d["components"]["schemas"].pop("Stage"), "the shape Stage is gone"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_it_names_what_breaks(name: str) -> None:
    old = json.loads(SNAPSHOT.read_text())
    new = deepcopy(old)
    change, sentence = CHANGES[name]
    change(new)
    assert any(sentence in found for found in breaks(old, new)), breaks(old, new)


def test_it_lets_the_api_grow() -> None:
    old = json.loads(SNAPSHOT.read_text())
    new = deepcopy(old)
    _shape(new, "ActionRead")["properties"]["mood"] = {"type": "string"}
    _shape(new, "Stage")["enum"].append("framed")
    new["paths"]["/api/v1/moods"] = {}
    assert breaks(old, new) == []


def _shape(document: Part, name: str) -> Part:
    found: Part = document["components"]["schemas"][name]
    return found
