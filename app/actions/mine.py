"""A person's own actions as cards: what changes colour and when, and what was begun. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.actions.display import row
from app.actions.reasons import change_text
from app.actions.rules import Change, Colour, Flag, Label, next_changes
from app.actions.view import ActionView, PlanView
from app.core.menu import Link
from app.core.words import N_, _, ngettext

# How far ahead a card looks for a change.
HORIZON_DAYS = 62


@dataclass(frozen=True, slots=True)
class Card:
    """turns: "Turns red on Friday 27 November 2026 unless an update is given"; draft: that something was begun."""

    ref: str
    title: str
    look: str
    label: str
    why: str
    turns: str
    due: str
    due_note: str
    late: bool
    latest: str
    latest_day: str
    draft: str
    # The first change for the worse; sorts the cards.
    turns_on: date | None


def card(action: ActionView, plan: PlanView, *, has_draft: bool = False) -> Card:
    drawn, change = row(action, plan.day), turning(action, plan)
    return Card(
        ref=drawn.ref,
        title=drawn.title,
        look=drawn.look,
        label=drawn.label,
        why=drawn.why,
        turns=change_text(change, plan.day) if change else "",
        due=drawn.due,
        due_note=drawn.due_note,
        late=drawn.late,
        latest=drawn.latest,
        latest_day=drawn.latest_day,
        draft=_("You began an update here and have not saved it.") if has_draft else "",
        turns_on=change.day if change else None,
    )


def turning(action: ActionView, plan: PlanView) -> Change | None:
    """The first change for the worse if nobody does anything."""
    others = [plan.by_ref[ref].facts for ref in action.depends_on if ref in plan.by_ref]
    changes = next_changes(action.facts, plan.settings, plan.day, HORIZON_DAYS, others)
    return next((c for c in changes if c.is_worse), None)


def is_mine(action: ActionView, me: UUID) -> bool:
    return action.stage.is_open and (action.accountable_person_id == me or me in action.contributor_ids)


def own_cards(plan: PlanView, me: UUID, begun: Collection[UUID] = ()) -> list[Card]:
    """The open actions of a person in this plan: the worst first, then what turns soonest."""
    own = [a for a in plan.actions if is_mine(a, me)]
    cards = [(a, card(a, plan, has_draft=a.id in begun)) for a in own]
    cards.sort(key=lambda pair: (-pair[0].rating.colour.severity, pair[1].turns_on or date.max))
    return [each for _action, each in cards]


def begun_elsewhere(plan: PlanView, base: str, begun: Collection[UUID], cards: Collection[Card]) -> list[Link]:
    """Updates begun on actions that are not the person's own: the office writes for others."""
    shown = {c.ref for c in cards}
    left = [a for a in plan.actions if a.id in begun and a.ref not in shown]
    text = N_("You began an update of {ref} and have not saved it")
    return [Link(f"{base}/{a.ref}/update", _(text, ref=a.ref)) for a in left]


def office_jobs(plan: PlanView, base: str, decisions: str, *, undecided: int, unconfirmed: int) -> list[Link]:
    """What an office keeps going, each with its place; nothing that counts nought.

    undecided: proposals that wait for somebody's decision; unconfirmed: those recorded at a meeting.
    """
    flags = plan.counts.by_flag
    red = plan.counts.by_rating[Colour.red]
    stale, unowned = flags[Flag.stale], flags[Flag.unowned]
    retests = plan.counts.by_label.get(Label.retest_due, 0)
    jobs = [
        (undecided, decisions,
         ngettext("{n} proposal waits for a decision", "{n} proposals wait for a decision", undecided)),
        (unconfirmed, decisions,
         ngettext("{n} recorded decision waits to be confirmed", "{n} recorded decisions wait to be confirmed",
                  unconfirmed)),
        (red, f"{base}?rating=red", ngettext("{n} action needs action now", "{n} actions need action now", red)),
        (retests, f"{base}?label={Label.retest_due.value}",
         ngettext("{n} re-test is due", "{n} re-tests are due", retests)),
        (stale, f"{base}?flag={Flag.stale.value}",
         ngettext("{n} action has no recent update", "{n} actions have no recent update", stale)),
        (unowned, f"{base}?flag={Flag.unowned.value}",
         ngettext("{n} action has no owner", "{n} actions have no owner", unowned)),
    ]  # fmt: skip
    return [Link(href, text) for n, href, text in jobs if n] + [Link(base, _("Open the tracker"))]
