"""What breaks a program between two OpenAPI documents: each as a sentence that names it."""

from collections.abc import Iterator
from typing import Any

Part = dict[str, Any]


def breaks(old: Part, new: Part) -> list[str]:
    found = [fault for path, methods in old["paths"].items() for fault in _path(path, methods, new)]
    shapes = new["components"]["schemas"]
    for name, schema in old["components"]["schemas"].items():
        if name not in shapes:
            found.append(f"the shape {name} is gone")
        else:
            found += _shape(name, schema, shapes[name], sent=name in _sent(new))
    return found


def _path(path: str, methods: Part, new: Part) -> Iterator[str]:
    if path not in new["paths"]:
        yield f"the address {path} is gone"
        return
    for method, old in methods.items():
        called = f"{method.upper()} {path}"
        if method not in new["paths"][path]:
            yield f"{called} is gone"
            continue
        yield from _operation(called, old, new["paths"][path][method])


def _operation(called: str, old: Part, new: Part) -> Iterator[str]:
    if old["operationId"] != new["operationId"]:
        yield f"{called} is called {new['operationId']}, no longer {old['operationId']}"
    before, after = ({(p["in"], p["name"]): p for p in o.get("parameters", ())} for o in (old, new))
    for key, parameter in before.items():
        if key not in after:
            yield f"{called} no longer takes {key[1]}"
        else:
            yield from _value(f"{called}, {key[1]}", parameter["schema"], after[key]["schema"], sent=True)
    for key, parameter in after.items():
        if parameter["required"] and not before.get(key, {}).get("required"):
            yield f"{called} now needs {key[1]}"
    for status in old["responses"]:
        if status.startswith("2") and status not in new["responses"]:
            yield f"{called} no longer answers {status}"
    yield from _contents(called, old, new)


def _contents(called: str, old: Part, new: Part) -> Iterator[str]:
    pairs = [(old.get("requestBody", {}), new.get("requestBody", {}), True)]
    pairs += [(a, new["responses"].get(s, {}), False) for s, a in old["responses"].items() if s.startswith("2")]
    for before, after, sent in pairs:
        for kind, held in before.get("content", {}).items():
            if kind not in after.get("content", {}):
                yield f"{called}: {kind} is gone"
            else:
                yield from _value(f"{called}, {kind}", held["schema"], after["content"][kind]["schema"], sent=sent)
    if new.get("requestBody", {}).get("required") and not old.get("requestBody", {}).get("required"):
        yield f"{called} now needs a body"


def _shape(name: str, old: Part, new: Part, *, sent: bool) -> Iterator[str]:
    yield from _value(name, old, new, sent=sent)
    for field, schema in old.get("properties", {}).items():
        if field not in new.get("properties", {}):
            yield f"{name}.{field} is gone"
        else:
            yield from _value(f"{name}.{field}", schema, new["properties"][field], sent=sent)
    before, after = set(old.get("required", ())), set(new.get("required", ()))
    if sent:
        yield from (f"{name}.{field} is needed now" for field in sorted(after - before))
    else:
        yield from (f"{name}.{field} may be missing now" for field in sorted(before - after))


def _value(called: str, old: Part, new: Part, *, sent: bool) -> Iterator[str]:
    """An answer may say less and a body more; neither may change its kind."""
    gone = [v for v in old.get("enum", ()) if v not in new.get("enum", ())] if "enum" in new else []
    yield from (f"{called} is never {value} any more" for value in gone)
    before, after = _kinds(old), _kinds(new)
    lost = before - after if sent else after - before
    if before and lost and "enum" not in old:
        yield f"{called} was {_told(before)} and is {_told(after)}"


def _kinds(schema: Part) -> set[str]:
    if "anyOf" in schema:
        return {kind for part in schema["anyOf"] for kind in _kinds(part)}
    if "$ref" in schema:
        return {str(schema["$ref"]).rpartition("/")[2]}
    if schema.get("type") == "array":
        return {f"list of {kind}" for kind in _kinds(schema.get("items", {})) or {"anything"}}
    return {" ".join(filter(None, (schema.get("type"), schema.get("format"))))} - {""}


def _told(kinds: set[str]) -> str:
    return " or ".join(sorted(kinds)) or "anything"


def _sent(document: Part) -> set[str]:
    """The shapes that requests reach."""
    shapes, found = document["components"]["schemas"], set[str]()
    wanted = [o.get("requestBody", {}) for methods in document["paths"].values() for o in methods.values()]
    while wanted:
        part = wanted.pop()
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                wanted.append(shapes.get(name, {}))
            wanted += [v for k, v in part.items() if k not in ("example", "examples")]
        elif isinstance(part, list):
            wanted += part
    return found
