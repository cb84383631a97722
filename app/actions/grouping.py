"""The groups and chips of a list: which headings, in which order, with which counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.actions.display import look_of, looks
from app.actions.filters import NOBODY, Filters, apply
from app.actions.reasons import colour_word, label
from app.actions.refs import natural
from app.actions.rules import Colour, Label
from app.actions.view import ActionView, PersonView, PlanView
from app.core.words import _

# The people of what is restricted to others are told to nobody else: a group of its own, and no filter finds it.
RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class Chip:
    """A count by rating above the list. `code` goes into the `rating` parameter; `words` name it."""

    code: str
    colour: Colour
    look: str
    words: str
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading. `key` is the value of the filter that would show this group alone, where there is one."""

    by: str
    key: str
    title: str
    actions: tuple[ActionView, ...]

    @property
    def count(self) -> int:
        return len(self.actions)

    @property
    def looks(self) -> Mapping[str, int]:
        """How many of these rows have each."""
        return looks(self.actions)


# By look, worst first: the value of the filter, and the colour; delivered without proof is never drawn as on track.
CHIPS: Mapping[str, tuple[str, Colour]] = {
    "red": (Colour.red.value, Colour.red),
    "amber": (Colour.amber.value, Colour.amber),
    "green": (Label.on_track.value, Colour.green),
    "proof": (Label.delivered_proof_due.value, Colour.green),
    "blue": (Colour.blue.value, Colour.blue),
    "grey": (Colour.grey.value, Colour.grey),
}


def chips(plan: PlanView, filters: Filters) -> tuple[Chip, ...]:
    """Counts over what the other filters leave, so that choosing one chip does not empty the rest."""
    counted = looks(apply(plan, filters.with_(rating=(), sort="")))
    green = Colour.green.value in filters.rating
    return tuple(
        Chip(
            code=code,
            colour=colour,
            look=look,
            words=_chip_words(code, colour, plan.legend),
            count=counted[look],
            is_on=code in filters.rating or (green and colour is Colour.green),
        )
        for look, (code, colour) in CHIPS.items()
    )


def _chip_words(code: str, colour: Colour, legend: Mapping[str, str]) -> str:
    if code == Label.delivered_proof_due:
        return label(code)
    if code == Label.on_track:
        return legend.get(Colour.green) or label(code)
    if colour is Colour.blue:
        return legend.get(Colour.blue) or label(Label.assured)
    return colour_word(colour, legend)


Place = tuple[Any, str, str]


@dataclass(frozen=True, slots=True)
class Headings:
    """keys: under which an action stands; heading: its place, the filter's value and the words, from the first row."""

    keys: Callable[[ActionView], Iterable[str]]
    heading: Callable[[str, ActionView, PlanView], Place]


def group(actions: Sequence[ActionView], by: str, plan: PlanView) -> tuple[Group, ...]:
    """The actions under their headings, each in the order given; groups without rows are left out.

    An action that answers several publications stands under each of them.
    """
    headings = _HEADINGS[by]
    found: dict[str, list[ActionView]] = {}
    for each in actions:
        for key in headings.keys(each):
            found.setdefault(key, []).append(each)
    headed = sorted(
        ((headings.heading(key, rows[0], plan), rows) for key, rows in found.items()), key=lambda each: each[0]
    )
    return tuple(Group(by, key, title, tuple(rows)) for (_place, key, title), rows in headed)


def _priority(_key: str, first: ActionView, _plan: PlanView) -> Place:
    priority = first.priority
    return (priority.position, natural(priority.ref)), priority.ref, priority.title


def _address(action: ActionView, person: PersonView | None) -> tuple[str]:
    return (person.email if person else RESTRICTED if action.is_hidden else NOBODY,)


def _person(key: str, person: PersonView | None, nobody: str) -> Place:
    if key == RESTRICTED:
        return (2, ""), RESTRICTED, _("Restricted to named people")
    if person is None:
        # What nobody owns stands first: it is what the group has to settle.
        return (0, ""), NOBODY, nobody
    return (1, person.name.casefold()), person.email, person.shown


def _rating(look: str, _first: ActionView, plan: PlanView) -> Place:
    code, colour = CHIPS[look]
    return list(CHIPS).index(look), code, _chip_words(code, colour, plan.legend)


def _frameworks(action: ActionView) -> Iterable[str]:
    return dict.fromkeys(link.framework for link in action.links) or ("",)


def _framework(key: str, first: ActionView, _plan: PlanView) -> Place:
    if not key:
        return (1, ""), "", _("Answers no recommendation")
    title = next(link.framework_title for link in first.links if link.framework == key) or key
    return (0, title.casefold()), key, title


_HEADINGS: Mapping[str, Headings] = {
    "priority": Headings(lambda a: (a.priority.ref,), _priority),
    "owner": Headings(
        lambda a: _address(a, a.accountable_person),
        lambda key, first, _plan: _person(key, first.accountable_person, _("No accountable person")),
    ),
    "executive": Headings(
        lambda a: _address(a, a.lead_executive),
        lambda key, first, _plan: _person(key, first.lead_executive, _("No lead executive")),
    ),
    "rating": Headings(lambda a: (look_of(a.rating),), _rating),
    "framework": Headings(_frameworks, _framework),
    "none": Headings(lambda _a: ("",), lambda _key, _first, _plan: (0, "", _("All actions"))),
}
