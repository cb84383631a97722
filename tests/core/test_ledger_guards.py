"""What the spine refuses, on both databases: the nameless, the bulk, the out of order and the stale."""

import importlib
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from app.core.columns import SHARED
from app.core.db import Write
from app.core.ledger import LEDGER, claim
from tests.core.made import (
    Action,
    Organisation,
    Plan,
    Priority,
    begin,
    entries,
    organisation,
    plan_stream,
    write,
)
from tests.support.cast import MAKER, Cast


def test_it_refuses_a_change_without_a_name_or_outside_the_scope(cast: Cast) -> None:
    def outside(tx: Write) -> None:
        tx.act("test.done")
        tx.add(Priority(plan_id=cast.plan_id, ref="9", title="x"))

    with pytest.raises(RuntimeError, match="without a name"):
        write(cast, lambda tx: tx.add(organisation("X01")))
    with pytest.raises(RuntimeError, match="outside this session's scope"):
        write(cast, outside)


def test_it_refuses_a_key_set_by_no_column(cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="no plan_id"):
        write(cast, lambda tx: begin(tx).add(Priority(ref="9", title="x")))


def test_it_refuses_what_changed_during_the_flush(cast: Cast) -> None:
    def change(tx: Write) -> None:
        begin(tx)
        other = tx.get_one(Organisation, cast.organisations["BBB"])
        event.listen(Organisation, "after_update", lambda *_a: setattr(other, "name", "Late"), once=True)
        tx.get_one(Organisation, cast.organisations["AAA"]).name = "In time"

    with pytest.raises(RuntimeError, match="outside the ledger"):
        write(cast, change)


@pytest.mark.parametrize(
    "statement",
    [
        update(Organisation).values(name="x"),
        delete(Organisation),
        insert(Organisation).values(code="X"),
        update(Action).values(title="x"),
        update(Organisation.__table__).values(name="x"),
        delete(LEDGER),
        text("UPDATE organisation SET name = 'x'"),
        select(Organisation).from_statement(text("SELECT * FROM organisation")),
    ],
    ids=str,
)
def test_it_refuses_statements_that_pass_the_ledger(cast: Cast, statement: Any) -> None:
    with pytest.raises(RuntimeError, match="pass"), cast.database.write(MAKER) as tx:
        begin(tx).execute(statement)


def test_it_refuses_the_bulk_methods(cast: Cast) -> None:
    with cast.database.write(MAKER) as tx:
        begin(tx)
        with pytest.raises(RuntimeError, match="bulk"):
            tx.bulk_save_objects([organisation("X01")])
        with pytest.raises(RuntimeError, match="bulk"):
            tx.bulk_update_mappings(Organisation, [])
        with pytest.raises(RuntimeError, match="bulk"):
            tx.bulk_insert_mappings(Organisation, [])


def test_it_refuses_a_write_through_a_read(cast: Cast) -> None:
    with cast.database.read(MAKER) as read, pytest.raises(Exception, match=r"(?i)read-?only"):
        read.connection().execute(text("UPDATE organisation SET name = 'x'"))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ledger",
        "UPDATE ledger SET image = '{}'",
        "UPDATE ledger SET hash = 'x', sealed = '{}'",
        "INSERT OR REPLACE INTO ledger SELECT * FROM ledger",
        "TRUNCATE ledger",
        "TRUNCATE ledger CASCADE",
    ],
)
def test_it_lets_nobody_change_what_was_written(cast: Cast, statement: str) -> None:
    if ("REPLACE" in statement) != cast.database.is_sqlite and ("TRUNCATE" in statement or "REPLACE" in statement):
        return
    if "TRUNCATE" in statement and cast.database.is_sqlite:
        return
    count = len(entries(cast, SHARED))
    with pytest.raises(DBAPIError, match="append-only"), cast.database.writers.begin() as connection:
        connection.execute(text(statement))
    assert len(entries(cast, SHARED)) == count


def test_it_fixes_every_column_but_the_sealed_one() -> None:
    [path] = Path("migrations/versions").glob("*_begin.py")
    spec = importlib.util.spec_from_file_location("begin", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert set(module.FIXED) == {c.name for c in LEDGER.columns} - {"sealed"}


def test_it_refuses_streams_out_of_order(cast: Cast) -> None:
    with cast.database.write(MAKER) as tx:
        claim(tx, plan_stream(cast), SHARED)
        claim(tx, SHARED)

    def late_claim(tx: Write) -> None:
        claim(tx, SHARED)
        claim(tx, plan_stream(cast))

    def late_change(tx: Write) -> None:
        begin(tx).add(organisation("X01"))
        tx.flush()
        tx.get_one(Plan, cast.plan_id).title = "x"

    with pytest.raises(RuntimeError, match="together with"):
        write(cast, late_claim)
    with pytest.raises(RuntimeError, match="first"):
        write(cast, late_change)


def test_it_refuses_a_stale_row_by_its_version(cast: Cast) -> None:
    def overtaken(tx: Write) -> None:
        begin(tx).get_one(Organisation, cast.organisations["AAA"]).name = "Mine"
        tx.connection().execute(text("UPDATE organisation SET revision = revision + 1"))

    with pytest.raises(StaleDataError):
        write(cast, overtaken)
