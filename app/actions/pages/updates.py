"""Reporting progress: the form in the row, in a card or on a page; drafts; and the row that comes back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from app.actions import commands, queries, reporting
from app.actions.display import saved_text
from app.actions.filters import apply
from app.actions.grouping import group
from app.actions.mine import card
from app.actions.pages.around import Asked, asked
from app.actions.pages.listing import changed_parts, next_ref
from app.actions.pages.opening import Opened, opened, row_words
from app.actions.reporting import Report
from app.actions.rules import Stage
from app.actions.schemas import UpdateAction
from app.actions.view import ActionView
from app.core import clock
from app.core.db import Read
from app.core.identifiers import warning_sentences
from app.core.words import _
from app.plans.queries import plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader, Writer
from app.web.forms import Form, Typed
from app.web.htmx import came_from, partial, target_id, wants_fragment

router = APIRouter(prefix="/plans/{plan}/actions/{ref}", include_in_schema=False)
Place = Annotated[str, Query(pattern="^(row|card|page)$")]


@router.get("/update")
@act("action.update")
def form(request: Request, read: Reader, plan: str, ref: str, place: Place = "row", back: str = "") -> Response:
    here = opened(read, plan, "action.update")
    action = queries.of_ref(here.view, ref)
    here.access.require("action.update", action, action.contributor_ids)
    path, query = came_from(request)
    back = back or (query if path == here.base else "")
    place = place if wants_fragment(request) else "page"
    draft = queries.draft(read, here.access, ref)
    values = reporting.first_values(action, draft)
    return _form(request, here, action, values, place=place, back=back, since=_since(draft))


@router.get("/row")
@act("plan.read")
def row_again(request: Request, read: Reader, plan: str, ref: str, place: Place = "row") -> Response:
    """The row, or card, without its form: Cancel, and Esc."""
    here = opened(read, plan)
    action = queries.of_ref(here.view, ref)
    if not wants_fragment(request):
        return render.see_other(request, f"{here.base}#{ref}")
    return HTMLResponse(_closed(request, here, action, place, focused=True))


@router.post("/update")
@act("action.update")
def update(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    before = opened(tx, plan, "action.update")
    action = queries.of_ref(before.view, ref)
    form = forms.settled(
        tx,
        UpdateAction,
        values,
        lambda given: commands.update_action(
            tx, access=before.access, ref=ref, given=given, was=reporting.progress_read(values.get("was"))
        ),
        sent=reporting.given(values),
    )
    if form is not None:
        return _form(request, before, action, values, place=_place(request, values), back=_back(values), form=form)
    after = Opened(before.access, queries.plan_view(tx, before.access), tx)
    return _saved(request, tx, before, after, action, values)


@router.post("/draft")
@act("action.draft")
def draft(tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    here = opened(tx, plan, "action.draft")
    kept = reporting.draft_of(values)
    if kept:
        commands.save_draft(tx, access=here.access, ref=ref, fields=kept)
    else:
        commands.discard_draft(tx, access=here.access, ref=ref)
    return Response(status_code=204)


@router.post("/draft/discard")
@act("action.draft")
def discard(request: Request, tx: Writer, plan: str, ref: str, values: Typed) -> Response:
    here = opened(tx, plan, "action.draft")
    commands.discard_draft(tx, access=here.access, ref=ref)
    action = queries.of_ref(here.view, ref)
    place, back = _place(request, values), _back(values)
    if place == "page":
        return render.see_other(request, f"{here.base}/{ref}/update" + (f"?back={back}" if back else ""))
    return _form(request, here, action, reporting.first_values(action, None), place=place, back=back)


def _place(request: Request, values: Mapping[str, Any]) -> str:
    place = str(values.get("place", ""))
    return place if wants_fragment(request) and place in reporting.PLACES else "page"


def _back(values: Mapping[str, Any]) -> str:
    return str(values.get("back", ""))[:2000]


def _since(draft: Mapping[str, Any] | None) -> str:
    if not draft:
        return ""
    began = str(draft.get("began", ""))
    try:
        instant = clock.london(datetime.fromisoformat(began))
    except ValueError:
        instant = None
    return reporting.began_text(began, instant)


def _report(here: Opened, action: ActionView, values: Mapping[str, Any], place: str, back: str) -> Report:
    address = f"{here.base}/{action.ref}"
    query = asked(here, back).query
    office = here.may("plan.structure") or here.access.may("action.edit", action)
    return reporting.report(
        action,
        here.view,
        address=address,
        leave="/me" if place == "card" else here.base + (f"?{query}" if query else "") + f"#{action.ref}",
        place=place,
        back=query,
        was=str(values.get("was") or action.facts.progress.value),
        began=str(values.get("began") or clock.now().isoformat(timespec="minutes")),
        people=reporting.people_to_name(action, here.view) if office else [],
        ways=reporting.ways(),
        links=_links(here, action, address),
        values=values,
    )


def _links(here: Opened, action: ActionView, address: str) -> list[reporting.FormLink]:
    links: list[reporting.FormLink] = []
    if action.stage is not Stage.not_delivered:
        return links
    if action.facts.due_date is None or here.access.is_draft:
        if here.may("action.edit", action):
            links.append(reporting.FormLink(f"{address}/edit#due_date", _("Set a due date")))
    elif here.may("action.propose", action):
        links.append(reporting.FormLink(f"{address}/proposals/new?move=due_date", _("Ask for a new date")))
    return links


def _form(
    request: Request,
    here: Opened,
    action: ActionView,
    values: Mapping[str, Any],
    *,
    place: str,
    back: str,
    since: str = "",
    form: Form | None = None,
) -> Response:
    report = _report(here, action, values, place, back)
    report.since = since
    status = 200
    if form is not None:
        report.errors, status = form.errors, form.status
        if "conflicts" in form.details:
            # Now it has been seen: saving again is meant.
            report.meanwhile, report.was = [reporting.meanwhile_text(action)], action.facts.progress.value
    shown = _drawn(here, action, _anchor(request, action.ref), place) | {"form": report}
    if place == "row":
        return render.fragment(request, "actions/_editing.html", status=status, **shown)
    if place == "card":
        return render.fragment(request, "actions/_card_editing.html", status=status, **shown)
    title = _("Update {ref}", ref=action.ref)
    nav = plan_nav(here.access, "tracker")
    return render.page(request, "actions/update.html", title, status=status, nav=nav, **shown)


def _anchor(request: Request, ref: str) -> str:
    """Which showing of the action was asked from: its row, or (grouped by source) the second, "1.2~2"."""
    asked_from = target_id(request)
    name, again, number = asked_from.rpartition("~")
    return asked_from if again and name == ref and number.isdecimal() else ref


def _other_showings(here: Opened, wanted: Asked, ref: str, anchor: str) -> list[str]:
    """The other rows of the list that show the action: a source groups it once for each that it answers."""
    f = wanted.filters
    if f.group != "framework":
        return []
    times = sum(a.ref == ref for g in group(apply(here.view, f), f.group, here.view) for a in g.actions)
    return [each for n in range(1, times + 1) if (each := f"{ref}~{n}" if n > 1 else ref) != anchor]


def _drawn(here: Opened, action: ActionView, anchor: str, place: str) -> dict[str, Any]:
    """What the row, the card or the page of an action's form shows; anchor: the id of the row or card."""
    face = {"card": card(action, here.view)} if place == "card" else {"row": here.row(action)}
    return face | {
        "anchor": anchor,
        "base": here.base,
        "words": row_words(),
    }


def _closed(
    request: Request, here: Opened, action: ActionView, place: str, *, focused: bool = False, anchor: str = ""
) -> str:
    """The row or card of an action, without the form; anchor: which showing, where it is not the one asked from."""
    return render.html(
        "actions/_card.html" if place == "card" else "actions/_row.html",
        request=request,
        may_update=here.may_update(action),
        may_ask=here.may_ask(action),
        focused=focused,
        **_drawn(here, action, anchor or _anchor(request, action.ref), place),
    )


def _saved(
    request: Request, read: Read, before: Opened, after: Opened, action: ActionView, values: Mapping[str, Any]
) -> Response:
    """The row with its new rating, all that follows from it, and where the person goes from here."""
    now = after.view.by_ref[action.ref]
    place, wanted = _place(request, values), asked(before, _back(values))
    onward = next_ref(before, wanted, action.ref) if values.get("go") == "next" else None
    if place == "page":
        query = f"?back={wanted.quoted}" if wanted.query else ""
        if onward:
            return render.see_other(request, f"{after.base}/{onward}/update{query}")
        return render.see_other(request, f"{wanted.address(after)}#{action.ref}")
    said = saved_text(action, now)
    if values.get("was", action.facts.progress.value) != action.facts.progress.value:
        said = f"{said}. {reporting.meanwhile_text(action)}"
    if warnings := warning_sentences(str(values.get("commentary", ""))):
        said = f"{said}. {' '.join(warnings)}"
    parts = [_closed(request, after, now, place, focused=onward is None)]
    if place == "row":
        others = _other_showings(before, wanted, action.ref, _anchor(request, action.ref))
        parts += [partial(other, _closed(request, after, now, place, anchor=other)) for other in others]
        parts += changed_parts(before, after, wanted)
        if onward:
            parts.append(partial(onward, _next_form(request, read, after, onward, wanted)))
    parts.append(partial("live", said, "innerHTML"))
    return HTMLResponse("".join(parts), headers={"Cache-Control": "no-store"})


def _next_form(request: Request, read: Read, here: Opened, ref: str, wanted: Asked) -> str:
    action = here.view.by_ref[ref]
    draft = queries.draft(read, here.access, ref)
    report = _report(here, action, reporting.first_values(action, draft), "row", wanted.query)
    report.since = _since(draft)
    return render.html("actions/_editing.html", request=request, form=report, **_drawn(here, action, ref, "row"))
