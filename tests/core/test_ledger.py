"""The spine on both databases: revisions, savepoints, tombstones, guards, and a ledger that only grows."""

from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from app.core.actor import Door, system
from app.core.columns import SHARED
from app.core.ledger import claim, standing
from app.core.spelling import canon, entry_hash
from tests.core.made import (
    Action,
    Milestone,
    Organisation,
    StrategicPriority,
    begin,
    entries,
    now_at,
    organisation,
    plan_stream,
)
from tests.history.made import an_action
from tests.support.cast import MAKER, Cast


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


def test_it_knows_where_a_stream_and_the_shared_one_stand(cast: Cast) -> None:
    with cast.database.read(MAKER) as read:
        own, shared = standing(read, "plan:none")
    assert own == 0
    assert shared > 0


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
