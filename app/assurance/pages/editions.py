"""Editions of a plan: those approved, and the page on which the office prepares the next."""

import re
from typing import Any

from fastapi import APIRouter, Request, Response

from app.actions.queries import plan_view
from app.actions.rules import Stage
from app.assurance import commands, queries
from app.assurance.pages.frame import ways
from app.assurance.schemas import EditionPreview, NewEdition
from app.core.db import Read
from app.core.words import _
from app.plans.queries import PlanAccess, plan_for, plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/editions")
# A pasted line: the reference, then the date; a spreadsheet's tab, a semicolon, a comma or spaces between them.
_PASTED = re.compile(r"^\s*(\S+?)\s*[\t;, ]\s*(\S.*?)\s*$")


@router.get("")
@act("plan.read")
def listing(request: Request, read: Reader, plan: str) -> Response:
    access = plan_for(read, plan)
    return render.page(
        request,
        "assurance/editions.html",
        _("Editions of the plan"),
        nav=plan_nav(access, "decisions"),
        base=f"/plans/{access.slug}",
        ways=ways(access, "editions"),
        found=queries.editions(read, access),
        may_prepare=access.may("plan.structure") and not access.is_draft,
    )


@router.get("/new")
@act("plan.structure")
def new(request: Request, read: Reader, plan: str) -> Response:
    return _new(request, read, plan_for(read, plan, "plan.structure"), Form())


@router.post("/new")
@act("plan.structure")
def propose(request: Request, tx: Writer, plan: str, values: Typed) -> Response:
    """One form, two buttons: count what the dates would do, or ask for them."""
    access = plan_for(tx, plan, "plan.structure")
    given = values | {"dates": _dates(values)}
    if values.get("go") == "count":
        return _count(request, tx, access, values, given)
    made = forms.made(tx, NewEdition, given, lambda asked: commands.propose_edition(tx, access=access, given=asked))
    if isinstance(made, Form):
        return _new(request, tx, access, made)
    return render.see_other(request, f"/plans/{plan}/proposals/{made.id}?new=1")


def _count(request: Request, tx: Read, access: PlanAccess, values: dict[str, Any], given: dict[str, Any]) -> Response:
    asked = forms.read(NewEdition, given | {"why": values.get("why") or _("Counted before asking")})
    if isinstance(asked, Form):
        return _new(request, tx, access, asked)
    form = Form(dict(values))
    preview: list[EditionPreview] = []
    with forms.refused(form):
        preview.append(queries.edition_preview(tx, access, asked))
    return _new(request, tx, access, form, preview[0] if preview else None)


def _dates(values: dict[str, Any]) -> list[dict[str, str]]:
    """The table's fields first, then the pasted lines, as the API takes them."""
    typed = [{"ref": k.removeprefix("date-"), "due_date": v} for k, v in values.items() if k.startswith("date-") and v]
    lines = [line for line in str(values.get("pasted", "")).splitlines() if line.strip()]
    found = [(_PASTED.match(line), line) for line in lines]
    return typed + [{"ref": m[1], "due_date": m[2]} if m else {"ref": line[:32], "due_date": ""} for m, line in found]


def _new(
    request: Request, read: Read, access: PlanAccess, form: Form, preview: EditionPreview | None = None
) -> Response:
    view = plan_view(read, access)
    return render.page(
        request,
        "assurance/edition.html",
        _("Prepare a new edition"),
        status=form.status,
        nav=plan_nav(access, "decisions"),
        base=f"/plans/{access.slug}",
        form=form,
        preview=preview,
        actions=[a for a in view.actions if a.stage is Stage.not_delivered and a.id not in access.hidden],
        back={"href": f"/plans/{access.slug}/editions", "text": _("Editions of the plan")},
    )
