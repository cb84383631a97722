"""Reading the ledger: a past day, the feed and the trail."""

from datetime import date

import pytest

from app.actions.rules import Stage
from app.history import queries
from app.history.schemas import ChangeRead, Filters
from tests.history.made import a_past
from tests.support.cast import MAKER, Cast


def test_it_finds_the_revision_of_a_day(cast: Cast) -> None:
    past = a_past(cast)
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        assert queries.revision_at(read, past.stream, date(2026, 1, 1)) == 0
        assert queries.revision_at(read, past.stream, date(2027, 1, 31)) == past.revisions["created"]
        assert queries.revision_at(read, past.stream, date(2027, 2, 1)) == past.revisions["moved"]
        assert queries.revision_at(read, "plan:nothing", date(2027, 2, 1)) == 0


def test_it_gives_the_rows_of_a_day_as_they_were(cast: Cast) -> None:
    past = a_past(cast)
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        then = queries.images_at(read, past.stream, date(2027, 1, 15), ["action", "milestone", "action_update"])
        now = queries.images_at(read, past.stream, date(2027, 5, 1), ["action", "milestone", "action_update"])
        nothing = queries.images_at(read, past.stream, date(2026, 1, 15), ["action"])
    old, new = then["action"][past.action_id], now["action"][past.action_id]
    assert (old["due_date"], new["due_date"]) == (date(2026, 10, 31), date(2027, 1, 31))
    assert (old["title"], old["success_measure"], old["stage"]) == ("Action 1.1", "", Stage.not_delivered)
    assert old["priority_id"] == cast.priorities["1"]
    assert [m["title"] for m in then["milestone"].values()] == ["First step"]
    assert (now["milestone"], then["action_update"]) == ({}, {})
    assert [u["by_name"] for u in now["action_update"].values()] == ["Olga"]
    assert nothing == {"action": {}}


def test_it_refuses_the_history_of_a_plan_outside_the_scope(cast: Cast) -> None:
    past = a_past(cast)
    with cast.database.read(MAKER) as read:
        for ask in (queries.changes, queries.trail, queries.told_in, queries.head):
            with pytest.raises(RuntimeError, match="outside its scope"):
                ask(read, past.stream)
        with pytest.raises(RuntimeError, match="outside its scope"):
            queries.images_at(read, past.stream, date(2027, 1, 1), ["action"])


def test_it_tells_old_and_new_of_each_change(cast: Cast) -> None:
    past = a_past(cast)
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        found = queries.changes(read, past.stream, since=past.revisions["created"])
    moved = found.items[0]
    assert (moved.revision, moved.entity, moved.ref, moved.act) == (
        past.revisions["moved"], "action", "1.1", "action.due_date_agreed",
    )  # fmt: skip
    assert {k: (d.old, d.new) for k, d in moved.changes.items()} == {
        "due_date": ("2026-10-31", "2027-01-31"),
        "slips": (0, 1),
    }
    assert (moved.why, moved.actor, moved.day) == ("The supplier is late", "the tests", date(2027, 2, 1))
    said = next(i for i in found.items if i.entity == "action_update")
    assert (said.ref, said.actor, said.door, said.changes["commentary"].new) == (
        "1.1", "Olga", "api", "Rota agreed with Olga",
    )  # fmt: skip
    removed = next(i for i in found.items if i.entity == "milestone")
    assert (removed.gone, removed.changes["title"].old, removed.ref) == (True, "First step", "1.1")
    assert found.next is None
    assert (found.head.revision, len(found.head.hash)) == (past.revisions["removed"], 64)


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 500])
def test_it_ends_each_page_on_a_whole_revision_and_loses_nothing(cast: Cast, limit: int) -> None:
    past = a_past(cast)
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        whole = queries.changes(read, past.stream, limit=10_000).items
        got: list[ChangeRead] = []
        since = 0
        while True:
            page = queries.changes(read, past.stream, since=since, limit=limit)
            assert not {i.revision for i in page.items} & {i.revision for i in got}
            got += page.items
            if page.next is None:
                break
            since = int(page.next)
    assert got == whole


def test_it_gives_one_aggregates_history_alone(cast: Cast) -> None:
    past = a_past(cast)
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        found = queries.changes(read, past.stream, subject_id=past.action_id)
    assert {i.entity for i in found.items} == {"action", "milestone", "action_update"}
    assert {i.ref for i in found.items} == {"1.1"}


def test_it_tells_who_did_what_and_narrows_it(cast: Cast) -> None:
    past = a_past(cast)
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        whole = queries.trail(read, past.stream)
        assert [d.act for d in whole.deeds][:2] == ["action.milestone_removed", "action.updated"]
        first = queries.trail(read, past.stream, limit=2)
        second = queries.trail(read, past.stream, limit=2, before=first.before)
        assert [d.revision for d in first.deeds + second.deeds] == [d.revision for d in whole.deeds][:4]
        olga = str(cast.people["olga"])
        people, acts = queries.told_in(read, past.stream)
        assert people[olga] == "Olga"
        assert {"action.created", "action.updated"} <= acts
        assert "action.updated" not in queries.told_in(read, past.stream, past.revisions["moved"])[1]
        for filters in (Filters(person=olga), Filters(door="api"), Filters(act="action.updated")):
            [deed] = queries.trail(read, past.stream, filters=filters).deeds
            assert (deed.actor, deed.refs, deed.revision) == ("Olga", ["1.1"], past.revisions["updated"])
        days = Filters(act="action", since=date(2027, 2, 1), until=date(2027, 2, 28))
        assert [d.revision for d in queries.trail(read, past.stream, filters=days).deeds] == [past.revisions["moved"]]
        about = queries.trail(read, past.stream, past.action_id)
        assert len(about.deeds) == 4


def test_what_was_done_to_some_rows_is_what_the_feed_tells_of_them(cast: Cast) -> None:
    past = a_past(cast)
    with cast.database.read(MAKER) as read:
        read.see_everything("test")
        for since in range(max(past.revisions.values()) + 1):
            told = [c for c in queries.changes(read, past.stream, since).items if c.id == past.action_id]
            done = [
                each.read() for each in queries.steps_of(read, past.stream, "action", [past.action_id], since, 1000)
            ]
            assert [(s.entry.revision, s.entry.act, s.actor, s.why) for s in done] == [
                (c.revision, c.act, c.actor, c.why) for c in told
            ]
            # The feed spells its fields as the contract does; that some changed and none did is the same.
            assert [bool(s.fields) for s in done] == [bool(c.changes) for c in told]
        moved = queries.steps_of(read, past.stream, "action", [past.action_id], past.revisions["created"], 1000)[
            0
        ].read()
        assert {"due_date", "slips"} <= set(moved.fields)
        assert moved.fields["due_date"] == ("2026-10-31", "2027-01-31")
        assert queries.steps_of(read, past.stream, "action", [], 0, 1000) == []
