"""From FastAPI's document to ours: only /api/v1, with rights, errors, headers and examples in each operation."""

import re
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts

from app.web.access import act_of
from app.web.openapi import components, examples, texts
from app.web.openapi.operations import Met, told

Document = dict[str, Any]
PREFIX = "/api/v1"
TYPED = re.compile(r":\w+}")


def document(app: FastAPI, rights: Mapping[str, Mapping[str, Any]], base_url: str) -> Document:
    """OpenAPI 3.1 of the routes under /api/v1. Raises RuntimeError for two operations of one name."""
    made = get_openapi(title=app.title, version=app.version, routes=app.routes, description=texts.ABOUT)
    schemas = made.get("components", {}).get("schemas", {})
    for gone in ("HTTPValidationError", "ValidationError"):
        schemas.pop(gone, None)
    _tidy(schemas)
    met = _met(app)
    paths: Document = {}
    for path, methods in made["paths"].items():
        if path.startswith(PREFIX):
            paths[path] = {m: told(met[m, path], o, schemas, rights) for m, o in methods.items()}
    _tell_twins_apart(paths, met)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": texts.TITLE,
            "version": app.version,
            "summary": texts.SUMMARY,
            "description": texts.ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base_url.rstrip("/"), "description": texts.SERVER}],
        "externalDocs": {"url": f"{base_url.rstrip('/')}/api/docs", "description": texts.PAGE},
        "tags": [{"name": name, "description": text} for name, text in texts.TAGS.items()],
        "security": [{"token": []}, {"password": []}, {"session": []}],
        "paths": paths,
        "components": components.components(_used(paths, schemas)),
    }


def _met(app: FastAPI) -> dict[tuple[str, str], Met]:
    """What each door declares, by method and address."""
    found: dict[tuple[str, str], Met] = {}
    for route in iter_route_contexts(app.routes):
        # A door may type a part of its path ({id:uuid}); the document has no word for that.
        path = TYPED.sub("}", route.path or "")
        if not isinstance(route.original_route, APIRoute) or not path.startswith(PREFIX):
            continue
        endpoint = route.endpoint
        name, words = getattr(endpoint, "__name__", ""), getattr(endpoint, "__doc__", "") or ""
        module = getattr(endpoint, "__module__", "").rpartition(".")[2]
        for method in sorted(m.lower() for m in route.methods or ()):
            found[method, path] = Met(method, path, name, words, act_of(route) or "", module)
    return found


def _tell_twins_apart(paths: Document, met: dict[tuple[str, str], Met]) -> None:
    """A name that is taken gets its module's before it. Raises RuntimeError where that is taken as well."""
    taken: set[str] = set()
    for path, methods in paths.items():
        for method, made in methods.items():
            if made["operationId"] in taken:
                found = met[method, path]
                made["operationId"] = f"{made['tags'][0]}_{found.module}_{found.name}"
            if made["operationId"] in taken:
                raise RuntimeError(f"two operations of the API have one name: {made['operationId']}")
            taken.add(made["operationId"])


def _tidy(schemas: Document) -> None:
    """Names of fields are words enough; a shape that says nothing of itself gets a sentence."""
    for name, schema in schemas.items():
        for part in _parts(schema):
            if isinstance(part.get("title"), str):
                del part["title"]
            for number in ("minimum", "maximum"):
                if isinstance(part.get(number), float) and part[number].is_integer():
                    part[number] = int(part[number])
        if "description" in schema:
            schema["description"] = " ".join(schema["description"].split())
        else:
            schema["description"] = texts.SHAPES.get(name) or _words_of(name)
        if "properties" in schema:
            examples.describe(name, schema)


def _words_of(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.strip("_").replace("_", " of ", 1)).capitalize() + "."


def _parts(schema: Any) -> list[Document]:
    """The schema and every schema in it, but no field that is called `title`."""
    found: list[Document] = [schema] if isinstance(schema, dict) else []
    for part in list(found):
        for name in ("anyOf", "allOf", "oneOf", "prefixItems"):
            for inner in part.get(name, ()):
                found += _parts(inner)
        for name in ("items", "additionalProperties"):
            found += _parts(part.get(name))
        for inner in part.get("properties", {}).values():
            found += _parts(inner)
    return found


def _used(paths: Document, schemas: Document) -> Document:
    """The shapes that the operations reach."""
    wanted = _refs(paths)
    seen: set[str] = set()
    while wanted - seen:
        name = (wanted - seen).pop()
        seen.add(name)
        wanted |= _refs(schemas.get(name, {}))
    return {name: schemas[name] for name in sorted(seen) if name in schemas}


def _refs(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"].rpartition("/")[2]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*(_refs(v) for v in value.values()))
    if isinstance(value, list):
        return set().union(*(_refs(v) for v in value))
    return set()
