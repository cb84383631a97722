"""The flat tables of a plan on a day, by name; the numbers are those of the status."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from app.actions.models import Update
from app.actions.queries import plan_view, shown
from app.actions.queries.sources import records
from app.actions.reasons import colour_word, progress_word
from app.actions.rules import Counts, Flag, count, headline
from app.actions.view import PlanView
from app.assurance import wording
from app.assurance.models import Decision
from app.core.db import Read
from app.evidence.queries import evidence
from app.history.queries import images_at
from app.plans.models import Body, Meeting
from app.plans.queries import PlanAccess
from app.plans.rules import Colour
from app.reports import tables
from app.reports.queries.days import daily
from app.reports.queries.status import by_priority, shown_priorities
from app.reports.tables import Table

Made = Callable[[Read, PlanAccess, PlanView, str], Table]


def table(read: Read, access: PlanAccess, name: str, *, base: str = "", asked: Sequence[tuple[str, str]] = ()) -> str:
    """One table as CSV; base: what stands before the path in addresses; asked: which actions, as of their list."""
    view = plan_view(read, access)
    if asked:
        view = replace(view, actions=shown(read, access, view, asked))
    return _text(view, TABLES[name](read, access, view, base))


def daily_table(read: Read, access: PlanAccess, first: date | None, last: date | None) -> str:
    """Each day up to the day shown; without `first`, a year."""
    view = plan_view(read, access)
    end = min(last or view.day, view.day)
    start = first or date.fromordinal(end.toordinal() - 364)
    return _text(view, tables.daily(daily(read, access, start, end)))


def _text(view: PlanView, made: Table) -> str:
    return made.text((view.slug, view.day, view.revision))


def _updates(read: Read, access: PlanAccess, view: PlanView, _base: str) -> Table:
    refs = {a.id: a.ref for a in view.actions}
    rows = records(read, Update, col(Update.plan_id) == access.id, col(Update.revision) <= view.revision)
    found = [
        (
            refs[u.action_id], u.said_on, u.made_at, u.by_name, u.for_name, u.told_how,
            u.progress.value, progress_word(u.progress), u.commentary, u.cause, u.mitigation,
            u.help_needed, u.forecast, u.no_change,
        )
        for u in sorted(rows, key=lambda u: (u.made_at, u.id))
        if u.action_id in refs
    ]  # fmt: skip
    return Table("updates", tables.UPDATES, found)


def _evidence(read: Read, access: PlanAccess, _view: PlanView, base: str) -> Table:
    """Of a confidential item, for whom it is not: its summary alone."""
    found = [
        (
            e.ref, e.kind.value, e.kind_words, e.form.value, e.sort.value, e.sort_words, e.state.value, e.state_words,
            e.shows, [a.ref for a in e.actions], e.recommendations, e.period_from, e.period_to, e.dated_on,
            e.speaks_for, e.method, e.sample_size, e.result, e.kept_at, e.link, e.strength and e.strength.value,
            e.expires_on, e.expired, e.held, e.counts, e.unused, e.confidential, e.concealed, e.version or None,
            *((e.file.file_name, e.file.size, e.file.sha256) if e.file else (None, None, None)),
            e.submitted_on, e.submitted_at, e.submitted_by, e.accepted_on, e.returned_on, e.reviewed_on, e.reviewed_by,
            e.review_why, e.withdrawn_on, f"{base}{e.url}",
        )
        for e in reversed(evidence(read, access))
    ]  # fmt: skip
    return Table("evidence", tables.EVIDENCE, found)


def _decisions(read: Read, access: PlanAccess, view: PlanView, _base: str) -> Table:
    """The rows of that day: a chair's action is ratified later."""
    if view.as_at is None:
        names = tuple(Decision.model_fields)
        picked: Any = sa.select(*(getattr(Decision, n) for n in names)).where(col(Decision.plan_id) == access.id)
        rows = [dict(zip(names, r, strict=True)) for r in read.exec(picked).all()]
    else:
        rows = list(images_at(read, access.stream, view.revision, ("decision",))["decision"].values())
    refs = {a.id: a.ref for a in view.actions}
    bodies, meetings = _named(read, access)
    rows.sort(key=lambda d: (d["decided_at"], d["id"]))
    return Table("decisions", tables.DECISIONS, [_decision(d, refs, bodies, meetings) for d in rows])


def _named(read: Read, access: PlanAccess) -> tuple[dict[UUID, str], dict[UUID, tuple[str, date]]]:
    bodies = dict(read.exec(select(Body.id, Body.name).where(Body.plan_id == access.id)).all())
    held = read.exec(select(Meeting).where(Meeting.plan_id == access.id)).all()
    meetings = {m.id: (m.name, m.held_on) for m in held}
    return bodies, meetings


def _decision(
    d: Mapping[str, Any],
    refs: Mapping[UUID, str],
    bodies: Mapping[UUID, str],
    meetings: Mapping[UUID, tuple[str, date]],
) -> tuple[Any, ...]:
    met, ratified = meetings.get(d["meeting_id"], ("", None)), meetings.get(d["ratified_at_id"], ("", None))
    lowering = d["before"].get("stage") in ("assured", "embedded")
    return (
        d["id"], d["proposal_id"], refs.get(d["action_id"], ""), d["move"].value,
        wording.move_words(d["move"], lowering=lowering), d["outcome"].value, bodies.get(d["body_id"], ""), *met,
        d["decided_on"], d["decided_at"], d["decided_by_name"], d["capacity"], d["recorded_by_name"], d["passed_on"],
        d["chairs_action"], *ratified, _document(d["before"]), _document(d["after"]), d["why"],
        d.get("delegated_by", ""), d["before"].get("due_date"), d["after"].get("due_date"),
    )  # fmt: skip


def _document(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str) if value else ""


def _priorities(read: Read, access: PlanAccess, view: PlanView, _base: str) -> Table:
    rows = []
    held = by_priority(view)
    for priority in shown_priorities(read, access, view, held):
        mine = held[priority.ref]
        found = headline(mine, view.settings).colour
        counts = count(mine)
        start = (priority.ref, priority.title, priority.position, found.value, colour_word(found))
        rows.append((*start, *_counts(counts)))
    return Table("priorities", tables.PRIORITIES, rows)


def _counts(c: Counts) -> tuple[int, ...]:
    colours = (Colour.red, Colour.amber, Colour.green, Colour.blue, Colour.grey)
    stages = [number for stage, number in c.by_stage.items() if stage.is_in_force]
    flags = (Flag.overdue, Flag.stale, Flag.unowned, Flag.evidence_overdue, Flag.awaiting_decision, Flag.external,
             Flag.slipped, Flag.regulatory)  # fmt: skip
    return (
        c.total, c.in_force, c.exited, c.open, c.assured, *(c.by_rating[x] for x in colours),
        c.delivered_proof_due, *stages, *(c.by_flag[x] for x in flags),
    )  # fmt: skip


TABLES: Mapping[str, Made] = {
    "actions": lambda _read, _access, view, base: tables.actions(view, base),
    "action-recommendations": lambda _read, _access, view, _base: tables.recommendations(view),
    "updates": _updates,
    "decisions": _decisions,
    "evidence": _evidence,
    "priorities": _priorities,
}
