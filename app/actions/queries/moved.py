"""A plan's view moved on to a later revision: only the actions that were written since are read again.

What comes out equals what `build` makes of all the tables; where that could not be said, there is no answer.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.actions.models import Action, Contributor, Dependency, Milestone, RecommendationLink, Update
from app.actions.queries import sources
from app.actions.queries.build import Home, Parts, actions_of, facts_of, in_order, parts_of
from app.actions.queries.sources import Source, Table, table_of
from app.actions.rules import Rated, count, counted_by, flags, rate_again, views_differ
from app.actions.view import ActionView, PlanView
from app.core.db import Read
from app.history.queries import touched
from app.organisations.models import Organisation
from app.plans.models import Priority
from app.plans.queries import PlanAccess

# Beyond this a whole reading is as quick.
MOST_ENTRIES, MOST_ACTIONS = 400, 40
UPDATES, LINKS, CONTRIBUTORS, MILESTONES = "action_update", "action_recommendation", "action_contributor", "milestone"
OF_ACTIONS = frozenset({"action", UPDATES, LINKS, CONTRIBUTORS, MILESTONES})
# What a plan view does not show. Any other table (the plan, its priorities, dependencies) means a whole reading.
APART = frozenset({"proposal", "decision", "recorded_decision", "meeting", "body", "body_member", "restriction"})
# By table, the actions of which something was written there.
Written = defaultdict[str, set[UUID]]


def moved_on(read: Read, access: PlanAccess, base: PlanView, revision: int) -> PlanView | None:
    """The view at `revision`, with the same shared revision and day as `base`; None where all must be read."""
    written = _written(read, access, base.revision, revision)
    if written is None:
        return None
    if not written:
        return replace(base, revision=revision)
    ids = set[UUID]().union(*written.values())
    table = sources.some(read, Action, ids, "id")
    found = zip(map(base.by_ref.get, table.ref), table.id, strict=True)
    before = [old for old, now in found if old is not None and old.id == now]
    # A reference that is new to an action is what others are tied to it by; and a new action has its place to find.
    if len(before) != len(ids):
        return None
    parts = _parts(read, base, table, before, written)
    if any(table.replaced_by_id):
        parts.refs |= {a.id: a.ref for a in base.actions}
    changed = _rated(base, table, access.adopted_on, parts)
    # In the plan's order, as those before them are.
    by_ref = {**base.by_ref, **changed}
    if any(_place(now) != _place(base.by_ref[ref]) for ref, now in changed.items()):
        by_ref = {a.ref: a for a in in_order(by_ref.values(), base.priorities)}
    actions = tuple(by_ref.values())
    are_counted_alike = all(counted_by(now) == counted_by(base.by_ref[ref]) for ref, now in changed.items())
    return replace(
        base,
        revision=revision,
        actions=actions,
        by_ref=by_ref,
        people=parts.people,
        counts=base.counts if are_counted_alike else count(actions),
    )


def _written(read: Read, access: PlanAccess, since: int, until: int) -> Written | None:
    entries = touched(read, access.stream, since, until, MOST_ENTRIES)
    if entries is None:
        return None
    found = Written(set)
    for entity, subject, gone in entries:
        if entity in OF_ACTIONS and not (gone and entity == "action"):
            found[entity].add(subject)
        elif entity not in APART:
            return None
    return found if len(set[UUID]().union(*found.values())) <= MOST_ACTIONS else None


def _parts(read: Read, base: PlanView, table: Table, before: Sequence[ActionView], written: Written) -> Parts:
    """What these actions are made of: what was written is read again, the rest is what it was before."""
    links = sources.some(read, RecommendationLink, written[LINKS])
    contributors = sources.some(read, Contributor, written[CONTRIBUTORS])
    latest = {last for id, last in zip(table.id, table.latest_update_id, strict=True) if id in written[UPDATES]}
    homes = {old.organisation_id: Home(old.organisation_id, old.organisation, old.organisation_name) for old in before}
    unknown = sources.people_of(table, contributors) - base.people.keys()
    is_at_home = not unknown and homes.keys() >= {*table.organisation_id}
    source = Source(
        plan=None,
        priorities=table_of(Priority, ()),
        actions=table,
        links=links,
        contributors=contributors,
        dependencies=table_of(Dependency, ()),
        milestones=sources.some(read, Milestone, written[MILESTONES]),
        updates=sources.some(read, Update, latest - {None}, "id"),
        accounts=sources.people(read, unknown),
        organisations=table_of(Organisation, ()) if is_at_home else sources.organisations(read),
        recommendations=sources.recommendations_of(read, {*links.recommendation_id}),
    )
    parts = parts_of(source, base.people)
    parts.organisations |= homes
    parts.priorities |= {p.id: p for p in base.priorities}
    for old in before:
        _keep(parts, old, written)
    return parts


def _keep(parts: Parts, old: ActionView, written: Written) -> None:
    """What of an action nobody has written."""
    parts.depends_on[old.id], parts.needed_by[old.id] = old.depends_on, old.needed_by
    if old.id not in written[LINKS]:
        parts.links[old.id] = old.links
    if old.id not in written[CONTRIBUTORS]:
        parts.contributors[old.id] = old.contributors
    if old.id not in written[MILESTONES]:
        parts.milestones[old.id] = old.milestones
    if old.id not in written[UPDATES] and old.latest_update is not None:
        parts.updates[old.id] = old.latest_update


def _rated(base: PlanView, table: Table, adopted_on: date | None, parts: Parts) -> dict[str, ActionView]:
    """By reference those of the table, and others whose rating has changed with them."""
    told = facts_of(table, adopted_on, parts)
    facts = {a.ref: a.facts for a in base.actions} | {each.key: each for each in told}
    before = {a.ref: a.rating for a in base.actions}
    ratings = rate_again({*table.ref}, facts, before, base.settings, base.day)
    found = {a.ref: a for a in actions_of(table, told, [ratings[ref] for ref in table.ref], parts)}
    others = ((base.by_ref[ref], rating) for ref, rating in ratings.items() if ref not in found)
    return found | {old.ref: _again(old, rating) for old, rating in others if rating != old.rating}


def _again(old: ActionView, now: Any) -> ActionView:
    rated = Rated(old.facts, now, old.open_proposals > 0)
    return old._replace(rating=now, flags=flags(rated), views_differ=views_differ(old.facts, now))


def _place(action: ActionView) -> tuple[Any, ...]:
    return action.priority, action.position
