"""The walls of a session: no statement passes the ledger, and a plan's rows are seen within the scope alone."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, Uuid, and_, event, or_
from sqlalchemy.orm import FromStatement, ORMExecuteState, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.sql.selectable import TextualSelect
from sqlmodel import SQLModel

from app.core.columns import PlanOwned, Tracked
from app.core.db import Everything, Read
from app.core.migrate import load_tables


@cache
def _tables_of_plans() -> frozenset[str]:
    load_tables()
    return frozenset(
        m.local_table.name
        for m in SQLModel._sa_registry.mappers
        if issubclass(m.class_, PlanOwned) and isinstance(m.local_table, Table)
    )


def mentions_a_plans_rows(statement: Any) -> bool:
    again = statement.get_execution_options().get(READY) if hasattr(statement, "get_execution_options") else False
    return _mentions_again(statement) if again else _mentions(statement)


def _mentions(statement: Any) -> bool:
    owned = _tables_of_plans()
    return any(isinstance(part, Table) and part.name in owned for part in visitors.iterate(statement))


_mentions_again = cache(_mentions)


def _is_text(statement: Any) -> bool:
    inner = statement.element if isinstance(statement, FromStatement) else statement
    return isinstance(inner, TextClause | TextualSelect)


# SQLAlchemy tries the lambda on the bare mixin first, which has no such attribute: pydantic keeps fields aside.
_OF_THE_MIXIN: Any = Column("plan_id", Uuid)


def plan_id_of(cls: Any) -> Any:
    return getattr(cls, "plan_id", _OF_THE_MIXIN)


READY = "ready"
# Columns by which a row is, or belongs to, something that may be restricted.
PARTS_OF_THE_RESTRICTED = ("id", "action_id", "update_id", "evidence_id", "restricted_id")
MOST_NARROWED = 1024
_narrowed: OrderedDict[tuple[Any, UUID], Any] = OrderedDict()


def ready(statement: Any) -> Any:
    """Mark a statement that is made once and run often: what the walls add to it is then made once for a plan too."""
    return statement.execution_options(**{READY: True})


@dataclass(frozen=True, slots=True)
class Watch:
    """A ready statement with its values, whose rows are the same as long as something stands as it did."""

    statement: Any
    values: Mapping[str, Any] = field(default_factory=dict)


def _narrow(statement: Any, only: UUID, *, again: bool) -> Any:
    key = (statement, only)
    found = _narrowed.get(key) if again else None
    if found is None:
        found = statement.options(
            with_loader_criteria(PlanOwned, lambda cls: plan_id_of(cls) == only, include_aliases=True)
        )
        if again:
            _narrowed[key] = found
            while len(_narrowed) > MOST_NARROWED:
                _narrowed.popitem(last=False)
    return found


@event.listens_for(Read, "do_orm_execute")
def _walls(state: ORMExecuteState) -> None:
    statement = state.statement
    if _is_text(statement):
        raise RuntimeError("text() passes both the ledger and the walls: use the models")
    if state.is_update or state.is_delete or state.is_insert:
        _refuse_bulk(state, statement)
        return
    if state.is_column_load or state.is_relationship_load:
        return
    scope = state.session.info.get("scope")
    if isinstance(scope, Everything):
        return
    if scope is None:
        if mentions_a_plans_rows(statement):
            raise RuntimeError("a plan's rows were asked for by a session that has no scope")
        return
    if len(scope) == 1:
        [only] = scope
        state.statement = _narrow(statement, only, again=READY in state.execution_options)
    else:
        ids = sorted(scope)
        state.statement = statement.options(
            with_loader_criteria(PlanOwned, lambda cls: plan_id_of(cls).in_(ids), include_aliases=True)
        )
    if hidden := state.session.info.get("hidden"):
        state.statement = state.statement.options(*_hiding(hidden))


@lru_cache(64)
def _hiding(hidden: frozenset[UUID]) -> tuple[Any, ...]:
    """The third wall: no row that is restricted itself, and none that is a part of what is.

    An action's own row stays, since numbers and references are given by it: whoever reads it asks `PlanAccess`.
    """
    load_tables()
    found, ids = [], sorted(hidden)
    for mapper in SQLModel._sa_registry.mappers:
        made, columns = mapper.class_, mapper.columns
        if not issubclass(made, PlanOwned) or made.__tablename__ == "action":
            continue
        kept = [
            or_(column.is_(None), column.not_in(ids)) if column.nullable else column.not_in(ids)
            for name in PARTS_OF_THE_RESTRICTED
            if (column := columns.get(name)) is not None
        ]
        found.append(with_loader_criteria(made, and_(*kept), include_aliases=True))
    return tuple(found)


def _refuse_bulk(state: ORMExecuteState, statement: Any) -> None:
    # By the table as well as by the mapper: `insert(Model.__table__)` has no mapper.
    table = getattr(statement, "table", None)
    guarded = any(issubclass(m.class_, Tracked | PlanOwned) for m in state.all_mappers)
    if guarded or getattr(table, "name", "") in _guarded_tables():
        raise RuntimeError("bulk statements pass the ledger: change rows")


@cache
def _guarded_tables() -> frozenset[str]:
    load_tables()
    return frozenset({"ledger", "stream"}) | frozenset(
        m.local_table.name
        for m in SQLModel._sa_registry.mappers
        if issubclass(m.class_, Tracked | PlanOwned) and isinstance(m.local_table, Table)
    )
