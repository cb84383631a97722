"""What every settings page of a plan shares: its tabs and its people."""

from typing import Any

from fastapi import Request, Response

from app.core.db import Read
from app.core.words import _
from app.people.queries import directory
from app.plans import queries
from app.plans.queries import PlanAccess
from app.plans.queries.listing import CADENCE_WORDS
from app.plans.rules import Cadence, PlanState
from app.web import render
from app.web.forms import Form


def page(
    request: Request, read: Read, slug: str, template: str, *, form: Form | None = None, at: str = "", **shown: Any
) -> Response:
    """A settings page: each tab has its template. `at` says which of the page's forms `form` is."""
    access = queries.plan_for(read, slug)
    form = form or Form()
    return render.page(
        request,
        template,
        _("Settings"),
        status=form.status,
        nav=queries.plan_nav(access, "settings"),
        access=access,
        plan=queries.plan_read(read, access),
        tabs_shown=_tabs(access, template),
        may_change=access.may("plan.structure") and access.state is not PlanState.closed,
        may_adopt=access.may("plan.adopt"),
        form=form,
        at=at,
        **shown,
    )


def people(read: Read, access: PlanAccess) -> list[dict[str, str]]:
    """Who may be named in this plan, as options of a choice."""
    found = directory(read, {access.organisation_id, *access.participants})
    return [{"value": p.email, "text": f"{p.name}, {p.post}" if p.post else p.name} for p in found if p.active]


def settings_shown(read: Read, access: PlanAccess) -> dict[str, Any]:
    """What the page of the plan's own words needs beside the plan."""
    return {"people": people(read, access), "cadences": cadences()}


def cadences() -> list[dict[str, str]]:
    return [{"value": c.value, "text": _(CADENCE_WORDS[c])} for c in Cadence]


def _tabs(access: PlanAccess, template: str) -> list[dict[str, Any]]:
    base = f"/plans/{access.slug}/settings"
    items = [
        ("plans/settings.html", base, _("Plan")),
        ("plans/priorities.html", f"{base}/priorities", _("Priorities")),
        ("plans/bodies.html", f"{base}/bodies", _("People and bodies")),
        ("plans/participants.html", f"{base}/participants", _("Participants")),
        ("plans/meetings.html", f"{base}/meetings", _("Meetings")),
        ("plans/rules.html", f"{base}/rules", _("Rating rules")),
        ("plans/legend.html", f"{base}/legend", _("Legend")),
    ]
    return [{"href": href, "text": text, "current": key == template} for key, href, text in items]
