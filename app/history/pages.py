"""The people's door to a plan's history: who did what, one sentence each, with why."""

from collections.abc import Collection, Mapping
from operator import itemgetter
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request, Response

from app.actions.queries import plan_view
from app.actions.view import PlanView
from app.assurance.queries.naming import names_of
from app.core.moment import revision_shown
from app.core.words import _, ngettext
from app.history import queries
from app.history.schemas import Between, Deed, Filters
from app.history.tails import MOST, Names, subjects
from app.history.words import DOORS, SUBJECTS, about, act_words
from app.plans.queries import plan_for, plan_nav
from app.web import forms, render
from app.web.access import act
from app.web.doors import Reader
from app.web.forms import Form

router = APIRouter(prefix="/plans/{plan}", include_in_schema=False)
SHOWN = 50


@router.get("/history")
@act("plan.read")
def history(
    request: Request,
    read: Reader,
    plan: str,
    person: str = "",
    door: str = "",
    done: Annotated[str, Query(alias="act")] = "",
    older: Annotated[str, Query(alias="about")] = "",
    since: str = "",
    until: str = "",
    before: Annotated[int | None, Query(ge=1, lt=2**31)] = None,
) -> Response:
    """older: the act in addresses from before it had its name."""
    access = plan_for(read, plan)
    view, base = plan_view(read, access), f"/plans/{access.slug}"
    shown = revision_shown(read, access.stream)
    people, acts = queries.told_in(read, access.stream, shown)
    wanted = {"person": person, "door": door, "act": done or older}
    known, problems = _known(wanted, {"person": people, "door": DOORS, "act": acts | SUBJECTS.keys()})
    days = {"since": since, "until": until}
    form = between if isinstance(between := forms.read(Between, days), Form) else Form(days)
    # Days that cannot be read narrow nothing.
    kept = Between() if isinstance(between, Form) else between
    asked = Filters(**known, since=kept.since, until=kept.until)
    found = queries.trail(read, access.stream, filters=asked, before=before, limit=SHOWN, until=shown)
    names = names_of(read, access, view, found.deeds)
    return render.page(
        request,
        "history/show.html",
        _("History"),
        status=form.status,
        form=form,
        nav=plan_nav(access, "history"),
        plan=view,
        base=base,
        asked=asked,
        problems=problems,
        entries=[_linked(base, deed, names, view) for deed in found.deeds],
        position=ngettext("{n} entry", "{n} entries", len(found.deeds)),
        newest=_page(base, asked, None) if before else "",
        older=_page(base, asked, found.before) if found.before else "",
        people=[{"value": key, "text": name or _("Somebody")} for key, name in people.items()],
        doors=[{"value": key, "text": _(words)} for key, words in DOORS.items()],
        acts=_act_groups(acts),
    )


def _known(asked: Mapping[str, str], values: Mapping[str, Collection[str]]) -> tuple[dict[str, str], list[str]]:
    """What narrows the list, and a sentence for each value that is none of ours."""
    unknown = {
        "person": _("Nobody known as “{value}” has done anything here. What everybody did is shown."),
        "door": _("“{value}” is no way to do something here. Entries made in any way are shown."),
        "act": _("“{value}” was never done here. Whatever was done is shown."),
    }
    strange = {name: value for name, value in asked.items() if value and value not in values[name]}
    shown = {name: value[:40] if value.isprintable() else "?" for name, value in strange.items()}
    kept = {name: "" if name in strange else value for name, value in asked.items()}
    return kept, [unknown[name].format(value=value) for name, value in shown.items()]


def _act_groups(acts: Collection[str]) -> list[dict[str, Any]]:
    """The acts that this history holds in words, under what they are about, each group first as a whole."""
    groups = []
    for subject, title in SUBJECTS.items():
        mine = [done for done in acts if done.partition(".")[0] == subject]
        told = [{"value": done, "text": words} for done in mine if (words := act_words(done))]
        if told:
            whole = {"value": subject, "text": _("{subject}: anything", subject=_(title))}
            groups.append({"text": _(title), "options": [whole, *sorted(told, key=itemgetter("text"))]})
    return groups


def _linked(base: str, deed: Deed, names: Names, view: PlanView) -> dict[str, Any]:
    """The whole sentence leads to the one action that a deed is about; of several, each reference to its own."""
    entry, refs = queries.told(deed, names), subjects(deed, names)
    actions = [ref for ref in refs if ref in view.by_ref]
    if len(actions) == 1:
        return entry | {"href": _address(base, actions[0])}
    if not actions:
        return entry
    before, found, rest = entry["text"].partition(about(deed, names))
    if not found:
        return entry
    pieces, rest = [{"text": before, "href": ""}], found + rest
    for ref in refs[:MOST]:
        between, _ref, rest = rest.partition(ref)
        href = _address(base, ref) if ref in actions else ""
        pieces += [{"text": between, "href": ""}, {"text": ref, "href": href}]
    return entry | {"pieces": [*pieces, {"text": rest, "href": ""}]}


def _address(base: str, ref: str) -> str:
    return f"{base}/actions/{quote(ref, safe='')}"


def _page(base: str, asked: Filters, before: int | None) -> str:
    kept: dict[str, Any] = {
        "person": asked.person, "door": asked.door, "act": asked.act, "since": asked.since, "until": asked.until,
        "before": before,
    }  # fmt: skip
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{base}/history?{query}" if query else f"{base}/history"
