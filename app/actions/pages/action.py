"""The action's own page: facts, rating, what it answers and waits for, and all that was said and done."""

from typing import Any

from fastapi import APIRouter, Request, Response

from app.actions import queries, telling
from app.actions.display import row
from app.actions.pages.opening import Opened, opened
from app.actions.view import ActionView
from app.assurance import queries as assurance
from app.assurance.queries.naming import names_of
from app.core.db import Read
from app.core.words import _
from app.evidence import queries as evidence
from app.history import queries as history
from app.plans.queries import plan_fields, plan_nav, restrictions_of
from app.web import render
from app.web.access import act
from app.web.doors import Reader

router = APIRouter(prefix="/plans/{plan}/actions/{ref}", include_in_schema=False)
MOST_DEEDS = 50


@router.get("")
@act("plan.read")
def show(request: Request, read: Reader, plan: str, ref: str) -> Response:
    here = opened(read, plan)
    action = queries.action(read, here.access, ref)
    drawn = row(action, here.view.day)
    said = queries.updates(read, here.access, action.id)
    restricted = restrictions_of(read, here.access, [action.id, *(each.id for each in said)])
    sees_views = here.access.may("views_differ.read", action, action.contributor_ids)
    return render.page(
        request,
        "actions/show.html",
        f"{action.ref} {action.title}",
        nav=plan_nav(here.access, "tracker"),
        base=here.base,
        plan=here.view,
        action=action,
        row=drawn,
        tools=_tools(here, action),
        facts=telling.facts(action, [(f.key, f.name) for f in plan_fields(read, here.access.id)]),
        whys=telling.whys(action),
        coming=telling.coming(action, here.view),
        views=telling.views(action, drawn.label) if sees_views else "",
        milestones=telling.milestones(action, here.view.day),
        said=telling.said(said),
        restriction=restricted.get(action.id),
        restricted=frozenset(restricted),
        may_restrict=here.may("action.restrict", action),
        proposals=assurance.proposals(read, here.access, ref=ref),
        evidence=evidence.evidence_of(read, here.access, action.id),
        add_evidence=f"/plans/{plan}/evidence/new?action={ref}" if here.may("evidence.submit", action) else "",
        deeds=_deeds(read, here, action),
        **_asked(read, here, action),
        **_tied(here, action),
    )


def _asked(read: Read, here: Opened, action: ActionView) -> dict[str, Any]:
    """The board's questions and the exception reports, and where to add one."""
    address, in_force = f"{here.base}/{action.ref}", action.stage.is_in_force
    may_report = in_force and not here.access.is_draft and here.may("action.propose", action)
    return {
        "questions": assurance.questions(read, here.access, ref=action.ref),
        "exceptions": assurance.exceptions(read, here.access, ref=action.ref),
        "ask_href": f"{address}/questions/new" if here.may("question.ask", action) else "",
        "report_href": f"{address}/exceptions/new" if may_report else "",
    }


def _tied(here: Opened, action: ActionView) -> dict[str, Any]:
    """Rows of the actions it waits for, and of those that wait for it."""
    others, today = here.view.by_ref, here.view.day
    return {
        "waits_for": [row(others[ref], today) for ref in action.depends_on if ref in others],
        "needed_by": [row(others[ref], today) for ref in action.needed_by if ref in others],
    }


def _tools(here: Opened, action: ActionView) -> list[dict[str, str]]:
    address, tools = f"{here.base}/{action.ref}", []
    if here.may("action.create"):
        tools.append({"text": _("Copy"), "kind": "plain", "href": f"{address}/copy"})
    if action.stage.is_in_force and any(
        here.may(a, action) for a in ("action.edit", "action.edit_own", "action.owner")
    ):
        tools.append({"text": _("Edit"), "kind": "plain", "href": f"{address}/edit"})
    if action.stage.is_in_force and here.may("action.propose", action) and not here.access.is_draft:
        tools.append({"text": _("Ask for a move"), "kind": "plain", "href": f"{address}/proposals/new"})
    if here.may("action.restrict", action):
        tools.append({"text": _("Who may see it"), "kind": "plain", "href": f"{address}/restriction"})
    if here.may_update(action):
        tools.append({"text": _("Update"), "kind": "primary", "href": f"{address}/update"})
    return tools


def _deeds(read: Read, here: Opened, action: ActionView) -> list[dict[str, str]]:
    """The record of this action as sentences, newest first."""
    until = here.view.revision if here.view.as_at else None
    found = history.trail(read, here.access.stream, action.id, limit=MOST_DEEDS, until=until)
    names = names_of(read, here.access, here.view, found.deeds)
    return [history.told(deed, names) for deed in found.deeds]
