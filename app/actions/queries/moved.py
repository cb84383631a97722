"""A plan's view moved on to a later revision: only the actions that were written since are read again.

What comes out equals what `build` makes of all the tables; where that could not be said, there is no answer.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.actions.queries import sources
from app.actions.queries.build import Parts, actions_of, facts_of, in_order, parts_of
from app.actions.queries.sources import Table
from app.actions.rules import Rated, count, flags, rate_again, views_differ
from app.actions.view import ActionView, PlanView
from app.core.db import Read
from app.history.queries import touched
from app.plans.queries import PlanAccess

# Beyond this a whole reading is as quick.
MOST_ENTRIES, MOST_ACTIONS = 400, 40
OF_ACTIONS = frozenset({"action", "action_update", "action_recommendation", "action_contributor", "milestone"})
# What a plan view does not show. Any other table (the plan, its priorities, dependencies) means a whole reading.
APART = frozenset({"proposal", "decision", "recorded_decision", "meeting", "body", "body_member", "restriction"})


def moved_on(read: Read, access: PlanAccess, base: PlanView, revision: int) -> PlanView | None:
    """The view at `revision`, with the same shared revision and day as `base`; None where all must be read."""
    ids = _touched_actions(read, access, base.revision, revision)
    if ids is None:
        return None
    if not ids:
        return replace(base, revision=revision)
    source = sources.part(read, ids, base.people)
    table = source.actions
    before = [base.by_ref.get(ref) for ref in table.ref]
    # A reference that is new to an action is what others are tied to it by; and a new action has its place to find.
    if len(before) != len(ids) or any(old is None or old.id != now for old, now in zip(before, table.id, strict=True)):
        return None
    parts = parts_of(source, base.people)
    parts.priorities.update({p.id: p for p in base.priorities})
    for old in filter(None, before):
        parts.depends_on[old.id], parts.needed_by[old.id] = old.depends_on, old.needed_by
    if any(table.replaced_by_id):
        parts.refs |= {a.id: a.ref for a in base.actions}
    actions = _rated(base, table, access.adopted_on, parts)
    return replace(
        base,
        revision=revision,
        actions=tuple(actions),
        by_ref={a.ref: a for a in actions},
        people=parts.people,
        counts=count(actions),
    )


def _touched_actions(read: Read, access: PlanAccess, since: int, until: int) -> set[UUID] | None:
    entries = touched(read, access.stream, since, until, MOST_ENTRIES)
    if entries is None:
        return None
    ids = set()
    for entity, subject, gone in entries:
        if entity in OF_ACTIONS and not (gone and entity == "action"):
            ids.add(subject)
        elif entity not in APART:
            return None
    return ids if len(ids) <= MOST_ACTIONS else None


def _rated(base: PlanView, table: Table, adopted_on: date | None, parts: Parts) -> Sequence[ActionView]:
    """In the plan's order; an action that stays as it was is the very same object."""
    told = facts_of(table, adopted_on, parts)
    facts = {a.ref: a.facts for a in base.actions} | {each.key: each for each in told}
    before = {a.ref: a.rating for a in base.actions}
    ratings = rate_again({*table.ref}, facts, before, base.settings, base.day)
    made = {a.ref: a for a in actions_of(table, told, [ratings[ref] for ref in table.ref], parts)}
    actions, stays = list(base.actions), True
    for place, old in enumerate(base.actions):
        if (now := made.get(old.ref)) is not None:
            actions[place] = now
            stays = stays and (now.position, now.priority) == (old.position, old.priority)
        elif (rating := ratings.get(old.ref)) is not None and rating != old.rating:
            actions[place] = _again(old, rating)
    return actions if stays else in_order(actions, base.priorities)


def _again(old: ActionView, now: Any) -> ActionView:
    rated = Rated(old.facts, now, old.open_proposals > 0)
    return old._replace(rating=now, flags=flags(rated), views_differ=views_differ(old.facts, now))
