"""The rows a `PlanView` is built from, as plain mappings: read live, or taken from the ledger's images."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel, col

from app.actions.models import Action, Contributor, Dependency, Milestone, RecommendationLink, Update
from app.actions.view import UpdateView
from app.core.db import Read
from app.core.prepared import Prepared
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
    """As the tables stand, in eleven statements of columns whatever the number of rows; ids as the driver gives them.

    To read thousands of ids that only tie rows together would take longer than to read the rows.
    """
    [plan] = _tied(read, Plan, _where(Plan, "id"), it=plan_id)
    actions = _tied(read, Action, _where(Action, "plan_id"), it=plan_id)
    contributors = _tied(read, Contributor, _where(Contributor, "plan_id"), it=plan_id)
    homes = {id_of(each) for each in organisations_of(plan, actions)} | {*participants}
    named = {id_of(each) for each in people_of(actions, contributors)}
    recommendations, frameworks = _parted(_ANSWERED_BY_PLAN.tied(read, it=plan_id))
    return Source(
        plan=plan,
        priorities=_tied(read, Priority, _where(Priority, "plan_id"), it=plan_id),
        actions=actions,
        links=_tied(read, RecommendationLink, _where(RecommendationLink, "plan_id"), it=plan_id),
        contributors=contributors,
        dependencies=_tied(read, Dependency, _where(Dependency, "plan_id"), it=plan_id),
        milestones=_tied(read, Milestone, _where(Milestone, "plan_id"), it=plan_id),
        updates=_tied(read, Update, _LATEST, it=plan_id),
        accounts=_tied(read, Account, _PEOPLE, named=sorted(named), homes=sorted(homes)),
        organisations=_tied(read, Organisation, _EVERY),
        recommendations=recommendations,
        frameworks=frameworks,
    )


def part(read: Read, plan: Record, ids: Collection[UUID], known: Collection[UUID]) -> Source:
    """These actions alone, with what hangs on them; no priorities, no dependencies, and of people the unknown ones."""
    its = sorted(ids)
    actions = _told(read, Action, _where(Action, "id", several=True), it=its)
    contributors = _told(read, Contributor, _where(Contributor, "action_id", several=True), it=its)
    links = _told(read, RecommendationLink, _where(RecommendationLink, "action_id", several=True), it=its)
    recommendations, frameworks = _parted(_ANSWERED_BY_SOME.rows(read, it=its)) if links else ([], [])
    unknown = people_of(actions, contributors) - {*known}
    latest = sorted(a["latest_update_id"] for a in actions if a["latest_update_id"])
    return Source(
        plan=plan,
        priorities=[],
        actions=actions,
        links=links,
        contributors=contributors,
        dependencies=[],
        milestones=_told(read, Milestone, _where(Milestone, "action_id", several=True), it=its),
        updates=_told(read, Update, _where(Update, "id", several=True), it=latest) if latest else [],
        accounts=_told(read, Account, _PEOPLE, named=sorted(unknown), homes=[]) if unknown else [],
        organisations=_told(read, Organisation, _EVERY),
        recommendations=recommendations,
        frameworks=frameworks,
    )


def _told(read: Read, model: type[SQLModel], where: Any, **asked: Any) -> Records:
    names = COLUMNS[model]
    return [dict(zip(names, row, strict=True)) for row in _statement(model, where).rows(read, **asked)]


def _tied(read: Read, model: type[SQLModel], where: Any, **asked: Any) -> Records:
    names = COLUMNS[model]
    return [dict(zip(names, row, strict=True)) for row in _statement(model, where).tied(read, **asked)]


def id_of(value: UUID | str) -> UUID:
    """Of an id as a source gives it."""
    return value if isinstance(value, UUID) else UUID(value)


@cache
def _statement(model: type[SQLModel], where: Any) -> Any:
    # Made once: to put a statement together costs more than to run it.
    return Prepared(sa.select(*(getattr(model, name) for name in COLUMNS[model])).where(where))


@cache
def _where(model: type[SQLModel], name: str, *, several: bool = False) -> Any:
    column = getattr(model, name)
    return column.in_(sa.bindparam("it", expanding=True)) if several else column == sa.bindparam("it")


_EVERY = sa.true()
_LATEST = col(Update.id).in_(sa.select(col(Action.latest_update_id)).where(col(Action.plan_id) == sa.bindparam("it")))
_PEOPLE = sa.or_(
    col(Account.id).in_(sa.bindparam("named", expanding=True)),
    col(Account.organisation_id).in_(sa.bindparam("homes", expanding=True)),
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


OF_ITEM = ("id", "framework_id", "ref", "title")
OF_FRAMEWORK = ("id", "key", "prefix", "short_title")


def recommendations_of(read: Read, answered: Collection[UUID]) -> tuple[Records, Records]:
    """The recommendations with these ids, and their publications."""
    return _parted(_ANSWERED.rows(read, it=sorted(answered)))


def _answering(ids: Any) -> Any:
    columns = [getattr(Recommendation, n) for n in OF_ITEM] + [getattr(Framework, n) for n in OF_FRAMEWORK]
    wanted = sa.select(*columns).join(Framework, col(Recommendation.framework_id) == col(Framework.id))
    return Prepared(wanted.where(col(Recommendation.id).in_(ids)))


_ITEM = sa.select(col(RecommendationLink.recommendation_id))
_ANSWERED = _answering(sa.bindparam("it", expanding=True))
_ANSWERED_BY_PLAN = _answering(_ITEM.where(col(RecommendationLink.plan_id) == sa.bindparam("it")))
_ANSWERED_BY_SOME = _answering(_ITEM.where(col(RecommendationLink.action_id).in_(sa.bindparam("it", expanding=True))))


def _parted(rows: Sequence[tuple[Any, ...]]) -> tuple[Records, Records]:
    items = [dict(zip(OF_ITEM, row[:4], strict=True)) for row in rows]
    frameworks = {row[4]: dict(zip(OF_FRAMEWORK, row[4:], strict=True)) for row in rows}
    return items, list(frameworks.values())
