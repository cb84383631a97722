"""Adding, editing, copying, ordering, pasting, editing many and handing over, as pages without a script."""

import re
from datetime import date, timedelta
from html import escape

import pytest
from sqlmodel import select

from app.actions.models import Action
from app.actions.rules import Progress, Stage
from app.core import clock
from app.core.words import day
from tests.actions.made_plan import action, add, edit, view
from tests.support.cast import MAKER, Cast
from tests.support.doors import Doors

BASE = "/plans/alpha/actions"


@pytest.fixture
def three(sqlite_cast: Cast) -> list[str]:
    add(sqlite_cast, title="First", accountable_person=sqlite_cast.email("owen"))
    add(sqlite_cast, title="Second", accountable_person=sqlite_cast.email("owen"))
    add(sqlite_cast, title="Third", accountable_person=sqlite_cast.email("olga"))
    return ["1.1", "1.2", "1.3"]


def hidden(html: str) -> dict[str, str]:
    """The fields a page carries along, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html)
    return {name: value.replace("&#34;", '"').replace("&amp;", "&") for name, value in found}


def test_it_adds_one_and_offers_the_next(doors: Doors) -> None:
    alice = doors.as_("alice")
    given = {"title": "Ward rounds <twice>", "priority": "2", "due_date": "31/10/2031", "regulatory": "1"}
    answer = alice.post(f"{BASE}/new", data=given | {"milestone_title": ["Rota", ""], "milestone_due": ["", ""]})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{BASE}#2.1")
    made = action(doors.cast, "2.1")
    assert (made.title, made.facts.regulatory, made.milestones[0].title) == ("Ward rounds <twice>", True, "Rota")
    more = alice.post(f"{BASE}/new", data=given | {"go": "next"})
    assert more.headers["location"] == f"{BASE}/new?priority=2"


def test_it_keeps_what_was_typed_beside_the_sentence(sqlite_doors: Doors) -> None:
    given = {"title": "", "priority": "1", "due_date": "31/02/2031", "intended_outcome": "Safer <b>births</b>"}
    answer = sqlite_doors.as_("alice").post(f"{BASE}/new", data=given)
    assert answer.status_code == 422
    assert 'value="31/02/2031"' in answer.text
    assert "Safer &lt;b&gt;births&lt;/b&gt;" in answer.text
    assert 'href="#title"' in answer.text


def test_it_names_a_taken_reference_beside_an_empty_title(sqlite_doors: Doors, three: list[str]) -> None:
    given = {"title": "", "ref": "1.1", "priority": "1", "accountable_person": "ghost@x"}
    answer = sqlite_doors.as_("alice").post(f"{BASE}/new", data=given)
    assert answer.status_code == 422
    for said in ("Enter a title.", "There is an action “1.1” in this plan already.", "There is nobody here"):
        assert said in answer.text
    assert sorted(view(sqlite_doors.cast).by_ref) == three


def test_a_reader_adds_nothing(sqlite_doors: Doors, three: list[str]) -> None:
    violet = sqlite_doors.as_("violet")
    for path in ("new", "paste", "many", "hand-over", "order", "1.1/edit", "1.1/copy"):
        assert violet.get(f"{BASE}/{path}").status_code == 403, path
        assert sqlite_doors.as_("oscar").get(f"{BASE}/{path}").status_code == 404, path
    assert violet.post(f"{BASE}/new", data={"title": "x", "priority": "1"}).status_code == 403


def test_an_owner_edits_what_is_theirs(sqlite_doors: Doors, three: list[str]) -> None:
    owen = sqlite_doors.as_("owen")
    html = owen.get(f"{BASE}/1.1/edit").text
    assert 'name="success_measure"' in html
    assert 'name="title"' not in html
    sent = hidden(html) | {"success_measure": "95% of records", "title": "Taken over", "depends_on": "1.2"}
    assert owen.post(f"{BASE}/1.1/edit", data=sent).headers["location"] == f"{BASE}/1.1"
    made = action(sqlite_doors.cast, "1.1")
    assert (made.success_measure, made.title, made.depends_on) == ("95% of records", "First", ("1.2",))
    assert owen.get(f"{BASE}/1.3/edit").status_code == 403


def test_an_edit_keeps_what_others_changed_elsewhere(sqlite_doors: Doors, three: list[str]) -> None:
    alice = sqlite_doors.as_("alice")
    html = alice.get(f"{BASE}/1.1/edit").text
    edit(sqlite_doors.cast, "1.1", intended_outcome="Written meanwhile")
    sent = hidden(html) | {"title": "First, mended", "priority": "1", "organisation": "AAA"}
    sent |= {"accountable_person": "owen@aaa.example"}
    assert alice.post(f"{BASE}/1.1/edit", data=sent).status_code == 303
    made = action(sqlite_doors.cast, "1.1")
    assert (made.title, made.intended_outcome) == ("First, mended", "Written meanwhile")


def test_an_edit_of_the_same_field_is_shown_before_it_wins(sqlite_doors: Doors, three: list[str]) -> None:
    alice = sqlite_doors.as_("alice")
    html = alice.get(f"{BASE}/1.1/edit").text
    edit(sqlite_doors.cast, "1.1", title="Changed meanwhile")
    sent = {"title": "Mine", "priority": "1", "organisation": "AAA", "accountable_person": "owen@aaa.example"}
    refused = alice.post(f"{BASE}/1.1/edit", data=hidden(html) | sent)
    assert refused.status_code == 412
    assert "from “First” to “Changed meanwhile”" in refused.text
    assert 'value="Mine"' in refused.text
    assert alice.post(f"{BASE}/1.1/edit", data=hidden(refused.text) | sent).status_code == 303
    assert action(sqlite_doors.cast, "1.1").title == "Mine"


TYPED = {"title": "Rounds <twice>", "intended_outcome": "Typed for ten minutes", "milestone_title": "Agreed",
         "milestone_due": "31/02/2031", "why": "Because", "due_date": "soon"}  # fmt: skip


@pytest.mark.parametrize("path", ["new", "1.1/edit", "1.3/proposals/new?move=due_date"])
def test_a_refused_form_and_an_ended_session_show_all_that_was_typed(
    sqlite_doors: Doors, three: list[str], path: str
) -> None:
    edit(sqlite_doors.cast, "1.3", due_date="2031-10-31", accountable_person=sqlite_doors.cast.email("owen"), why="x")
    alice = sqlite_doors.as_("alice")
    takes = {"why", "due_date"} if "proposals" in path else set(TYPED)
    refused = alice.post(f"{BASE}/{path}", data=TYPED)
    ended = sqlite_doors.anybody().post(f"{BASE}/{path}", data=TYPED)
    assert (refused.status_code, ended.status_code) == (422, 401)
    for name in takes - ({"why"} if path == "new" else set()):
        assert escape(TYPED[name]) in refused.text, name
    for name in takes:
        assert escape(TYPED[name]) in ended.text, name
    # A date field would drop these.
    assert not re.search(r'type="date"[^>]*value="(soon|31/02/2031)"', refused.text)


def test_an_ended_session_shows_no_password(sqlite_doors: Doors) -> None:
    page = sqlite_doors.anybody().post(
        "/account/password", data={"current": "seven lovely horses", "password": "a b c d"}
    )
    assert page.status_code == 401
    assert "horses" not in page.text
    assert "a b c d" not in page.text


def test_it_refuses_a_copy_without_a_title_and_names_organisations(sqlite_doors: Doors, three: list[str]) -> None:
    alice = sqlite_doors.as_("alice")
    refused = alice.post(f"{BASE}/1.1/copy", data={"title": "", "ref": "7.7"})
    assert refused.status_code == 422
    assert "Enter" in refused.text
    assert 'value="7.7"' in refused.text
    assert len(view(sqlite_doors.cast).actions) == 3
    assert re.search(r'<option value="AAA"[^>]*>Alpha Hospitals</option>', alice.get(f"{BASE}/1.1/edit").text)


def test_it_copies_and_moves(sqlite_doors: Doors, three: list[str]) -> None:
    alice = sqlite_doors.as_("alice")
    assert alice.post(f"{BASE}/1.1/copy", data={"title": "Again"}).headers["location"] == f"{BASE}/1.4/edit"
    for ref, way in (("1.3", "up"), ("1.1", "down"), ("1.1", "down")):
        assert alice.post(f"{BASE}/{ref}/move", data={"way": way}).headers["location"] == f"{BASE}/order#{ref}"
    assert [a.ref for a in view(sqlite_doors.cast).actions] == ["1.3", "1.2", "1.1", "1.4"]
    alice.post(f"{BASE}/1.3/move", data={"way": "up"})
    alice.post(f"{BASE}/1.4/move", data={"way": "down"})
    assert [a.ref for a in view(sqlite_doors.cast).actions] == ["1.3", "1.2", "1.1", "1.4"]


def test_pasted_rows_are_shown_then_added(doors: Doors) -> None:
    alice, page = doors.as_("alice"), f"{BASE}/paste"
    rows = "Ref\tAction required\tDue\tNotes of ours\nA1\tFund posts\t31/10/2031\tx\n\tTell women\t31/02/2031\ty\n"
    shown = alice.post(page, data={"text": rows, "priority": "1"})
    assert "1 row has a problem" in shown.text
    assert "31/02/2031 is not a day in the calendar" in shown.text
    assert not view(doors.cast).actions
    mended = {"text": rows.replace("31/02", "28/02"), "priority": "1", "headings": "1"}
    mended["columns"] = ["ref", "title", "due_date", ""]  # type: ignore[assignment]
    again = alice.post(page, data=mended)
    assert 'name="confirmed"' in again.text
    assert alice.post(page, data=mended | {"confirmed": "1"}).status_code == 303
    assert [(a.ref, a.title) for a in view(doors.cast).actions] == [("A1", "Fund posts"), ("1.1", "Tell women")]


def test_many_are_changed_after_a_look(sqlite_doors: Doors, three: list[str]) -> None:
    alice, page = sqlite_doors.as_("alice"), f"{BASE}/many"
    sent = {"refs": ["1.1", "1.3"], "lead_executive": "edith@aaa.example"}
    shown = alice.post(page, data=sent).text
    assert "2 actions change" in shown
    assert "Post of edith · Edith" in shown
    assert action(sqlite_doors.cast, "1.1").lead_executive is None
    kept = hidden(shown) | {"refs": ["1.1", "1.3"]}
    assert alice.post(page, data=kept).headers["location"] == BASE
    assert {a.ref for a in view(sqlite_doors.cast).actions if a.lead_executive} == {"1.1", "1.3"}


def test_many_are_not_changed_while_one_refuses(sqlite_doors: Doors, three: list[str]) -> None:
    edit(sqlite_doors.cast, "1.2", due_date="2031-10-31")
    alice, page = sqlite_doors.as_("alice"), f"{BASE}/many"
    sent = {"all": "1", "listed": "1.1,1.2,1.3", "due_date": "2031-12-31"}
    shown = alice.post(page, data=sent).text
    assert "This date is agreed" in shown
    assert 'name="confirmed"' not in shown
    assert hidden(shown)["refs"] == "1.3"
    assert alice.post(page, data=sent | {"confirmed": "1"}).status_code == 409
    nothing = alice.post(page, data={"refs": "1.1"})
    assert nothing.status_code == 422
    assert "Choose at least one field to change." in nothing.text


def test_all_of_a_person_is_handed_over(sqlite_doors: Doors, three: list[str]) -> None:
    alice, page = sqlite_doors.as_("alice"), f"{BASE}/hand-over"
    sent = {"from_person": "owen@aaa.example", "to_person": "olga@aaa.example", "as_owner": "1", "why": "Owen leaves"}
    missing = alice.post(page, data=sent | {"why": ""})
    assert missing.status_code == 422
    shown = alice.post(page, data=sent).text
    assert "2 actions change" in shown
    assert alice.post(page, data=hidden(shown)).status_code == 303
    assert all(a.accountable_person and a.accountable_person.name == "Olga" for a in view(sqlite_doors.cast).actions)


def test_the_summary_tells_the_fields_apart(sqlite_doors: Doors) -> None:
    given = {
        "title": " ",
        "priority": "",
        "start_date": "soon",
        "due_date": "later",
        "intended_outcome": "Safer births",
    }
    page = sqlite_doors.as_("alice").post(f"{BASE}/new", data=given)
    assert page.status_code == 422
    summary = page.text[page.text.index('class="error-summary"') :].partition("</div>")[0]
    told = dict(re.findall(r'<a href="#(\w+)">([^<]+)</a>', summary))
    assert told == {
        "title": "Enter a title.",
        "priority": "Choose a priority.",
        "start_date": "Start date: Enter a date like 31 October 2026 or 31/10/2026.",
        "due_date": "Due date: Enter a date like 31 October 2026 or 31/10/2026.",
    }
    for typed in ("soon", "later", "Safer births"):
        assert typed in page.text
    assert "Enter some words" not in page.text


def test_a_milestone_says_that_it_is_late_or_after_the_due_date(sqlite_doors: Doors) -> None:
    today = clock.today()

    def step(title: str, offset: int, **more: str) -> dict[str, str]:
        return {"title": title, "due_date": str(today + timedelta(days=offset))} | more

    steps = [step("Passed", -3), step("Done", -3, done_on=str(today)), step("Ahead", 5), step("Beyond", 11)]
    add(sqlite_doors.cast, due_date=str(today + timedelta(days=10)), milestones=[*steps, {"title": "Dateless"}])
    page = sqlite_doors.as_("violet").get(f"{BASE}/1.1").text
    notes = dict(re.findall(r"<li>(Passed|Done|Ahead|Beyond|Dateless) <small>(.*?)</small></li>", page))
    assert notes == {
        "Passed": f'due {day(today - timedelta(days=3))} · <span class="late">3 days late</span>',
        "Done": f"done {day(today)}",
        "Ahead": f"due {day(today + timedelta(days=5))}",
        "Beyond": f"due {day(today + timedelta(days=11))} · after the action’s due date",
        "Dateless": "no date",
    }


def test_an_update_of_what_is_delivered_asks_for_no_date_to_come(sqlite_doors: Doors, three: list[str]) -> None:
    cast = sqlite_doors.cast
    owen, due = sqlite_doors.as_("owen"), date(2031, 10, 31)
    _stand(cast, "1.1", due_date=due)
    _stand(cast, "1.2", due_date=due, stage=Stage.delivered, progress=Progress.complete, completion_date=clock.today())

    def offered(ref: str) -> tuple[bool, bool]:
        html = owen.get(f"{BASE}/{ref}/update").text
        assert "What changed?" in html
        return 'name="forecast"' in html, "Ask for a new date" in html

    assert offered("1.1") == (True, True)
    assert offered("1.2") == (False, False)


def _stand(cast: Cast, ref: str, **facts: object) -> None:
    with cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        tx.act("tests.changed")
        row = tx.exec(select(Action).where(Action.ref == ref)).one()
        for name, value in facts.items():
            setattr(row, name, value)
