"""Builds a `PlanView` from plain rows: the one builder, whether they come from the tables or from the ledger."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from app.actions.models import Action
from app.actions.queries.sources import COLUMNS, Item, Record, Records, Source, id_of
from app.actions.refs import natural
from app.actions.rules import Facts, Rated, Rating, count, flags, rate_all, views_differ
from app.actions.view import (
    ActionView,
    LinkView,
    MilestoneView,
    PersonView,
    PlanView,
    PriorityView,
    UpdateView,
)
from app.frameworks.rules import chip, ref_key
from app.plans.queries import settings_of

# What facts are made of: the row's columns, and what `facts_of` puts behind them.
_TOLD = (
    *COLUMNS[Action], "key", "adopted_on", "external_contact", "has_owner", "depends_on", "rounds_missed",
)  # fmt: skip
_PLACES = {name: place for place, name in enumerate(_TOLD)}
# In the order of their fields: to name each again for hundreds of actions would cost more than to read them.
_FACTS = itemgetter(*map(_PLACES.__getitem__, Facts._fields))


# A row's id, as the source gives it: ids that only tie rows together need not be read.
Key = Any


class Home(NamedTuple):
    """An organisation."""

    id: UUID
    code: str
    name: str


@dataclass(slots=True)
class Parts:
    """What the actions are made of, by action; by whatever the rows' ids are."""

    people: dict[Key, PersonView]
    organisations: dict[Key, Home]
    priorities: dict[Key, PriorityView]
    refs: dict[Key, str]
    contributors: dict[Key, list[PersonView]]
    links: dict[Key, list[LinkView]]
    milestones: dict[Key, list[MilestoneView]]
    depends_on: dict[Key, tuple[str, ...]]
    needed_by: dict[Key, tuple[str, ...]]
    updates: dict[Key, UpdateView] = field(default_factory=dict)


def build(source: Source, *, day: date, as_at: date | None, revision: int, shared_revision: int) -> PlanView:
    """The plan on `day`; every rating, flag and count of every page comes from here."""
    plan = source.plan
    parts = parts_of(source)
    settings = settings_of(plan.settings, plan.cadence)
    facts = [facts_of(row, plan.adopted_on, parts) for row in source.actions]
    ratings = rate_all(facts, settings, day)
    actions = [action_of(row, each, ratings[each.key], parts) for row, each in zip(source.actions, facts, strict=True)]
    priorities = sorted(parts.priorities.values(), key=lambda p: (p.position, natural(p.ref)))
    actions = in_order(actions, priorities)
    return PlanView(
        id=id_of(plan.id),
        slug=plan.slug,
        title=plan.title,
        organisation_id=parts.organisations[plan.organisation_id].id,
        organisation=parts.organisations[plan.organisation_id].code,
        state=plan.state,
        settings=settings,
        legend=plan.legend,
        day=day,
        as_at=as_at,
        revision=revision,
        shared_revision=shared_revision,
        priorities=tuple(priorities),
        actions=tuple(actions),
        by_ref={a.ref: a for a in actions},
        people={person.id: person for person in parts.people.values()},
        counts=count(actions),
    )


def in_order(actions: Iterable[ActionView], priorities: Iterable[PriorityView]) -> list[ActionView]:
    """The plan's own order; priorities: all of them, in theirs."""
    ranks = {p.ref: rank for rank, p in enumerate(priorities)}
    return sorted(actions, key=lambda a: (ranks[a.priority.ref], a.position, natural(a.ref)))


def parts_of(source: Source, known: Mapping[Key, PersonView] = MappingProxyType({})) -> Parts:
    """known: people whom the source need not name."""
    organisations = {o.id: Home(id_of(o.id), o.code, o.name) for o in source.organisations}
    people = {**known, **{a.id: _person(a, organisations) for a in source.accounts}}
    refs = {a.id: a.ref for a in source.actions}
    depends_on, needed_by = _dependencies(source.dependencies, refs)
    contributors = defaultdict(list)
    for row in source.contributors:
        contributors[row.action_id].append(people[row.account_id])
    return Parts(
        people=people,
        organisations=organisations,
        priorities={p.id: PriorityView(id_of(p.id), p.ref, p.title, p.position) for p in source.priorities},
        refs=refs,
        contributors={k: sorted(v, key=lambda p: (p.name, p.email)) for k, v in contributors.items()},
        links=_links(source),
        milestones=_milestones(source.milestones),
        depends_on=depends_on,
        needed_by=needed_by,
        updates={row.action_id: update_view(row) for row in source.updates},
    )


def _person(row: Record, organisations: Mapping[Key, Home]) -> PersonView:
    home = organisations[row.organisation_id]
    return PersonView(
        id=id_of(row.id),
        name=row.name,
        email=row.email,
        post=row.post,
        organisation=home.code,
        active=row.active,
        organisation_id=home.id,
    )


def _dependencies(
    rows: Records, refs: Mapping[Key, str]
) -> tuple[dict[Key, tuple[str, ...]], dict[Key, tuple[str, ...]]]:
    down: dict[Key, list[str]] = defaultdict(list)
    up: dict[Key, list[str]] = defaultdict(list)
    for row in rows:
        down[row.action_id].append(refs[row.depends_on_id])
        up[row.depends_on_id].append(refs[row.action_id])
    return _in_order(down), _in_order(up)


def _in_order(found: Mapping[Key, list[str]]) -> dict[Key, tuple[str, ...]]:
    return {key: tuple(sorted(refs, key=natural)) for key, refs in found.items()}


def _links(source: Source) -> dict[Key, list[LinkView]]:
    """Of each action, what it meets first. A link's view is the same for all actions that answer alike."""
    items = {item.id: item for item in source.recommendations}
    made: dict[tuple[Key, bool], LinkView] = {}
    found: dict[Key, list[LinkView]] = defaultdict(list)
    for action, answered, meets in source.links:
        link = made.get((answered, meets))
        if link is None:
            link = made[answered, meets] = _link(items[answered], meets)
        found[action].append(link)
    for links in found.values():
        if len(links) > 1:
            links.sort(key=lambda link: (not link.meets, link.framework, ref_key(link.ref)))
    return found


def _link(item: Item, meets: bool) -> LinkView:
    shown = chip(item.prefix, item.ref)
    return LinkView(id_of(item.id), item.framework, item.ref, item.title, shown, meets, item.framework_title)


def _milestones(rows: Records) -> dict[Key, list[MilestoneView]]:
    found: dict[Key, list[MilestoneView]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r.position, r.title)):
        made = MilestoneView(id_of(row.id), row.title, row.due_date, row.done_on)
        found[row.action_id].append(made)
    return found


def update_view(row: Record) -> UpdateView:
    _action_id, id, *said = row
    return UpdateView(id_of(id), *said)


def facts_of(row: Record, adopted_on: date | None, parts: Parts) -> Facts:
    owner = parts.people.get(row.accountable_person_id)
    told = (
        row.ref,
        adopted_on,
        row.external_contact or None,
        owner is not None and owner.active,
        parts.depends_on.get(row.id, ()),
        0,
    )
    return Facts(*_FACTS(row + told))


def action_of(row: Record, facts: Facts, rating: Rating, parts: Parts) -> ActionView:
    key = row.id
    priority = parts.priorities[row.priority_id]
    executive = parts.people.get(row.lead_executive_id)
    owner = parts.people.get(row.accountable_person_id)
    home = parts.organisations[row.organisation_id]
    links = parts.links.get(key, ())
    latest = parts.updates.get(key)
    proposals = row.open_proposals
    return ActionView(
        id=id_of(key),
        revision=row.revision,
        ref=row.ref,
        title=row.title,
        intended_outcome=row.intended_outcome,
        success_measure=row.success_measure,
        priority=priority,
        position=row.position,
        lead_executive=executive,
        accountable_person=owner,
        lead_executive_id=executive.id if executive else None,
        accountable_person_id=owner.id if owner else None,
        organisation_id=home.id,
        organisation=home.code,
        organisation_name=home.name,
        contributors=tuple(parts.contributors.get(key, ())),
        links=tuple(links),
        milestones=tuple(parts.milestones.get(key, ())),
        depends_on=facts.depends_on,
        needed_by=parts.needed_by.get(key, ()),
        replaced_by=parts.refs.get(row.replaced_by_id),
        exit_why=row.exit_why,
        latest_update=latest,
        updated_at=row.updated_at,
        facts=facts,
        rating=rating,
        flags=flags(Rated(facts, rating, proposals > 0)),
        views_differ=views_differ(facts, rating),
        open_proposals=proposals,
        own=row.own,
    )
