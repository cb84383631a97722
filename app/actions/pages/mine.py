"""`/me`: a person's own work in one sitting."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from app.actions import queries
from app.actions.mine import Card, begun_elsewhere, own_cards
from app.actions.pages import waiting
from app.actions.pages.opening import Opened, opened
from app.assurance import queries as assurance
from app.core.db import Read
from app.core.menu import Link
from app.core.words import _, ngettext
from app.plans.queries import plan_nav, readable_plans
from app.web import render
from app.web.access import act
from app.web.doors import Reader

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Part:
    """One plan's share of somebody's work. waiting: how many decisions wait, in words, with where they are.

    jobs: what else there is to do here, each with its place: for an office, and what was begun for others.
    """

    title: str
    base: str
    caption: str
    cards: list[Card]
    may: frozenset[str]
    waiting: str
    decisions: str
    jobs: list[Link]


@router.get("/me")
@act("me")
def me(request: Request, read: Reader) -> Response:
    found = [opened(read, plan.slug) for plan in readable_plans(read)]
    parts = [part for here in found if (part := _part(read, here)) is not None]
    nav = plan_nav(found[0].access, "me") if found else None
    return render.page(request, "actions/mine.html", _("My work"), nav=nav, parts=parts)


def _part(read: Read, here: Opened) -> Part | None:
    person = read.actor.id
    if person is None:
        return None
    begun = queries.drafts(read, here.access)
    cards = own_cards(here.view, person, begun)
    decisions = len(assurance.waiting_for(read, here.access)) if here.may("proposal.decide") else 0
    begun_jobs = begun_elsewhere(here.view, here.base, begun, cards)
    jobs = [*waiting.waiting(read, here, person), *begun_jobs, *waiting.office(read, here)]
    if not (cards or decisions or jobs):
        return None
    return Part(
        title=here.view.title,
        base=here.base,
        caption=ngettext("{n} action of yours", "{n} actions of yours", len(cards)) if cards else "",
        cards=cards,
        may=here.updatable(here.view.by_ref[c.ref] for c in cards),
        waiting=ngettext("{n} decision waits for you", "{n} decisions wait for you", decisions) if decisions else "",
        decisions=f"/plans/{here.access.slug}/decisions",
        jobs=jobs,
    )
