"""Builds a `PlanView` from plain rows: the one builder, whether they come from the tables or from the ledger."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from app.actions.queries.sources import Record, Source, Table, id_of, ids_of
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
    contributors: dict[Key, tuple[PersonView, ...]]
    links: dict[Key, tuple[LinkView, ...]]
    milestones: dict[Key, tuple[MilestoneView, ...]]
    depends_on: dict[Key, tuple[str, ...]]
    needed_by: dict[Key, tuple[str, ...]]
    updates: dict[Key, UpdateView] = field(default_factory=dict)


def build(source: Source, *, day: date, as_at: date | None, revision: int, shared_revision: int) -> PlanView:
    """The plan on `day`; every rating, flag and count of every page comes from here."""
    plan = source.plan
    parts = parts_of(source)
    settings = settings_of(plan.settings, plan.cadence)
    facts = facts_of(source.actions, plan.adopted_on, parts)
    ratings = rate_all(facts, settings, day)
    actions = actions_of(source.actions, facts, [ratings[each.key] for each in facts], parts)
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
    placed = [(ranks[a.priority.ref], a.position, a) for a in actions]
    # To read a reference takes longer than all the rest: where each has a place of its own, none is read.
    if len({(rank, position) for rank, position, _a in placed}) == len(placed):
        placed.sort(key=itemgetter(0, 1))
    else:
        placed.sort(key=lambda each: (each[0], each[1], natural(each[2].ref)))
    return [a for _rank, _position, a in placed]


def parts_of(source: Source, known: Mapping[Key, PersonView] = MappingProxyType({})) -> Parts:
    """known: people whom the source need not name."""
    organisations = {id: Home(id_of(id), code, name) for id, code, name in zip(*source.organisations, strict=True)}
    people = {**known, **{row[0]: _person(row, organisations) for row in zip(*source.accounts, strict=True)}}
    refs = dict(zip(source.actions.id, source.actions.ref, strict=True))
    depends_on, needed_by = _dependencies(source.dependencies, refs)
    contributors = defaultdict(list)
    for action, account in zip(*source.contributors, strict=True):
        contributors[action].append(people[account])
    return Parts(
        people=people,
        organisations=organisations,
        priorities={id: PriorityView(id_of(id), *told) for id, *told in zip(*source.priorities, strict=True)},
        refs=refs,
        contributors={k: tuple(sorted(v, key=lambda p: (p.name, p.email))) for k, v in contributors.items()},
        links=_links(source),
        milestones=_milestones(source.milestones),
        depends_on=depends_on,
        needed_by=needed_by,
        updates=_updates(source.updates),
    )


def _person(row: Record, organisations: Mapping[Key, Home]) -> PersonView:
    id, name, email, post, organisation, active = row
    home = organisations[organisation]
    return PersonView(id_of(id), name, email, post, home.code, active, home.id)


def _dependencies(
    table: Table, refs: Mapping[Key, str]
) -> tuple[dict[Key, tuple[str, ...]], dict[Key, tuple[str, ...]]]:
    down: dict[Key, list[str]] = defaultdict(list)
    up: dict[Key, list[str]] = defaultdict(list)
    for waiting, waited_for in zip(*table, strict=True):
        down[waiting].append(refs[waited_for])
        up[waited_for].append(refs[waiting])
    return _in_order(down), _in_order(up)


def _in_order(found: Mapping[Key, list[str]]) -> dict[Key, tuple[str, ...]]:
    return {key: tuple(sorted(refs, key=natural)) for key, refs in found.items()}


def _links(source: Source) -> dict[Key, tuple[LinkView, ...]]:
    """Of each action, what it meets first. A link's view is the same for all actions that answer alike."""
    meets = _met(source.recommendations)
    contributes: dict[Key, LinkView] = {}
    found: dict[Key, tuple[LinkView, ...]] = {}
    for action, answered, is_met in zip(*source.links, strict=True):
        link = meets[answered]
        if not is_met:
            link = contributes.setdefault(answered, link._replace(meets=False))
        found[action] = (*found[action], link) if action in found else (link,)
    for action, links in found.items():
        if len(links) > 1:
            found[action] = tuple(sorted(links, key=lambda link: (not link.meets, link.framework, ref_key(link.ref))))
    return found


def _met(items: Table) -> dict[Key, LinkView]:
    """The view of each recommendation where an action meets it."""
    chips = map(chip, items.prefix, items.ref)
    told = ids_of(items.id), items.framework, items.ref, items.title, chips, repeat(True), items.framework_title
    return dict(zip(items.id, map(LinkView._make, zip(*told, strict=False)), strict=True))


def _milestones(table: Table) -> dict[Key, tuple[MilestoneView, ...]]:
    found: dict[Key, list[MilestoneView]] = defaultdict(list)
    for id, action, title, due, done, _position in sorted(zip(*table, strict=True), key=itemgetter(5, 2)):
        found[action].append(MilestoneView(id_of(id), title, due, done))
    return {action: tuple(made) for action, made in found.items()}


def _updates(table: Table) -> dict[Key, UpdateView]:
    action_ids, ids, *said = table
    return dict(zip(action_ids, map(UpdateView._make, zip(ids_of(ids), *said, strict=True)), strict=True))


def update_view(row: Record) -> UpdateView:
    _action_id, id, *said = row
    return UpdateView(id_of(id), *said)


def facts_of(table: Table, adopted_on: date | None, parts: Parts) -> list[Facts]:
    """Of each action of the table; column by column, as `actions_of`."""
    owners = map(parts.people.get, table.accountable_person_id)
    columns: dict[str, Iterable[Any]] = table._asdict() | {
        "key": table.ref,
        "adopted_on": repeat(adopted_on),
        "external_contact": [contact or None for contact in table.external_contact],
        "has_owner": [owner is not None and owner.active for owner in owners],
        "depends_on": map(parts.depends_on.get, table.id, repeat(())),
        "rounds_missed": repeat(0),
    }
    return list(map(Facts._make, zip(*map(columns.__getitem__, Facts._fields), strict=False)))


def actions_of(table: Table, facts: list[Facts], ratings: list[Rating], parts: Parts) -> list[ActionView]:
    """The views of these actions, in the table's order; facts and ratings in the same."""
    executives = list(map(parts.people.get, table.lead_executive_id))
    owners = list(map(parts.people.get, table.accountable_person_id))
    homes = list(map(parts.organisations.__getitem__, table.organisation_id))
    rated = zip(facts, ratings, [waiting > 0 for waiting in table.open_proposals], strict=True)
    columns: dict[str, Iterable[Any]] = table._asdict() | {
        "id": ids_of(table.id),
        "priority": map(parts.priorities.__getitem__, table.priority_id),
        "lead_executive": executives,
        "accountable_person": owners,
        "lead_executive_id": [each and each.id for each in executives],
        "accountable_person_id": [each and each.id for each in owners],
        "organisation_id": [home.id for home in homes],
        "organisation": [home.code for home in homes],
        "organisation_name": [home.name for home in homes],
        "contributors": map(parts.contributors.get, table.id, repeat(())),
        "links": map(parts.links.get, table.id, repeat(())),
        "milestones": map(parts.milestones.get, table.id, repeat(())),
        "depends_on": [each.depends_on for each in facts],
        "needed_by": map(parts.needed_by.get, table.id, repeat(())),
        "replaced_by": map(parts.refs.get, table.replaced_by_id),
        "latest_update": map(parts.updates.get, table.id),
        "facts": facts,
        "rating": ratings,
        "flags": map(flags, map(Rated._make, rated)),
        "views_differ": map(views_differ, facts, ratings),
        "is_hidden": repeat(False),
    }
    return list(map(ActionView._make, zip(*map(columns.__getitem__, ActionView._fields), strict=False)))
