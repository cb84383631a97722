"""Statements of columns that are made once and asked all day, without what a session does for each of them anew.

On SQLite a statement is spelled once for the driver, with the walls in it, and what comes back is made into values
column by column, each id and each day once. Elsewhere, for a session that sees several plans or not all of one, and
where the driver refuses, the session does it as always: what comes out is the same.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Date, DateTime, Dialect, Enum, TypeDecorator, Uuid, bindparam, make_url
from sqlalchemy.orm import with_loader_criteria
from sqlmodel.sql.expression import SelectOfScalar

from app.core import counting
from app.core.columns import PlanOwned, id_from
from app.core.db import Everything, Read
from app.core.walls import mentions_a_plans_rows, plan_id_of, ready

Rows = list[tuple[Any, ...]]
Columns = list[tuple[Any, ...]]
# The place of a column, under what its values are remembered, and what makes one.
Maker = tuple[int, Any, Callable[[Any], Any]]
Spell = Callable[[Mapping[str, Any]], Any]
SQLITE = "sqlite+pysqlite://"
# The one plan that a session is open for.
ONLY = "only_plan"


class Prepared:
    """A `select` of columns by named parameters; a list goes where the statement has an expanding one."""

    def __init__(self, statement: Any) -> None:
        self.statement = ready(statement)

    def rows(self, read: Read, **values: Any) -> Rows:
        found = self._past_the_session(read, values)
        if found is None:
            return self._by_the_session(read, values)
        makers = _makers(self.statement)
        return list(zip(*_typed(read, makers, found), strict=True)) if found and makers else found

    def tied(self, read: Read, **values: Any) -> Rows:
        """The same with ids as the driver gives them (UUID or text), for who only ties rows together by them.

        All that one session ties must be alike: one that sees several plans is asked for every statement.
        """
        return list(zip(*self.tied_columns(read, **values), strict=True))

    def tied_columns(self, read: Read, **values: Any) -> Columns:
        """The same by column, each with a value of every row; [] where there is no row."""
        scope = read.info.get("scope")
        is_alike = isinstance(scope, Everything) or len(scope or ()) == 1
        found = self._past_the_session(read, values) if is_alike else None
        if found is None:
            return list(zip(*self._by_the_session(read, values), strict=True))
        return _typed(read, [each for each in _makers(self.statement) if each[1] is not UUID], found)

    def _by_the_session(self, read: Read, values: dict[str, Any]) -> Rows:
        rows = read.exec(self.statement, params=values).all()
        return [(value,) for value in rows] if isinstance(self.statement, SelectOfScalar) else [tuple(r) for r in rows]

    def _past_the_session(self, read: Read, values: dict[str, Any]) -> Rows | None:
        """As the driver gives them; None where the session must be asked."""
        scope = read.info.get("scope")
        is_narrow = mentions_a_plans_rows(self.statement) and not isinstance(scope, Everything)
        plans: tuple[UUID, ...] = tuple(scope or ()) if is_narrow else ()
        if read.hidden or (is_narrow and len(plans) != 1):
            return None
        if is_narrow:
            values = {**values, ONLY: plans[0]}
        if read.autoflush:
            read.flush()
        driver = read.sqlite()
        if driver is None:
            return None
        text, spell, lists = spelled(_narrowed(self.statement) if is_narrow else self.statement, SQLITE)
        for name in lists:
            text = text.replace(f"__[POSTCOMPILE_{name}]", ",".join("?" * len(values[name])))
        try:
            found: Rows = driver.execute(text, spell(values)).fetchall()
        except sqlite3.Error:
            return None
        counting.more(1)
        return found


@cache
def _narrowed(statement: Any) -> Any:
    only = bindparam(ONLY, type_=Uuid())
    return statement.options(with_loader_criteria(PlanOwned, lambda cls: plan_id_of(cls) == only, include_aliases=True))


@cache
def _dialect(url: str) -> Dialect:
    return make_url(url).get_dialect()()


@cache
def spelled(statement: Any, url: str) -> tuple[str, Spell, tuple[str, ...]]:
    """The text as the driver of this database takes it, what makes its values, and the names of those that are lists.

    For each list the text holds a mark in the place of as many question marks as it is long.
    """
    dialect = _dialect(url)
    made = statement.compile(dialect=dialect)
    own = {name: bind.value for name, bind in made.binds.items()}
    process = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in made.binds.items()}
    lists = tuple(name for name, bind in made.binds.items() if bind.expanding)
    order = made.positiontup

    def told(name: str, given: Mapping[str, Any]) -> list[Any]:
        value = given.get(name, own[name])
        several = value if name in lists else (value,)
        return [done(each) for each in several] if (done := process[name]) else list(several)

    def spell(given: Mapping[str, Any]) -> Any:
        if order is None:
            return {name: told(name, given)[0] for name in own}
        return [each for name in order for each in told(name, given)]

    return made.string, spell, lists


class _Memory(dict[Any, Any]):
    """What was made of each value."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self.make = make

    def __missing__(self, value: Any) -> Any:
        made = self[value] = self.make(value)
        return made


def _typed(read: Read, makers: Iterable[Maker], found: Rows) -> Columns:
    """The columns of these rows; [] of none."""
    if not found:
        return []
    held: dict[Any, _Memory] = read.info.setdefault("made", {})
    columns: Columns = list(zip(*found, strict=True))
    for place, kind, make in makers:
        if kind is None:
            columns[place] = tuple(map(make, columns[place]))
            continue
        if kind not in held:
            held[kind] = _Memory(make)
        columns[place] = tuple(map(held[kind].__getitem__, columns[place]))
    return columns


def _instant(text: str | None) -> datetime | None:
    """Every instant of ours is kept in UTC."""
    return None if text is None else datetime.fromisoformat(text + "+00:00")


@cache
def _makers(statement: Any) -> tuple[Maker, ...]:
    """Of each column that the driver does not give as it is meant.

    Not remembered: what is seldom the same twice, and documents, which somebody may write into.
    """
    found: list[Maker] = []
    for place, column in enumerate(statement.selected_columns):
        make = column.type.dialect_impl(_dialect(SQLITE)).result_processor(_dialect(SQLITE), None)
        if isinstance(column.type, Uuid):
            found.append((place, UUID, id_from))
        elif isinstance(column.type, Date):
            found.append((place, date, date.fromisoformat))
        elif isinstance(column.type, Boolean):
            found.append((place, bool, bool))
        elif isinstance(column.type, TypeDecorator) and isinstance(column.type.impl, DateTime):
            found.append((place, None, _instant))
        elif isinstance(column.type, Enum):
            found.append((place, column.type.enum_class, make))
        elif make is not None:
            found.append((place, None, make))
    return tuple(found)
