"""What changed between two days: the day before, the view, and what the record says of the actions that differ."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import overload
from uuid import UUID

from app.actions.queries import plan_view
from app.actions.queries.kept import Beside
from app.actions.view import PlanView
from app.core import words
from app.core.db import Read
from app.core.errors import Invalid
from app.core.words import _
from app.history.queries import Unread, first_day, steps_of
from app.plans import queries as plans
from app.plans.queries import PlanAccess
from app.plans.rules import BodyKind
from app.reports.compare import Change, Comparison, Deed, asked_about, compare, differing
from app.reports.past import Then, then_of
from app.reports.queries.kept_days import kept_then
from app.reports.schemas import ChangedRead, ComparisonRead

_compared: Beside[tuple[Then, Comparison]] = Beside(32)


def comparison(read: Read, access: PlanAccess, since: date) -> tuple[PlanView, Comparison]:
    """(now, what differs). A `since` that is not before the day shown is refused (422)."""
    now = plan_view(read, access)
    return now, compared(read, access, now, since)[1]


def compared(read: Read, access: PlanAccess, now: PlanView, since: date) -> tuple[Then, Comparison]:
    """(then, what differs) for a view that is at hand."""
    if since >= now.day:
        raise Invalid("since", _("Choose a day before {day} to compare with.", day=words.day(now.day)))
    return _compared.get(now, (since, words.language()), lambda: _compare(read, access, now, since))


def _compare(read: Read, access: PlanAccess, now: PlanView, since: date) -> tuple[Then, Comparison]:
    then = kept_then(read, access.id, since) or then_of(plan_view(read, access, since))
    pairs = differing(then, now)
    steps: dict[UUID, list[Unread]] = {}
    for step in steps_of(read, access.stream, "action", asked_about(pairs), then.revision, now.revision):
        steps.setdefault(step.entry.entity_id, []).append(step)
    return then, compare(then, now, pairs, {key: Deeds(each) for key, each in steps.items()})


class Deeds(Sequence[Deed]):
    """Each is read when it is looked at: most of the time only the last is, however much was done."""

    def __init__(self, steps: Sequence[Unread]) -> None:
        self.steps = steps

    def __len__(self) -> int:
        return len(self.steps)

    @overload
    def __getitem__(self, place: int) -> Deed: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Deed]: ...
    def __getitem__(self, place: int | slice) -> Deed | Sequence[Deed]:
        if isinstance(place, slice):
            return Deeds(self.steps[place])
        step = self.steps[place].read()
        done = step.entry
        return Deed(done.revision, done.day, step.actor, done.act, step.why, frozenset(step.fields))


def last_meeting(read: Read, access: PlanAccess, before: date) -> tuple[date, str] | None:
    """(day, name of the body) of the improvement group's last meeting before this day; of any body's, else None."""
    held = [h for h in plans.held_meetings(read, access.id) if h.on < before]
    groups = [h for h in held if h.kind is BodyKind.improvement_group]
    found = next(iter(groups or held), None)
    return (found.on, found.body) if found else None


def began_on(read: Read, access: PlanAccess) -> date | None:
    """The first day the plan's record knows."""
    return first_day(read, access.stream)


def comparison_read(read: Read, access: PlanAccess, since: date) -> ComparisonRead:
    now, found = comparison(read, access, since)
    return ComparisonRead(
        plan=now.slug,
        since=found.since,
        as_at=now.day,
        revision=now.revision,
        worse=_reads(found.worse),
        better=_reads(found.better),
        added=_reads(found.added),
        closed=_reads(found.closed),
        slipped=_reads(found.slipped),
        reopened=_reads(found.reopened),
        recoloured=_reads(found.recoloured),
    )


def _reads(changes: Iterable[Change]) -> list[ChangedRead]:
    return [
        ChangedRead(
            ref=c.action.ref,
            title=c.action.title,
            rating=c.action.rating.colour.value,
            label=c.action.rating.label.value,
            was_rating=c.was_colour.value if c.was_colour else None,
            was_label=c.was_label.value if c.was_label else None,
            cause=c.cause,
            detail=c.detail,
            owner="" if c.action.is_hidden else c.owner,
            by=c.deed.by if c.deed else None,
            day=c.deed.on if c.deed else None,
            act=c.deed.act if c.deed else None,
            why=c.why or None,
            concealed=c.action.is_hidden,
        )
        for c in changes
    ]
