"""The list: counts, filters, groups and rows of a plan's actions; the address carries its state."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from app.actions import queries
from app.actions.beginning import SetUp, begin_ways, setup_list
from app.actions.display import Share, caption, strip, strip_note
from app.actions.filters import NAMES, Filters, apply
from app.actions.grouping import Group, group
from app.actions.pages.around import Asked, State, asked_by, chip_views, columns, form_fields, href, state
from app.actions.pages.opening import Opened, again, lines, opened
from app.actions.view import ActionView
from app.core.db import Read
from app.core.words import _
from app.people.queries import anybody_is
from app.people.rules import Role
from app.plans.queries import plan_nav
from app.web import render
from app.web.access import act
from app.web.doors import Reader
from app.web.htmx import PUSH, partial, wants_fragment
from app.web.kept import keep

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Head:
    """Of a group; without a title there is none."""

    key: str
    title: str
    note: str
    strip: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    head: Markup
    lines: Markup


@router.get("/plans/{plan}/actions")
@act("plan.read")
def listing(request: Request, read: Reader, plan: str) -> Response:
    here = opened(read, plan)
    keep(request, read, here.access.id, queries.views_watched(here.access))
    params, views = request.query_params.multi_items(), queries.saved_views(read, here.access)
    first = next((v.slug for v in views if v.is_default), "")
    if first and not any(name in NAMES for name, _value in params):
        return render.see_other(request, href(here, Filters(view=first)))
    wanted = asked_by(here, params)
    shown = table(here, wanted) | {"request": request}
    if wants_fragment(request):
        parts = [render.html("actions/_table.html", **shown)]
        parts += [partial(place, markup) for place, markup in shown["around"].items()]
        parts.append(partial("live", shown["state"].count, "innerHTML"))
        headers = {PUSH: href(here, wanted.filters), "Vary": "HX-Request-Type", "Cache-Control": "private, no-cache"}
        return HTMLResponse("".join(parts), headers=headers)
    shown.pop("request")
    return render.page(
        request,
        "actions/list.html",
        here.view.title,
        nav=plan_nav(here.access, "tracker"),
        caption=caption(here.view),
        fields=render.drawn("actions/filter_fields.html", **form_fields(here, wanted.filters)),
        tools=_tools(here, wanted),
        views=views,
        current=wanted.saved.slug if wanted.saved else "",
        current_name=wanted.saved.name if wanted.saved else "",
        query=wanted.query,
        setup=_setup(read, here) if here.access.is_draft else None,
        begin=begin_ways(here.base, here.may),
        **shown,
    )


def _setup(read: Read, here: Opened) -> SetUp:
    has_chair = anybody_is(read, Role.chair, here.access.organisation_id)
    return setup_list(here.view, here.may, has_chair=has_chair)


def _around(here: Opened, wanted: Asked, said: State) -> dict[str, Markup]:
    """What stands around the table and follows from what is asked for, by its place."""
    return {
        "chips": render.drawn("actions/_chips.html", chips=chip_views(here, wanted.filters)),
        "filter-state": render.drawn("actions/_state.html", state=said),
    }


def table(here: Opened, wanted: Asked) -> dict[str, Any]:
    """All that the table and what stands around it show."""
    found = apply(here.view, wanted.filters)
    said = state(here, wanted, len(found))
    return {
        "plan": here.view,
        "base": here.base,
        "around": _around(here, wanted, said),
        "state": said,
        "columns": columns(here, wanted.filters),
        "groups": _group_views(here, _groups(here, found, wanted.filters), here.updatable(found)),
        "problems": [e.message for e in wanted.errors],
    }


def _groups(here: Opened, found: Sequence[ActionView], f: Filters) -> tuple[Group, ...]:
    return group(found, f.group, here.view)


def _group_views(here: Opened, found: Sequence[Group], may: Collection[str]) -> list[GroupView]:
    drawn = lines(here, [a for each in found for a in each.actions], may)
    times, made = Counter[str](), []
    for each in found:
        shown = []
        for action in each.actions:
            times[action.ref] += 1
            # An id can be there once: the second showing of an action has its own.
            shown.append(drawn[action.ref] if times[action.ref] == 1 else again(here, action, may, times[action.ref]))
        head = _head(here, each)
        # Joined as text: each of them is markup.
        made.append(GroupView(_drawn(head) if head.title else Markup(), Markup("".join(shown))))  # noqa: S704
    return made


def _drawn(head: Head) -> Markup:
    return render.drawn("actions/_group.html", group=head)


def _head(here: Opened, found: Group) -> Head:
    title = found.title
    if found.by == "none":
        title = ""
    elif found.by == "priority":
        title = _("Priority {ref} · {title}", ref=found.key, title=found.title)
    return Head(found.key, title, strip_note(found.actions), strip(found.looks, here.view.legend))


def next_ref(here: Opened, wanted: Asked, ref: str) -> str | None:
    """The next action of the list that is still open and that the reader may update; None after the last."""
    found = _groups(here, apply(here.view, wanted.filters), wanted.filters)
    order = list(dict.fromkeys(a.ref for g in found for a in g.actions))
    if ref not in order:
        # It left the list by an earlier save, and its row still stands there.
        after = [a.ref for a in here.view.actions]
        after = after[after.index(ref) + 1 :]
        order = [ref, *(r for r in order if r in after)]
    onward = (here.view.by_ref[r] for r in order[order.index(ref) + 1 :])
    return next((a.ref for a in onward if a.stage.is_open and here.may_update(a)), None)


def changed_parts(before: Opened, after: Opened, wanted: Asked) -> list[str]:
    """The counts and heads of groups that a saved row has changed."""
    found, earlier = apply(after.view, wanted.filters), apply(before.view, wanted.filters)
    around = _around(after, wanted, state(after, wanted, len(found)))
    parts = [partial(place, markup) for place, markup in around.items()]
    if changed := _changed_groups(before, earlier, after, found, wanted.filters):
        heads = [_head(after, each) for each in _groups(after, found, wanted.filters) if each.key in changed]
        parts += [partial(f"group-{head.key}", _drawn(head)) for head in heads if head.title]
    return parts


def _changed_groups(
    before: Opened, earlier: Sequence[ActionView], after: Opened, found: Sequence[ActionView], f: Filters
) -> set[str]:
    """By key. An action that is the very same object counts in its group as it did, so it need not be grouped."""
    others = [pair for pair in zip_longest(earlier, found) if pair[0] is not pair[1]]
    gone = {g.key: g.looks for g in _groups(before, [was for was, _now in others if was], f)}
    come = {g.key: g.looks for g in _groups(after, [now for _was, now in others if now], f)}
    return {key for key in gone.keys() | come.keys() if gone.get(key) != come.get(key)}


def _tools(here: Opened, wanted: Asked) -> list[dict[str, str]]:
    query = f"?query={wanted.quoted}" if wanted.filters.narrows else ""
    tools = [{"text": _("Export"), "kind": "plain", "href": f"/plans/{here.access.slug}/export{query}"}]
    if here.may("action.edit"):
        tools.append({"text": _("Edit many"), "kind": "plain", "href": f"{here.base}/many"})
    if here.may("plan.import"):
        tools.append({"text": _("Import"), "kind": "plain", "href": f"/plans/{here.access.slug}/import"})
    if here.may("action.create"):
        tools.append({"text": _("Paste rows"), "kind": "plain", "href": f"{here.base}/paste"})
        tools.append({"text": _("Add an action"), "kind": "primary", "href": f"{here.base}/new"})
    return tools
