"""Column kinds that both databases keep alike, and the mixins that tables build on."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar
from uuid import UUID, SafeUUID, uuid4

from sqlalchemy import JSON, Dialect, Enum, MetaData, Uuid
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

SHARED = "shared"

# Named before the first table: batch migrations on SQLite find constraints by these names.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


def choice(kind: type[StrEnum]) -> Enum:
    """An enum stored by value in 32 characters with a CHECK, never as a native type."""
    return Enum(
        kind,
        native_enum=False,
        length=32,
        create_constraint=True,
        name=kind.__name__.lower(),
        values_callable=lambda members: [m.value for m in members],
        validate_strings=True,
    )


Document = JSON


def id_from(text: str) -> UUID:
    """An id as SQLite keeps it, in 32 hexadecimal digits.

    `UUID` itself asks first in which of six forms it was given, and takes twice as long: a page reads a thousand.
    """
    made = UUID.__new__(UUID)
    object.__setattr__(made, "int", int.from_bytes(bytes.fromhex(text)))
    object.__setattr__(made, "is_safe", SafeUUID.unknown)
    return made


_known = lru_cache(65_536)(id_from)


class Known(Uuid[UUID]):
    """Ids out of SQLite, which keeps them as text: the same thousands are read all day, and reading one is slow."""

    cache_ok = True

    def result_processor(self, _dialect: Dialect, _coltype: object) -> Callable[[str | None], UUID | None]:
        return lambda value: None if value is None else _known(value)


class Row(SQLModel):
    """A table whose rows carry an id made by us."""

    id: UUID = Field(default_factory=uuid4, primary_key=True, sa_type=Uuid)


class Tracked(Row):
    """A row whose every change the ledger records, under the stream it names.

    Relationships are never set: key columns only, so that `stream()` is known before the flush.
    """

    revision: int = Field(default=0)
    # Free text and names: kept apart in the ledger so that they can be erased without breaking the chain.
    sealed_fields: ClassVar[tuple[str, ...]] = ()
    # What the feed and the history leave out: it may be confidential, and the row's own door knows to whom.
    untold_fields: ClassVar[tuple[str, ...]] = ()
    shape: ClassVar[int] = 1

    @declared_attr.directive
    def __mapper_args__(cls) -> Mapping[str, Any]:  # noqa: N805
        return {"version_id_col": cls.revision, "version_id_generator": False, "eager_defaults": True}

    def stream(self) -> str:
        return SHARED

    def root(self) -> tuple[type["Tracked"], UUID] | None:
        """The aggregate this row is part of; its revision rises with every change here."""
        return None

    def subject_id(self) -> UUID:
        """Whose history this change belongs to: the aggregate's id, or the row's own."""
        found = self.root()
        return found[1] if found else self.id


class PlanOwned(SQLModel):
    """A row of one plan. Every query on such a table is narrowed to the session's scope."""

    plan_id: UUID = Field(foreign_key="plan.id", index=True, sa_type=Uuid)


class PlanTracked(PlanOwned, Tracked):
    def stream(self) -> str:
        if self.plan_id is None:
            raise RuntimeError(f"{type(self).__name__} has no plan_id: set key columns, not relationships")
        return f"plan:{self.plan_id}"
