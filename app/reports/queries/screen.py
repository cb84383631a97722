"""The dashboard as one read model: all that the page shows, each part from the query that answers it elsewhere too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.actions.queries import plan_view
from app.actions.queries.kept import Beside
from app.actions.view import PlanView
from app.assurance.queries import before_tool_waiting
from app.core.db import Read
from app.core.words import _, day, language, ngettext, short_day
from app.coverage.covering import Coverage, Standing
from app.coverage.queries import coverages, shared_now
from app.plans.queries import PlanAccess
from app.reports.addresses import Addresses
from app.reports.answer import Piece, answer, with_links
from app.reports.compare import Comparison
from app.reports.dashboard import (
    Line,
    Number,
    PriorityRow,
    SourceRow,
    action_line,
    apart,
    change_line,
    differing_views,
    look_words,
    other_reds,
    priority_row,
    source_row,
)
from app.reports.drawing import Drawing, drawing
from app.reports.queries.days import plan_trend
from app.reports.queries.since import began_on, compared, last_meeting, refuse_too_early
from app.reports.queries.status import by_priority, headline_of, shown_priorities
from app.reports.queries.waiting import Waiting, waiting
from app.reports.schemas import HeadlineRead

# Without a meeting, the dashboard compares with this many days ago.
USUAL_DAYS = 30
MOST_WORSE, MOST_BETTER, MOST_REDS, MOST_MONTHS = 5, 3, 3, 3
_parts: Beside["Parts"] = Beside(16)
_screens: Beside["Screen"] = Beside(64)


@dataclass(frozen=True, slots=True)
class News:
    """Worse and better since a day; text: what the day was. The lists are cut, the numbers are not."""

    since: date
    text: str
    href: str
    worse: Number
    better: Number
    others: tuple[Number, ...]
    worse_lines: tuple[Line, ...]
    better_lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """What depends on the plan alone, and is kept beside its view.

    looks: what each is called; before_tool: brought in as assured, unconfirmed.
    """

    looks: dict[str, str]
    sources: tuple[SourceRow, ...]
    priorities: tuple[PriorityRow, ...]
    trend: Drawing
    apart: tuple[Number, ...]
    before_tool: Number


@dataclass(frozen=True, slots=True)
class Screen:
    """drives: the reasons of the headline. What its lists leave out is counted."""

    view: PlanView
    headline: HeadlineRead
    drives: tuple[Piece, ...]
    to: Addresses
    caption: str
    answer: tuple[tuple[Piece, ...], ...]
    news: News | None
    reds: tuple[Line, ...]
    reds_left: Number | None
    waiting: Waiting
    differing: tuple[Line, ...]
    parts: Parts


def screen(read: Read, access: PlanAccess, since: date | None = None) -> Screen:
    """As the reader sees it; since: by default the improvement group's last meeting, or thirty days ago."""
    view, shared = plan_view(read, access), shared_now(read, access)
    # All of it follows from the view, the reader and what is asked, so that a second look costs nothing.
    reader = (access.actor.id, access.actor.grants, language())
    return _screens.get(view, (since, shared, reader), lambda: _screen(read, access, view, shared, since))


def _screen(read: Read, access: PlanAccess, view: PlanView, shared: int, since: date | None) -> Screen:
    to = Addresses(view.slug, view.as_at)
    told = _baseline(read, access, view, since)
    then, found = compared(read, access, view, told[0]) if told else (None, None)
    covered = coverages(read, view, shared)
    said = answer(view, _without_action(covered), found, then, to)
    news = _news(found, to) if found and told else None
    named = [change.action.ref for change in (found.worse if found else ())]
    reds = other_reds(view, named)
    headline = headline_of(view.actions, view)
    return Screen(
        view=view,
        headline=headline,
        drives=tuple(_drives(headline, to)),
        to=to,
        caption=_caption(view, told),
        answer=tuple(tuple(pieces) for pieces in said),
        news=news,
        reds=tuple(action_line(a, to) for a in reds[:MOST_REDS]),
        reds_left=_left(len(reds), to),
        waiting=waiting(read, access, view, to),
        differing=_differing(access, view, to),
        parts=_parts.get(view, (language(), shared), lambda: _made(read, access, view, shared, to)),
    )


def _drives(headline: HeadlineRead, to: Addresses) -> Iterator[Piece]:
    for place, reason in enumerate(headline.reasons):
        if place:
            yield Piece("; ")
        yield from with_links(reason.text, reason.refs, to)


def _without_action(covered: Sequence[Coverage]) -> int:
    return sum(c.counts[Standing.without_action] for c in covered)


def months(read: Read, access: PlanAccess) -> tuple[PlanView, Drawing]:
    """Delivered and assured against agreed dates, month by month."""
    view = plan_view(read, access)
    to = Addresses(view.slug, view.as_at)
    return view, drawing(plan_trend(read, access, view), view.counts, to, view.day)


def usual_day(read: Read, access: PlanAccess) -> date | None:
    """The day that the dashboard compares with by itself; None where the plan is not that old."""
    told = _baseline(read, access, plan_view(read, access), None)
    return told and told[0]


def _baseline(read: Read, access: PlanAccess, view: PlanView, since: date | None) -> tuple[date, str] | None:
    """(day to compare with, what it was); None where the plan is not that old."""
    if since is not None:
        refuse_too_early(read, access, since)
        return since, day(since)
    began = began_on(read, access)
    if view.is_draft or began is None or began >= view.day:
        return None
    met = last_meeting(read, access, view.day)
    if met is not None and met[0] >= began:
        return met[0], _("{day}, the last meeting of the {body}", day=day(met[0]), body=met[1][:1].lower() + met[1][1:])
    usual = max(view.day - timedelta(days=USUAL_DAYS), began)
    return usual, day(usual)


def _caption(view: PlanView, told: tuple[date, str] | None) -> str:
    if told is None:
        return _("{plan} · as at {day}", plan=view.title, day=day(view.day))
    return _("{plan} · as at {day}, compared with {then}", plan=view.title, day=day(view.day), then=told[1])


def _news(found: Comparison, to: Addresses) -> News:
    others = (
        (_("added"), len(found.added), "added"),
        (_("closed"), len(found.closed), "closed"),
        (_("slipped"), len(found.slipped), "slipped"),
        (_("re-opened"), len(found.reopened), "reopened"),
    )
    return News(
        since=found.since,
        text=short_day(found.since, year=found.since.year != found.until.year),
        href=to.since(found.since),
        worse=Number(len(found.worse), _("Worse"), to.since(found.since, "worse")),
        better=Number(len(found.better), _("Better"), to.since(found.since, "better")),
        others=tuple(Number(n, name, to.since(found.since, part)) for name, n, part in others),
        worse_lines=tuple(change_line(c, to, found.until) for c in found.worse[:MOST_WORSE]),
        better_lines=tuple(change_line(c, to, found.until) for c in found.better[:MOST_BETTER]),
    )


def _left(reds: int, to: Addresses) -> Number | None:
    return Number(reds - MOST_REDS, _("more"), to.rows(rating=("red",))) if reds > MOST_REDS else None


def _differing(access: PlanAccess, view: PlanView, to: Addresses) -> tuple[Line, ...]:
    if not access.actor.is_person:
        return ()
    return tuple(differing_views(view, lambda a: access.may("views_differ.read", a, a.contributor_ids), to))


def _made(read: Read, access: PlanAccess, view: PlanView, shared: int, to: Addresses) -> Parts:
    mine, words = by_priority(view), look_words(view.legend)
    shown = shown_priorities(read, access, view, mine)
    return Parts(
        looks=words,
        sources=tuple(source_row(c, words, to) for c in coverages(read, view, shared)),
        priorities=tuple(priority_row(p, headline_of(mine[p.ref], view), mine[p.ref], words, to) for p in shown),
        trend=drawing(plan_trend(read, access, view), view.counts, to, view.day, MOST_MONTHS),
        apart=tuple(apart(view, to)),
        before_tool=_before_tool(len(before_tool_waiting(read, access, view)), to),
    )


def _before_tool(many: int, to: Addresses) -> Number:
    text = ngettext("was assured before this tool and is to be confirmed.",
                    "were assured before this tool and are to be confirmed.", many)  # fmt: skip
    return Number(many, text, to.before_tool())
