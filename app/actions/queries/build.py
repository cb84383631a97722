"""Builds a `PlanView` from plain rows: the one builder, whether they come from the tables or from the ledger."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from app.actions.queries.sources import Record, Records, Source
from app.actions.refs import natural
from app.actions.rules import Counts, Facts, Rated, Rating, count, flags, rate_all, views_differ
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

# Facts that are columns of the same name.
FACTS = tuple(
    name
    for name in Facts.__dataclass_fields__
    if name not in ("key", "adopted_on", "has_owner", "rounds_missed", "depends_on", "external_contact")
)
UPDATE = tuple(UpdateView.__dataclass_fields__)


@dataclass(slots=True)
class Parts:
    """What the actions are made of, by action."""

    people: dict[UUID, PersonView]
    organisations: dict[UUID, tuple[str, str]]
    priorities: dict[UUID, PriorityView]
    refs: dict[UUID, str]
    contributors: dict[UUID, list[PersonView]]
    links: dict[UUID, list[LinkView]]
    milestones: dict[UUID, list[MilestoneView]]
    depends_on: dict[UUID, tuple[str, ...]]
    needed_by: dict[UUID, tuple[str, ...]]
    updates: dict[UUID, UpdateView] = field(default_factory=dict)


def build(source: Source, *, day: date, as_at: date | None, revision: int, shared_revision: int) -> PlanView:
    """The plan on `day`; every rating, flag and count of every page comes from here."""
    plan = source.plan
    parts = parts_of(source)
    settings = settings_of(plan["settings"], plan["cadence"])
    facts = [facts_of(row, plan, parts) for row in source.actions]
    ratings = rate_all(facts, settings, day)
    actions = [action_of(row, each, ratings[each.key], parts) for row, each in zip(source.actions, facts, strict=True)]
    actions.sort(key=place)
    return PlanView(
        id=plan["id"],
        slug=plan["slug"],
        title=plan["title"],
        organisation_id=plan["organisation_id"],
        organisation=parts.organisations[plan["organisation_id"]][0],
        state=plan["state"],
        settings=settings,
        legend=plan["legend"],
        day=day,
        as_at=as_at,
        revision=revision,
        shared_revision=shared_revision,
        priorities=tuple(sorted(parts.priorities.values(), key=lambda p: (p.position, natural(p.ref)))),
        actions=tuple(actions),
        by_ref={a.ref: a for a in actions},
        people=parts.people,
        counts=counted(actions),
    )


def counted(actions: Sequence[ActionView]) -> Counts:
    return count([Rated(a.facts, a.rating, a.open_proposals > 0) for a in actions])


def place(action: ActionView) -> Any:
    """The plan's own order."""
    return action.priority.position, natural(action.priority.ref), action.position, natural(action.ref)


def parts_of(source: Source, known: Mapping[UUID, PersonView] = MappingProxyType({})) -> Parts:
    """known: people whom the source need not name."""
    organisations = {o["id"]: (o["code"], o["name"]) for o in source.organisations}
    people = {**known, **{a["id"]: _person(a, organisations) for a in source.accounts}}
    refs = {a["id"]: a["ref"] for a in source.actions}
    depends_on, needed_by = _dependencies(source.dependencies, refs)
    contributors = defaultdict(list)
    for row in source.contributors:
        contributors[row["action_id"]].append(people[row["account_id"]])
    return Parts(
        people=people,
        organisations=organisations,
        priorities={p["id"]: PriorityView(p["id"], p["ref"], p["title"], p["position"]) for p in source.priorities},
        refs=refs,
        contributors={k: sorted(v, key=lambda p: (p.name, p.email)) for k, v in contributors.items()},
        links=_links(source),
        milestones=_milestones(source.milestones),
        depends_on=depends_on,
        needed_by=needed_by,
        updates={row["action_id"]: update_view(row) for row in source.updates},
    )


def _person(row: Record, organisations: Mapping[UUID, tuple[str, str]]) -> PersonView:
    organisation = row["organisation_id"]
    return PersonView(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        post=row["post"],
        organisation=organisations[organisation][0],
        active=row["active"],
        organisation_id=organisation,
    )


def _dependencies(
    rows: Records, refs: Mapping[UUID, str]
) -> tuple[dict[UUID, tuple[str, ...]], dict[UUID, tuple[str, ...]]]:
    down: dict[UUID, list[str]] = defaultdict(list)
    up: dict[UUID, list[str]] = defaultdict(list)
    for row in rows:
        down[row["action_id"]].append(refs[row["depends_on_id"]])
        up[row["depends_on_id"]].append(refs[row["action_id"]])
    return _in_order(down), _in_order(up)


def _in_order(found: Mapping[UUID, list[str]]) -> dict[UUID, tuple[str, ...]]:
    return {key: tuple(sorted(refs, key=natural)) for key, refs in found.items()}


def _links(source: Source) -> dict[UUID, list[LinkView]]:
    frameworks = {f["id"]: f for f in source.frameworks}
    items = {r["id"]: r for r in source.recommendations}
    found: dict[UUID, list[LinkView]] = defaultdict(list)
    for row in source.links:
        item = items[row["recommendation_id"]]
        framework = frameworks[item["framework_id"]]
        found[row["action_id"]].append(
            LinkView(
                recommendation_id=item["id"],
                framework=framework["key"],
                ref=item["ref"],
                title=item["title"],
                chip=chip(framework["prefix"], item["ref"]),
                meets=row["meets"],
                framework_title=framework["short_title"],
            )
        )
    for each in found.values():
        each.sort(key=lambda link: (not link.meets, link.framework, ref_key(link.ref)))
    return found


def _milestones(rows: Records) -> dict[UUID, list[MilestoneView]]:
    found: dict[UUID, list[MilestoneView]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r["position"], r["title"])):
        made = MilestoneView(row["id"], row["title"], row["due_date"], row["done_on"])
        found[row["action_id"]].append(made)
    return found


def update_view(row: Record) -> UpdateView:
    return UpdateView(**{name: row[name] for name in UPDATE})


def facts_of(row: Record, plan: Record, parts: Parts) -> Facts:
    owner = parts.people.get(row["accountable_person_id"])
    return Facts(
        key=row["ref"],
        adopted_on=plan["adopted_on"],
        external_contact=row["external_contact"] or None,
        has_owner=owner is not None and owner.active,
        depends_on=parts.depends_on.get(row["id"], ()),
        **{name: row[name] for name in FACTS},
    )


def action_of(row: Record, facts: Facts, rating: Rating, parts: Parts) -> ActionView:
    key: UUID = row["id"]
    priority = parts.priorities[row["priority_id"]]
    executive = parts.people.get(row["lead_executive_id"])
    owner = parts.people.get(row["accountable_person_id"])
    code, name = parts.organisations[row["organisation_id"]]
    links = parts.links.get(key, ())
    latest = parts.updates.get(key)
    proposals = row.get("open_proposals", 0)
    return ActionView(
        id=key,
        revision=row["revision"],
        ref=row["ref"],
        title=row["title"],
        intended_outcome=row["intended_outcome"],
        success_measure=row["success_measure"],
        priority=priority,
        position=row["position"],
        lead_executive=executive,
        accountable_person=owner,
        lead_executive_id=row["lead_executive_id"],
        accountable_person_id=row["accountable_person_id"],
        organisation_id=row["organisation_id"],
        organisation=code,
        organisation_name=name,
        contributors=tuple(parts.contributors.get(key, ())),
        links=tuple(links),
        milestones=tuple(parts.milestones.get(key, ())),
        depends_on=facts.depends_on,
        needed_by=parts.needed_by.get(key, ()),
        replaced_by=parts.refs.get(row["replaced_by_id"]),
        exit_why=row["exit_why"],
        latest_update=latest,
        updated_at=row["updated_at"],
        facts=facts,
        rating=rating,
        flags=flags(Rated(facts, rating, proposals > 0)),
        views_differ=views_differ(facts, rating),
        open_proposals=proposals,
        texts=_texts(row, priority, (executive, owner), links, latest),
    )


def _texts(
    row: Record,
    priority: PriorityView,
    people: tuple[PersonView | None, ...],
    links: Any,
    latest: UpdateView | None,
) -> tuple[str | None, ...]:
    """What search looks in: the action's own words, who leads it, what it answers and the latest word on it."""
    texts = [row["ref"], row["title"], row["intended_outcome"], row["success_measure"], priority.title]
    texts += [f"{p.name} {p.post}" for p in people if p]
    texts += [f"{link.chip} {link.title}" for link in links]
    return (*texts, row["external_contact"], latest.commentary if latest else None)
