"""The writable fields: what an action holds in them now, what a change would alter, and whose each one is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from app.actions import own
from app.actions.refs import natural
from app.actions.view import ActionView
from app.core.inputs import label
from app.core.words import _, day

# A change of one of these asks for the act beside it; of any other, for "action.edit".
ACTS: Mapping[str, str] = {
    "milestones": "action.edit_own",
    "success_measure": "action.edit_own",
    "depends_on": "action.edit_own",
    "accountable_person": "action.owner",
}
EDIT_ACTS = ("action.edit", "action.edit_own", "action.owner", "action.update")
# Part of a report of progress, not fields of the action itself.
REPORT = ("progress", "commentary", "cause", "mitigation", "help_needed", "forecast", "why")
DRAFT_DATES = ("original_due_date", "completion_date", "evidence_by_date", "retest_date")
# Once agreed in a live plan they move by decision only.
AGREED_DATES = ("due_date", "regulator_date")
TEXTS = ("title", "intended_outcome", "success_measure", "external_contact")
SWITCHES = ("external_lead", "regulatory")
DATES = ("start_date", "due_date", "regulator_date", "last_chased_on", *DRAFT_DATES)
PEOPLE = ("lead_executive", "accountable_person")
PARTS = ("milestones", "depends_on", "recommendations", "contributes_to", "contributors")
# The plan's own: one value by the key of each.
OWN = "own_fields"
WRITABLE = (*TEXTS, "priority", "organisation", *PEOPLE, *DATES, *SWITCHES, *PARTS, OWN)
NEEDED = ("title", "priority", "organisation", *SWITCHES)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, as the API spells its values."""

    field: str
    old: Any
    new: Any


def word(field: str) -> str:
    """The name of a field as people read it."""
    return label(field) or (label(OWN) if field.startswith(f"{OWN}.") else "")


def values_of(view: ActionView) -> dict[str, Any]:
    """The writable fields as a client would send them; None where empty."""
    owner, executive, facts = view.accountable_person, view.lead_executive, view.facts
    return {
        "title": view.title,
        "intended_outcome": view.intended_outcome or None,
        "success_measure": view.success_measure or None,
        "external_contact": facts.external_contact,
        "priority": view.priority.ref,
        "organisation": view.organisation,
        "lead_executive": executive.email if executive else None,
        "accountable_person": owner.email if owner else None,
        **{name: getattr(facts, name) for name in (*DATES, *SWITCHES)},
        "milestones": [(m.title, m.due_date, m.done_on) for m in view.milestones],
        "depends_on": list(view.depends_on),
        "recommendations": sorted(link.key for link in view.links if link.meets),
        "contributes_to": sorted(link.key for link in view.links if not link.meets),
        "contributors": sorted(c.email for c in view.contributors),
        OWN: own.read(view.own),
    }


EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(WRITABLE),
    **dict.fromkeys(SWITCHES, False),
    **{name: [] for name in PARTS},
    OWN: {},
}


class Sent(Protocol):
    """An input model: it knows which of its fields were sent."""

    @property
    def model_fields_set(self) -> set[str]: ...


def given_values(given: Sent) -> dict[str, Any]:
    """The writable fields that were sent, spelled as `values_of` spells them."""
    return {name: plain(name, getattr(given, name)) for name in WRITABLE if name in given.model_fields_set}


def plain(name: str, value: Any) -> Any:
    """One spelling of a value, so that two can be compared."""
    if name in PARTS:
        return _plain_list(name, value or [])
    if name in PEOPLE and value:
        return value.lower()
    if name == "organisation" and value:
        return value.upper()
    if name == OWN:
        return {key: text or "" for key, text in (value or {}).items()}
    return value


def place_sent(name: str, given: Sent, place: int) -> int:
    """Where the value that stands at this place of `plain`'s list stands in what was sent."""
    sent = list(getattr(given, name) or [])
    wanted = plain(name, sent)[place]
    return next(n for n, value in enumerate(sent) if plain(name, [value]) == [wanted])


def _plain_list(name: str, values: Iterable[Any]) -> list[Any]:
    if name == "milestones":
        return [v if isinstance(v, tuple) else (v.title, v.due_date, v.done_on) for v in values]
    if name == "contributors":
        return sorted({v.lower() for v in values})
    return sorted(set(values), key=natural) if name == "depends_on" else sorted(set(values))


def changes(now: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, FieldChange]:
    """What of `wanted` differs from what stands. Of the plan's own fields those that are not sent stay."""
    if OWN in wanted:
        held = {key: text for key, text in (now[OWN] | wanted[OWN]).items() if text}
        wanted = {**wanted, OWN: held}
    return {name: FieldChange(name, now[name], value) for name, value in wanted.items() if now[name] != value}


def apart(values: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """The values with each of the plan's own fields by itself, "own_fields.cost", so that each is compared alone."""
    held = values.get(OWN)
    rest = {name: value for name, value in values.items() if name != OWN}
    return rest if held is None else rest | {f"{OWN}.{key}": held.get(key, "") for key in keys}


def together(values: Mapping[str, Any]) -> dict[str, Any]:
    """What `apart` took apart."""
    held = {name.removeprefix(f"{OWN}."): value for name, value in values.items() if name.startswith(f"{OWN}.")}
    rest = {name: value for name, value in values.items() if not name.startswith(f"{OWN}.")}
    return rest | {OWN: held} if held else rest


def acts_for(fields: Iterable[str]) -> set[str]:
    """The acts of the rights table that changing these fields needs."""
    return {ACTS.get(name, "action.edit") for name in fields}


def shown(value: Any) -> str:
    """A value as a person reads it in a list of changes."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list):
        return ", ".join(v[0] if isinstance(v, tuple) else str(v) for v in value)
    if isinstance(value, dict):
        return "; ".join(value.values())
    return "" if value is None else str(value)
