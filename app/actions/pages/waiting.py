"""What waits for one person in a plan, kind by kind, each with its place; nothing that counts nought."""

from collections.abc import Iterable
from uuid import UUID

from app.actions.mine import office_jobs
from app.actions.pages.opening import Opened
from app.actions.reasons import reason_text
from app.actions.rules import Code
from app.assurance import queries as assurance
from app.assurance.rules import ProposalState
from app.core.db import Read
from app.core.menu import Link
from app.core.words import _, ngettext
from app.coverage import queries as coverage
from app.evidence import queries as evidence
from app.evidence.rules import EvidenceState
from app.plans.queries import to_confirm

# Of one kind: beyond these the page that has them all is linked.
MOST = 3


def waiting(read: Read, here: Opened, person: UUID) -> list[Link]:
    """Beside the decisions and the person's own cards: what somebody else waits for, the shortest to settle first."""
    if not here.is_writable:
        return []
    return [
        *_seats(read, here),
        *_lists(read, here),
        *_questions(read, here),
        *_exceptions(read, here),
        *_rulings(read, here),
        *_declarations(read, here),
        *_confirming(read, here),
        *_evidence(read, here, person),
        *_retests(here, person),
    ]


def _seats(read: Read, here: Opened) -> list[Link]:
    """What waits since somebody was let in by a one-time code: this person's own deciding, or a word on another's."""
    where = f"/plans/{here.access.slug}/settings/bodies"
    if here.access.is_paused:
        return [Link(where, _("You decide nothing here until somebody confirms that your account is yours"))]
    if here.access.is_draft or not here.may("seat.confirm"):
        return []
    names = to_confirm(read, here.access)
    return [Link(where, _("Say whether the account of {name} is theirs", name=name)) for name in names]


def _lists(read: Read, here: Opened) -> list[Link]:
    """What a body decided, for who presides there to confirm."""
    if not here.may("meeting.confirm"):
        return []
    where = f"/plans/{here.access.slug}/decisions"
    return [
        Link(
            f"{where}#meeting-{found.id}",
            _("Confirm what the meeting “{name}” decided: {n}", name=found.name, n=found.count),
        )
        for found in assurance.lists_to_confirm(read, here.access)
    ]


def _questions(read: Read, here: Opened) -> list[Link]:
    asked = [q for q in assurance.questions(read, here.access, is_open=True) if q.may_answer]
    found = [Link(q.url, _("Question on {ref}: {text}", ref=q.ref, text=q.question)) for q in asked[:MOST]]
    if more := len(asked) - len(found):
        where = f"/plans/{here.access.slug}/questions"
        found.append(Link(where, ngettext("{n} more question", "{n} more questions", more)))
    return found


def _exceptions(read: Read, here: Opened) -> list[Link]:
    if not here.may("proposal.decide"):
        return []
    asked = assurance.exceptions_waiting(read, here.access)
    return [Link(x.url, _("Exception on {ref}: {text}", ref=x.ref, text=x.ask)) for x in asked]


def _rulings(read: Read, here: Opened) -> list[Link]:
    """How the organisation answers recommendations."""
    if not here.may("standing.decide"):
        return []
    many = sum(s.may_decide for s in coverage.standings(read, here.access, waiting=True))
    text = ngettext("{n} answer to a recommendation waits for your ruling",
                    "{n} answers to recommendations wait for your ruling", many)  # fmt: skip
    return [Link(f"/plans/{here.access.slug}/standings#waiting", text)] if many else []


def _declarations(read: Read, here: Opened) -> list[Link]:
    """Those in preparation, for who checks their lines and who signs them."""
    if not (here.may("declaration.check") or here.may("declaration.sign")):
        return []
    base = f"/plans/{here.access.slug}/declarations"
    return [
        Link(f"{base}/{each.number}", _("Declaration “{title}” is in preparation", title=each.title))
        for each in coverage.declarations(read, here.access)
        if each.may_check or each.may_sign
    ]


def _confirming(read: Read, here: Opened) -> list[Link]:
    many = len(assurance.before_tool_waiting(read, here.access)) if here.may("import.confirm") else 0
    text = ngettext("{n} action came in as assured and waits for a validator",
                    "{n} actions came in as assured and wait for a validator", many)  # fmt: skip
    return [Link(f"/plans/{here.access.slug}/decisions#before-tool", text)] if many else []


def _evidence(read: Read, here: Opened, person: UUID) -> list[Link]:
    """Evidence to review, and of one's own what was returned or is held."""
    base, jobs = f"/plans/{here.access.slug}/evidence", []
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


def _retests(here: Opened, person: UUID) -> list[Link]:
    """Assured actions of one's own whose re-test is due: they are on no card, for nothing is left to report."""
    due = [
        (action, reason)
        for action in here.view.actions
        if action.accountable_person_id == person
        for reason in action.rating.reasons
        if reason.code is Code.A9
    ]
    return [Link(f"{here.base}/{a.ref}", f"{a.ref} {a.title}: {reason_text(reason)}") for a, reason in due]


def office(read: Read, here: Opened) -> Iterable[Link]:
    """What the programme office keeps going."""
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
