"""Forms: the same input model as the API's, each error beside its field, and nothing typed is lost."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from app.core.db import Write
from app.core.errors import FieldError, Forbidden, Invalid, NotFound, TrackerError
from app.core.inputs import told
from app.core.sentences import field_errors

Model = TypeVar("Model", bound=BaseModel)
Made = TypeVar("Made")


@dataclass(slots=True)
class Form:
    """What was typed (`values`), and what is wrong with it (`errors`, a sentence by field)."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    status: int = 200
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.errors

    @property
    def summary(self) -> list[dict[str, str]]:
        return [{"text": told(name, text), "href": f"#{name}" if name else ""} for name, text in self.errors.items()]

    def error(self, name: str) -> str:
        return self.errors.get(name, "")

    def value(self, name: str, default: Any = "") -> Any:
        return self.values.get(name, default)

    def refuse(self, error: TrackerError) -> None:
        self.status = error.status
        self.details = dict(error.details)
        for found in error.fields or [FieldError("", error.message)]:
            known = self.errors.get(found.field, "")
            if found.message not in known:
                self.errors[found.field] = f"{known} {found.message}".strip()


async def form_values(request: Request) -> dict[str, Any]:
    """A dependency: the form's fields; several values of one name become a list."""
    data = await request.form()
    out: dict[str, Any] = {}
    for name in data:
        values = [v for v in data.getlist(name) if isinstance(v, str)]
        out[name] = values if len(values) > 1 else values[0] if values else ""
    return out


Typed = Annotated[dict[str, Any], Depends(form_values)]


def read(model: type[Model], values: Mapping[str, Any], sent: Mapping[str, Any] | None = None) -> Model | Form:
    """The input model, or the form with its errors. Only fields of the model are taken.

    sent: the fields as the API takes them, where the form spells them in another way.
    """
    fields = values if sent is None else sent
    try:
        return model.model_validate({k: v for k, v in fields.items() if k in model.model_fields})
    except ValidationError as error:
        form = Form(values=dict(values), status=422)
        form.refuse(Invalid.several(field_errors(list(error.errors()))))
        return form


def made(
    tx: Write,
    model: type[Model],
    values: Mapping[str, Any],
    do: Callable[[Model], Made],
    *,
    sent: Mapping[str, Any] | None = None,
) -> Made | Form:
    """What the act `do` made of the form; or the form as typed with what is wrong, and nothing is done."""
    given = read(model, values, sent)
    return given if isinstance(given, Form) else tried(tx, lambda: do(given), values)


def tried(tx: Write, do: Callable[[], Made], values: Mapping[str, Any] | None = None) -> Made | Form:
    """As `made`, of an act that takes nothing typed."""
    form = Form(dict(values or {}))
    with attempt(tx, form):
        return do()
    return form


def settled(
    tx: Write,
    model: type[Model],
    values: Mapping[str, Any],
    do: Callable[[Model], object],
    *,
    sent: Mapping[str, Any] | None = None,
) -> Form | None:
    """None when the act is done; else the form as typed, with what is wrong."""
    found = made(tx, model, values, do, sent=sent)
    return found if isinstance(found, Form) else None


@contextmanager
def attempt(tx: Write, form: Form) -> Iterator[None]:
    """Try a command inside a savepoint; what it refuses comes back in the form, and nothing of it stays.

    Absent and forbidden things are not the form's to explain and pass through.
    """
    savepoint = tx.begin_nested()
    try:
        yield
        savepoint.commit()
    except (NotFound, Forbidden):
        raise
    except ValidationError as error:
        savepoint.rollback()
        form.refuse(Invalid.several(field_errors(list(error.errors()))))
    except TrackerError as error:
        savepoint.rollback()
        form.refuse(error)


@contextmanager
def refused(form: Form) -> Iterator[None]:
    """Try a query; what it refuses comes back in the form. Absent and forbidden things pass through."""
    try:
        yield
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.refuse(error)


def revision(values: Mapping[str, Any]) -> int:
    """The revision that the form was drawn from (its hidden field); 0 where it was lost, which is always stale."""
    given = str(values.get("revision", ""))
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
