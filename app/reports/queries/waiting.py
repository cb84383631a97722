"""What waits for the reader of a dashboard: cards to decide, and a line for each kind that another page settles."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from app.actions.view import PlanView
from app.assurance.queries import Bench, bench, exceptions_waiting, lists_to_confirm, unanswered, waiting_for
from app.assurance.schemas import ProposalRead
from app.core.db import Read
from app.core.words import _, ngettext
from app.coverage.queries import standings
from app.people.rules import Role
from app.plans.queries import PlanAccess
from app.reports.addresses import Addresses
from app.reports.compare import BAD
from app.reports.dashboard import Number

MOST_CARDS = 3
DECIDERS = frozenset({Role.chair.value, Role.executive.value, Role.validator.value})


@dataclass(frozen=True, slots=True)
class Waiting:
    """cards: the first few of `count`, None for those who decide nothing and on a past day.

    lines: what else waits for this reader; questions: the board's, that nobody has answered.
    """

    cards: tuple[ProposalRead, ...] | None
    count: int
    lines: tuple[Number, ...]
    questions: Number | None


def waiting(read: Read, access: PlanAccess, view: PlanView, to: Addresses) -> Waiting:
    questions = _questions(read, access, view, to)
    if view.as_at is not None:
        return Waiting(None, 0, (), questions)
    found = waiting_for(read, access) if _decides(access) else None
    cards = tuple(_worst_first(found, view)[:MOST_CARDS]) if found is not None else None
    seats = cache(lambda: bench(read, access))
    lines = (*_lists(read, access, seats, to), *_exceptions(read, access, seats, to), *_rulings(read, access, to))
    return Waiting(cards, len(found or ()), lines, questions)


def _decides(access: PlanAccess) -> bool:
    here = {access.organisation_id, *access.participants}
    return access.actor.is_person and any(g.role in DECIDERS and g.organisation_id in here for g in access.actor.grants)


def _worst_first(found: list[ProposalRead], view: PlanView) -> list[ProposalRead]:
    """By the colour of the action, red and amber first; of each, what has waited longest, as they come."""

    def severity(asked: ProposalRead) -> int:
        action = view.by_ref.get(asked.ref) if asked.ref else None
        return action.rating.colour.severity if action and action.rating.colour in BAD else 0

    return sorted(found, key=severity, reverse=True)


def _lists(read: Read, access: PlanAccess, seats: Callable[[], Bench], to: Addresses) -> Iterator[Number]:
    """What bodies decided, for this reader to confirm."""
    for found in lists_to_confirm(read, access, seats) if access.may("meeting.confirm") else ():
        text = ngettext("decision of the meeting “{name}” waits for you to confirm it",
                        "decisions of the meeting “{name}” wait for you to confirm them",
                        found.count, name=found.name)  # fmt: skip
        yield Number(found.count, text, f"{to.base}/decisions#meeting-{found.id}")


def _exceptions(read: Read, access: PlanAccess, seats: Callable[[], Bench], to: Addresses) -> Iterator[Number]:
    found = exceptions_waiting(read, access, seats) if access.may("proposal.decide") else []
    if found:
        text = ngettext("exception report waits for your answer: {refs}",
                        "exception reports wait for your answer: {refs}",
                        len(found), refs=", ".join(report.ref for report in found))  # fmt: skip
        yield Number(len(found), text, found[0].url if len(found) == 1 else f"{to.base}/exceptions")


def _rulings(read: Read, access: PlanAccess, to: Addresses) -> Iterator[Number]:
    """Answers to recommendations that this reader has to decide on."""
    if not access.may("standing.decide"):
        return
    many = sum(s.may_decide for s in standings(read, access, waiting=True))
    text = ngettext("answer to a recommendation waits for your ruling",
                    "answers to recommendations wait for your ruling", many)  # fmt: skip
    if many:
        yield Number(many, text, f"{to.base}/standings#waiting")


def _questions(read: Read, access: PlanAccess, view: PlanView, to: Addresses) -> Number | None:
    """The board's questions that nobody has answered."""
    found = unanswered(read, access)
    if not found:
        return None
    late = sum(answer_by < view.day for _action, answer_by in found)
    text = ngettext("question of the board’s waits for an answer", "questions of the board’s wait for an answer",
                    len(found))  # fmt: skip
    if late:
        text = _("{text}, {n} of them late", text=text, n=late)
    return Number(len(found), text, f"{to.base}/questions")
