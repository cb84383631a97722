"""One item of evidence: its versions, what it proves, what was said of it, and what may be done."""

from typing import Any

from fastapi import APIRouter, Request, Response

from app.core.db import Read
from app.core.words import _
from app.evidence import commands, queries
from app.evidence.pages.parts import Files, choices, refused
from app.evidence.received import received
from app.evidence.rules import Strength
from app.evidence.schemas import ChangedEvidence, EvidenceRead, EvidenceWithdrawal, NewReview, NewStatement, NewVersion
from app.evidence.wording import STRENGTH_WORDS
from app.plans.queries import PlanAccess, plan_for, plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.downloads import attachment
from app.web.forms import Form, Typed

router = APIRouter(prefix="/plans/{plan}/evidence/{ref}")
TICKED = ("confidential",)


@router.get("")
@act("plan.read")
def show(request: Request, read: Reader, plan: str, ref: str, new: int = 0) -> Response:
    return _show(request, read, plan_for(read, plan), ref, Form(), new=new)


@router.get("/file")
@act("plan.read")
def file(request: Request, read: Reader, plan: str, ref: str, version: int | None = None) -> Response:
    found = queries.version_to_open(read, plan_for(read, plan), ref, version)
    return attachment(
        request.app.state.storage,
        found.stored_as,
        file_name=found.file_name,
        media_type=found.media_type,
        size=found.size,
    )


@router.post("/review")
@act("evidence.review")
def review(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "evidence.review")
    form = forms.settled(tx, NewReview, values, lambda given: commands.review(tx, access=access, ref=ref, given=given))
    return _done(request, access, ref) if form is None else _show(request, tx, access, ref, form, at="review")


@router.post("/withdrawal")
@act("evidence.withdraw")
def withdraw(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "evidence.withdraw")
    form = forms.settled(
        tx, EvidenceWithdrawal, values, lambda given: commands.withdraw(tx, access=access, ref=ref, given=given)
    )
    return _done(request, access, ref) if form is None else _show(request, tx, access, ref, form, at="withdraw")


@router.post("/versions")
@act("evidence.submit")
def add_version(request: Request, files: Files, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "evidence.submit")
    if files.errors:
        return _show(request, tx, access, ref, refused(values, files.errors), at="version")
    kept = files.files[0] if files.files else None
    form = forms.settled(
        tx,
        NewVersion,
        values,
        lambda given: commands.add_version(
            tx, access=access, ref=ref, given=given, file=received(kept) if kept else None
        ),
    )
    if form is not None:
        return _show(request, tx, access, ref, form, at="version")
    if kept:
        files.take(kept)
    return _done(request, access, ref)


@router.post("/versions/{number}/statement")
@act("evidence.submit")
def state_not_numbers(request: Request, tx: Writer, plan: str, ref: str, number: int, values: Typed) -> Response:
    access = plan_for(tx, plan, "evidence.submit")
    form = forms.settled(
        tx,
        NewStatement,
        values,
        lambda given: commands.state_not_numbers(tx, access=access, ref=ref, number=number, given=given),
    )
    return _done(request, access, ref) if form is None else _show(request, tx, access, ref, form, at="held")


@router.post("/versions/{number}/removal")
@act("evidence.submit")
def remove_file(request: Request, tx: Writer, plan: str, ref: str, number: int) -> Response:
    access = plan_for(tx, plan, "evidence.submit")
    commands.remove_file(tx, access=access, ref=ref, number=number, storage=request.app.state.storage)
    return _done(request, access, ref)


@router.get("/edit")
@act("evidence.submit")
def edit(request: Request, read: Reader, plan: str, ref: str) -> Response:
    access = plan_for(read, plan, "evidence.submit")
    item = queries.evidence_item(read, access, ref)
    return _edit(request, access, item, Form(_values(item)))


@router.post("/edit")
@act("evidence.submit")
def change(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    access = plan_for(tx, plan, "evidence.submit")
    # A tick that is off sends nothing.
    typed = dict.fromkeys(TICKED, "") | values
    revision = forms.revision(values)
    form = forms.settled(
        tx,
        ChangedEvidence,
        typed,
        lambda given: commands.change(tx, access=access, ref=ref, given=given, revision=revision),
    )
    if form is None:
        return _done(request, access, ref)
    return _edit(request, access, queries.evidence_item(tx, access, ref), form)


def _done(request: Request, access: PlanAccess, ref: str) -> Response:
    return render.see_other(request, f"/plans/{access.slug}/evidence/{ref}")


def _show(
    request: Request, read: Read, access: PlanAccess, ref: str, form: Form, *, at: str = "", new: int = 0
) -> Response:
    """at: which of the page's forms `form` is; new: how many items were just added."""
    item = queries.evidence_item(read, access, ref)
    return render.page(
        request,
        "evidence/show.html",
        _("Evidence {ref}", ref=item.ref),
        status=form.status,
        nav=plan_nav(access, "evidence"),
        item=item,
        form=form,
        at=at,
        new=new,
        may_restrict=access.may("action.restrict"),
        base=f"/plans/{access.slug}",
        accept=choices()["accept"],
        settles=[v for v in item.versions if v.held and v.may_open],
        strengths=[{"value": s.value, "text": _(STRENGTH_WORDS[s])} for s in Strength],
        back={"href": f"/plans/{access.slug}/evidence", "text": _("Evidence")},
    )


def _edit(request: Request, access: PlanAccess, item: EvidenceRead, form: Form) -> Response:
    return render.page(
        request,
        "evidence/edit.html",
        _("Change evidence {ref}", ref=item.ref),
        status=form.status,
        nav=plan_nav(access, "evidence"),
        item=item,
        form=form,
        back={"href": item.url, "text": _("Evidence {ref}", ref=item.ref)},
        **choices(),
    )


def _values(item: EvidenceRead) -> dict[str, Any]:
    """The item as its form spells it."""
    same = ("shows", "period_from", "period_to", "dated_on", "method", "sample_size", "result", "kept_at",
            "expires_on", "public_summary")  # fmt: skip
    return {name: getattr(item, name) or "" for name in same} | {
        "kind": item.kind.value,
        "sort": item.sort.value,
        "form": item.form.value,
        "url": item.link or "",
        "confidential": "1" if item.confidential else "",
        "actions": ", ".join(a.ref for a in item.actions),
        "recommendations": ", ".join(item.recommendations),
        "revision": item.revision,
    }
