"""The record of what was removed from the record."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Uuid
from sqlmodel import Field

from app.core.columns import SHARED, Document, Tracked


class Redaction(Tracked, table=True):
    """Names the fields erased from every image of one row; `verify` accepts only digests that a redaction names."""

    sealed_fields: ClassVar[tuple[str, ...]] = ("why", "decided_by")
    of_stream: str = Field(default=SHARED, max_length=64)
    entity: str = Field(max_length=64)
    entity_id: UUID = Field(sa_type=Uuid, index=True)
    fields: list[Any] = Field(default_factory=list, sa_type=Document)
    revision_from: int = 0
    revision_to: int = 0
    done_on: date
    decided_by: str = Field(max_length=120)
    why: str = Field(max_length=1000)

    def stream(self) -> str:
        return self.of_stream
