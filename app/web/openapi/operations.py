"""One operation: its words, its parameters, who may, what it answers and how it refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.web.openapi import examples, texts

Part = dict[str, Any]
SAFE = ("get", "head")
# What goes back as If-Match: answers that carry it are of these shapes.
AGGREGATES = ("ActionRead", "PlanRead")
READ_WITH_ETAG = (*AGGREGATES, "OrganisationRead", "AccountRead")
# An ETag of ours or its revision; "*" names none.
REVISION = r'^(W/)?"?[0-9]{1,9}(\.[0-9a-f]+)?"?$'
HEADERS = {"if-match": "If-Match", "if-none-match": "If-None-Match", "idempotency-key": "Idempotency-Key"}


@dataclass(frozen=True, slots=True)
class Met:
    """A route as its door declares it; name: of the endpoint, words: its docstring."""

    method: str
    path: str
    name: str
    words: str
    act: str
    module: str


def told(met: Met, given: Part, schemas: Part, rights: Mapping[str, Mapping[str, Any]]) -> Part:
    """The operation of OpenAPI. schemas: the document's shapes, for examples."""
    words = " ".join(met.words.split())
    tag = given.get("tags", ["other"])[0]
    right = dict(rights[met.act])
    parameters = [_parameter(p, met) for p in given.get("parameters", ())]
    made: Part = {
        "tags": [tag],
        "operationId": f"{tag}_{'list' if met.name == tag else met.name}",
        "summary": _first(words),
        "description": words,
        "security": _security(right),
        "x-right": right,
    }
    if parameters:
        made["parameters"] = parameters
    if body := given.get("requestBody"):
        made["requestBody"] = _body(body, schemas)
    names = {p["name"] for p in parameters}
    made["responses"] = _answers(met, given, names, schemas) | _refusals(met, made, names, right, schemas)
    return made


def _first(words: str) -> str:
    """The docstring up to its first stop: "One plan: its words, its life" is "One plan"."""
    ends = [at for sign in (". ", ": ", "; ") if (at := words.find(sign)) > 0]
    return words[: min(ends)] if ends else words.rstrip(".")


def _security(right: Part) -> list[Part]:
    if right["public"]:
        return []
    session: Part = {"session": []}
    return [session] if right["people_only"] else [{"token": []}, {"password": []}, session]


def _parameter(given: Part, met: Met) -> Part:
    schema = _not_null(dict(given.get("schema", {})))
    said = str(given["name"])
    name = HEADERS.get(said.lower(), said)
    described = given.get("description") or schema.pop("description", "") or texts.PARAMETERS.get(name, "")
    schema.pop("description", None)
    schema.pop("title", None)
    made: Part = {"name": name, "in": given["in"], "required": given.get("required", False) or name == "If-Match"}
    made |= {"description": described, "schema": schema}
    if given["in"] == "query" and schema.get("format") == "date" and not made["required"]:
        # A form that was left empty sends the name alone.
        made["allowEmptyValue"] = True
    if name == "If-Match":
        schema["pattern"] = REVISION
    shown = examples.parameter(name, met.path)
    if shown is not None:
        made["example"] = shown
    return made


def _not_null(schema: Part) -> Part:
    """An address cannot hold a null: what may be left out is only that."""
    several = [s for s in schema.get("anyOf", ()) if s.get("type") != "null"]
    if "anyOf" in schema and len(several) == 1:
        rest = {k: v for k, v in schema.items() if k != "anyOf" and (k, v) != ("default", None)}
        return rest | dict(several[0])
    return schema


def _body(given: Part, schemas: Part) -> Part:
    made: Part = {"required": given.get("required", False), "content": {}}
    for kind, held in given["content"].items():
        schema = _not_null(dict(held["schema"]))
        schema = {k: v for k, v in schema.items() if k not in ("title", "anyOf")}
        made["content"][kind] = {"schema": schema, "example": examples.body(schema, schemas)}
    return made


def _answers(met: Met, given: Part, names: set[str], schemas: Part) -> Part:
    made: Part = {}
    for status, answer in given["responses"].items():
        if not status.startswith("2"):
            continue
        told: Part = {"description": texts.ANSWERS.get(status, texts.ANSWERS["200"])}
        shapes = []
        for kind, held in answer.get("content", {}).items():
            schema = {k: v for k, v in held.get("schema", {}).items() if k != "title"}
            shapes.append(schema.get("$ref", "").rpartition("/")[2])
            shown = texts.TABLE_EXAMPLE if kind == "text/csv" else examples.of(schema, schemas)
            told.setdefault("content", {})[kind] = {"schema": schema, "example": shown}
        if "text/csv" in told.get("content", {}):
            told["description"] = answer["description"]
            if not answer["content"].get("application/json", {}).get("schema"):
                told["content"].pop("application/json", None)
        if headers := _headers(met, status, shapes[0] if shapes else "", names):
            told["headers"] = headers
        made[status] = told
    if "If-None-Match" in names:
        made["304"] = {"description": texts.ANSWERS["304"], "headers": {"ETag": _header("ETag")}}
    return made


def _headers(met: Met, status: str, shape: str, names: set[str]) -> Part:
    made: Part = {}
    single = shape in (READ_WITH_ETAG if met.method == "get" else AGGREGATES)
    if single or "If-None-Match" in names:
        made["ETag"] = _header("ETag")
    if status == "201" and shape in AGGREGATES:
        made["Location"] = _header("Location")
    if "cursor" in names:
        made["Link"] = _header("Link")
    if "Idempotency-Key" in names:
        made["Idempotency-Replayed"] = _header("Idempotency-Replayed")
    return made


def _header(name: str) -> Part:
    return {"$ref": f"#/components/headers/{name}"}


def _refusals(met: Met, made: Part, names: set[str], right: Part, schemas: Part) -> Part:
    """The answers with a problem document; what cannot happen is not listed."""
    writes = met.method not in SAFE
    has_body, kinds = "requestBody" in made, {p["in"] for p in made.get("parameters", ())}
    found = {
        "400": has_body,
        "401": not right["public"],
        "403": writes or right["people_only"] or right["who"] == "table",
        "404": "path" in kinds or "plan" in names or "as_at" in names or writes,
        "409": writes and right["writes"],
        "412": "If-Match" in names or _names_a_revision(made, schemas),
        "413": writes,
        # A parameter that is not known.
        "422": True,
        "428": "If-Match" in names,
        "503": True,
    }
    return {status: {"$ref": f"#/components/responses/{texts.REFUSALS[status][0]}"} for status, is_so in found.items()
            if is_so}  # fmt: skip


def _names_a_revision(made: Part, schemas: Part) -> bool:
    bodies = made.get("requestBody", {}).get("content", {}).values()
    shapes = [schemas.get(b["schema"].get("$ref", "").rpartition("/")[2], {}) for b in bodies]
    return any("revision" in shape.get("properties", {}) for shape in shapes)
