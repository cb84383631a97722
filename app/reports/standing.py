"""A plan day by day: rows as images change them, and how the actions stood at the end of each; pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.actions.rules import Facts, Rating, Stage, rate_all
from app.plans.rules import Colour, PlanState, RatingSettings

Image = Mapping[str, Any]
# The facts by id, and the ratings by reference.
Rated = tuple[Mapping[UUID, Facts], Mapping[str, Rating]]
# Facts that are not columns of the same name.
DERIVED = frozenset({"key", "adopted_on", "has_owner", "rounds_missed", "depends_on", "external_contact"})
COLUMNS = tuple(name for name in Facts._fields if name not in DERIVED)


@dataclass(frozen=True, slots=True)
class Line:
    """How many actions of a priority stood at this stage in this colour at the end of a day."""

    priority: str
    priority_title: str
    stage: Stage
    colour: Colour
    count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One day of a plan; state: a draft's is a preview."""

    day: date
    revision: int
    state: PlanState
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Rows:
    """The rows of one plan at one moment; `put` moves them on. active: accounts, as they were."""

    plan: Image = field(default_factory=dict)
    priorities: dict[UUID, Image] = field(default_factory=dict)
    actions: dict[UUID, Image] = field(default_factory=dict)
    dependencies: dict[UUID, Image] = field(default_factory=dict)
    active: dict[UUID, bool] = field(default_factory=dict)
    _facts: dict[UUID, Facts] = field(default_factory=dict)
    _waits: dict[UUID, list[UUID]] | None = None

    def put(self, entity: str, key: UUID, image: Image | None) -> None:
        """A row's new image; None where it was taken away."""
        if entity == "plan" and image is not None:
            self.plan = image
            self._facts.clear()
        elif entity == "account" and image is not None:
            self.active[key] = image["active"]
            self._facts.clear()
        elif entity == "action_dependency":
            self._put(self.dependencies, key, image)
            self._waits = None
            self._facts.clear()
        elif entity == "priority":
            self._put(self.priorities, key, image)
        elif entity == "action":
            self._put(self.actions, key, image)
            self._facts.pop(key, None)

    @staticmethod
    def _put(rows: dict[UUID, Image], key: UUID, image: Image | None) -> None:
        if image is None:
            rows.pop(key, None)
        else:
            rows[key] = image

    def rated(self, day: date, settings: RatingSettings) -> Rated:
        """By the rules and settings of that day."""
        facts = {key: self._facts_of(key) for key in self.actions}
        return facts, rate_all(list(facts.values()), settings, day)

    def standing(self, day: date, revision: int, rated: Rated) -> Standing:
        facts, ratings = rated
        counted = Counter(
            (self.actions[key]["priority_id"], each.stage, ratings[each.key].colour) for key, each in facts.items()
        )
        lines = [self._line(*found, number) for found, number in counted.items()]
        order = {p["ref"]: (p["position"], p["ref"]) for p in self.priorities.values()}
        stages, colours = list(Stage), list(Colour)
        lines.sort(key=lambda x: (order[x.priority], stages.index(x.stage), colours.index(x.colour)))
        return Standing(day, revision, self.plan["state"], tuple(lines))

    def _line(self, priority_id: UUID, stage: Stage, colour: Colour, number: int) -> Line:
        priority = self.priorities[priority_id]
        return Line(priority["ref"], priority["title"], stage, colour, number)

    def _facts_of(self, key: UUID) -> Facts:
        found = self._facts.get(key)
        if found is None:
            found = self._facts[key] = self._made(key)
        return found

    def _made(self, key: UUID) -> Facts:
        row, refs = self.actions[key], self.actions
        waits = self._waiting().get(key, ())
        owner = row["accountable_person_id"]
        return Facts(
            key=row["ref"],
            adopted_on=self.plan["adopted_on"],
            external_contact=row["external_contact"] or None,
            has_owner=owner is not None and self.active.get(owner, False),
            depends_on=tuple(refs[other]["ref"] for other in waits if other in refs),
            **{name: row[name] for name in COLUMNS},
        )

    def _waiting(self) -> dict[UUID, list[UUID]]:
        """What each action waits for; made once until a dependency changes."""
        if self._waits is None:
            self._waits = {}
            for row in self.dependencies.values():
                self._waits.setdefault(row["action_id"], []).append(row["depends_on_id"])
        return self._waits
