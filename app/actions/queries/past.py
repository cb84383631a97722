"""The rows of a past day: the plan's from the ledger's images, names and titles as they were where that is known."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel, col

from app.actions.models import Action, Contributor, Dependency, Milestone, RecommendationLink, Update
from app.actions.queries.sources import (
    COLUMNS,
    NAMED,
    Record,
    Records,
    Source,
    Table,
    organisations_of,
    people_of,
    recommendations_of,
    records,
    records_of_people,
    table_of,
)
from app.core.columns import SHARED
from app.core.db import Read
from app.history.queries import images_at, revision_at, until
from app.organisations.models import Organisation
from app.people.models import Account
from app.plans.models import Plan, Priority
from app.plans.queries import PlanAccess

# By the name that the ledger gives each.
OF_PLAN: dict[type[SQLModel], str] = {
    Plan: "plan",
    Priority: "priority",
    Action: "action",
    RecommendationLink: "action_recommendation",
    Contributor: "action_contributor",
    Dependency: "action_dependency",
    Milestone: "milestone",
}
PEOPLE, ORGANISATIONS = "account", "organisation"
Image = dict[str, Any]


def revisions_at(read: Read, access: PlanAccess, on: date) -> tuple[int, int]:
    """The revisions at the end of that day. A day to come is refused (422), one before the plan is not there (404)."""
    revision = until(read, access.stream, on)
    return revision or 0, revision_at(read, SHARED, on)


def past(read: Read, access: PlanAccess, revisions: tuple[int, int]) -> Source:
    """Those who have no image by then (the record of people may be younger) are shown as they are now."""
    found = images_at(read, access.stream, revisions[0], OF_PLAN.values())
    [plan] = (_row(Plan, image) for image in found[OF_PLAN[Plan]].values())
    tables = {m: table_of(m, [_row(m, image) for image in found[name].values()]) for m, name in OF_PLAN.items()}
    actions, contributors = tables[Action], tables[Contributor]
    latest = {*actions.latest_update_id} - {None}
    organisations = organisations_of(plan, actions) | {*access.participants}
    people = records_of_people(read, people_of(actions, contributors), organisations)
    then = images_at(read, SHARED, revisions[1], (PEOPLE, ORGANISATIONS))
    return Source(
        plan=plan,
        priorities=tables[Priority],
        actions=actions,
        links=tables[RecommendationLink],
        contributors=contributors,
        dependencies=tables[Dependency],
        milestones=tables[Milestone],
        # An update is never overwritten, so the row is what it was.
        updates=table_of(Update, records(read, Update, col(Update.plan_id) == access.id, col(Update.id).in_(latest))),
        accounts=_as_then(Account, people, then[PEOPLE]),
        organisations=_as_then(Organisation, records(read, Organisation), then[ORGANISATIONS]),
        recommendations=recommendations_of(read, {*tables[RecommendationLink].recommendation_id}),
    )


def _as_then(model: type[SQLModel], now: Records, then: Mapping[UUID, Image]) -> Table:
    return table_of(model, [_row(model, then[row.id]) if row.id in then else row for row in now])


def _row(model: type[SQLModel], image: Image) -> Record:
    return NAMED[model](*map(image.__getitem__, COLUMNS[model]))
