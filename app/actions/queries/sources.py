"""The rows a `PlanView` is built from, as named tuples: read live, or taken from the ledger's images."""

from collections import namedtuple
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel, col

from app.actions.models import Action, Contributor, Dependency, Milestone, RecommendationLink, Update
from app.actions.rules import Facts
from app.actions.view import UpdateView
from app.core.columns import id_from
from app.core.db import Read
from app.core.prepared import Prepared
from app.frameworks.models import Framework, Recommendation
from app.organisations.models import Organisation
from app.people.models import Account
from app.plans.models import Plan, Priority

# A row of one table, its columns by name.
Record = Any
Records = Sequence[Record]
# Many rows of one table, a tuple of values for each column by name: hundreds are made into views column by column.
Table = Any


@dataclass(frozen=True, slots=True)
class Source:
    """One plan by table; `updates` holds each action's latest alone."""

    plan: Record
    priorities: Table
    actions: Table
    links: Table
    contributors: Table
    dependencies: Table
    milestones: Table
    updates: Table
    accounts: Table
    organisations: Table
    recommendations: Table


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
# Of each table: a row, or many by column.
NAMED: dict[type[SQLModel], Any] = {model: namedtuple(model.__name__, names) for model, names in COLUMNS.items()}


def table_of(model: type[SQLModel], rows: Iterable[Record]) -> Table:
    return _table(NAMED[model], list(zip(*rows, strict=True)))


def _table(named: Any, columns: Sequence[Sequence[Any]]) -> Table:
    """Of no rows there are no columns."""
    return named._make(columns or [()] * len(named._fields))


def live(read: Read, plan_id: UUID, participants: Collection[UUID] = ()) -> Source:
    """As the tables stand, in eleven statements of columns whatever the number of rows; ids as the driver gives them.

    To read thousands of ids that only tie rows together would take longer than to read the rows.
    """
    [plan] = zip(*_tied(read, Plan, _where(Plan, "id"), it=plan_id), strict=True)
    plan = NAMED[Plan]._make(plan)
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
        recommendations=_table(Item, _ANSWERED_BY_PLAN.tied_columns(read, it=plan_id)),
    )


def some(read: Read, model: type[SQLModel], ids: Collection[UUID], name: str = "action_id") -> Table:
    """The rows that name one of these in this column; for none of them nothing is asked."""
    return _told(read, model, _where(model, name, several=True), it=sorted(ids)) if ids else table_of(model, ())


def organisations(read: Read) -> Table:
    return _told(read, Organisation, _EVERY)


def people(read: Read, ids: Collection[UUID]) -> Table:
    return _told(read, Account, _PEOPLE, named=sorted(ids), homes=[]) if ids else table_of(Account, ())


def _told(read: Read, model: type[SQLModel], where: Any, **asked: Any) -> Table:
    return table_of(model, _statement(model, where).rows(read, **asked))


def _tied(read: Read, model: type[SQLModel], where: Any, **asked: Any) -> Table:
    return _table(NAMED[model], _statement(model, where).tied_columns(read, **asked))


def id_of(value: UUID | str) -> UUID:
    """Of an id as a source gives it."""
    return value if isinstance(value, UUID) else id_from(value)


def ids_of(column: Sequence[Any]) -> Sequence[UUID]:
    """Of a column of them, all alike."""
    return list(map(id_from, column)) if column and isinstance(column[0], str) else column


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
    return list(map(NAMED[model]._make, read.exec(statement).all()))


def people_of(actions: Table, contributors: Table) -> set[Any]:
    return {*actions.lead_executive_id, *actions.accountable_person_id, *contributors.account_id} - {None}


def organisations_of(plan: Record, actions: Table) -> set[Any]:
    return {plan.organisation_id, *actions.organisation_id}


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


def items_of(rows: Iterable[Record]) -> Table:
    return _table(Item, list(zip(*rows, strict=True)))


def recommendations_of(read: Read, answered: Collection[UUID]) -> Table:
    """The recommendations with these ids."""
    return items_of(_ANSWERED.rows(read, it=sorted(answered)) if answered else ())


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
