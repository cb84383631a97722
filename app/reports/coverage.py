"""Which recommendations of a publication the plan's actions answer: in_scope = covered + partly + without_action."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.actions.display import look_of
from app.actions.view import ActionView, PlanView
from app.frameworks.rules import addressed_to, chip
from app.plans.rules import Colour


class Standing(StrEnum):
    """covered: an action in force meets it; partly: actions in force only contribute; other_kind: not ours to answer.

    not_applicable and external are what an organisation declares of a recommendation.
    """

    covered = "covered"
    partly = "partly"
    without_action = "without_action"
    not_applicable = "not_applicable"
    external = "external"
    other_kind = "other_kind"


IN_SCOPE = (Standing.covered, Standing.partly, Standing.without_action)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A recommendation with none beneath it; prefix, applies_to: the publication's; `under` is its parent's title."""

    ref: str
    title: str
    prefix: str
    applies_to: str
    under: str = ""

    @property
    def chip(self) -> str:
        return chip(self.prefix, self.ref)


@dataclass(frozen=True, slots=True)
class Publication:
    key: str
    title: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Whom:
    """The organisation whose plan it is, as a publication addresses it."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One action that answers a recommendation."""

    action: ActionView
    meets: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A recommendation with the actions in force that answer it; look: the worst of those that count for it."""

    leaf: Leaf
    standing: Standing
    answers: tuple[Answer, ...]
    colour: Colour | None
    look: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """One publication in one plan. by_rating and by_look count recommendations with an action, not actions."""

    publication: Publication
    items: tuple[Item, ...]
    counts: Mapping[Standing, int]
    by_rating: Mapping[Colour, int]
    by_look: Mapping[str, int]

    @property
    def in_scope(self) -> int:
        return sum(self.counts[s] for s in IN_SCOPE)

    @property
    def with_action(self) -> int:
        return self.counts[Standing.covered] + self.counts[Standing.partly]

    @property
    def apart(self) -> int:
        return sum(number for standing, number in self.counts.items() if standing not in IN_SCOPE)


Answers = Mapping[str, Sequence[Answer]]


def cover(publication: Publication, whom: Whom, answered: Answers) -> Coverage:
    """answered: by the recommendation's reference, as `answers` finds it.

    Only links to the recommendation itself count: one to the chapter above it answers none of its parts.
    """
    # A publication has hundreds of recommendations and speaks to a handful.
    ours = {to: addressed_to(to, whom.kind, whom.name) for to in {leaf.applies_to for leaf in publication.leaves}}
    items = tuple(_item(leaf, answered.get(leaf.ref, ()), ours[leaf.applies_to]) for leaf in publication.leaves)
    standings = Counter(item.standing for item in items)
    shown = [item for item in items if item.standing in (Standing.covered, Standing.partly)]
    colours, looks = Counter(item.colour for item in shown), Counter(item.look for item in shown)
    return Coverage(
        publication=publication,
        items=items,
        counts={standing: standings[standing] for standing in Standing},
        by_rating={colour: colours[colour] for colour in Colour},
        by_look=looks,
    )


def keys_of(plan: PlanView) -> tuple[str, ...]:
    """The publications with at least one link in the plan."""
    return tuple(sorted({link.framework for action in plan.actions for link in action.links}))


def answers(plan: PlanView) -> dict[str, dict[str, list[Answer]]]:
    """What the actions in force answer, by publication and the recommendation's reference."""
    found: dict[str, dict[str, list[Answer]]] = {}
    for action in plan.actions:
        if action.stage.is_in_force:
            for link in action.links:
                found.setdefault(link.framework, {}).setdefault(link.ref, []).append(Answer(action, link.meets))
    return found


def _item(leaf: Leaf, answers: Sequence[Answer], is_ours: bool) -> Item:
    meeting = [a for a in answers if a.meets]
    if not is_ours:
        standing = Standing.other_kind
    elif answers:
        standing = Standing.covered if meeting else Standing.partly
    else:
        return Item(leaf, Standing.without_action, (), None, "")
    # Who meets it speaks for it; those who contribute do where nobody meets it.
    counting = [a.action.rating for a in (meeting or answers)]
    if not counting:
        return Item(leaf, standing, (), None, "")
    worst = max(counting, key=lambda r: (r.colour.severity, look_of(r) == "proof"))
    return Item(leaf, standing, tuple(answers), worst.colour, look_of(worst))
