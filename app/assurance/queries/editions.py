"""Editions of a plan: what new dates would do, what a proposed one holds, and which were approved."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from app.actions.queries import plan_view
from app.actions.rules import Move, Stage, rate_all
from app.actions.view import ActionView, PlanView
from app.assurance.models import Decision, Proposal
from app.assurance.queries.log import decision_reads, newest_first
from app.assurance.queries.settings import counted
from app.assurance.rules import Outcome
from app.assurance.schemas import CountsRead, EditionLine, EditionPreview, EditionRead, MoveRead, NewEdition
from app.core import clock
from app.core.db import Read
from app.core.errors import Problems
from app.core.words import _, day
from app.history.queries import rows
from app.plans.queries import PlanAccess


def edition_dates(row: Proposal) -> dict[UUID, date]:
    return {UUID(line["action"]): date.fromisoformat(line["new"]) for line in row.given.get("edition", ())}


def edition_counts(view: PlanView, dates: Mapping[UUID, date]) -> CountsRead:
    """The plan's ratings as they are, and with these dates for what is not delivered."""
    facts = [
        a.facts._replace(due_date=dates[a.id], slips=0, slip_days=0)
        if a.id in dates and a.stage is Stage.not_delivered
        else a.facts
        for a in view.actions
    ]
    after = rate_all(facts, view.settings, view.day)
    was = {a.facts.key: a.rating.colour for a in view.actions}
    will = {key: rating.colour for key, rating in after.items()}
    return CountsRead(
        before=counted(list(was.values())),
        after=counted(list(will.values())),
        changed=sum(1 for key, colour in was.items() if will[key] is not colour),
    )


def editions(read: Read, access: PlanAccess) -> list[EditionRead]:
    """Those approved, the newest first; the first edition is the plan as it was adopted."""
    found = newest_first(rows(read, Decision, access.id, move=Move.edition, outcome=Outcome.accepted))
    reads = decision_reads(read, access, plan_view(read, access), found)
    return [
        EditionRead(
            number=d.after["edition"],
            approved_on=d.decided_on,
            approved_by=d.decided_by,
            body=d.body,
            meeting=d.meeting,
            actions=d.after["actions"],
            why=d.why,
            proposal=d.proposal,
        )
        for d in reads
    ]


def edition_lines(
    read: Read, access: PlanAccess, given: NewEdition, today: date | None = None
) -> list[tuple[ActionView, date]]:
    """The actions with their new dates, in the order given; 422 for all that is wrong."""
    known, problems, day_asked = plan_view(read, access).by_ref, Problems(), today or clock.today()
    found: dict[str, tuple[ActionView, date]] = {}
    if not given.why:
        problems.note("why", _("Give the reason."))
    for place, line in enumerate(given.dates):
        action = known.get(line.ref)
        sentence = _unknown(access, action, line) or (action and _wrong(action, line.due_date, day_asked)) or ""
        if line.ref in found:
            sentence = _("Action {ref} stands in this list twice. Keep it once.", ref=line.ref)
        if sentence:
            problems.note(f"dates.{place}", sentence)
        elif action is not None:
            found[line.ref] = action, line.due_date
    problems.refuse()
    return list(found.values())


def edition_preview(read: Read, access: PlanAccess, given: NewEdition) -> EditionPreview:
    """What these dates would do, before anybody asks for them."""
    lines = edition_lines(read, access, given)
    counts = edition_counts(plan_view(read, access), {a.id: new for a, new in lines})
    moves = [MoveRead(ref=a.ref, title=a.title, old=a.facts.due_date, new=new) for a, new in lines]
    return EditionPreview(lines=moves, counts=counts)


def _unknown(access: PlanAccess, action: ActionView | None, line: EditionLine) -> str:
    if action is None:
        return _("There is no action “{ref}” in this plan.", ref=line.ref)
    if action.id in access.hidden:
        return _("Action {ref} is restricted to named people. One of them asks for its new date.", ref=line.ref)
    return ""


def _wrong(action: ActionView, new: date, today: date) -> str:
    facts = action.facts
    if action.stage is not Stage.not_delivered:
        return _("Action {ref} is delivered or closed, so its due date stays.", ref=action.ref)
    if new < today:
        return _("{ref}: this day has passed. Enter today or a later day.", ref=action.ref)
    if facts.start_date is not None and new < facts.start_date:
        start = day(facts.start_date)
        return _("{ref}: it starts on {day}. Enter that day or a later one.", ref=action.ref, day=start)
    if facts.regulatory and facts.regulator_date is not None and new > facts.regulator_date:
        agreed = day(facts.regulator_date)
        return _("{ref}: the regulator's date is {day}. Have that changed first.", ref=action.ref, day=agreed)
    return ""
