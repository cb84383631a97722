"""Bodies that may be JSON or a form with files: the same fields either way."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from app.core.errors import Invalid
from app.core.sentences import field_errors
from app.core.words import _
from app.web.forms import form_values

Model = TypeVar("Model", bound=BaseModel)


async def body_values(request: Request) -> Any:
    """A dependency: the body's fields; several values of one name become a list."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        files = {name for name, value in (await request.form()).multi_items() if not isinstance(value, str)}
        return {name: value for name, value in (await form_values(request)).items() if name not in files}
    if kind != "application/json" and not kind.endswith("+json"):
        raise Invalid("", _("Send JSON, or a form with a file (multipart/form-data)."), "unsupported_media_type")
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise Invalid("", _("The body is not JSON. Check it and send it again.")) from error


def modelled(model: type[Model], values: Any) -> Model:
    """The input model; 422 naming each field that is wrong."""
    if not isinstance(values, Mapping):
        raise Invalid("", _("Send a JSON object, with names and values between braces."))
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise Invalid.several(field_errors(list(error.errors()))) from error


def body_told(model: type[BaseModel], *, json_too: bool = True) -> dict[str, Any]:
    """What the OpenAPI document says of such a body: the model's fields, and beside them the file."""
    shape = model.model_json_schema(ref_template="#/components/schemas/{model}")
    shape.pop("$defs", None)
    content: dict[str, Any] = {"application/json": {"schema": shape}} if json_too else {}
    more = {"file": {"type": "string", "format": "binary", "description": "At most 25 MiB.", "example": "report.pdf"}}
    content["multipart/form-data"] = {"schema": shape | {"properties": shape["properties"] | more}}
    return {"requestBody": {"required": True, "content": content}}
