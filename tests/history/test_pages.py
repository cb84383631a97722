"""`/plans/{plan}/history`: who did what, one sentence each, filtered, paged, and as it was on a past day."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app.core import clock
from tests.actions.made_plan import add, edit, update
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
