"""Which recommendations of a publication a plan answers, by what, and how far; pure.

in_scope = covered + partly + without_action. A direct "meets" speaks for a recommendation; where there is none, a
link that says "the same" carries another's answer fully; what contributes answers a part only. Among those that count
the weakest speaks.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from app.actions.display import look_of
from app.actions.rules import Stage
from app.actions.view import ActionView, PlanView
from app.coverage.around import (
    NOTHING,
    Answer,
    Answers,
    Around,
    Edge,
    Stood,
    Through,
    answered_through,
    contradicted,
)
from app.coverage.rules import Answer as Said
from app.frameworks.rules import addressed_to, chip
from app.plans.rules import Colour


class Standing(StrEnum):
    """covered: met; partly: actions in force only contribute; other_kind: not ours to answer.

    not_applicable, external and not_accepted are what the organisation has decided of a recommendation.
    """

    __hash__ = str.__hash__  # an enum's own takes five times as long

    covered = "covered"
    partly = "partly"
    without_action = "without_action"
    not_applicable = "not_applicable"
    external = "external"
    other_kind = "other_kind"
    not_accepted = "not_accepted"


WITH_ACTION = (Standing.covered, Standing.partly)
IN_SCOPE = (*WITH_ACTION, Standing.without_action)
DECIDED = {Said.not_applicable: Standing.not_applicable, Said.external: Standing.external,
           Said.not_accepted: Standing.not_accepted}  # fmt: skip
# To walk through an enum takes longer than to count by it.
STANDINGS, COLOURS, STAGES = tuple(Standing), tuple(Colour), tuple(stage for stage in Stage if stage.is_in_force)
ORDER = {stage: place for place, stage in enumerate(Stage)}


class Leaf(NamedTuple):
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


class Item(NamedTuple):
    """A recommendation with the actions in force that answer it; look, stage: the worst of those that count for it."""

    leaf: Leaf
    standing: Standing
    answers: tuple[Answer, ...]
    colour: Colour | None
    look: str
    through: tuple[Through, ...] = ()
    stage: Stage | None = None
    counting: tuple[ActionView, ...] = ()
    stood: Stood | None = None
    # Links that say "contradicts" where both ends are answered.
    conflicts: tuple[Edge, ...] = ()

    @property
    def is_overlap(self) -> bool:
        """Several actions meet it, or one does and the same is met elsewhere."""
        meeting = {a.action.ref for a in self.answers if a.meets}
        return len(meeting | {a.action.ref for t in self.through if t.carries for a in t.answers if a.meets}) > 1

    def is_unproven(self, proven: Collection[UUID]) -> bool:
        """An action that counts for it says delivered or more, and no accepted evidence shows it.

        proven: the actions with accepted evidence.
        """
        return self.standing in IN_SCOPE and any(
            a.stage is not Stage.not_delivered and a.id not in proven for a in self.counting
        )

    @property
    def is_waiting(self) -> bool:
        return self.stood is not None and self.stood.asked is not None


@dataclass(frozen=True, slots=True)
class Coverage:
    """One publication in one plan. by_rating and by_look count recommendations with an action, not actions."""

    publication: Publication
    items: tuple[Item, ...]
    counts: Mapping[Standing, int]
    by_rating: Mapping[Colour, int]
    by_look: Mapping[str, int]
    # Of those that are met, by stage.
    by_stage: Mapping[Stage, int]

    @property
    def in_scope(self) -> int:
        return sum(self.counts[s] for s in IN_SCOPE)

    @property
    def with_action(self) -> int:
        return self.counts[Standing.covered] + self.counts[Standing.partly]

    @property
    def apart(self) -> int:
        return sum(number for standing, number in self.counts.items() if standing not in IN_SCOPE)


def cover(publication: Publication, whom: Whom, answered: Answers, around: Around = NOTHING) -> Coverage:
    """answered: by the recommendation's reference, as `answers` finds it.

    Only links to the recommendation itself count: one to the chapter above it answers none of its parts.
    """
    # A publication has hundreds of recommendations and speaks to a handful.
    ours = {to: addressed_to(to, whom.kind, whom.name) for to in {leaf.applies_to for leaf in publication.leaves}}
    items = tuple(
        [_item(publication.key, leaf, answered.get(leaf.ref, ()), around, ours[leaf.applies_to])
         for leaf in publication.leaves]
    )  # fmt: skip
    standings = Counter([item.standing for item in items])
    shown = [item for item in items if item.standing in WITH_ACTION]
    colours = Counter([item.colour for item in shown])
    stages = Counter([item.stage for item in shown if item.standing is Standing.covered])
    return Coverage(
        publication=publication,
        items=items,
        counts={standing: standings.get(standing, 0) for standing in STANDINGS},
        by_rating={colour: colours.get(colour, 0) for colour in COLOURS},
        by_look=Counter([item.look for item in shown]),
        by_stage={stage: stages.get(stage, 0) for stage in STAGES},
    )


def keys_of(plan: PlanView, added: Iterable[str] = ()) -> tuple[str, ...]:
    """The publications with at least one link in the plan, and those it sets out to answer."""
    return tuple(sorted({link.framework for action in plan.actions for link in action.links} | {*added}))


def answers(plan: PlanView) -> dict[str, dict[str, list[Answer]]]:
    """What the actions in force answer, by publication and the recommendation's reference."""
    found: defaultdict[str, defaultdict[str, list[Answer]]] = defaultdict(lambda: defaultdict(list))
    for action in plan.actions:
        if action.stage.is_in_force:
            for link in action.links:
                found[link.framework][link.ref].append(Answer(action, link.meets))
    return {key: dict(of_refs) for key, of_refs in found.items()}


def _item(key: str, leaf: Leaf, answers: Sequence[Answer], around: Around, is_ours: bool) -> Item:
    name = f"{key}:{leaf.ref}"
    edges, stood = around.edges.get(name), around.stood.get(name)
    through = answered_through(name, around) if edges else ()
    standing, counting = _judged(answers, through) if answers or through else (Standing.without_action, ())
    if stood is not None and stood.answer in DECIDED:
        standing = DECIDED[stood.answer]
    elif not is_ours:
        standing = Standing.other_kind
    if not counting:
        return Item(leaf, standing, (), None, "", through, stood=stood)
    conflicts = contradicted(edges, around) if edges else ()
    rating, stage = counting[0].rating, counting[0].facts.stage
    if len(counting) > 1:
        rating = max([a.rating for a in counting], key=lambda r: (r.colour.severity, look_of(r) == "proof"))
        stage = min([a.facts.stage for a in counting], key=ORDER.__getitem__)
    look = look_of(rating)
    return Item(leaf, standing, tuple(answers), rating.colour, look, through, stage, counting, stood, conflicts)


def _judged(answers: Sequence[Answer], through: Sequence[Through]) -> tuple[Standing, tuple[ActionView, ...]]:
    """Who meets it speaks for it; else what the same recommendation is met by; else those who contribute."""
    if meeting := [action for action, meets in answers if meets]:
        return Standing.covered, tuple(meeting)
    if carried := _once([a.action for t in through if t.carries for a in t.answers if a.meets]):
        return Standing.covered, carried
    return Standing.partly, _once([a.action for given in (answers, *[t.answers for t in through]) for a in given])


def _once(actions: Iterable[ActionView]) -> tuple[ActionView, ...]:
    return tuple({action.ref: action for action in actions}.values())
