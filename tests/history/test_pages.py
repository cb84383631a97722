"""`/plans/{plan}/history`: who did what, one sentence each, filtered, paged, and as it was on a past day."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app.core import clock
from app.core.words import short_day
from tests.actions.made_plan import add, edit, update
from tests.assurance import made
from tests.assurance.test_meetings import confirm, record
from tests.support.doors import Doors

HISTORY = "/plans/alpha/history"


@pytest.fixture
def first() -> Iterator[date]:
    yield clock.today()
    clock.pin(None)


def test_it_tells_who_did_what_and_leads_to_the_action(doors: Doors) -> None:
    add(doors.cast, accountable_person=doors.cast.email("owen"))
    update(doors.cast, "1.1", "owen", progress="on_track", commentary="Rota agreed")
    html = doors.as_("violet").get(HISTORY).text
    assert "Alice added action 1.1" in html
    assert '<a href="/plans/alpha/actions/1.1">Owen reported progress on 1.1: On track, “Rota agreed”' in html
    assert "on a page" in html
    assert html.index("Owen reported") < html.index("Alice added"), "newest first"
    own = doors.as_("violet").get("/plans/alpha/actions/1.1").text
    assert "Owen reported progress on 1.1" in own, "the same sentence on the action's page"


def test_it_narrows_by_person_subject_door_and_days(sqlite_doors: Doors, first: date) -> None:
    add(sqlite_doors.cast, accountable_person=sqlite_doors.cast.email("owen"))
    clock.pin(first + timedelta(days=2))
    update(sqlite_doors.cast, "1.1", "owen", progress="on_track", commentary="Rota agreed")
    violet, owen = sqlite_doors.as_("violet"), sqlite_doors.cast.people["owen"]

    def told(query: str) -> tuple[bool, bool]:
        html = violet.get(f"{HISTORY}?{query}").text
        return "Alice added" in html, "Owen reported" in html

    assert told(f"person={owen}") == (False, True)
    assert told("about=action") == (True, True)
    assert told("about=body") == (False, False)
    assert told("door=api") == (False, False)
    assert told(f"until={first}") == (True, False)
    assert told(f"since={first + timedelta(days=1)}") == (False, True)
    assert told("person=nobody&about=x&door=y") == (True, True), "what is unknown narrows nothing"
    assert told(f"as_at={first}") == (True, False)
    assert "Nothing is recorded for this" in violet.get(f"{HISTORY}?about=body").text
    assert violet.get(f"{HISTORY}?since=soon").status_code == 422


def test_it_is_paged_and_closed_to_others(sqlite_doors: Doors) -> None:
    add(sqlite_doors.cast)
    for n in range(55):
        edit(sqlite_doors.cast, "1.1", title=f"Title {n}")
    violet = sqlite_doors.as_("violet")
    page = violet.get(HISTORY).text
    assert "Title 54" in page
    assert "Alice added action 1.1" not in page
    older = page[page.index('rel="next" href="') + 17 :].split('"')[0].replace("&amp;", "&")
    assert "Alice added action 1.1" in violet.get(older).text
    assert sqlite_doors.as_("oscar").get(HISTORY).status_code == 404
    assert sqlite_doors.anybody().get(HISTORY).status_code == 303


def test_it_narrows_by_an_act_that_the_history_holds(sqlite_doors: Doors) -> None:
    add(sqlite_doors.cast, accountable_person=sqlite_doors.cast.email("owen"))
    update(sqlite_doors.cast, "1.1", "owen", progress="on_track", commentary="Rota agreed")
    violet = sqlite_doors.as_("violet")
    page = violet.get(HISTORY).text
    assert '<optgroup label="Actions">' in page
    assert '<option value="action.updated">Reported progress on …</option>' in page
    assert 'value="action.handed_over"' not in page, "nobody did that here"
    told = violet.get(f"{HISTORY}?act=action.updated").text
    assert "Owen reported progress" in told
    assert "Alice added action" not in told
    assert '<option value="action.updated" selected>' in told
    assert "Alice added action" in violet.get(f"{HISTORY}?act=action").text


def test_it_says_what_it_does_not_know_and_shows_everything(sqlite_doors: Doors) -> None:
    add(sqlite_doors.cast)
    violet = sqlite_doors.as_("violet")
    for query, said in (
        ("person=nobody", "Nobody known as “nobody” has done anything here."),
        ("door=window", "“window” is no way to do something here."),
        ("act=action.handed_over", "“action.handed_over” was never done here."),
        ("about=x", "“x” was never done here."),
    ):
        page = violet.get(f"{HISTORY}?{query}").text
        assert said in page, query
        assert "Alice added action" in page
    assert "notice-warning" not in violet.get(f"{HISTORY}?door=api&about=body").text


def test_each_of_several_actions_is_linked_up_to_five(sqlite_doors: Doors) -> None:
    refs = [add(sqlite_doors.cast) for _n in range(7)]
    changes = {"lead_executive": sqlite_doors.cast.email("edith")}
    for some in (refs, refs[:5]):
        asked = {"refs": some, "changes": changes | {"regulatory": some == refs}, "preview": False}
        assert sqlite_doors.as_("alice").post("/api/v1/plans/alpha/actions/many", json=asked).status_code == 200
    few, many, *_begun = re.findall(r'history-text">Alice changed (.*?)\s*<small>', page_of(sqlite_doors), re.S)
    links = [f'<a href="/plans/alpha/actions/{ref}">{ref}</a>' for ref in refs[:5]]
    assert few == ", ".join(links)
    assert many == f"{', '.join(links)} and 2 more"


def test_a_confirmed_list_names_its_meeting_and_its_actions(doors: Doors) -> None:
    asked = []
    for ref in ("1.01", "1.02"):
        made.make_action(doors.cast, ref)
        asked.append(made.propose(doors.cast, "owen", ref, due_date=made.day(80)))
    confirm(doors.cast, "carol", record(doors.cast, *asked))
    both = ", ".join(f'<a href="/plans/alpha/actions/{ref}">{ref}</a>' for ref in ("1.01", "1.02"))
    held = f"{both} at November, {short_day(made.day(-1), year=True)}"
    days = f"{short_day(made.day(20), year=True)} to {short_day(made.day(80), year=True)}"
    page = page_of(doors)
    assert f"Carol confirmed what was decided on {held}: New due date, {days}" in page
    assert f"Alice recorded what was decided on {held}" in page
    told = doors.as_("violet").get(f"{HISTORY}?act=proposal.accepted").text
    assert f"Carol agreed what was asked for {both}: New due date, {days}" in told, "the act that was asked for"


def page_of(doors: Doors) -> str:
    return doors.as_("violet").get(HISTORY).text


def test_days_that_cannot_be_read_are_refused_at_their_fields_and_narrow_nothing(sqlite_doors: Doors) -> None:
    alice = sqlite_doors.as_("alice")
    add(sqlite_doors.cast)
    answer = alice.get("/plans/alpha/history?since=31/02/2026&until=soon")
    assert answer.status_code == 422
    assert answer.text.count("Enter a date like 31 October 2026 or 31/10/2026.") >= 2
    for kept in ('value="31/02/2026"', 'value="soon"', "Alice added action 1.1"):
        assert kept in answer.text, kept
