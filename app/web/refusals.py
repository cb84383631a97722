"""What FastAPI refuses before a door is reached, in the reader's words: parameters, filters and bodies."""

from typing import Any
from weakref import WeakKeyDictionary

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel

from app.core.errors import FieldError
from app.core.sentences import field_errors
from app.core.words import _

MOST_SHOWN = 40


def request_errors(error: RequestValidationError) -> list[FieldError]:
    """A field and a sentence for each thing that is wrong with the request."""
    out: list[FieldError] = []
    for found in error.errors():
        _place, *rest = found["loc"]
        inner = found | {"loc": rest}
        if found["type"] == "json_invalid":
            inner["ctx"] = _line_and_column(error.body, rest)
        out += field_errors([inner])
    # A parameter that two dependencies read is refused by both.
    return list(dict.fromkeys(out))


def unknown_parameters(request: Request) -> list[FieldError]:
    """A sentence for each query parameter that the route does not know: one that is passed over looks obeyed."""
    given = dict.fromkeys(request.query_params)
    known = query_names(request) if given else []
    return [FieldError(name, _no_filter(name, known)) for name in given if name not in known]


def query_names(request: Request) -> list[str]:
    """The query parameters of the route that was asked, in the order that its door declares them."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return []
    if route.endpoint not in _declared:
        _declared[route.endpoint] = tuple(dict.fromkeys(_names(route.dependant)))
    # A router within a router does not know the places of the outer one's address.
    return [name for name in _declared[route.endpoint] if name not in request.path_params]


# By endpoint: looked for once, and asked with each request that has a query.
_declared: WeakKeyDictionary[Any, tuple[str, ...]] = WeakKeyDictionary()


def _names(dependant: Dependant) -> list[str]:
    found: list[str] = []
    for parameter in dependant.query_params:
        model = parameter.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            found += list(model.model_fields)
        else:
            found.append(parameter.alias)
    return found + [name for inner in dependant.dependencies for name in _names(inner)]


def _no_filter(name: str, known: list[str]) -> str:
    shown = name[:MOST_SHOWN] if name.isprintable() else "?"
    if not known:
        return _("There is no filter “{name}”. This address takes none.", name=shown)
    return _("There is no filter “{name}”. Use one of: {list}.", name=shown, list=", ".join(known))


def _line_and_column(body: Any, place: list[Any]) -> dict[str, int]:
    """Where a text stops being JSON, counted from 1; nothing where that is not known."""
    if not (isinstance(body, str) and place and isinstance(place[0], int)):
        return {}
    before = body[: place[0]]
    return {"line": before.count("\n") + 1, "column": place[0] - (before.rfind("\n") + 1) + 1}
