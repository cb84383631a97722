"""Prepared statements: the same rows as the session's own, within the same walls, by whichever way they come."""

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import col

from app.actions.models import Action, Update
from app.core.actor import NOBODY
from app.core.db import Read
from app.core.prepared import Prepared
from app.people.models import Account
from tests.actions import made_plan as made
from tests.support.cast import MAKER, Cast

COLUMNS: tuple[Any, ...] = (
    Action.id, Action.ref, Action.stage, Action.regulatory, Action.due_date, Action.start_date, Action.updated_at,
    Action.accountable_person_id,
)  # fmt: skip
ALL = Prepared(sa.select(*COLUMNS).order_by(col(Action.ref)))
SOME = Prepared(sa.select(*COLUMNS).where(col(Action.ref).in_(sa.bindparam("refs", expanding=True))))


@pytest.fixture
def filled(cast: Cast) -> Cast:
    made.add(cast, title="The first", regulatory=True, due_date="2027-01-31", accountable_person=cast.email("owen"))
    ref = made.add(cast, title="The second", start_date="2026-01-02")
    made.update(cast, ref, progress="on_track", commentary="Begun")
    return cast


def opened(read: Read, cast: Cast) -> Read:
    assert cast.plan_id
    read.scope_to(cast.plan_id)
    return read


def as_always(read: Read, asked: Prepared, **values: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in read.exec(asked.statement, params=values).all()]


def test_it_gives_what_the_session_gives_to_the_last_type(filled: Cast) -> None:
    with filled.database.read(NOBODY) as read:
        opened(read, filled)
        quick, slow = ALL.rows(read), as_always(read, ALL)
        assert len(quick) == 2
        assert quick == slow
        assert [[type(value) for value in row] for row in quick] == [[type(value) for value in row] for row in slow]
        said = Prepared(sa.select(col(Update.made_at), col(Update.progress), col(Update.no_change)))
        assert said.rows(read) == as_always(read, said) != []


@pytest.mark.parametrize("refs", [[], ["1.1"], ["1.1", "1.2", "none"]])
def test_a_list_may_be_of_any_length(filled: Cast, refs: list[str]) -> None:
    with filled.database.read(NOBODY) as read:
        opened(read, filled)
        found = SOME.rows(read, refs=refs)
        assert sorted(row[1] for row in found) == sorted(row[1] for row in as_always(read, SOME, refs=refs))
        assert len(found) == len([ref for ref in refs if ref != "none"])


def test_ids_that_only_tie_rows_together_stay_as_the_driver_gives_them(filled: Cast) -> None:
    with filled.database.read(NOBODY) as read:
        opened(read, filled)
        assert [str(row[0]).replace("-", "") for row in ALL.tied(read)] == [row[0].hex for row in ALL.rows(read)]
        assert [row[1:7] for row in ALL.tied(read)] == [row[1:7] for row in ALL.rows(read)]


def test_a_session_without_a_scope_is_refused(filled: Cast) -> None:
    with filled.database.read(NOBODY) as read, pytest.raises(RuntimeError, match="no scope"):
        ALL.rows(read)


def test_a_session_sees_the_plans_of_its_scope_alone(filled: Cast) -> None:
    assert filled.plan_id
    with filled.database.read(NOBODY) as read:
        read.scope_to(uuid4())
        assert ALL.rows(read) == []
        read.scope_to(filled.plan_id)
        assert len(ALL.rows(read)) == 2
    with filled.database.read(NOBODY) as read:
        read.see_everything("the tests")
        assert len(ALL.rows(read)) == 2


def test_what_is_restricted_to_others_stays_hidden(filled: Cast) -> None:
    said = Prepared(sa.select(col(Update.id), col(Update.action_id)))
    with filled.database.read(NOBODY) as read:
        opened(read, filled)
        [(_update, action)] = said.rows(read)
        read.hide(frozenset({action}))
        assert said.rows(read) == []


def test_what_the_session_has_not_written_yet_is_seen(filled: Cast) -> None:
    named = Prepared(sa.select(col(Account.name)).where(col(Account.id) == sa.bindparam("it")))
    with filled.database.write(MAKER) as tx:
        tx.see_everything("the tests")
        person = tx.get(Account, filled.people["owen"])
        assert person
        tx.act("tests.renamed")
        person.name = "Owen the Second"
        assert named.rows(tx, it=person.id) == [("Owen the Second",)]
