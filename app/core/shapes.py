"""How the tables of a plan hang together: which point at which, so that a plan's rows can leave and come back."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Uuid
from sqlmodel import SQLModel

from app.core.columns import PlanOwned, Tracked
from app.core.ledger import tracked


@dataclass(frozen=True, slots=True)
class Shape:
    """One table. entity: as the ledger names it; points: column -> the entity it must name a row of.

    loose: ids of rows or people that no constraint watches; optional: the columns that may be empty.
    """

    entity: str
    model: type[Tracked]
    points: Mapping[str, str]
    loose: frozenset[str]
    optional: frozenset[str]


@cache
def shapes_of_plans() -> tuple[Shape, ...]:
    """The plan itself and every tracked table of its own, in an order in which none comes before what it points at."""
    found, every = [], tracked()
    for table in SQLModel.metadata.sorted_tables:
        model = every.get(table.name)
        if model is None or not (table.name == "plan" or issubclass(model, PlanOwned)):
            continue
        points = {c.key: next(iter(c.foreign_keys)).column.table.name for c in table.columns if c.foreign_keys}
        ids = {c.key for c in table.columns if isinstance(c.type, Uuid)}
        loose = frozenset(ids - {"id", *points})
        optional = frozenset(c.key for c in table.columns if c.nullable)
        found.append(Shape(table.name, model, points, loose, optional))
    return tuple(found)
