"""The rows a `PlanView` is built from, as plain mappings: read live, or taken from the ledger's images."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel, col

from app.actions.models import Action, Contributor, Dependency, Milestone, RecommendationLink, Update
from app.actions.view import UpdateView
from app.core.db import Read
from app.frameworks.models import Framework, Recommendation
from app.organisations.models import Organisation
from app.people.models import Account
from app.plans.models import Plan, Priority

Record = Mapping[str, Any]
Records = Sequence[Record]


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one plan by table, keyed by column; `updates` holds each action's latest alone."""

    plan: Record
    priorities: Records
    actions: Records
    links: Records
    contributors: Records
    dependencies: Records
    milestones: Records
    updates: Records
    accounts: Records
    organisations: Records
    recommendations: Records
    frameworks: Records


# What the builder reads of each table; keys that say nothing new cost most of the time.
COLUMNS: dict[type[SQLModel], tuple[str, ...]] = {
    Action: tuple(name for name in Action.model_fields if name != "plan_id"),
    RecommendationLink: ("action_id", "recommendation_id", "meets"),
    Contributor: ("action_id", "account_id"),
    Dependency: ("action_id", "depends_on_id"),
    Milestone: ("id", "action_id", "title", "due_date", "done_on", "position"),
    Update: ("action_id", *UpdateView.__dataclass_fields__),
    Priority: ("id", "ref", "title", "position"),
    Account: ("id", "name", "email", "post", "organisation_id", "active"),
    Organisation: ("id", "code", "name"),
    Plan: ("id", "slug", "title", "organisation_id", "state", "cadence", "adopted_on", "settings", "legend"),
}


def live(read: Read, plan_id: UUID, participants: Collection[UUID] = ()) -> Source:
    """As the tables stand, in eleven statements of columns whatever the number of rows."""
    plan = records(read, Plan, col(Plan.id) == plan_id)[0]
    actions = records(read, Action, col(Action.plan_id) == plan_id)
    links = records(read, RecommendationLink, col(RecommendationLink.plan_id) == plan_id)
    contributors = records(read, Contributor, col(Contributor.plan_id) == plan_id)
    latest = sa.select(col(Action.latest_update_id)).where(col(Action.plan_id) == plan_id)
    answered = sa.select(col(RecommendationLink.recommendation_id)).where(col(RecommendationLink.plan_id) == plan_id)
    recommendations, frameworks = recommendations_of(read, answered)
    return Source(
        plan=plan,
        priorities=records(read, Priority, col(Priority.plan_id) == plan_id),
        actions=actions,
        links=links,
        contributors=contributors,
        dependencies=records(read, Dependency, col(Dependency.plan_id) == plan_id),
        milestones=records(read, Milestone, col(Milestone.plan_id) == plan_id),
        updates=records(read, Update, col(Update.id).in_(latest)),
        accounts=records_of_people(
            read, people_of(actions, contributors), organisations_of(plan, actions) | {*participants}
        ),
        organisations=records(read, Organisation),
        recommendations=recommendations,
        frameworks=frameworks,
    )


def records(read: Read, model: type[SQLModel], *where: Any) -> Records:
    """Columns, not entities: a plan is read far more often than changed."""
    names = COLUMNS[model]
    statement: Any = sa.select(*(getattr(model, name) for name in names)).where(*where)
    return [dict(zip(names, row, strict=True)) for row in read.exec(statement).all()]


def people_of(actions: Records, contributors: Records) -> set[UUID]:
    found = {a[field] for a in actions for field in ("lead_executive_id", "accountable_person_id")}
    return {f for f in found if f} | {c["account_id"] for c in contributors}


def organisations_of(plan: Record, actions: Records) -> set[UUID]:
    return {plan["organisation_id"]} | {a["organisation_id"] for a in actions}


def records_of_people(read: Read, named: Collection[UUID], organisations: Collection[UUID]) -> Records:
    """The people named in the plan, and those who could be: all of its organisations."""
    account = col(Account.id)
    return records(read, Account, sa.or_(account.in_(named), col(Account.organisation_id).in_(organisations)))


def recommendations_of(read: Read, answered: Any) -> tuple[Records, Records]:
    """The recommendations with these ids (a collection or a select), and their publications."""
    of_framework = ("id", "key", "prefix", "short_title")
    of_item = ("id", "framework_id", "ref", "title")
    columns = [getattr(Recommendation, n) for n in of_item] + [getattr(Framework, n) for n in of_framework]
    statement: Any = (
        sa.select(*columns)
        .join(Framework, col(Recommendation.framework_id) == col(Framework.id))
        .where(col(Recommendation.id).in_(answered))
    )
    rows = read.exec(statement).all()
    items = [dict(zip(of_item, row[:4], strict=True)) for row in rows]
    frameworks = {row[4]: dict(zip(of_framework, row[4:], strict=True)) for row in rows}
    return items, list(frameworks.values())
