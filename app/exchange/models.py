"""Tables of exchange: imports with what became of each cell, and what an organisation's headings mean."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint, Uuid
from sqlmodel import Field

from app.core.columns import Document, PlanOwned, Row, choice
from app.exchange.rules import ImportState


class Import(PlanOwned, Row, table=True):
    """A workbook on its way into a plan, and afterwards what became of it. The ledger keeps what it changed.

    book: its cells, until it is brought in; answers: as the form or the mapping file gave them; result: counts and
    what an undo needs; fates: what became of each cell. Both texts are packed: a copy of the database holds no bytes.
    """

    __tablename__ = "plan_import"
    file_name: str = Field(max_length=200)
    sha256: str = Field(max_length=64)
    size: int
    state: ImportState = Field(default=ImportState.open, sa_type=choice(ImportState))
    made_at: datetime
    made_by_id: UUID | None = Field(default=None, sa_type=Uuid)
    made_by_name: str = Field(max_length=120)
    done_at: datetime | None = None
    # The plan's revision that brought it in, or took it back.
    revision: int = 0
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    result: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    book: str = Field(default="", sa_type=Text)
    fates: str = Field(default="", sa_type=Text)


class ColumnMapping(Row, table=True):
    """What a heading meant when this organisation last brought a workbook in."""

    __tablename__ = "column_mapping"
    __table_args__: ClassVar = (UniqueConstraint("organisation_id", "heading"),)
    organisation_id: UUID = Field(foreign_key="organisation.id", sa_type=Uuid)
    heading: str = Field(max_length=200)
    field: str = Field(max_length=64)
