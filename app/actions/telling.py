"""An action told in full: its facts as rows of words, why it has its rating, what was said. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.actions import own
from app.actions.display import PROGRESS_LOOKS, person_shown, said_text, told_by
from app.actions.reasons import change_text, progress_word, reason_text, remedy_text, stage_word
from app.actions.rules import Progress, next_changes, remedy
from app.actions.view import ActionView, MilestoneView, PlanView, UpdateView
from app.core.words import _, day, ngettext

HORIZON_DAYS = 62
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Fact:
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Why:
    """A rule that fired, and what would stop it."""

    code: str
    text: str
    until: str


@dataclass(frozen=True, slots=True)
class Said:
    """An update in words; more: cause, mitigation, help and forecast, each with its name."""

    at: str
    by: str
    look: str
    progress: str
    text: str
    more: list[Fact]
    id: UUID


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone in words. late: by how much, where its day has passed undone; aside: a quiet remark on its day."""

    title: str
    note: str
    late: str = ""
    aside: str = ""


def facts(action: ActionView, fields: Iterable[tuple[str, str]] = ()) -> list[Fact]:
    """fields: key and name of each of the plan's own fields; those that hold nothing are left out.

    Of what is restricted to others, only what is told to everybody.
    """
    f, held = action.facts, own.read(action.own)
    priority = Fact(_("Priority"), f"{action.priority.ref} {action.priority.title}")
    rows = [
        *([priority] if action.is_hidden else [*_purpose(action), priority, *_people(action)]),
        Fact(_("Lead organisation"), action.organisation_name),
        Fact(_("Stage"), stage_word(f.stage, before_tool=f.assured_before_tool)),
        Fact(_("Progress, in the owner's words"), progress_word(f.progress)),
    ]
    ours = [Fact(name, _own_value(held[key])) for key, name in fields if held.get(key)]
    return rows + _dates(action) + _flags(action) + ours


def _purpose(action: ActionView) -> list[Fact]:
    return [
        Fact(_("Intended outcome"), action.intended_outcome),
        Fact(_("Measure of success"), action.success_measure),
    ]


def _people(action: ActionView) -> list[Fact]:
    return [
        Fact(_("Accountable person"), person_shown(action.accountable_person)),
        Fact(_("Lead executive"), person_shown(action.lead_executive)),
        Fact(_("Contributors"), ", ".join(person_shown(c) for c in action.contributors)),
    ]


def _own_value(kept: str) -> str:
    """A day as people read it, everything else as it was written."""
    return day(date.fromisoformat(kept)) if _ISO.fullmatch(kept) else kept


def _dates(action: ActionView) -> list[Fact]:
    f = action.facts
    rows = [Fact(_("Start"), day(f.start_date)), Fact(_("Due"), day(f.due_date))]
    if f.original_due_date and f.original_due_date != f.due_date:
        rows.append(Fact(_("Due at first"), day(f.original_due_date)))
    if f.slips:
        times = ngettext("moved {n} time", "moved {n} times", f.slips)
        rows.append(
            Fact(
                _("Slipped"), ngettext("{times}, {n} day in all", "{times}, {n} days in all", f.slip_days, times=times)
            )
        )
    more = (
        (_("Delivered on"), f.completion_date),
        (_("Proof due by"), f.evidence_by_date),
        (_("Re-test on"), f.retest_date),
        (_("Re-opened on"), f.reopened_on),
    )
    rows += [Fact(name, day(value)) for name, value in more if value]
    return [*rows, Fact(_("Re-test"), _("Handed to the audit programme"))] if f.retest_handed_over else rows


def _flags(action: ActionView) -> list[Fact]:
    f, rows = action.facts, []
    if f.regulatory:
        rows.append(Fact(_("Regulator's date"), day(f.regulator_date)))
    if f.external_lead:
        contact = _("Restricted to named people") if action.is_hidden else f.external_contact or ""
        rows.append(Fact(_("Led from outside, contact"), contact))
        rows.append(Fact(_("Last chased"), day(f.last_chased_on)))
    if action.replaced_by:
        rows.append(Fact(_("Replaced by"), action.replaced_by))
    if action.exit_why:
        rows.append(Fact(_("Why it left the plan"), action.exit_why))
    return rows


def whys(action: ActionView) -> list[Why]:
    """Every rule that fired, with what would stop it; two that say the same are told once."""
    found = [
        Why(r.code.value, reason_text(r), _("until {remedy}", remedy=remedy_text(remedy(r))))
        for r in action.rating.reasons
    ]
    return list({(why.text, why.until): why for why in reversed(found)}.values())[::-1]


def coming(action: ActionView, plan: PlanView) -> list[str]:
    """What the rating will become, and when, if nobody does anything; of what is restricted to others, not told."""
    if action.is_hidden:
        return []
    others = [plan.by_ref[ref].facts for ref in action.depends_on if ref in plan.by_ref]
    changes = next_changes(action.facts, plan.settings, plan.day, HORIZON_DAYS, others)
    return [change_text(change, plan.day) for change in changes]


def views(action: ActionView, label: str) -> str:
    """What the owner, the executive, the office and the chair see where the owner reports better."""
    if not action.views_differ:
        return ""
    return _(
        "Views differ: the owner reports {progress}, and the dates say {label}.",
        progress=progress_word(action.facts.progress),
        label=label,
    )


def said(updates: Iterable[UpdateView]) -> list[Said]:
    return [
        Said(
            at=day(u.said_on),
            by=told_by(u),
            look=PROGRESS_LOOKS.get(u.progress, "green") if u.progress is not Progress.complete else "blue",
            progress=progress_word(u.progress),
            text=said_text(u),
            more=[fact for fact in _more(u) if fact.value],
            id=u.id,
        )
        for u in updates
    ]


def _more(update: UpdateView) -> list[Fact]:
    return [
        Fact(_("Why it is worse"), update.cause),
        Fact(_("What is being done about it"), update.mitigation),
        Fact(_("Help needed"), update.help_needed),
        Fact(_("Forecast"), day(update.forecast)),
    ]


def milestones(action: ActionView, today: date) -> list[Step]:
    # What has left the plan is late for nothing.
    judged = action.stage.is_in_force
    return [_step(m, action.facts.due_date if judged else None, today if judged else None) for m in action.milestones]


def _step(milestone: MilestoneView, action_due: date | None, today: date | None) -> Step:
    if milestone.done_on:
        return Step(milestone.title, _("done {day}", day=day(milestone.done_on)))
    due = milestone.due_date
    if due is None:
        return Step(milestone.title, _("no date"))
    return Step(
        milestone.title,
        _("due {day}", day=day(due)),
        late=ngettext("{n} day late", "{n} days late", (today - due).days) if today and due < today else "",
        aside=_("after the action’s due date") if action_due and due > action_due else "",
    )
