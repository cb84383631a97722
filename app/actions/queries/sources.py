"""The rows a `PlanView` is built from, as named tuples: read live, or taken from the ledger's images."""

from collections import namedtuple
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel, col

from app.actions.models import Action, Contributor, Dependency, Milestone, RecommendationLink, Update
from app.actions.rules import Facts
from app.actions.view import UpdateView
from app.core.db import Read
from app.core.prepared import Prepared
from app.frameworks.models import Framework, Recommendation
from app.organisations.models import Organisation
from app.people.models import Account
from app.plans.models import Plan, Priority

# A row of one table, its columns by name.
Record = Any
Records = Sequence[Record]


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one plan by table; `updates` holds each action's latest alone."""

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


# What the builder reads of each table; columns that say nothing new cost most of the time.
COLUMNS: dict[type[SQLModel], tuple[str, ...]] = {
    Action: (
        "id", "revision", "ref", "title", "intended_outcome", "success_measure", "priority_id", "position",
        "lead_executive_id", "accountable_person_id", "organisation_id", "replaced_by_id", "exit_why", "updated_at",
        "latest_update_id", "open_proposals", "own",
        *(name for name in Facts._fields if name in Action.model_fields),
    ),
    RecommendationLink: ("action_id", "recommendation_id", "meets"),
    Contributor: ("action_id", "account_id"),
    Dependency: ("action_id", "depends_on_id"),
    Milestone: ("id", "action_id", "title", "due_date", "done_on", "position"),
    Update: ("action_id", *UpdateView._fields),
    Priority: ("id", "ref", "title", "position"),
    Account: ("id", "name", "email", "post", "organisation_id", "active"),
    Organisation: ("id", "code", "name"),
    Plan: ("id", "slug", "title", "organisation_id", "state", "cadence", "adopted_on", "settings", "legend"),
}  # fmt: skip
# A type of row for each table.
ROWS: dict[type[SQLModel], Any] = {model: namedtuple(model.__name__, names) for model, names in COLUMNS.items()}


def live(read: Read, plan_id: UUID, participants: Collection[UUID] = ()) -> Source:
    """As the tables stand, in eleven statements of columns whatever the number of rows; ids as the driver gives them.

    To read thousands of ids that only tie rows together would take longer than to read the rows.
    """
    [plan] = _tied(read, Plan, _where(Plan, "id"), it=plan_id)
    actions = _tied(read, Action, _where(Action, "plan_id"), it=plan_id)
    contributors = _tied(read, Contributor, _where(Contributor, "plan_id"), it=plan_id)
    homes = {id_of(each) for each in organisations_of(plan, actions)} | {*participants}
    named = {id_of(each) for each in people_of(actions, contributors)}
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
        recommendations=list(map(Item._make, _ANSWERED_BY_PLAN.tied(read, it=plan_id))),
    )


def part(read: Read, ids: Collection[UUID], known: Collection[UUID]) -> Source:
    """These actions alone, with what hangs on them; no plan, no priorities, no dependencies, the unknown people."""
    its = sorted(ids)
    actions = _told(read, Action, _where(Action, "id", several=True), it=its)
    contributors = _told(read, Contributor, _where(Contributor, "action_id", several=True), it=its)
    links = _told(read, RecommendationLink, _where(RecommendationLink, "action_id", several=True), it=its)
    unknown = people_of(actions, contributors) - {*known}
    latest = sorted(a.latest_update_id for a in actions if a.latest_update_id)
    return Source(
        plan=None,
        priorities=[],
        actions=actions,
        links=links,
        contributors=contributors,
        dependencies=[],
        milestones=_told(read, Milestone, _where(Milestone, "action_id", several=True), it=its),
        updates=_told(read, Update, _where(Update, "id", several=True), it=latest) if latest else [],
        accounts=_told(read, Account, _PEOPLE, named=sorted(unknown), homes=[]) if unknown else [],
        organisations=_told(read, Organisation, _EVERY),
        recommendations=list(map(Item._make, _ANSWERED_BY_SOME.rows(read, it=its))) if links else [],
    )


def _told(read: Read, model: type[SQLModel], where: Any, **asked: Any) -> Records:
    return list(map(ROWS[model]._make, _statement(model, where).rows(read, **asked)))


def _tied(read: Read, model: type[SQLModel], where: Any, **asked: Any) -> Records:
    return list(map(ROWS[model]._make, _statement(model, where).tied(read, **asked)))


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
    statement: Any = sa.select(*(getattr(model, name) for name in COLUMNS[model])).where(*where)
    return list(map(ROWS[model]._make, read.exec(statement).all()))


def people_of(actions: Records, contributors: Records) -> set[UUID]:
    found = {id for a in actions for id in (a.lead_executive_id, a.accountable_person_id) if id}
    return found | {c.account_id for c in contributors}


def organisations_of(plan: Record, actions: Records) -> set[UUID]:
    return {plan.organisation_id} | {a.organisation_id for a in actions}


def records_of_people(read: Read, named: Collection[UUID], organisations: Collection[UUID]) -> Records:
    """The people named in the plan, and those who could be: all of its organisations."""
    account = col(Account.id)
    return records(read, Account, sa.or_(account.in_(named), col(Account.organisation_id).in_(organisations)))


class Item(NamedTuple):
    """A recommendation, and of its publication the key, the letters of its chips and the title."""

    id: Any
    ref: str
    title: str
    framework: str
    prefix: str
    framework_title: str


def recommendations_of(read: Read, answered: Collection[UUID]) -> Records:
    """The recommendations with these ids."""
    return list(map(Item._make, _ANSWERED.rows(read, it=sorted(answered))))


def _answering(ids: Any) -> Prepared:
    wanted = sa.select(
        col(Recommendation.id), col(Recommendation.ref), col(Recommendation.title), col(Framework.key),
        col(Framework.prefix), col(Framework.short_title),
    )  # fmt: skip
    return Prepared(
        wanted.join(Framework, col(Recommendation.framework_id) == col(Framework.id)).where(
            col(Recommendation.id).in_(ids)
        )
    )


_ITEM = sa.select(col(RecommendationLink.recommendation_id))
_ANSWERED = _answering(sa.bindparam("it", expanding=True))
_ANSWERED_BY_PLAN = _answering(_ITEM.where(col(RecommendationLink.plan_id) == sa.bindparam("it")))
_ANSWERED_BY_SOME = _answering(_ITEM.where(col(RecommendationLink.action_id).in_(sa.bindparam("it", expanding=True))))
