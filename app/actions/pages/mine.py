"""`/me`: a person's own work in one sitting."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.actions import queries
from app.actions.mine import Card, begun_elsewhere, office_jobs, own_cards
from app.actions.pages.opening import Opened, opened
from app.assurance import queries as assurance
from app.assurance.rules import ProposalState
from app.core.db import Read
from app.core.menu import Link
from app.core.words import _, ngettext
from app.evidence import queries as evidence
from app.evidence.rules import EvidenceState
from app.plans.queries import plan_nav, readable_plans
from app.web import render
from app.web.access import act
from app.web.doors import Reader

router = APIRouter(include_in_schema=False)
MOST_QUESTIONS = 3


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
    waiting = len(assurance.waiting_for(read, here.access)) if here.may("proposal.decide") else 0
    begun_jobs = begun_elsewhere(here.view, here.base, begun, cards)
    jobs = _owed(read, here) + _evidence(read, here, person) + begun_jobs + _office(read, here)
    if not (cards or waiting or jobs):
        return None
    return Part(
        title=here.view.title,
        base=here.base,
        caption=ngettext("{n} action of yours", "{n} actions of yours", len(cards)) if cards else "",
        cards=cards,
        may=here.updatable(here.view.by_ref[c.ref] for c in cards),
        waiting=ngettext("{n} decision waits for you", "{n} decisions wait for you", waiting) if waiting else "",
        decisions=f"/plans/{here.access.slug}/decisions",
        jobs=jobs,
    )


def _owed(read: Read, here: Opened) -> list[Link]:
    """The board's questions that this person may answer, and assured actions that wait for a validator's word."""
    asked = [q for q in assurance.questions(read, here.access, is_open=True) if q.may_answer]
    found = [Link(q.url, _("Question on {ref}: {text}", ref=q.ref, text=q.question)) for q in asked[:MOST_QUESTIONS]]
    if len(asked) > MOST_QUESTIONS:
        more = len(asked) - MOST_QUESTIONS
        found.append(Link(f"/plans/{here.access.slug}/questions",
                          ngettext("{n} more question", "{n} more questions", more)))  # fmt: skip
    unconfirmed = len(assurance.before_tool_waiting(read, here.access)) if here.may("import.confirm") else 0
    if unconfirmed:
        sentence = ngettext("{n} action came in as assured and waits for a validator",
                            "{n} actions came in as assured and wait for a validator", unconfirmed)  # fmt: skip
        found.append(Link(f"/plans/{here.access.slug}/decisions#before-tool", sentence))
    return found


def _evidence(read: Read, here: Opened, person: UUID) -> list[Link]:
    """Evidence to review, and of one's own what was returned or is held."""
    base, jobs = f"/plans/{here.access.slug}/evidence", []
    if not here.is_writable:
        return []
    found = evidence.evidence_waiting(read, here.access)
    if many := sum(item.may_review for item in found):
        text = ngettext("{n} item of evidence to review", "{n} items of evidence to review", many)
        jobs.append(Link(f"{base}?show=review", text))
    own = {a.ref for a in here.view.actions if a.accountable_person_id == person}
    for item in found:
        if item.may_change and any(a.ref in own for a in item.actions):
            if item.held:
                jobs.append(Link(item.url, _("Evidence {ref} is held: say whether it holds NHS numbers", ref=item.ref)))
            elif item.state is EvidenceState.returned:
                jobs.append(
                    Link(item.url, _("Evidence {ref} was returned: {why}", ref=item.ref, why=item.review_why or ""))
                )
    return jobs


def _office(read: Read, here: Opened) -> list[Link]:
    if not here.may("meeting.record"):
        return []
    open_ones = assurance.proposals(read, here.access, state=ProposalState.open)
    unconfirmed = sum(p.recorded is not None for p in open_ones)
    return office_jobs(
        here.view,
        here.base,
        f"/plans/{here.access.slug}/decisions",
        undecided=len(open_ones) - unconfirmed,
        unconfirmed=unconfirmed,
    )
