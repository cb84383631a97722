"""Editions: prepared by the office, approved at a meeting; new dates, original ones kept, slips from there."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.actions.queries import plan_view
from app.assurance import commands, queries
from app.assurance.schemas import EditionLine, NewEdition
from app.core.errors import Conflict, Forbidden, Invalid
from app.plans.queries import plan_for, plan_read
from app.plans.rules import PlanState
from app.reports.queries.days import plan_trend
from tests.assurance import made
from tests.assurance.made import day
from tests.support.cast import Cast
from tests.support.doors import Doors

MEETING: dict[str, Any] = {"name": "November group", "date": day(0)}


def prepare(cast: Cast, *lines: tuple[str, date], who: str = "alice", why: str | None = "New funding") -> UUID:
    with cast.database.write(cast.actor(who)) as tx:
        dates = [EditionLine(ref=ref, due_date=due) for ref, due in lines]
        return commands.propose_edition(tx, access=plan_for(tx, "alpha"), given=NewEdition(dates=dates, why=why)).id


def test_it_replans_in_bulk_and_counts_slips_from_there(cast: Cast) -> None:
    made.make_action(cast, slips=2, slip_days=40, original_due_date=day(-20))
    made.make_action(cast, "1.02")
    made.make_action(cast, "1.03")
    asked = prepare(cast, ("1.01", day(120)), ("1.02", day(90)))
    shown = made.seen(cast, "carol", asked)
    assert shown.edition is not None
    assert [(line.ref, line.old, line.new) for line in shown.edition] == [
        ("1.01", day(20), day(120)), ("1.02", day(20), day(90)),
    ]  # fmt: skip
    with pytest.raises(Invalid, match="meeting"):
        made.decide(cast, "carol", asked)
    with pytest.raises(Forbidden):
        made.decide(cast, "edith", asked, meeting=MEETING)
    made.decide(cast, "carol", asked, meeting=MEETING)
    first = made.action_row(cast)
    assert (first.due_date, first.edition_due_date, first.original_due_date) == (day(120), day(120), day(-20))
    assert (first.slips, first.slip_days) == (0, 0)
    assert made.action_row(cast, "1.03").due_date == day(20)
    later = made.propose(cast, "owen", due_date=day(160))
    made.decide(cast, "carol", later)
    first = made.action_row(cast)
    assert (first.slips, first.slip_days, first.original_due_date) == (1, 40, day(-20))
    with cast.database.read(cast.actor("violet")) as read:
        access = plan_for(read, "alpha")
        [edition] = queries.editions(read, access)
        assert (edition.number, edition.actions, plan_read(read, access).edition) == (2, 2, 2)
        trend = plan_trend(read, access, plan_view(read, access))
        assert (trend.now.first_agreed, trend.now.agreed, trend.has_moved) == (1, 0, True)


def test_it_leaves_what_was_delivered_meanwhile(sqlite_cast: Cast) -> None:
    made.make_action(sqlite_cast)
    made.make_action(sqlite_cast, "1.02")
    asked = prepare(sqlite_cast, ("1.01", day(120)), ("1.02", day(90)))
    made.change_action(sqlite_cast, "1.02", stage="delivered", completion_date=day(-1))
    made.decide(sqlite_cast, "carol", asked, meeting=MEETING)
    assert made.action_row(sqlite_cast, "1.02").due_date == day(20)
    assert made.decision_rows(sqlite_cast)[0].after["actions"] == 1


def test_it_changes_nothing_when_it_is_returned(sqlite_cast: Cast) -> None:
    made.make_action(sqlite_cast)
    asked = prepare(sqlite_cast, ("1.01", day(120)))
    with pytest.raises(Conflict, match="already"):
        prepare(sqlite_cast, ("1.01", day(121)))
    made.decide(sqlite_cast, "carol", asked, "return", why="Too late by far")
    assert made.action_row(sqlite_cast).due_date == day(20)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([("9.99", day(60))], "There is no action"),
        ([("1.01", day(-1))], "has passed"),
        ([("1.01", day(60)), ("1.01", day(70))], "twice"),
        ([("1.02", day(60))], "stays"),
        ([("1.03", day(60))], "regulator's date"),
        ([("1.04", day(30))], "It starts|it starts"),
    ],
)
def test_it_names_each_line_that_cannot_be(sqlite_cast: Cast, lines: Any, sentence: str) -> None:
    made.make_action(sqlite_cast)
    made.make_action(sqlite_cast, "1.02", stage="delivered", completion_date=day(-3))
    made.make_action(sqlite_cast, "1.03", regulatory=True, regulator_date=day(40))
    made.make_action(sqlite_cast, "1.04", start_date=day(50))
    with pytest.raises(Invalid, match=sentence):
        prepare(sqlite_cast, *lines)


def test_it_names_them_all_at_once(sqlite_cast: Cast) -> None:
    made.make_action(sqlite_cast)
    with pytest.raises(Invalid) as refused:
        prepare(sqlite_cast, ("9.98", day(3)), ("1.01", day(-3)), why=None)
    assert [f.field for f in refused.value.fields] == ["why", "dates.0", "dates.1"]


def test_it_needs_no_edition_in_a_draft(sqlite_cast: Cast) -> None:
    made.make_action(sqlite_cast)
    made.set_plan(sqlite_cast, state=PlanState.draft, adopted_on=None)
    with pytest.raises(Invalid, match="draft"):
        prepare(sqlite_cast, ("1.01", day(60)))


@pytest.mark.parametrize("name", ["owen", "carol", "edith", "victor", "violet", "pat"])
def test_it_is_the_offices_to_prepare(sqlite_cast: Cast, name: str) -> None:
    made.make_action(sqlite_cast)
    with pytest.raises(Forbidden):
        prepare(sqlite_cast, ("1.01", day(60)), who=name)


def test_it_is_prepared_on_the_page_and_by_a_program(sqlite_doors: Doors) -> None:
    cast = sqlite_doors.cast
    made.make_action(cast)
    made.make_action(cast, "1.02")
    alice, carol = sqlite_doors.as_("alice"), sqlite_doors.as_("carol")
    assert "Prepare a new edition" in alice.get("/plans/alpha/editions").text
    form = {"why": "New funding", "date-1.01": day(60).strftime("%d/%m/%Y"), "date-1.02": "",
            "pasted": f"1.02\t{day(90):%d/%m/%Y}\n"}  # fmt: skip
    counted = alice.post("/plans/alpha/editions/new", data=form | {"go": "count"})
    assert "2 new dates" in counted.text
    wrong = alice.post("/plans/alpha/editions/new", data=form | {"go": "count", "pasted": "7.77 31/03/2031"})
    assert "There is no action" in wrong.text
    made_one = alice.post("/plans/alpha/editions/new", data=form | {"go": "ask"})
    assert made_one.status_code == 303
    page = carol.get(made_one.headers["location"]).text
    assert "2 new dates" in page
    listed = alice.get("/api/v1/plans/alpha/editions").json()
    assert listed["items"] == []
    token = sqlite_doors.token()
    given = {"dates": [{"ref": "1.01", "due_date": day(70).isoformat()}], "why": "New funding"}
    assert token.post("/api/v1/plans/alpha/editions/preview", json=given).json()["lines"][0]["ref"] == "1.01"
    assert token.post("/api/v1/plans/alpha/editions/proposals", json=given).status_code == 409
