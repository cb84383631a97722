"""The OpenAPI document as the page /api/docs draws it: by tag and operation, with field tables and curl lines."""

import json
import shlex
from dataclasses import dataclass, field
from typing import Any

from app.core.words import _

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """kind: its type in words; shape: a shape to look up, "" for a plain one; values: what it may be."""

    name: str
    kind: str
    shape: str
    required: bool
    text: str
    values: list[str]
    limits: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    text: str
    fields: list[Field]
    values: list[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """kind: the media type; shape: that of its body."""

    status: str
    text: str
    kind: str
    shape: str
    listed: bool
    headers: list[str]


@dataclass(frozen=True, slots=True)
class Operation:
    id: str
    method: str
    path: str
    summary: str
    text: str
    right: Part
    parameters: list[Field]
    body: str
    sent: str
    answers: list[Answer]
    refusals: list[Answer]
    given: str
    curl: str


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    text: str
    operations: list[Operation] = field(default_factory=list)


def groups(document: Part) -> list[Group]:
    """The operations in the document's order of tags."""
    found = {tag["name"]: Group(tag["name"], tag["description"]) for tag in document["tags"]}
    base = document["servers"][0]["url"]
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            found[told["tags"][0]].operations.append(_operation(document, base, method, path, told))
    return [group for group in found.values() if group.operations]


def shapes(document: Part) -> list[Shape]:
    return [_shape(name, schema) for name, schema in sorted(document["components"]["schemas"].items())]


def refusals(document: Part) -> list[Answer]:
    """The shared answers with a problem document, by status."""
    told = document["components"]["responses"]
    statuses = {name: str(next(iter(a["content"].values()))["example"]["status"]) for name, a in told.items()}
    return sorted((_answer(document, statuses[n], a) for n, a in told.items()), key=lambda a: a.status)


def _operation(document: Part, base: str, method: str, path: str, told: Part) -> Operation:
    content: Part = told.get("requestBody", {}).get("content", {})
    body: Part = next(iter(content.values()), {})
    answers = [_answer(document, status, a) for status, a in told["responses"].items()]
    done: Part = next((a for s, a in told["responses"].items() if s.startswith("2")), {})
    example = next((c["example"] for c in done.get("content", {}).values()), None)
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        text=told["description"],
        right=told["x-right"],
        parameters=[_parameter(p) for p in told.get("parameters", ())],
        body=_ref(body.get("schema", {})),
        sent=_pretty(body["example"]) if body else "",
        answers=[a for a in answers if a.status < "400"],
        refusals=[a for a in answers if a.status >= "400"],
        given="" if example is None else _pretty(example),
        curl=_curl(base, method, path, told, content),
    )


def _parameter(told: Part) -> Field:
    return _field(told["name"], told["schema"] | {"description": told["description"]}, told["required"], told["in"])


def _answer(document: Part, status: str, told: Part) -> Answer:
    if ref := _ref(told):
        told = document["components"]["responses"][ref]
    kind: str = next(iter(told.get("content", {})), "")
    schema: Part = told["content"][kind].get("schema", {}) if kind else {}
    listed = schema.get("type") == "array"
    shape = _ref(schema.get("items", {}) if listed else schema)
    return Answer(status, told["description"], kind, shape, listed, list(told.get("headers", {})))


def _shape(name: str, schema: Part) -> Shape:
    required = schema.get("required", ())
    fields = [_field(n, s, n in required) for n, s in schema.get("properties", {}).items()]
    return Shape(name, schema.get("description", ""), fields, [str(v) for v in schema.get("enum", ())])


def _field(name: str, schema: Part, required: bool, place: str = "") -> Field:
    kind, shape = _kind(schema)
    plain = next((s for s in schema.get("anyOf", ()) if s.get("type") != "null"), schema)
    values = [str(v) for v in plain.get("enum", plain.get("items", {}).get("enum", ()))]
    return Field(name, kind, shape, required, schema.get("description", ""), values, _limits(plain), place)


def _kind(schema: Part) -> tuple[str, str]:
    """A type in words, and the shape it names."""
    if several := schema.get("anyOf"):
        kind, shape = _kind(several[0])
        nullable = any(s.get("type") == "null" for s in several)
        return (_("{kind}, or null", kind=kind) if nullable else kind), shape
    if ref := _ref(schema):
        return ref, ref
    if schema.get("type") == "array":
        kind, shape = _kind(schema.get("items", {}))
        return _("list of {kind}", kind=kind), shape
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties")
        kind, shape = _kind(inner) if isinstance(inner, dict) and inner else (_("anything"), "")
        return _("names, each with {kind}", kind=kind), shape
    return _plain(str(schema.get("format") or schema.get("type") or "")), ""


def _plain(kind: str) -> str:
    known = {
        "date": lambda: _("day, like 2026-10-31"),
        "date-time": lambda: _("instant, like 2026-10-31T09:30:00Z"),
        "uuid": lambda: _("id"),
        "string": lambda: _("text"),
        "integer": lambda: _("whole number"),
        "number": lambda: _("number"),
        "boolean": lambda: _("true or false"),
        "null": lambda: _("null"),
    }
    return known[kind]() if kind in known else _("anything")


def _limits(schema: Part) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return _("{least} to {most}", least=least, most=most)
    if most := schema.get("maxLength"):
        return _("at most {n} characters", n=most)
    if most := schema.get("maxItems"):
        return _("at most {n}", n=most)
    return ""


def _ref(schema: Part) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _pretty(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)


def _curl(base: str, method: str, path: str, told: Part, content: Part) -> str:
    """A line that works once the token, or the cookie, is a real one."""
    address = path
    headers = []
    for p in told.get("parameters", ()):
        shown = str(p.get("example", ""))
        if p["in"] == "path":
            address = address.replace("{" + p["name"] + "}", shown or "ID")
        elif p["in"] == "query" and p["required"]:
            address += ("&" if "?" in address else "?") + f"{p['name']}={shown or '2026-10-01'}"
        elif p["in"] == "header" and p["name"] in ("If-Match", "Idempotency-Key"):
            headers.append(f"{p['name']}: {shown}")
    lines = ["curl" if method == "get" else f"curl -X {method.upper()}"]
    people_only = told["x-right"]["people_only"]
    signed = "-b tracker_session=$SESSION -H 'Sec-Fetch-Site: same-origin'"
    lines.append(signed if people_only else '-H "Authorization: Bearer $TOKEN"')
    lines += [f"-H {shlex.quote(h)}" for h in headers]
    lines += _sent(content)
    lines.append(shlex.quote(base + address))
    return " \\\n  ".join(lines)


def _sent(content: Part) -> list[str]:
    """The body as curl takes it: a form where a file goes with it, else JSON."""
    if form := content.get("multipart/form-data"):
        files = {name: f"@{told['example']}" for name, told in form["schema"]["properties"].items() if _is_file(told)}
        return [f"-F {shlex.quote(f'{name}={value}')}" for name, value in (form["example"] | files).items()]
    if not content:
        return []
    example = next(iter(content.values()))["example"]
    return ["-H 'Content-Type: application/json'", f"-d {shlex.quote(json.dumps(example, ensure_ascii=False))}"]


def _is_file(schema: Part) -> bool:
    return schema.get("format") == "binary"
