"""Days written down say what the record says, and are left aside as soon as they do not; on both databases."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlmodel import select

from app.actions.models import Action, Dependency
from app.actions.queries import plan_view
from app.actions.rules import Progress, Stage
from app.core.db import Read, Write
from app.history.commands import redact, redact_person
from app.history.queries import revision_at
from app.people.models import Account
from app.plans.models import Plan, Priority
from app.plans.queries import PlanAccess
from app.reports import queries
from app.reports.commands import keep_days
from app.reports.models import PlanDay
from app.reports.past import Then, then_of
from app.reports.queries import days, kept_days
from app.reports.queries.kept_days import kept_stages, kept_standings, kept_then
from tests.actions.made_plan import reading
from tests.reports import made_past
from tests.reports.made_past import TODAY, ago
from tests.support.cast import MAKER, Cast

FIRST, YESTERDAY = ago(40), ago(1)


def keep(cast: Cast, most: int = 1000) -> int:
    assert cast.plan_id is not None
    with made_past.on(TODAY), cast.database.write(MAKER) as tx:
        tx.see_everything("the daily work")
        return keep_days(tx, cast.plan_id, most)


@contextmanager
def today(cast: Cast) -> Iterator[tuple[Read, PlanAccess]]:
    """A reader for whom nothing is kept in memory."""
    for shelf in (days._days, days._reached):
        shelf.clear()
    with made_past.on(TODAY), reading(cast) as (read, access):
        yield read, access


def plainly(then: Then) -> dict[str, tuple[Any, ...]]:
    """Without the reasons, which are not written down."""
    return {r: (w.stage, w.rating.colour, w.rating.label, w.due_date, w.slips) for r, w in then.actions.items()}


def a_plain_past(cast: Cast) -> Action:
    """One action that falls due within a month."""
    made_past.adopt(cast, FIRST)
    return made_past.new(cast, ago(30), "1.1", due_date=ago(10))


def a_random_past(cast: Cast, seed: int) -> None:
    """Forty days on which anything that a rating reads may change, owners, thresholds and priorities too."""
    dice = Random(seed)  # noqa: S311 - dice of a story
    made_past.adopt(cast, FIRST)
    rows: list[Action] = []
    for back in range(40, 0, -1):
        if back > 36 or dice.random() < 0.1:
            due = dice.choice([None, ago(dice.randint(-60, 30))])
            rows.append(made_past.new(cast, ago(back), f"{dice.choice('12')}.{len(rows) + 1}", due_date=due))
        if dice.random() < 0.6:
            deed = dice.choice([_facts, _facts, _facts, _depend, _leave, _rename, _thresholds])
            with made_past.on(ago(back)), cast.database.write(MAKER) as tx:
                tx.see_everything("the tests' own set-up")
                tx.act("tests.dice")
                deed(tx, cast, dice, rows)
                tx.flush()


def _facts(tx: Write, _cast: Cast, dice: Random, rows: list[Action]) -> None:
    row = tx.get_one(Action, dice.choice(rows).id)
    row.stage, row.progress = dice.choice([*Stage]), dice.choice([*Progress])
    row.due_date, row.slips = ago(dice.randint(-60, 30)), dice.randint(0, 3)
    row.completion_date, row.evidence_by_date = dice.choice([None, ago(20)]), dice.choice([None, ago(3)])


def _depend(tx: Write, cast: Cast, dice: Random, rows: list[Action]) -> None:
    one, other = dice.sample(rows, 2)
    there = tx.exec(select(Dependency.id).where(Dependency.action_id == one.id, Dependency.depends_on_id == other.id))
    if there.first() is None:
        assert cast.plan_id is not None
        tx.add(Dependency(plan_id=cast.plan_id, action_id=one.id, depends_on_id=other.id))


def _leave(tx: Write, cast: Cast, _dice: Random, _rows: list[Action]) -> None:
    owner = tx.get_one(Account, cast.people["owen"])
    owner.active = not owner.active


def _rename(tx: Write, cast: Cast, dice: Random, _rows: list[Action]) -> None:
    tx.get_one(Priority, cast.priorities["1"]).title = f"Priority {dice.randint(1, 99)}"


def _thresholds(tx: Write, cast: Cast, dice: Random, _rows: list[Action]) -> None:
    tx.get_one(Plan, cast.plan_id).settings = {"due_soon_days": dice.randint(1, 40)}


@pytest.mark.parametrize("seed", range(3))
def test_a_kept_day_says_what_its_record_says(cast: Cast, seed: int) -> None:
    a_random_past(cast, seed)
    every = [FIRST + timedelta(days=n) for n in range(40)]
    with today(cast) as (read, access):
        standings = queries.daily(read, access, FIRST, YESTERDAY)
        ends = days.ends_of_days(read, access.id, FIRST, YESTERDAY)
        views = {day: then_of(plan_view(read, access, day)) for day in every}
        assert kept_standings(read, access.id, every, ends) == {}
    assert keep(cast) >= len(every)
    with today(cast) as (read, access):
        assert kept_standings(read, access.id, every, ends) == {s.day: s for s in standings}
        stages = {day: Counter(w.stage for w in then.actions.values()) for day, then in views.items()}
        assert kept_stages(read, access.id, every) == stages
        for day in every:
            then = kept_then(read, access.id, day)
            assert then is not None
            assert (then.revision, plainly(then)) == (views[day].revision, plainly(views[day]))
            assert then.by_rating == views[day].by_rating


def test_every_report_is_the_same_with_days_kept_and_without(cast: Cast) -> None:
    made_past.a_year(cast)

    def told() -> tuple[Any, ...]:
        with today(cast) as (read, access):
            view = plan_view(read, access)
            return (
                [queries.comparison_read(read, access, ago(back)) for back in (1, 14, 200, 390)],
                queries.plan_trend(read, access, view),
                queries.daily_table(read, access, ago(60), TODAY),
                queries.screen(read, access).answer,
            )

    before = told()
    assert keep(cast) > 390
    assert told() == before


def test_it_keeps_the_newest_first_and_never_today(cast: Cast) -> None:
    a_plain_past(cast)
    assert keep(cast, 3) == 3
    with today(cast) as (read, access):
        assert sorted(row.day for row in read.exec(select(PlanDay))) == [ago(3), ago(2), ago(1)]
        assert kept_then(read, access.id, TODAY) is None
    assert keep(cast, 2) == 2
    assert keep(cast) > 30
    assert keep(cast) == 0


def test_a_day_that_was_added_to_is_read_from_the_record_and_kept_anew(cast: Cast) -> None:
    row = a_plain_past(cast)
    keep(cast)
    # A clock that was set back: the one way to write on a day that is past.
    made_past.write(cast, ago(20), "action.edited", None, row, due_date=ago(30))
    with today(cast) as (read, access):
        assert kept_then(read, access.id, ago(20)) is None
        assert kept_then(read, access.id, ago(21)) is not None
        ends = days.ends_of_days(read, access.id, ago(21), ago(20))
        assert list(kept_standings(read, access.id, [*ends], ends)) == [ago(21)]
    assert keep(cast) >= 1
    with today(cast) as (read, access):
        then = kept_then(read, access.id, ago(20))
        assert then is not None
        assert plainly(then) == plainly(then_of(plan_view(read, access, ago(20))))
        assert then.revision == revision_at(read, access.stream, ago(20))


def test_a_day_rated_by_other_rules_is_not_used(sqlite_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    a_plain_past(sqlite_cast)
    keep(sqlite_cast, 5)
    with today(sqlite_cast) as (read, access):
        assert list(kept_stages(read, access.id, [YESTERDAY])) == [YESTERDAY]
    monkeypatch.setattr(kept_days, "rules", lambda: "others")
    with today(sqlite_cast) as (read, access):
        assert kept_stages(read, access.id, [YESTERDAY]) == {}
        assert kept_then(read, access.id, YESTERDAY) is None


def test_what_is_forgotten_was_never_in_a_kept_day(cast: Cast) -> None:
    row = a_plain_past(cast)
    keep(cast)
    with made_past.on(TODAY), cast.database.write(MAKER) as tx:
        tx.see_everything("test")
        tx.act("account.deactivated")
        tx.get_one(Account, cast.people["owen"]).active = False
        tx.flush()
    with made_past.on(TODAY), cast.database.write(MAKER) as tx:
        tx.see_everything("test")
        redact_person(tx, email="owen@aaa.example", why="Asked for it", decided_by="Carol")
    with made_past.on(TODAY), cast.database.write(MAKER) as tx:
        tx.see_everything("test")
        redact(tx, entity="action", entity_id=row.id, fields=["title"], why="Named", decided_by="Carol")
    with today(cast) as (read, access):
        spelt = "".join(row.lines + row.actions for row in read.exec(select(PlanDay)))
        assert "Owen" not in spelt
        assert "Action 1.1" not in spelt
        then = kept_then(read, access.id, ago(30))
        assert then is not None
        assert plainly(then) == plainly(then_of(plan_view(read, access, ago(30))))


def test_a_kept_day_is_behind_the_wall_of_its_plan(sqlite_cast: Cast) -> None:
    a_plain_past(sqlite_cast)
    keep(sqlite_cast, 3)
    assert sqlite_cast.plan_id is not None
    with sqlite_cast.database.read(sqlite_cast.actor("alice")) as read, pytest.raises(RuntimeError, match="no scope"):
        kept_then(read, sqlite_cast.plan_id, YESTERDAY)


def test_a_day_before_the_plan_has_nothing_kept(sqlite_cast: Cast) -> None:
    a_plain_past(sqlite_cast)
    keep(sqlite_cast)
    with today(sqlite_cast) as (read, access):
        assert kept_stages(read, access.id, [date(2020, 1, 1)]) == {}
