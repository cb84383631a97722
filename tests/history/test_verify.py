"""The proof of the record: it names the first entry that is wrong, and accepts only what a redaction names."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, text

from app.core.ledger import ACTOR
from app.history import queries
from app.history.commands import MARK, reapply, redact, redact_person
from app.history.schemas import Verdict
from app.people.models import Account
from tests.history.made import a_past, an_update, system_write
from tests.support.cast import MAKER, Cast

TRIGGERS = ("ledger_no_update", "ledger_no_delete")


def proof(cast: Cast, how: Any = queries.differences) -> Verdict:
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        found: Verdict = how(read)
        return found


@contextmanager
def tampering(cast: Cast) -> Iterator[Connection]:
    """Somebody who owns the database, and takes the triggers away."""
    with cast.database.writers.begin() as connection:
        if cast.database.is_sqlite:
            for name in TRIGGERS:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE ledger DISABLE TRIGGER USER"))
        yield connection


def test_it_proves_a_sound_record(cast: Cast) -> None:
    past = a_past(cast)
    verdict = proof(cast)
    assert verdict.bad is None
    assert verdict.rows > 40
    revision, head = verdict.heads[past.stream]
    assert revision == past.revisions["removed"]
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        assert queries.has_head(read, revision, head[:12])
        assert not queries.has_head(read, revision - 1, head[:12])
        assert queries.loose_heads(read) == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE ledger SET image = replace(image, '2027-01-31', '2027-01-30') WHERE seq = :seq", "hash"),
        ("UPDATE ledger SET sealed = replace(sealed, 'supplier', 'weather') WHERE seq = :seq", "hash"),
        ("UPDATE ledger SET day = '2020-01-01' WHERE seq = :seq", "hash"),
        ("UPDATE ledger SET prev_hash = 'x' WHERE seq = :seq", "prev"),
        ("DELETE FROM ledger WHERE seq = :seq", "prev"),
        ("UPDATE ledger SET sealed = '{\"@actor\":\"' || hash || '\"}' WHERE seq = :seq", "hash"),
        ("UPDATE ledger SET sealed = 'nonsense' WHERE seq = :seq", "hash"),
    ],
)
def test_it_names_the_first_entry_that_was_altered(cast: Cast, statement: str, what: str) -> None:
    past = a_past(cast)
    with tampering(cast) as connection:
        seq = connection.execute(text("SELECT min(seq) FROM ledger WHERE act = 'action.due_date_agreed'")).scalar_one()
        connection.execute(text(statement), {"seq": seq})
    bad = proof(cast).bad
    assert bad is not None
    assert (bad.stream, bad.what) == (past.stream, what)
    assert bad.revision == past.revisions["moved" if "DELETE" not in statement else "updated"]


def test_it_sees_a_head_moved_a_tail_cut_and_a_stream_without_a_head(cast: Cast) -> None:
    past = a_past(cast)
    with tampering(cast) as connection:
        connection.execute(text("UPDATE stream SET head = 'x' WHERE name = 'shared'"))
    assert proof(cast).bad.what == "head"  # type: ignore[union-attr]
    with cast.database.writers.begin() as connection:
        head = connection.execute(
            text("SELECT hash FROM ledger WHERE stream = 'shared' ORDER BY seq DESC LIMIT 1")
        ).scalar_one()
        connection.execute(text("UPDATE stream SET head = :h WHERE name = 'shared'"), {"h": head})
        connection.execute(
            text("DELETE FROM ledger WHERE stream = :s AND revision = :r"),
            {"s": past.stream, "r": past.revisions["removed"]},
        )
    assert proof(cast).bad.what == "head"  # type: ignore[union-attr]
    with cast.database.writers.begin() as connection:
        connection.execute(text("DELETE FROM stream WHERE name = :s"), {"s": past.stream})
    assert proof(cast).bad.what == "no_head"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE action SET title = 'Something else'", "differs"),
        ("UPDATE action SET slips = 7", "differs"),
        ("UPDATE action SET revision = revision + 1", "differs"),
        ("DELETE FROM action_update", "missing"),
    ],
)
def test_it_sees_a_table_changed_behind_the_record(cast: Cast, statement: str, what: str) -> None:
    a_past(cast)
    with cast.database.writers.begin() as connection:
        connection.execute(text(statement))
    assert proof(cast, queries.verify).bad is None
    assert proof(cast).bad.what == what  # type: ignore[union-attr]


def test_it_sees_a_row_the_record_does_not_know(cast: Cast) -> None:
    with cast.database.writers.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO strategic_priority (id, revision, plan_id, title, position) "
                "SELECT id, 1, id, 'x', 1 FROM plan"
            )
        )
    assert proof(cast).bad.what == "extra"  # type: ignore[union-attr]


def test_it_forgets_a_text_and_still_holds(cast: Cast) -> None:
    past = a_past(cast)
    with cast.database.write(MAKER) as tx:
        tx.see_everything("test")
        out = redact(
            tx, entity="action", entity_id=past.action_id, fields=["title"], why="Named a mother", decided_by="Carol"
        )
    assert (out.erased, len(out.redactions)) == (5, 1)
    verdict = proof(cast)
    assert (verdict.bad, verdict.redactions, verdict.erased) == (None, 1, 5)
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        assert "Action 1.1" not in "".join(read.connection().execute(text("SELECT sealed FROM ledger")).scalars())
        now = queries.images_at(read, past.stream, past.revisions["created"], ["action"])["action"][past.action_id]
        assert (now["title"], now["ref"]) == (MARK, "1.1")
        last = queries.changes(read, past.stream, since=past.revisions["removed"]).items
    assert {i.entity for i in last} == {"action", "redaction"}
    with cast.database.writers.begin() as connection:
        connection.execute(text("UPDATE redaction SET fields = '[]'"))
    assert proof(cast).bad.what == "unnamed"  # type: ignore[union-attr]


def test_it_sees_a_digest_that_no_redaction_names(cast: Cast) -> None:
    past = a_past(cast)
    with cast.database.write(MAKER) as tx:
        tx.see_everything("test")
        redact(tx, entity="action", entity_id=past.action_id, fields=["title"], why="Named", decided_by="Carol")
    with cast.database.writers.begin() as connection:
        connection.execute(text("DELETE FROM redaction"))
    assert proof(cast).bad.what == "unnamed"  # type: ignore[union-attr]


def test_it_forgets_a_person_everywhere_and_tells_where_the_name_is_still_mentioned(cast: Cast) -> None:
    past = a_past(cast)
    with cast.database.write(MAKER) as tx:
        system_write(tx, "account.deactivated", past_day())
        tx.get_one(Account, cast.people["olga"]).active = False
        tx.flush()
    with cast.database.write(MAKER) as tx:
        tx.see_everything("test")
        out = redact_person(tx, email=cast.email("olga"), why="She asked for it", decided_by="Carol")
    assert [(e, f) for e, _id, f in out.mentions] == [("action_update", "commentary")]
    verdict = proof(cast)
    assert verdict.bad is None
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        sealed = [s for s in read.connection().execute(text("SELECT sealed FROM ledger")).scalars() if "Olga" in s]
        assert all("Rota agreed" in s for s in sealed)
        deed = next(d for d in queries.trail(read, past.stream).deeds if d.act == "action.updated")
        assert deed.actor == MARK
        account = read.get_one(Account, cast.people["olga"])
        assert (account.name, account.post) == (MARK, MARK)
        assert "olga" not in account.email
    assert any(r.entity == ACTOR for r in out.redactions)


def past_day() -> Any:
    from datetime import date

    return date(2027, 5, 1)


def test_it_forgets_again_in_an_older_copy_and_only_once(cast: Cast) -> None:
    past = a_past(cast)
    with cast.database.write(MAKER) as tx:
        tx.see_everything("test")
        out = redact(tx, entity="action", entity_id=past.action_id, fields=["title"], why="Named", decided_by="Carol")
        record = out.redactions[0].model_copy()
    with cast.database.write(MAKER) as tx:
        tx.see_everything("test")
        assert reapply(tx, record) == 0
    with cast.database.write(MAKER) as tx:
        system_write(tx, "action.updated", past_day())
        update = an_update(cast, past.action_id, commentary="Ask Maria")
        tx.add(update)
        tx.flush()
        record.entity, record.entity_id, record.fields = "action_update", update.id, ["commentary"]
    record.id = update.id
    with cast.database.write(MAKER) as tx:
        tx.see_everything("test")
        assert reapply(tx, record) == 1
    assert proof(cast).bad is None
