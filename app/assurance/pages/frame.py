"""What the pages of proposals and decisions share: forms as typed, and the way round."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

from fastapi import Depends
from pydantic import BaseModel

from app.core.db import Write
from app.core.words import _
from app.plans.queries import PlanAccess
from app.plans.schemas import BodyRead
from app.web import forms
from app.web.forms import Form, form_values

Typed = Annotated[dict[str, Any], Depends(form_values)]
Model = TypeVar("Model", bound=BaseModel)


def nested(values: dict[str, Any], *groups: str) -> dict[str, Any]:
    """A form's "meeting.name" as {"meeting": {"name": ...}}, as the API takes it; a group left empty is left out."""
    out = {k: v for k, v in values.items() if "." not in k}
    for group in groups:
        inner = {k.partition(".")[2]: v for k, v in values.items() if k.startswith(f"{group}.")}
        if any(str(v).strip() for v in inner.values() if v != []):
            out[group] = inner
    return out


def settled(tx: Write, model: type[Model], values: dict[str, Any], do: Callable[[Model], object],
            *groups: str) -> Form | None:  # fmt: skip
    """None when the act is done; else the form as it was typed, with what is wrong."""
    given = forms.read(model, nested(values, *groups))
    if isinstance(given, Form):
        given.values = dict(values)
        return given
    form = Form(values)
    with forms.attempt(tx, form):
        do(given)
        return None
    return form


def ways(access: PlanAccess, current: str) -> list[dict[str, Any]]:
    """The pages of decisions and of what stands round them."""
    pages = (
        ("decisions", _("Decisions")),
        ("questions", _("Questions")),
        ("exceptions", _("Exception reports")),
        ("editions", _("Editions")),
        ("delegations", _("Delegations")),
    )
    return [{"href": f"/plans/{access.slug}/{name}", "text": text, "current": name == current} for name, text in pages]


def seats(bodies: Sequence[BodyRead]) -> list[dict[str, str]]:
    """Everybody who sits in one of these bodies, once, as a tick says it."""
    found = {m.email: m.name for b in bodies for m in b.members}
    return [{"email": email, "name": name} for email, name in sorted(found.items(), key=lambda each: each[1])]


def action_address(access: PlanAccess, ref: str) -> str:
    return f"/plans/{access.slug}/actions/{quote(ref, safe='')}"


def many(values: dict[str, Any], name: str) -> list[str]:
    """All values ticked under one name."""
    found = values.get(name, [])
    return [found] if isinstance(found, str) else list(found)
