"""The spine on both databases: revisions, savepoints, tombstones, guards, and a ledger that only grows."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from app.actions import models as actions
from app.core.actor import Door, system
from app.core.columns import SHARED
from app.core.db import Write
from app.core.ledger import LEDGER, canon, claim, entry_hash, revision_of, streams
from app.organisations import models as organisations
from app.organisations.rules import OrganisationKind
from app.plans import models as plans
from tests.history.made import an_action
from tests.support.cast import MAKER, Cast

# Their attributes are columns here, which the types of SQLModel do not tell.
Action: Any = actions.Action
Milestone: Any = actions.Milestone
Organisation: Any = organisations.Organisation
Plan: Any = plans.Plan
Priority: Any = plans.Priority
StrategicPriority: Any = plans.StrategicPriority


def begin(tx: Write, act: str = "test.done") -> Write:
    tx.see_everything("test")
    tx.act(act)
    return tx


def organisation(code: str) -> Any:
    return Organisation(code=code, name=f"Name of {code}", kind=OrganisationKind.trust)


def entries(cast: Cast, stream: str, since: int = 0) -> list[Any]:
    with cast.database.read(MAKER) as read:
        asked = select(LEDGER).where(LEDGER.c.stream == stream, LEDGER.c.revision > since).order_by(LEDGER.c.seq)
        return list(read.connection().execute(asked).all())


def write(cast: Cast, do: Callable[[Write], object]) -> None:
    with cast.database.write(MAKER) as tx:
        do(tx)


def now_at(cast: Cast, stream: str) -> int:
    with cast.database.read(MAKER) as read:
        return revision_of(read, stream)


def plan_stream(cast: Cast) -> str:
    return f"plan:{cast.plan_id}"


def test_it_raises_a_stream_once_a_transaction_over_several_flushes(cast: Cast) -> None:
    before = now_at(cast, SHARED)
    with cast.database.write(MAKER) as tx:
        begin(tx)
        for code in ("X01", "X02", "X03"):
            tx.add(organisation(code))
            tx.flush()
        row = tx.get_one(Organisation, cast.organisations["AAA"])
        row.name = "Other"
        tx.flush()
        row.name = "Another"
        tx.flush()
        assert row.revision == before + 1
    found = entries(cast, SHARED, before)
    assert {e.revision for e in found} == {before + 1}
    assert len(found) == 5
    assert [e.prev_hash for e in found[1:]] == [e.hash for e in found[:-1]]
    assert all(entry_hash(e._mapping) == e.hash for e in found)
    assert now_at(cast, SHARED) == before + 1


def test_it_takes_the_revision_back_with_the_savepoint(cast: Cast) -> None:
    before = now_at(cast, SHARED)
    with cast.database.write(MAKER) as tx:
        begin(tx)
        savepoint = tx.begin_nested()
        tx.add(organisation("X01"))
        tx.flush()
        savepoint.rollback()
    assert (now_at(cast, SHARED), entries(cast, SHARED, before)) == (before, [])
    with cast.database.write(MAKER) as tx:
        begin(tx)
        tx.add(organisation("X02"))
        tx.flush()
        savepoint = tx.begin_nested()
        tx.add(organisation("X03"))
        tx.flush()
        savepoint.rollback()
        tx.add(organisation("X04"))
    assert len(entries(cast, SHARED, before)) == 2
    assert now_at(cast, SHARED) == before + 1


def test_it_claims_anew_what_a_savepoint_gave_back(cast: Cast) -> None:
    with cast.database.write(MAKER) as tx:
        begin(tx)
        savepoint = tx.begin_nested()
        claim(tx, SHARED)
        savepoint.rollback()
        assert tx.info["held"] == set()


def test_it_records_nothing_of_a_flush_that_failed(cast: Cast) -> None:
    before = now_at(cast, SHARED)
    with cast.database.write(MAKER) as tx:
        begin(tx)
        savepoint = tx.begin_nested()
        tx.add(organisation("AAA"))
        with pytest.raises(DBAPIError):
            tx.flush()
        savepoint.rollback()
        tx.flush()
        tx.add(organisation("X01"))
    assert [e.revision for e in entries(cast, SHARED, before)] == [before + 1]


def test_it_keeps_both_images_of_a_row_made_and_deleted_at_once(cast: Cast) -> None:
    before = now_at(cast, SHARED)
    with cast.database.write(MAKER) as tx:
        begin(tx)
        row = organisation("X01")
        tx.add(row)
        tx.flush()
        tx.delete(row)
    assert [e.gone for e in entries(cast, SHARED, before)] == [False, True]


def test_it_takes_no_revision_for_a_save_that_changes_nothing(cast: Cast) -> None:
    before = now_at(cast, SHARED)
    with cast.database.write(MAKER) as tx:
        begin(tx)
        row = tx.get_one(Organisation, cast.organisations["AAA"])
        row.name = str(row.name)
    assert now_at(cast, SHARED) == before


def test_it_raises_the_aggregate_with_its_part_and_no_other_stream(cast: Cast) -> None:
    shared = now_at(cast, SHARED)
    with cast.database.write(MAKER) as tx:
        begin(tx)
        action = an_action(cast)
        tx.add(action)
    made = now_at(cast, plan_stream(cast))
    with cast.database.write(MAKER) as tx:
        begin(tx)
        tx.add(Milestone(plan_id=cast.plan_id, action_id=action.id, title="A"))
    found = entries(cast, plan_stream(cast), made)
    assert {(e.entity, e.subject_id) for e in found} == {("milestone", action.id), ("action", action.id)}
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        assert read.get_one(Action, action.id).revision == made + 1
    assert now_at(cast, SHARED) == shared


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


def test_it_names_who_acted_through_which_door(cast: Cast) -> None:
    before = now_at(cast, SHARED)
    with cast.database.write(cast.actor("adam", Door.api)) as tx:
        begin(tx, "organisation.added")
        tx.add(organisation("X01"))
    with cast.database.write(system(Door.cli, "tracker command")) as tx:
        begin(tx, "organisation.added")
        tx.add(organisation("X02"))
    [by_adam, by_command] = entries(cast, SHARED, before)
    assert (by_adam.actor_id, by_adam.door, by_adam.request_id, by_adam.act) == (
        str(cast.people["adam"]), "api", "test", "organisation.added",
    )  # fmt: skip
    assert (by_command.actor_id, by_command.door) == ("cli", "cli")
    assert '"Adam"' in by_adam.sealed


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


def test_it_knows_the_revisions_of_streams(cast: Cast) -> None:
    with cast.database.read(MAKER) as read:
        found = streams(read, [SHARED, "plan:none"])
    assert found["plan:none"] == 0
    assert found[SHARED] > 0


def test_it_has_one_spelling_for_a_value() -> None:
    assert canon({"b": UUID(int=1), "a": "ŵ"}) == '{"a":"ŵ","b":"00000000-0000-0000-0000-000000000001"}'
    with pytest.raises(TypeError):
        canon({"a": object()})
    with pytest.raises(ValueError, match="Out of range"):
        canon({"a": float("nan")})


def test_it_keeps_a_rows_own_why_beside_the_acts(cast: Cast) -> None:
    before = now_at(cast, plan_stream(cast))
    with cast.database.write(MAKER) as tx:
        tx.see_everything("test")
        tx.act("plan.changed", why="Because")
        tx.add(StrategicPriority(plan_id=cast.plan_id, title="One"))
    [entry] = entries(cast, plan_stream(cast), before)
    assert '"@why":[' in entry.sealed
