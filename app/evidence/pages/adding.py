"""The form that adds evidence: one file or several, a link, or something seen."""

from typing import Any

from fastapi import APIRouter, Request, Response

from app.core.db import Read, Write
from app.core.words import _
from app.evidence import commands
from app.evidence.pages.parts import Files, choices, refused
from app.evidence.received import Received, received
from app.evidence.rules import EvidenceForm
from app.evidence.schemas import NewEvidence
from app.plans.queries import PlanAccess, plan_for, plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed
from app.web.uploads import Uploads

router = APIRouter(prefix="/plans/{plan}/evidence")


@router.get("/new")
@act("evidence.submit")
def new(request: Request, read: Reader, plan: str, action: str = "", recommendation: str = "") -> Response:
    access = plan_for(read, plan, "evidence.submit")
    values = {"actions": action, "recommendations": recommendation, "form": EvidenceForm.file.value}
    return _new(request, read, access, Form(values))


@router.post("/new")
@act("evidence.submit")
def submit(request: Request, files: Files, tx: Writer, plan: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "evidence.submit")
    if files.errors:
        return _new(request, tx, access, refused(values, files.errors))
    made = forms.made(tx, NewEvidence, values, lambda given: _submitted(tx, access, given, files))
    if isinstance(made, Form):
        return _new(request, tx, access, made)
    for file in files.files:
        files.take(file)
    base = f"/plans/{access.slug}/evidence"
    return render.see_other(request, f"{base}/{made[0]}?new={len(made)}")


def _submitted(tx: Write, access: PlanAccess, given: NewEvidence, files: Uploads) -> list[str]:
    """The references of what was made: an item for each file, all of the same words."""
    each: list[Received | None] = [received(file) for file in files.files]
    each = each or [None]
    return [commands.submit(tx, access=access, given=given, file=file, by_hand=True).ref for file in each]


def _new(request: Request, read: Read, access: PlanAccess, form: Form) -> Response:
    del read
    values: dict[str, Any] = form.values
    ref = str(values.get("actions", "")).partition(",")[0].strip()
    back = f"/plans/{access.slug}/actions/{ref}" if ref and not form.errors else f"/plans/{access.slug}/evidence"
    return render.page(
        request,
        "evidence/new.html",
        _("Add evidence"),
        status=form.status,
        nav=plan_nav(access, "evidence"),
        form=form,
        address=f"/plans/{access.slug}/evidence/new",
        back={"href": back, "text": _("Action {ref}", ref=ref) if "/actions/" in back else _("Evidence")},
        **choices(),
    )
