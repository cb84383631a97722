"""`PlanView`: one plan as it stands on one day, immutable; list, counts, API, exports and papers derive from it.

It is read once per (plan revision, shared revision, day) and kept; an as-at view is the same value, built from the
ledger's images. Shapes only: `queries` builds it. What is made by the hundred is a named tuple, the quickest to make.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from app.actions.rules import Counts, Facts, Progress, Rating, Stage
from app.core.search import prepare
from app.plans.rules import PlanState, RatingSettings

# Folding words costs more than all else of a view, few requests search, and most texts stay what they were.
_prepared = lru_cache(4096)(prepare)


@dataclass(frozen=True, slots=True)
class PersonView:
    id: UUID
    name: str
    email: str
    post: str
    organisation: str
    active: bool
    organisation_id: UUID | None = None

    @property
    def shown(self) -> str:
        """Post and name, as an owner is shown: a post outlives the person in it."""
        return f"{self.post} · {self.name}" if self.post else self.name


@dataclass(frozen=True, slots=True)
class PriorityView:
    id: UUID
    ref: str
    title: str
    position: int


class LinkView(NamedTuple):
    """A recommendation answered. chip: the short form for the list ("IEA 1.2"); key: "ockenden_2022:1.2"."""

    recommendation_id: UUID
    framework: str
    ref: str
    title: str
    chip: str
    meets: bool
    framework_title: str = ""

    @property
    def key(self) -> str:
        return f"{self.framework}:{self.ref}"


@dataclass(frozen=True, slots=True)
class MilestoneView:
    id: UUID
    title: str
    due_date: date | None
    done_on: date | None


class UpdateView(NamedTuple):
    """for_name, told_how: for whom the office wrote it, and how they were told."""

    id: UUID
    said_on: date
    made_at: datetime
    by_name: str
    for_name: str
    told_how: str
    progress: Progress
    commentary: str
    cause: str
    mitigation: str
    help_needed: str
    forecast: date | None
    no_change: bool


class ActionView(NamedTuple):
    """One action with its facts, names and rating."""

    id: UUID
    revision: int
    ref: str
    title: str
    intended_outcome: str
    success_measure: str
    priority: PriorityView
    position: int
    lead_executive: PersonView | None
    accountable_person: PersonView | None
    lead_executive_id: UUID | None
    accountable_person_id: UUID | None
    organisation_id: UUID
    organisation: str
    organisation_name: str
    contributors: tuple[PersonView, ...]
    links: tuple[LinkView, ...]
    milestones: tuple[MilestoneView, ...]
    depends_on: tuple[str, ...]
    needed_by: tuple[str, ...]
    replaced_by: str | None
    exit_why: str
    latest_update: UpdateView | None
    updated_at: datetime
    facts: Facts
    rating: Rating
    flags: frozenset[str]
    views_differ: bool
    # Proposals of this action that nobody has decided.
    open_proposals: int
    # Restricted to named people, of whom the reader is none: `queries.masked` took its words away.
    is_hidden: bool = False
    # What it holds in the plan's own fields, as `own.read` takes it.
    own: str = ""

    @property
    def haystack(self) -> str:
        """What search looks in: the action's own words, who leads it, what it answers and the latest word on it."""
        texts: list[str | None] = [self.ref, self.title, self.intended_outcome, self.success_measure]
        texts.append(self.priority.title)
        texts += [f"{p.name} {p.post}" for p in (self.lead_executive, self.accountable_person) if p]
        if not self.is_hidden:
            texts += [f"{link.chip} {link.title}" for link in self.links]
        texts += [self.facts.external_contact, self.latest_update.commentary if self.latest_update else None]
        return _prepared(*texts)

    @property
    def stage(self) -> Stage:
        return self.facts.stage

    @property
    def contributor_ids(self) -> frozenset[UUID]:
        return frozenset(c.id for c in self.contributors)


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan on `day`; `revision` of its own stream and of the shared one, as read."""

    id: UUID
    slug: str
    title: str
    organisation_id: UUID
    organisation: str
    state: PlanState
    settings: RatingSettings
    legend: Mapping[str, str]
    day: date
    as_at: date | None
    revision: int
    shared_revision: int
    priorities: tuple[PriorityView, ...]
    actions: tuple[ActionView, ...]
    by_ref: Mapping[str, ActionView]
    people: Mapping[UUID, PersonView]
    counts: Counts

    @property
    def is_draft(self) -> bool:
        return self.state is PlanState.draft
