"""Each tracked table's newest image equals its row, on both databases: made, changed and gone."""

from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, Uuid
from sqlalchemy import Enum as Choice
from sqlalchemy.sql.type_api import TypeDecorator
from sqlmodel import SQLModel

from app.core import clock
from app.core.columns import Tracked
from app.core.db import Write
from app.core.ledger import tracked
from app.history import queries
from app.history.queries.entries import typed
from tests.support.cast import MAKER, Cast


def classes() -> list[type[Tracked]]:
    """Parents before children."""
    by_table = {str(made.__tablename__): made for made in tracked().values()}
    return [by_table[t.name] for t in SQLModel.metadata.sorted_tables if t.name in by_table]


def a_value(column: Column[Any], ids: dict[str, UUID], turn: int) -> Any:
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if column.foreign_keys:
        [key] = column.foreign_keys
        own = key.column.table is column.table
        return None if own else ids[key.column.table.name]
    if isinstance(kind, Choice):
        members: list[Enum] = list(kind.enum_class or [])
        return members[turn % len(members)]
    if isinstance(kind, Boolean):
        return turn % 2 == 0
    made: dict[type, Any] = {
        Uuid: uuid4(),
        Integer: 3 + turn,
        Date: date(2026, 3, 29) + timedelta(days=turn),
        DateTime: clock.now(),
        JSON: {"b": [turn, "é", None], "a": {"x": True}},
    }
    for of, value in made.items():
        if isinstance(kind, of):
            return value
    return f"ŵ{turn}"[: getattr(kind, "length", None) or 20]


def filled(made: type[Tracked], ids: dict[str, UUID], turn: int) -> dict[str, Any]:
    columns = made.__table__.c  # type: ignore[attr-defined]
    return {c.key: a_value(c, ids, turn) for c in columns if c.key not in ("id", "revision")}


def begin(tx: Write) -> None:
    tx.see_everything("test")
    tx.act("tests.images")


def sound(cast: Cast) -> None:
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        assert queries.differences(read).bad is None


def test_it_writes_an_image_equal_to_its_row(cast: Cast) -> None:
    ids: dict[str, UUID] = {}
    assert cast.plan_id is not None
    for made in classes():
        with cast.database.write(MAKER) as tx:
            begin(tx)
            row = made(**filled(made, ids, 1))
            tx.add(row)
            tx.flush()
            ids[str(made.__tablename__)] = row.id
    sound(cast)
    for made in classes():
        with cast.database.write(MAKER) as tx:
            begin(tx)
            row = tx.get_one(made, ids[str(made.__tablename__)])
            for name, value in filled(made, ids, 2).items():
                # Never another parent: a row does not leave its stream.
                if not made.__table__.c[name].foreign_keys:  # type: ignore[attr-defined]
                    setattr(row, name, value)
            tx.flush()
    sound(cast)
    _attributes_equal(cast, ids)
    for made in reversed(classes()):
        with cast.database.write(MAKER) as tx:
            begin(tx)
            tx.delete(tx.get_one(made, ids[str(made.__tablename__)]))
            tx.flush()
    sound(cast)


def _attributes_equal(cast: Cast, ids: dict[str, UUID]) -> None:
    """What an as-at view is built from has the attributes of the live row, typed alike."""
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        for made in classes():
            entity = str(made.__tablename__)
            row = read.get_one(made, ids[entity])
            image = queries.images_at(read, row.stream(), 10**6, [entity])[entity][row.id]
            now = {c.key: getattr(row, c.key) for c in made.__table__.c}  # type: ignore[attr-defined]
            assert {k: _comparable(v) for k, v in image.items()} == {k: _comparable(v) for k, v in now.items()}, entity


def _comparable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def test_it_fills_what_an_older_image_lacks() -> None:
    assert typed("organisation", {"code": "AAA"})["nation"] == "England"
