"""From an `ActionView` to what a row, a strip or a fact of a page shows; pure, and done once for each action.

Words: a look is one of the six drawings of a rating (the five colours, and `proof` for delivered with proof due).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.actions.reasons import label, progress_word, reason_text, remedy_text
from app.actions.rules import (
    TYPED_PROGRESS,
    Colour,
    Facts,
    Held,
    Label,
    Progress,
    Rating,
    Stage,
    held_by,
    rate,
    remedy,
)
from app.actions.rules.facts import ASSURED, EXITS
from app.actions.view import ActionView, PersonView, PlanView, UpdateView
from app.core.words import N_, _, day, ngettext, short_day, short_days

# In the order of the house's strips, with the words used where a plan's legend has none of its own.
LOOKS: Mapping[str, str] = {
    "blue": N_("Assured"),
    "proof": N_("Delivered, proof due"),
    "green": N_("On track"),
    "amber": N_("Needs attention"),
    "red": N_("Needs action"),
    "grey": N_("Not started or closed"),
}
# The owner's four words, each with the drawing it would have if it were the colour.
PROGRESS_LOOKS: Mapping[Progress, str] = {
    Progress.not_started: "grey",
    Progress.on_track: "green",
    Progress.at_risk: "amber",
    Progress.off_track: "red",
}


class RowView(NamedTuple):
    """One row of the list, all in words. late: whether the note on the due date is bad news.

    asked: the board's questions that wait for an answer ("1 question, answer due 3 Dec").
    """

    ref: str
    title: str
    chips: Sequence[str]
    owner: str
    due: str
    due_note: str
    late: bool
    look: str
    label: str
    why: str
    latest: str
    latest_day: str
    asked: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a strip."""

    look: str
    count: int
    text: str


# Asked for every row of every list.
_LOOK_OF: Mapping[Label, str] = {Label.delivered_proof_due: "proof"}
_COLOUR_LOOKS: Mapping[Colour, str] = {colour: colour.value for colour in Colour}


def look_of(rating: Rating) -> str:
    return _LOOK_OF.get(rating.label) or _COLOUR_LOOKS[rating.colour]


def look_word(look: str, legend: Mapping[str, str]) -> str:
    """The plan's own word for the colour, or the usual one; the two greens are always told apart."""
    return (legend.get(look) if look not in ("proof", "green") else None) or _(LOOKS[look])


def row(action: ActionView, today: date, asked: str = "") -> RowView:
    [made] = rows([action], today, [asked])
    return made


def rows(actions: Sequence[ActionView], today: date, asked: Sequence[str] = ()) -> list[RowView]:
    shown = columns(actions, today, asked or [""] * len(actions))
    return list(map(RowView._make, zip(*map(shown.__getitem__, RowView._fields), strict=True)))


def columns(actions: Sequence[ActionView], today: date, asked: Sequence[str]) -> dict[str, Sequence[Any]]:
    """The rows of these actions: of each field of a `RowView`, by its name, what they all show.

    Hundreds are drawn at once: what a field needs is looked up once for all of them.
    """
    facts = [action.facts for action in actions]
    ratings = [action.rating for action in actions]
    said = [action.latest_update for action in actions]
    notes = due_notes(facts, today)
    labels = {code: label(code) for code in {rating.label for rating in ratings}}
    days = Days(today.year)
    return {
        "ref": [action.ref for action in actions],
        "title": [_("Restricted: {title}", title=a.title) if a.is_hidden else a.title for a in actions],
        "chips": [[link.chip for link in action.links] for action in actions],
        "owner": list(map(owner, actions)),
        "due": short_days(each.due_date for each in facts),
        "due_note": [note for note, _late in notes],
        "late": [late for _note, late in notes],
        "look": list(map(look_of, ratings)),
        "label": [labels[rating.label] for rating in ratings],
        "why": whys(actions),
        "latest": [said_text(each) if each else "" for each in said],
        "latest_day": [days[each.said_on] if each else "" for each in said],
        "asked": asked,
    }


def asked_text(count: int, answer_by: date, today: date) -> str:
    """Questions that wait for an answer, and by when the first is owed."""
    by = short_day(answer_by, year=answer_by.year != today.year)
    if answer_by < today:
        return ngettext("{n} question, answer was due {day}", "{n} questions, answer was due {day}", count, day=by)
    return ngettext("{n} question, answer due {day}", "{n} questions, answer due {day}", count, day=by)


def owner(action: ActionView) -> str:
    """The post, which outlives the person in it; for an external lead its contact or organisation."""
    if action.is_hidden:
        return _("Restricted to named people")
    person = action.accountable_person
    if person is not None:
        named = person.post or person.name
        return named if person.active else _("{post} (left)", post=named)
    if action.facts.external_lead:
        return action.facts.external_contact or action.organisation_name
    return _("No owner")


def person_shown(person: PersonView | None) -> str:
    if person is None:
        return ""
    return person.shown if person.active else _("{person} (left)", person=person.shown)


def due_notes(facts: Iterable[Facts], today: date) -> list[tuple[str, bool]]:
    """What stands beside each due date, and whether it is late."""
    delivered, starts, undated = _("delivered {day}").format, _("starts {day}").format, (_("no date"), False)
    days, notes = Days(today.year), []
    for each in facts:
        start, due = each.start_date, each.due_date
        if each.stage in EXITS:
            notes.append(("", False))
        elif each.stage is not Stage.not_delivered:
            done = each.completion_date
            notes.append((delivered(day=days[done]) if done else "", False))
        elif start is not None and start > today and each.progress is Progress.not_started:
            notes.append((starts(day=days[start]), False))
        else:
            notes.append(undated if due is None else _left((due - today).days))
    return notes


def _left(days: int) -> tuple[str, bool]:
    if days < 0:
        return ngettext("{n} day late", "{n} days late", -days), True
    if days < 2:
        return (_("tomorrow") if days else _("today")), False
    return ngettext("in {n} day", "in {n} days", days), False


class Days(dict[date, str]):
    """Each day as it is written beside others: the year is said where it is another."""

    def __init__(self, year: int) -> None:
        super().__init__()
        self.year = year

    def __missing__(self, day: date) -> str:
        said = self[day] = short_day(day, year=day.year != self.year)
        return said


def whys(actions: Iterable[ActionView]) -> list[str]:
    """The first reason of each colour; for a calm one, what comes next."""
    proof, retest, handed_over = (
        _("Proof due {day}").format,
        _("Re-test {day}").format,
        _("Re-tested by the audit programme"),
    )
    said = []
    for action in actions:
        facts, stage, reasons = action.facts, action.facts.stage, action.rating.reasons
        if reasons:
            said.append(reason_text(reasons[0]))
        elif stage is Stage.delivered and facts.evidence_by_date:
            said.append(proof(day=short_day(facts.evidence_by_date, year=True)))
        elif stage in ASSURED and facts.retest_date:
            said.append(retest(day=short_day(facts.retest_date, year=True)))
        elif facts.retest_handed_over:
            said.append(handed_over)
        elif stage is Stage.superseded and action.replaced_by:
            said.append(_("Replaced by {ref}", ref=action.replaced_by))
        else:
            said.append("")
    return said


def said_text(said: UpdateView) -> str:
    if said.commentary:
        return said.commentary
    return _("No change") if said.no_change else progress_word(said.progress)


def told_by(said: UpdateView) -> str:
    """Who said it: "Programme office for Matron, antenatal, told by e-mail"."""
    if not said.for_name:
        return said.by_name
    if said.told_how:
        return _("{by} for {whom}, told {how}", by=said.by_name, whom=said.for_name, how=said.told_how)
    return _("{by} for {whom}", by=said.by_name, whom=said.for_name)


def looks(actions: Iterable[ActionView]) -> Counter[str]:
    """How many rows each look has."""
    return Counter([look_of(a.rating) for a in actions])


def strip(found: Mapping[str, int], legend: Mapping[str, str]) -> tuple[Share, ...]:
    """found: how many rows each look has."""
    return tuple(Share(look, found.get(look, 0), look_word(look, legend)) for look in LOOKS)


def strip_note(actions: Sequence[ActionView]) -> str:
    """Both numbers; exited actions are in neither."""
    stages = Counter([a.facts.stage for a in actions])
    in_force = sum(n for stage, n in stages.items() if stage.is_in_force)
    if not in_force:
        return ""
    assured = sum(n for stage, n in stages.items() if stage.is_assured)
    return _("assured {part} of {whole}", part=assured, whole=in_force)


def progress_options() -> list[dict[str, str]]:
    return [{"value": p.value, "text": progress_word(p), "look": PROGRESS_LOOKS[p]} for p in TYPED_PROGRESS]


def progress_hint(action: ActionView, plan: PlanView) -> str:
    """Said before the owner reports: what the list will show all the same, and until when."""
    if action.stage is not Stage.not_delivered:
        return ""
    said = action.facts._replace(progress=Progress.on_track, last_update_on=plan.day)
    after = rate(said, plan.settings, plan.day, held(action, plan))
    if after.colour not in (Colour.red, Colour.amber):
        return ""
    return _(
        "You may say {progress}. The list shows {label} until {remedy}.",
        progress=progress_word(Progress.on_track),
        label=label(after.label),
        remedy=remedy_text(remedy(after.reasons[0])),
    )


def held(action: ActionView, plan: PlanView) -> tuple[Held, ...]:
    others = (plan.by_ref[ref] for ref in action.depends_on if ref in plan.by_ref)
    return held_by(action.facts, ((other.facts, other.rating) for other in others))


def saved_text(before: ActionView, after: ActionView) -> str:
    """What the live region says: "1.07 saved: On track, no longer Due soon"."""
    was, now = before.rating, after.rating
    if was.label is now.label:
        return _("{ref} saved: {label}", ref=after.ref, label=label(now.label))
    return _("{ref} saved: {label}, no longer {before}", ref=after.ref, label=label(now.label), before=label(was.label))


def caption(plan: PlanView) -> str:
    actions = ngettext("{n} action", "{n} actions", len(plan.actions))
    priorities = ngettext("{n} priority", "{n} priorities", len(plan.priorities))
    as_at = day(plan.as_at) if plan.as_at else _("today")
    said = _("{actions} in {priorities} · as at {day}", actions=actions, priorities=priorities, day=as_at)
    if not plan.counts.exited:
        return said
    exited = ngettext("{n} closed another way", "{n} closed another way", plan.counts.exited)
    return _("{said} · {n} in force, {exited}", said=said, n=plan.counts.in_force, exited=exited)
