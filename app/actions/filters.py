"""Which actions a list shows, in which groups and order; pure, so that page, API and exports agree.

The state of a list is its address: `schemas.filters_asked` reads it from query parameters, `Filters.query` writes it
in one spelling. Within a name values are alternatives, between names all must hold.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from app.actions.refs import natural
from app.actions.rules import Colour, Label
from app.actions.view import ActionView, PersonView, PlanView
from app.core.search import matcher

NOBODY, ME = "none", "me"
# Green holds two things that are always drawn apart; each can be asked for by its own word.
APART = (Label.on_track.value, Label.delivered_proof_due.value)
RATINGS = (*(c.value for c in Colour), *APART)
GROUPS = ("priority", "owner", "executive", "rating", "framework", "none")
SORTS = ("ref", "due", "rating", "owner", "updated", "title")


@dataclass(frozen=True, slots=True)
class Filters:
    """One list's state. Empty means all; `sort` empty means the plan's own order, "-due" the other way round."""

    q: str = ""
    rating: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    framework: tuple[str, ...] = ()
    recommendation: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    executive: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    due_before: date | None = None
    group: str = "priority"
    sort: str = ""
    view: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        kept = replace(self, group="priority", sort="", view="")
        return kept != Filters()

    def has(self, name: str, value: str) -> bool:
        held = getattr(self, name)
        return value in held if isinstance(held, tuple) else value == held

    def with_(self, **changes: Any) -> "Filters":
        return replace(self, **changes)

    def query(self, **changes: Any) -> str:
        """The query string, names in one order and defaults left out; "" for the plain list."""
        pairs: list[tuple[str, str]] = []
        for name, plain in _PLAIN.items():
            value = changes[name] if name in changes else getattr(self, name)
            if value == plain:
                continue
            if isinstance(value, tuple):
                pairs += [(name, v) for v in sorted(value)]
            else:
                pairs.append((name, value.isoformat() if isinstance(value, date) else value))
        return urlencode(pairs) if pairs else ""


_PLAIN: Mapping[str, Any] = {each.name: each.default for each in fields(Filters)}
NAMES = tuple(_PLAIN)


Test = Callable[[ActionView], bool]


def apply(plan: PlanView, filters: Filters) -> tuple[ActionView, ...]:
    """The actions that pass every filter, in the order asked for."""
    tests = _tests(filters)
    found = [a for a in plan.actions if all(passes(a) for passes in tests)] if tests else plan.actions
    return ordered(found, filters.sort)


def _tests(f: Filters) -> list[Test]:
    """One test for each filter that is set."""
    tests: list[Test] = []
    if f.q:
        found = matcher(f.q)
        tests.append(lambda a: found(a.haystack))
    if f.rating:
        tests.append(lambda a: a.rating.colour.value in f.rating or _apart(a) in f.rating)
    if f.label:
        tests.append(lambda a: a.rating.label.value in f.label)
    if f.priority:
        tests.append(lambda a: a.priority.ref in f.priority)
    if f.stage:
        tests.append(lambda a: a.stage.value in f.stage)
    if f.framework:
        tests.append(lambda a: any(link.framework in f.framework for link in a.links))
    if f.recommendation:
        tests.append(lambda a: any(link.key in f.recommendation for link in a.links))
    if f.owner:
        tests.append(lambda a: _address(a, a.accountable_person) in f.owner)
    if f.executive:
        tests.append(lambda a: _address(a, a.lead_executive) in f.executive)
    if f.flag:
        tests.append(lambda a: not a.flags.isdisjoint(f.flag))
    if (before := f.due_before) is not None:
        tests.append(lambda a: a.facts.due_date is not None and a.facts.due_date < before)
    return tests


def _address(action: ActionView, person: PersonView | None) -> str:
    """Of what is restricted to others, no answer: neither who it is nor that there is nobody."""
    return person.email if person else "" if action.is_hidden else NOBODY


def _apart(action: ActionView) -> str:
    label = action.rating.label.value
    return label if action.rating.colour is Colour.green and label in APART else ""


def ordered(actions: Sequence[ActionView], sort: str) -> tuple[ActionView, ...]:
    """Sorted by one of `SORTS`, "-" before it for the other way round; what has no value comes last both ways."""
    if not sort:
        return tuple(actions)
    name = sort.removeprefix("-")
    by_ref = sorted(actions, key=lambda a: natural(a.ref))
    if name == "ref":
        return tuple(reversed(by_ref)) if sort[0] == "-" else tuple(by_ref)
    key = _KEYS[name]
    filled = [a for a in by_ref if key(a) is not None]
    filled.sort(key=key, reverse=sort[0] == "-")
    return (*filled, *(a for a in by_ref if key(a) is None))


_KEYS: Mapping[str, Callable[[ActionView], Any]] = {
    "due": lambda a: a.facts.due_date,
    # The worst first.
    "rating": lambda a: -a.rating.colour.severity,
    "owner": lambda a: a.accountable_person.name.casefold() if a.accountable_person else None,
    "updated": lambda a: a.updated_at,
    "title": lambda a: a.title.casefold(),
}
