"""The groups and chips of a list: which headings, in which order, with which counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.actions.filters import NOBODY, Filters, apply
from app.actions.reasons import colour_word, label
from app.actions.refs import natural
from app.actions.rules import Colour, Label
from app.actions.view import ActionView, PersonView, PlanView
from app.core.words import _


@dataclass(frozen=True, slots=True)
class Chip:
    """A count by rating above the list. `code` goes into the `rating` parameter; `words` name it."""

    code: str
    colour: Colour
    words: str
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading. `key` is the value of the filter that would show this group alone.

    chips: codes of `CHIPS` with how many of these rows each has.
    """

    by: str
    key: str
    title: str
    actions: tuple[ActionView, ...]
    chips: Mapping[str, int]

    @property
    def count(self) -> int:
        return len(self.actions)


# Worst first; delivered without proof is never drawn as on track.
CHIPS: tuple[tuple[str, Colour], ...] = (
    (Colour.red.value, Colour.red),
    (Colour.amber.value, Colour.amber),
    (Label.on_track.value, Colour.green),
    (Label.delivered_proof_due.value, Colour.green),
    (Colour.blue.value, Colour.blue),
    (Colour.grey.value, Colour.grey),
)


def chip_of(action: ActionView) -> str:
    """The chip that counts this action."""
    colour = action.rating.colour
    return action.rating.label.value if colour is Colour.green else colour.value


def chips(plan: PlanView, filters: Filters) -> tuple[Chip, ...]:
    """Counts over what the other filters leave, so that choosing one chip does not empty the rest."""
    counted = Counter(chip_of(a) for a in apply(plan, filters.with_(rating=(), sort="")))
    green = Colour.green.value in filters.rating
    return tuple(
        Chip(
            code=code,
            colour=colour,
            words=_chip_words(code, colour, plan.legend),
            count=counted[code],
            is_on=code in filters.rating or (green and colour is Colour.green),
        )
        for code, colour in CHIPS
    )


def _chip_words(code: str, colour: Colour, legend: Mapping[str, str]) -> str:
    if code == Label.delivered_proof_due:
        return label(code)
    if code == Label.on_track:
        return legend.get(Colour.green) or label(code)
    if colour is Colour.blue:
        return legend.get(Colour.blue) or label(Label.assured)
    return colour_word(colour, legend)


Key = tuple[Any, str, str]


def group(actions: Sequence[ActionView], by: str, plan: PlanView) -> tuple[Group, ...]:
    """The actions under their headings, each in the order given; groups without rows are left out.

    An action that answers several publications stands under each of them.
    """
    headings: dict[Key, list[ActionView]] = {}
    of = _HEADINGS[by]
    for each in actions:
        for heading in of(each, plan):
            headings.setdefault(heading, []).append(each)
    return tuple(
        Group(by, key, title, tuple(rows), Counter(chip_of(a) for a in rows))
        for (_order, key, title), rows in sorted(headings.items(), key=lambda item: item[0])
    )


def _by_priority(action: ActionView, _plan: PlanView) -> Iterable[Key]:
    priority = action.priority
    return [((priority.position, natural(priority.ref)), priority.ref, priority.title)]


def _by_person(person: PersonView | None, nobody: str) -> Iterable[Key]:
    if person is None:
        # What nobody owns stands first: it is what the group has to settle.
        return [((0, ""), NOBODY, nobody)]
    return [((1, person.name.casefold()), person.email, person.shown)]


def _by_rating(action: ActionView, plan: PlanView) -> Iterable[Key]:
    code = chip_of(action)
    place = [c for c, _colour in CHIPS].index(code)
    return [(place, code, _chip_words(code, CHIPS[place][1], plan.legend))]


def _by_framework(action: ActionView, _plan: PlanView) -> Iterable[Key]:
    found = {link.framework: link.framework_title or link.framework for link in action.links}
    if not found:
        return [((1, ""), "", _("Answers no recommendation"))]
    return [((0, title.casefold()), key, title) for key, title in found.items()]


_HEADINGS: Mapping[str, Callable[[ActionView, PlanView], Iterable[Key]]] = {
    "priority": _by_priority,
    "owner": lambda a, _plan: _by_person(a.accountable_person, _("No accountable person")),
    "executive": lambda a, _plan: _by_person(a.lead_executive, _("No lead executive")),
    "rating": _by_rating,
    "framework": _by_framework,
    "none": lambda _a, _plan: [(0, "", _("All actions"))],
}
