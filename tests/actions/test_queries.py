"""The plan as one value: what it holds, how few statements it costs, and when it is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import event

from app.actions import commands, queries
from app.actions.queries import kept
from app.actions.queries.build import build
from app.actions.queries.past import past
from app.actions.rules import Colour, Flag, Label, Progress
from app.actions.schemas import NewAction
from app.core import clock
from app.core.errors import Invalid, NotFound
from app.people.models import Account
from tests.actions import made_plan as made
from tests.support import cast as casting
from tests.support.cast import MAKER, Cast

TODAY = clock.today()


@contextmanager
def statements(cast: Cast) -> Iterator[list[str]]:
    seen: list[str] = []
    engine = cast.database.readers if cast.database.is_sqlite else cast.database.writers

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def forget() -> None:
    kept.views.clear()
    kept._newest.clear()


def full(cast: Cast) -> str:
    """An action with everything on it."""
    made.framework(cast)
    first = made.add(cast, title="The first")
    return made.add(
        cast,
        title="Train every midwife",
        intended_outcome="All are trained",
        success_measure="90 of 100",
        accountable_person=cast.email("owen"),
        lead_executive=cast.email("edith"),
        start_date=TODAY - timedelta(days=40),
        due_date=TODAY - timedelta(days=2),
        depends_on=[first],
        milestones=[{"title": "Book the room", "due_date": TODAY}, {"title": "Train"}],
        recommendations=["ockenden_2022:1.2", "ockenden_2022:1.1"],
        contributes_to=["ockenden_2022:2.1"],
        contributors=[cast.email("connie")],
        commentary="Half are trained",
        help_needed="A room",
    )


def test_it_holds_everything_a_page_shows_of_an_action(cast: Cast) -> None:
    ref = full(cast)
    found = made.action(cast, ref)
    assert (found.ref, found.title, found.priority.title) == ("1.2", "Train every midwife", "Safe care")
    assert found.accountable_person is not None
    assert found.accountable_person.shown == "Post of owen · Owen"
    assert [link.chip for link in found.links] == ["IEA 1.1", "IEA 1.2", "IEA 2.1"]
    assert [link.meets for link in found.links] == [True, True, False]
    assert [m.title for m in found.milestones] == ["Book the room", "Train"]
    assert (found.depends_on, [c.email for c in found.contributors]) == (("1.1",), [cast.email("connie")])
    assert made.action(cast, "1.1").needed_by == ("1.2",)
    assert found.latest_update is not None
    assert (found.latest_update.commentary, found.latest_update.by_name) == ("Half are trained", "Alice")
    assert (found.organisation, found.organisation_name) == ("AAA", "Alpha Hospitals")
    assert (found.rating.colour, found.rating.label) == (Colour.red, Label.overdue)
    assert Flag.overdue in found.flags
    assert "midwife" in found.haystack
    assert "ockenden" not in found.haystack


def test_its_counts_are_those_of_its_actions(cast: Cast) -> None:
    full(cast)
    plan = made.view(cast)
    assert plan.counts.total == len(plan.actions) == 2
    assert plan.counts.by_rating[Colour.red] == 1
    assert plan.counts.by_flag[Flag.overdue] == 1


def test_it_costs_twelve_statements_however_many_actions_there_are(cast: Cast) -> None:
    full(cast)
    with statements(cast) as seen, made.reading(cast) as (read, access):
        seen.clear()
        queries.plan_view(read, access)
        few = len(seen)
    for _ in range(5):
        made.add(cast, commentary="More", contributors=[cast.email("owen")])
    forget()
    with statements(cast) as seen, made.reading(cast) as (read, access):
        seen.clear()
        queries.plan_view(read, access)
        assert len(seen) == few <= 12


def test_it_is_kept_until_something_is_written(cast: Cast) -> None:
    made.add(cast)
    before = made.view(cast)
    with statements(cast) as seen, made.reading(cast) as (read, access):
        seen.clear()
        assert queries.plan_view(read, access) is before
        # SQLite answers past the session, where statements are not counted.
        assert len(seen) <= 1
    made.add(cast)
    assert len(made.view(cast).actions) == 2


def test_it_is_not_kept_from_a_transaction_that_was_rolled_back(cast: Cast) -> None:
    with made.writing(cast) as (tx, access):
        commands.create_action(tx, access=access, given=NewAction(title="Never", priority="1"))
        assert [a.title for a in queries.plan_view(tx, access).actions] == ["Never"]
        tx.get_transaction().rollback()  # type: ignore[union-attr]
    made.add(cast, title="Instead")
    assert [a.title for a in made.view(cast).actions] == ["Instead"]


def test_it_is_not_kept_from_a_savepoint_that_was_rolled_back(cast: Cast) -> None:
    with made.writing(cast) as (tx, access):
        savepoint = tx.begin_nested()
        commands.create_action(tx, access=access, given=NewAction(title="Never", priority="1"))
        queries.plan_view(tx, access)
        savepoint.rollback()
        commands.create_action(tx, access=access, given=NewAction(title="Instead", priority="1"))
    assert [a.title for a in made.view(cast).actions] == ["Instead"]


def test_what_a_writer_built_last_is_kept_once_it_has_committed(cast: Cast) -> None:
    with made.writing(cast) as (tx, access):
        commands.create_action(tx, access=access, given=NewAction(title="One", priority="1"))
        built = queries.plan_view(tx, access)
        with tx.begin_nested():
            pass
        key = kept.key_of(tx, access.id, (built.revision, built.shared_revision), TODAY, None)
        assert kept.views.get(key) is None
    assert made.view(cast) is built


def test_a_person_who_left_owns_nothing(cast: Cast) -> None:
    ref = made.add(cast, accountable_person=cast.email("owen"))
    with cast.database.write(MAKER) as tx:
        tx.act("person.left")
        row = tx.get(Account, cast.people["owen"])
        assert row is not None
        row.active = False
    assert Flag.unowned in made.action(cast, ref).flags


def test_it_says_which_action_is_not_there(sqlite_cast: Cast) -> None:
    with pytest.raises(NotFound, match=r"9\.9"), made.reading(sqlite_cast) as (read, access):
        queries.action(read, access, "9.9")


def test_updates_are_all_there_and_the_latest_comes_first(cast: Cast) -> None:
    ref = made.add(cast)
    for text in ("One", "Two", "Three"):
        made.update(cast, ref, commentary=text)
    with made.reading(cast) as (read, access):
        found = queries.updates(read, access, queries.action(read, access, ref).id)
    assert [u.commentary for u in found] == ["Three", "Two", "One"]


def test_the_answer_for_programs_is_the_contracts(cast: Cast) -> None:
    ref = full(cast)
    plan = made.view(cast)
    answer = queries.action_read(plan.by_ref[ref], plan, "https://tracker.example").model_dump(mode="json")
    assert answer["recommendations"] == ["ockenden_2022:1.1", "ockenden_2022:1.2"]
    assert answer["contributes_to"] == ["ockenden_2022:2.1"]
    assert answer["accountable_person"] == cast.email("owen")
    assert (answer["rating"], answer["label"], answer["progress"]) == ("red", "overdue", Progress.not_started)
    assert answer["rating_reasons"][0]["code"] == "R1"
    assert answer["url"] == "https://tracker.example/plans/alpha/actions/1.2"
    assert set(answer["latest_update"]) == {"at", "by", "for", "commentary", "forecast", "help_needed"}


def test_a_past_day_is_drawn_again_as_it_was(database_url: str, tmp_path: Path) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 10, tzinfo=UTC), tick=False):
        cast = casting.make(database_url, tmp_path)
        made.add(cast, title="As it was")
    with time_machine.travel(datetime(2026, 3, 9, 10, tzinfo=UTC), tick=False):
        made.edit(cast, "1.1", title="As it is", accountable_person=cast.email("olga"))
        made.update(cast, "1.1", commentary="News", progress="on_track")
        made.add(cast, title="Another")
    with time_machine.travel(datetime(2026, 3, 12, 10, tzinfo=UTC), tick=False):
        again = made.view(cast, as_at=date(2026, 3, 5))
        now = made.view(cast, as_at=date(2026, 3, 12))
        with made.reading(cast) as (read, access):
            assert queries.updates(read, access, again.actions[0].id, date(2026, 3, 5)) == ()
    cast.database.dispose()
    assert [a.title for a in again.actions] == ["As it was"]
    found = again.by_ref["1.1"]
    assert (found.accountable_person, found.latest_update, found.facts.progress) == (None, None, Progress.not_started)
    assert (again.day, again.as_at) == (date(2026, 3, 5), date(2026, 3, 5))
    assert [a.title for a in now.actions] == ["As it is", "Another"]
    assert now.as_at == date(2026, 3, 12)


def test_the_images_give_the_same_plan_as_the_tables(cast: Cast) -> None:
    full(cast)
    live = made.view(cast)
    with made.reading(cast) as (read, access):
        source = past(read, access, (live.revision, live.shared_revision))
        again = build(source, day=live.day, as_at=None, revision=live.revision, shared_revision=live.shared_revision)
    assert again.actions == live.actions
    assert again == live


def test_a_day_to_come_is_refused_and_one_before_the_plan_is_not_there(cast: Cast) -> None:
    with pytest.raises(Invalid, match="to come"):
        made.view(cast, as_at=TODAY + timedelta(days=1))
    with pytest.raises(NotFound):
        made.view(cast, as_at=date(2001, 1, 1))
