"""Columns as text where making objects of them took most of the time: a whole record is read only to be compared."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, String, Uuid, cast, func, type_coerce


def raw(column: Column[Any], dialect: str) -> ColumnElement[Any]:
    """The column with ids and days as text; ids still need `id_text`."""
    if isinstance(column.type, Uuid):
        made: ColumnElement[Any] = cast(column, String) if dialect == "postgresql" else type_coerce(column, String)
    elif isinstance(column.type, Date):
        made = func.to_char(column, "YYYY-MM-DD") if dialect == "postgresql" else type_coerce(column, String)
    else:
        return column
    return made.label(column.name)


# An id comes again with each image of its row.
@lru_cache(maxsize=100_000)
def id_text(kept: str | None) -> str | None:
    """As `str(UUID)` spells it; SQLite keeps the digits alone."""
    if kept is None or len(kept) != 32:
        return kept
    return f"{kept[:8]}-{kept[8:12]}-{kept[12:16]}-{kept[16:20]}-{kept[20:]}"
