"""What changed between two days: the day before, the view, and what the record says of the actions that differ."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import overload
from uuid import UUID

from app.actions.queries import plan_view
from app.actions.queries.kept import Beside
from app.actions.rules import Stage, is_reopening
from app.actions.view import PlanView
from app.assurance.queries import reopened_between
from app.core import words
from app.core.db import Read
from app.core.errors import Invalid
from app.core.words import _
from app.history.queries import Unread, first_day, steps_of
from app.plans import queries as plans
from app.plans.queries import PlanAccess
from app.plans.rules import BodyKind
from app.reports.compare import Change, Comparison, Deed, asked_about, compare, differing, reopened_since
from app.reports.past import Then, then_of
from app.reports.queries.kept_days import kept_then
from app.reports.queries.reasons import whys
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
    reopened = reopened_since(then, now, reopened_between(read, access.id, since, now.day))
    pairs = differing(then, now, reopened)
    steps: dict[UUID, list[Unread]] = {}
    for step in steps_of(read, access.stream, "action", asked_about(pairs, reopened), then.revision, now.revision):
        steps.setdefault(step.entry.entity_id, []).append(step)
    return then, compare(then, now, pairs, {key: Deeds(each) for key, each in steps.items()}, reopened)


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
        done, fields = step.entry, step.fields
        lowered = is_reopening(*map(Stage, fields["stage"])) if step.before and "stage" in fields else False
        return Deed(done.revision, done.day, step.actor, done.act, step.why, frozenset(fields), lowered)


def last_meeting(read: Read, access: PlanAccess, before: date) -> tuple[date, str] | None:
    """(day, name of the body) of the improvement group's last meeting before this day; of any body's, else None."""
    held = [h for h in plans.held_meetings(read, access.id) if h.on < before]
    groups = [h for h in held if h.kind is BodyKind.improvement_group]
    found = next(iter(groups or held), None)
    return (found.on, found.body) if found else None


def began_on(read: Read, access: PlanAccess) -> date | None:
    """The first day the plan's record knows."""
    return first_day(read, access.stream)


def refuse_too_early(read: Read, access: PlanAccess, since: date) -> None:
    """On a page, where the sentence stands at the field; programs are told that there is nothing (404)."""
    began = began_on(read, access)
    if began is not None and since < began:
        raise Invalid("since", _("This plan begins on {day}. Choose that day or a later one.", day=words.day(began)))


def comparison_read(read: Read, access: PlanAccess, since: date) -> ComparisonRead:
    now, found = comparison(read, access, since)
    why = whys(read, access, found)

    def reads(changes: Iterable[Change]) -> list[ChangedRead]:
        return [_changed(change, why(change)) for change in changes]

    return ComparisonRead(
        plan=now.slug,
        since=found.since,
        as_at=now.day,
        revision=now.revision,
        worse=reads(found.worse),
        better=reads(found.better),
        added=reads(found.added),
        closed=reads(found.closed),
        slipped=reads(found.slipped),
        reopened=reads(found.reopened),
        recoloured=reads(found.recoloured),
    )


def _changed(change: Change, why: str) -> ChangedRead:
    action, deed = change.action, change.deed
    return ChangedRead(
        ref=action.ref,
        title=action.title,
        rating=action.rating.colour.value,
        label=action.rating.label.value,
        was_rating=change.was_colour.value if change.was_colour else None,
        was_label=change.was_label.value if change.was_label else None,
        cause=change.cause,
        detail=change.detail,
        owner="" if action.is_hidden else change.owner,
        by=deed.by if deed else None,
        day=deed.on if deed else None,
        act=deed.act if deed else None,
        why=why or None,
        concealed=action.is_hidden,
    )
