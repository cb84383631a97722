"""The form of an update, drawn for one person; and what of it goes to the command. Pure.

Words: `was` is the progress the form was drawn with; a progress that nobody touched is not a report of progress.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.actions.display import progress_hint, progress_options, said_text, told_by
from app.actions.reasons import progress_word
from app.actions.rules import Progress, Stage
from app.actions.view import ActionView, PersonView, PlanView
from app.core.words import N_, _, day

# What of the form is the person's own, and so is kept in a draft and drawn again.
TYPED = (
    "progress", "commentary", "cause", "mitigation", "help_needed", "forecast", "for_person", "told_how", "said_on",
)  # fmt: skip
KEPT = (*TYPED, "was", "began")
PROMPTS = ("cause", "mitigation", "help_needed")
WAYS = (N_("by e-mail"), N_("at the meeting"), N_("by phone"), N_("in person"))
PLACES = frozenset({"row", "card", "page"})


@dataclass(frozen=True, slots=True)
class FormLink:
    href: str
    text: str


@dataclass(slots=True, kw_only=True)
class Report:
    """The form. address: the action's; leave: where Cancel goes; place: row, card or page; back: the list's query."""

    ref: str
    address: str
    leave: str
    place: str
    back: str
    was: str
    began: str
    since: str = ""
    hint: str = ""
    goes_on: bool = True
    # A date to come is asked of what is still to be delivered alone.
    asks_forecast: bool = True
    options: list[dict[str, str]] = field(default_factory=list)
    people: list[dict[str, str]] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    links: list[FormLink] = field(default_factory=list)
    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    meanwhile: Sequence[str] = ()

    def value(self, name: str) -> str:
        return str(self.values.get(name) or "")

    def error(self, name: str) -> str:
        return self.errors.get(name, "")

    @property
    def summary(self) -> list[dict[str, str]]:
        return [{"text": text, "href": f"#{name}-{self.ref}" if name else ""} for name, text in self.errors.items()]

    @property
    def is_prompted(self) -> bool:
        return any(self.value(name) or self.error(name) for name in PROMPTS)


def first_values(action: ActionView, draft: Mapping[str, Any] | None) -> dict[str, Any]:
    """What an untouched form shows: the progress as it is, and what was typed before and not saved."""
    return {"progress": action.facts.progress.value} | {k: v for k, v in (draft or {}).items() if k in KEPT and v}


def report(action: ActionView, plan: PlanView, *, address: str, leave: str, place: str, **more: Any) -> Report:
    undelivered = action.stage is Stage.not_delivered
    return Report(
        ref=action.ref,
        address=address,
        leave=leave,
        place=place,
        hint=progress_hint(action, plan),
        options=progress_options() if undelivered else [],
        goes_on=place != "card",
        asks_forecast=undelivered,
        **more,
    )


def people_to_name(action: ActionView, plan: PlanView) -> list[dict[str, str]]:
    """Whom the office may write for: those of the action first, then everybody else who is here, by post."""
    own = [p for p in (action.accountable_person, *action.contributors, action.lead_executive) if p]
    rest = sorted(plan.people.values(), key=lambda p: p.shown.casefold())
    here = dict.fromkeys(p for p in (*own, *rest) if p.active)
    return [person_option(p) for p in here]


def person_option(person: PersonView) -> dict[str, str]:
    return {"value": person.email, "text": person.shown}


def ways() -> list[str]:
    return [_(way) for way in WAYS]


def began_text(began: str, now_in_london: datetime | None) -> str:
    """ "You began this on 20 November 2026 at 14:05." now_in_london: that instant as read, None where it is none."""
    if now_in_london is None or not began:
        return _("What you typed here before was kept.")
    return _("You began this on {day} at {time}.", day=day(now_in_london.date()), time=now_in_london.strftime("%H:%M"))


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the input model: a progress that is as it was drawn is left out, and nothing is an empty text."""
    taken = {k: v for k in TYPED if (v := values.get(k)) not in (None, "")}
    if taken.get("progress") == values.get("was"):
        taken.pop("progress", None)
    return taken | {"no_change": bool(values.get("no_change"))}


def progress_read(text: object) -> Progress | None:
    return Progress(text) if isinstance(text, str) and text in list(Progress) else None


def meanwhile_text(action: ActionView) -> str:
    """Who has changed the progress since the form was drawn: its latest report."""
    said, progress = action.latest_update, progress_word(action.facts.progress)
    if said is None:
        return _("The progress is {progress} now.", progress=progress)
    return _(
        "{by} reported {progress} on {day}: {commentary}",
        by=told_by(said),
        progress=progress,
        day=day(said.said_on),
        commentary=said_text(said),
    )


def draft_of(values: Mapping[str, Any]) -> dict[str, str]:
    """What a draft keeps; nothing where nothing but the progress as it was is there."""
    kept = {k: v for k in KEPT if isinstance(v := values.get(k), str) and v}
    touched = {k for k in TYPED if kept.get(k)} - ({"progress"} if kept.get("progress") == kept.get("was") else set())
    return kept if touched else {}
