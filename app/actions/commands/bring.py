"""Adding many actions at once, as an import does: each as `create` would, with what all need looked up once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.actions import refs
from app.actions.commands.create import GAP, own_organisation
from app.actions.fields import DATES, PEOPLE, SWITCHES, TEXTS
from app.actions.models import Action, ActionPart, Contributor, Dependency, Milestone, RecommendationLink, Update
from app.actions.rules import Progress, Stage
from app.actions.rules.dates import retest_by
from app.core.db import Read, Write
from app.core.moment import now_of, today_of
from app.plans.queries import PlanAccess

EVIDENCE_DAYS = 90


@dataclass(frozen=True, slots=True)
class Brought:
    """An action as it comes from elsewhere.

    values: writable fields, judged already, as `values_of` spells them; ref: "" takes the next of the priority; stage,
    accepted_on: only where the caller may bring in what was done before.
    """

    ref: str
    priority: str
    values: Mapping[str, Any]
    stage: Stage | None = None
    progress: Progress | None = None
    accepted_on: date | None = None
    said: tuple[str, ...] = ()
    help_needed: str = ""
    forecast: date | None = None
    own: str = ""


@dataclass(slots=True)
class Known:
    """What names stand for in the plan: ids by reference, address, code and key."""

    priorities: dict[str, UUID]
    people: Mapping[str, UUID]
    organisations: Mapping[str, UUID]
    recommendations: Mapping[str, UUID]
    actions: dict[str, UUID] = field(default_factory=dict)


def bring_actions(tx: Write, *, access: PlanAccess, rows: Sequence[Brought], known: Known) -> list[Action]:
    """Add them all, behind the claim and under the caller's act; the caller has judged the values."""
    known.actions = dict(tx.exec(select(Action.ref, Action.id).where(Action.plan_id == access.id)).all())
    last = _last(tx, access)
    taken = set(known.actions)
    made, parts = [], list[ActionPart]()
    for row in rows:
        priority = known.priorities[row.priority]
        last[priority] = last.get(priority, 0) + GAP
        ref = row.ref or refs.next_ref(row.priority, taken)
        action = _action(tx, access, row, ref, priority, last[priority], known)
        access.require("action.create", action)
        if row.said:
            access.require("action.update", action)
        taken.add(ref)
        known.actions[ref] = action.id
        made.append(action)
        parts += _said(tx, action, row)
        parts += _links(action, row, known)
    # In one flush with their parts, so that the record holds one image of each; the database asks for this order.
    tx.add_all(made)
    for action, row in zip(made, rows, strict=True):
        for needed in row.values.get("depends_on") or ():
            parts.append(Dependency(plan_id=access.id, action_id=action.id, depends_on_id=known.actions[needed]))
    tx.add_all(parts)
    tx.flush()
    return made


def _last(read: Read, access: PlanAccess) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    wanted = select(Action.priority_id, Action.position).where(Action.plan_id == access.id)
    for priority, position in read.exec(wanted.order_by(col(Action.position))).all():
        found[priority] = position
    return found


def _action(
    tx: Write, access: PlanAccess, row: Brought, ref: str, priority: UUID, position: int, known: Known
) -> Action:
    values = row.values
    code = values.get("organisation")
    action = Action(
        plan_id=access.id,
        ref=ref,
        title=values["title"],
        priority_id=priority,
        position=position,
        organisation_id=known.organisations[code] if code else own_organisation(access),
        created_on=today_of(tx),
        progress=row.progress or Progress.not_started,
        own=row.own,
        updated_at=now_of(tx),
    )
    for name in TEXTS:
        if values.get(name):
            setattr(action, name, values[name])
    for name in (*DATES, *SWITCHES):
        if values.get(name) is not None:
            setattr(action, name, values[name])
    for name in PEOPLE:
        if values.get(name):
            setattr(action, f"{name}_id", known.people[values[name]])
    if not access.is_draft:
        action.original_due_date = action.due_date
    if row.stage not in (None, Stage.not_delivered):
        done_before(tx, access, action, row.stage, row.accepted_on)
    return action


def done_before(tx: Write, access: PlanAccess, action: Action, stage: Stage | None, accepted_on: date | None) -> None:
    """What a first import into a draft says was delivered or assured: before this tool, to be confirmed, re-tested."""
    today = today_of(tx)
    action.stage, action.progress = stage or Stage.not_delivered, Progress.complete
    action.imported_by_id = tx.actor.person_id
    if action.stage is Stage.delivered:
        # Its clock starts now: it was never told to this tool when it was due.
        action.evidence_by_date = action.evidence_by_date or today + timedelta(days=EVIDENCE_DAYS)
        return
    action.assured_before_tool = True
    action.accepted_on = accepted_on
    latest = retest_by(today, access.settings, regulatory=action.regulatory, before_tool=True)
    wanted = action.retest_date
    action.retest_date = wanted if wanted is not None and today < wanted <= latest else latest


def _said(tx: Write, action: Action, row: Brought) -> list[ActionPart]:
    """What was said of it becomes its updates, the last of them the latest."""
    found: list[ActionPart] = []
    for text in row.said:
        update = Update(
            plan_id=action.plan_id,
            action_id=action.id,
            said_on=today_of(tx),
            made_at=now_of(tx),
            by_id=tx.actor.id,
            by_name=tx.actor.name,
            progress=action.progress,
            commentary=text,
            help_needed=row.help_needed,
            forecast=row.forecast,
        )
        found.append(update)
        action.latest_update_id, action.last_update_on = update.id, update.said_on
    return found


def _links(action: Action, row: Brought, known: Known) -> list[ActionPart]:
    found: list[ActionPart] = []
    for name, meets in (("recommendations", True), ("contributes_to", False)):
        for key in row.values.get(name) or ():
            item = known.recommendations[key]
            found.append(
                RecommendationLink(plan_id=action.plan_id, action_id=action.id, recommendation_id=item, meets=meets)
            )
    for place, step in enumerate(row.values.get("milestones") or (), start=1):
        found.append(Milestone(plan_id=action.plan_id, action_id=action.id, title=step.title, due_date=step.due_date,
                               done_on=step.done_on, position=place))  # fmt: skip
    for email in row.values.get("contributors") or ():
        found.append(Contributor(plan_id=action.plan_id, action_id=action.id, account_id=known.people[email]))
    return found
