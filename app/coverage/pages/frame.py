"""What the pages of coverage share."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends
from pydantic import BaseModel

from app.core.db import Write
from app.web import forms
from app.web.forms import Form, form_values

Typed = Annotated[dict[str, Any], Depends(form_values)]
Model = TypeVar("Model", bound=BaseModel)


def settled(tx: Write, model: type[Model], values: dict[str, Any], do: Callable[[Model], object]) -> Form | None:
    """None when the act is done; else the form as it was typed, with what is wrong."""
    given = forms.read(model, values)
    if isinstance(given, Form):
        return given
    form = Form(values)
    with forms.attempt(tx, form):
        do(given)
        return None
    return form
