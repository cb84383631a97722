"""What the pages of evidence share: files on their way in, choices, and forms as typed."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel

from app.core.db import Read, Write
from app.core.errors import FieldError, Invalid
from app.core.uploads.kinds import ACCEPT
from app.core.words import _
from app.evidence.rules import EvidenceForm, EvidenceKind, EvidenceSort
from app.evidence.wording import KIND_WORDS, SORT_WORDS
from app.plans.queries import plan_for
from app.web import forms
from app.web.forms import Form, form_values
from app.web.uploads import Uploads, receiving

Typed = Annotated[dict[str, Any], Depends(form_values)]
Model = TypeVar("Model", bound=BaseModel)


def _allowed(read: Read, request: Request) -> object:
    return plan_for(read, request.path_params["plan"], "evidence.submit")


Files = Annotated[Uploads, Depends(receiving(_allowed))]


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


def refused(values: dict[str, Any], errors: list[FieldError]) -> Form:
    form = Form(values)
    form.refuse(Invalid.several(errors))
    return form


def choices() -> dict[str, Any]:
    """The options of the form that adds or changes an item."""
    return {
        "accept": ACCEPT,
        "kinds": [{"value": k.value, "text": _(KIND_WORDS[k]), "hint": _hint(k)} for k in EvidenceKind],
        "sorts": [{"value": s.value, "text": _(SORT_WORDS[s])} for s in EvidenceSort],
        "forms": [
            {"value": EvidenceForm.file.value, "text": _("A file, or several")},
            {"value": EvidenceForm.link.value, "text": _("A link to where it is kept")},
            {"value": EvidenceForm.seen.value, "text": _("Seen, for example on a walk-round: no file")},
        ],
    }


def _hint(kind: EvidenceKind) -> str:
    if kind is EvidenceKind.implementation:
        return _("a guideline, rota or minutes; needed before an action is delivered")
    return _("an audit, measure, observation or feedback; needed before it is assured")
