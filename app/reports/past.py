"""A past day of a plan as later days ask of it: how many actions stood where, and how each stood; pure.

Kept as JSON without a name or a text of an action: what must be forgotten is never in it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.actions.display import look_of
from app.actions.rules import Label, Rating, Stage
from app.actions.view import PlanView
from app.plans.rules import Colour
from app.reports.standing import Line, Rated


class Was(NamedTuple):
    """One action at the end of a past day."""

    stage: Stage
    rating: Rating
    due_date: date | None
    slips: int

    @property
    def look(self) -> str:
        return look_of(self.rating)


@dataclass(frozen=True, slots=True)
class Then:
    """A plan at the end of a past day; actions by reference."""

    day: date
    revision: int
    actions: Mapping[str, Was]

    @property
    def by_rating(self) -> Counter[Colour]:
        return Counter(was.rating.colour for was in self.actions.values())


def then_of(view: PlanView) -> Then:
    """Of a view that was made of the whole record."""
    actions = {a.ref: Was(a.stage, a.rating, a.facts.due_date, a.facts.slips) for a in view.actions}
    return Then(view.day, view.revision, actions)


def stood(rated: Rated) -> dict[str, Was]:
    """By reference, from rows that a walk through the record has moved to that day."""
    facts, ratings = rated
    return {f.key: Was(f.stage, ratings[f.key], f.due_date, f.slips) for f in facts.values()}


def spell_lines(lines: Iterable[Line]) -> str:
    """[[priority, title, [[stage, colour, count], ...]], ...] in the lines' own order."""
    found: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for line in lines:
        counted = found.setdefault((line.priority, line.priority_title), [])
        counted.append((line.stage.value, line.colour.value, line.count))
    return _spelt([(*priority, counted) for priority, counted in found.items()])


def read_lines(text: str) -> tuple[Line, ...]:
    return tuple(
        Line(priority, title, Stage(stage), Colour(colour), count)
        for priority, title, counted in json.loads(text)
        for stage, colour, count in counted
    )


def read_stages(text: str) -> Counter[Stage]:
    """How many actions stood at each stage, of the lines."""
    found: Counter[str] = Counter()
    for _priority, _title, counted in json.loads(text):
        for stage, _colour, count in counted:
            found[stage] += count
    return Counter({Stage(stage): count for stage, count in found.items()})


def spell_actions(actions: Mapping[str, Was]) -> str:
    """[[stage, colour, label, [[ref, due date or null, slips if any], ...]], ...]."""
    found: dict[tuple[str, str, str], list[tuple[object, ...]]] = {}
    for ref, was in actions.items():
        due = was.due_date.isoformat() if was.due_date else None
        alike = found.setdefault((was.stage.value, was.rating.colour.value, was.rating.label.value), [])
        alike.append((ref, due, was.slips) if was.slips else (ref, due))
    return _spelt([(*kind, alike) for kind, alike in found.items()])


def read_actions(text: str) -> dict[str, Was]:
    """By reference; the ratings without their reasons."""
    found = {}
    for stage, colour, label, alike in json.loads(text):
        kind, rating = Stage(stage), Rating(Colour(colour), Label(label))
        for ref, due, *slips in alike:
            found[ref] = Was(kind, rating, date.fromisoformat(due) if due else None, slips[0] if slips else 0)
    return found


def _spelt(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
