"""What the pages of evidence share: files on their way in, and choices."""

from typing import Annotated, Any

from fastapi import Depends, Request

from app.core.db import Read
from app.core.errors import FieldError, Invalid
from app.core.uploads.kinds import ACCEPT
from app.core.words import _
from app.evidence.rules import EvidenceForm, EvidenceKind, EvidenceSort
from app.evidence.wording import KIND_WORDS, SORT_WORDS
from app.plans.queries import plan_for
from app.web.forms import Form
from app.web.uploads import Uploads, receiving


def _allowed(read: Read, request: Request) -> object:
    return plan_for(read, request.path_params["plan"], "evidence.submit")


Files = Annotated[Uploads, Depends(receiving(_allowed))]


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
