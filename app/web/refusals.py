"""What FastAPI refuses before a door is reached, in the reader's words: parameters, filters and bodies."""

from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel

from app.core.errors import FieldError
from app.core.sentences import field_errors
from app.core.words import _

MOST_SHOWN = 40


def request_errors(request: Request, error: RequestValidationError) -> list[FieldError]:
    """A field and a sentence for each thing that is wrong with the request."""
    out: list[FieldError] = []
    for found in error.errors():
        place, *rest = found["loc"]
        if place == "query" and found["type"] == "extra_forbidden":
            name = str(rest[-1])
            out.append(FieldError(name, _no_filter(name, query_names(request))))
        else:
            inner = found | {"loc": rest}
            if found["type"] == "json_invalid":
                inner["ctx"] = _line_and_column(error.body, rest)
            out += field_errors([inner])
    # A parameter that two dependencies read is refused by both.
    return list(dict.fromkeys(out))


def query_names(request: Request) -> list[str]:
    """The query parameters of the route that was asked, in the order that its door declares them."""
    dependant = getattr(request.scope.get("route"), "dependant", None)
    if not isinstance(dependant, Dependant):
        return []
    # A router within a router does not know the places of the outer one's address.
    return [name for name in dict.fromkeys(_names(dependant)) if name not in request.path_params]


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
    return _("There is no filter “{name}”. Use one of: {list}.", name=shown, list=", ".join(known))


def _line_and_column(body: Any, place: list[Any]) -> dict[str, int]:
    """Where a text stops being JSON, counted from 1; nothing where that is not known."""
    if not (isinstance(body, str) and place and isinstance(place[0], int)):
        return {}
    before = body[: place[0]]
    return {"line": before.count("\n") + 1, "column": place[0] - (before.rfind("\n") + 1) + 1}
