"""The tracker as people meet it: the list and its address, the form of an update, drafts, conflicts."""

import re

import pytest
from starlette.testclient import TestClient

from tests.actions.made_plan import action, add, edit, framework, update
from tests.support.cast import Cast
from tests.support.doors import Doors

BASE = "/plans/alpha/actions"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": f"http://127.0.0.1:8000{BASE}"}


@pytest.fixture
def three(sqlite_cast: Cast) -> list[str]:
    add(sqlite_cast, title="Fund the midwives <b>", accountable_person=sqlite_cast.email("owen"), due_date="2031-10-31")
    add(sqlite_cast, title="Ward rounds twice a day", accountable_person=sqlite_cast.email("olga"))
    add(sqlite_cast, title="Return to practice", priority="2", accountable_person=sqlite_cast.email("owen"))
    return ["1.1", "1.2", "2.1"]


def refs(html: str) -> list[str]:
    return re.findall(r'<tbody class="action[^"]*" id="([^"]+)"', html)


def test_it_lists_the_plan_in_its_groups_with_counts(sqlite_doors: Doors, three: list[str]) -> None:
    html = sqlite_doors.as_("violet").get(BASE).text
    assert refs(html) == three
    assert "3 actions in 2 priorities · as at today" in html
    assert "Priority 1 · Safe care" in html
    assert "Fund the midwives &lt;b&gt;" in html
    assert "<b>3</b><span>All</span>" in html


def test_it_finds_by_the_address_alone(sqlite_doors: Doors, three: list[str]) -> None:
    alice = sqlite_doors.as_("alice")
    assert refs(alice.get(f"{BASE}?q=midwife").text) == ["1.1"]
    assert refs(alice.get(f"{BASE}?owner=owen@aaa.example&group=owner").text) == ["1.1", "2.1"]
    assert refs(alice.get(f"{BASE}?owner=owen@aaa.example&priority=2").text) == ["2.1"]
    assert refs(alice.get(f"{BASE}?sort=title&group=none").text) == ["1.1", "2.1", "1.2"]


def test_it_says_that_nothing_matches_and_how_to_go_on(sqlite_doors: Doors, three: list[str]) -> None:
    html = sqlite_doors.as_("alice").get(f"{BASE}?q=nowhere&rating=purple").text
    assert "Nothing matches" in html
    assert "Clear filters" in html
    assert "“purple” is not known here." in html
    stranger = sqlite_doors.as_("alice").get(f"{BASE}?owner=nobody@x.example").text
    assert "“nobody@x.example” is not known here." in stranger


def test_it_says_how_an_empty_plan_begins(sqlite_doors: Doors) -> None:
    html = sqlite_doors.as_("alice").get(BASE).text
    assert "This plan has no actions yet" in html
    assert f"{BASE}/paste" in html
    assert f"{BASE}/paste" not in sqlite_doors.as_("violet").get(BASE).text


def test_it_sends_htmx_the_table_and_what_stands_around_it(sqlite_doors: Doors, three: list[str]) -> None:
    answer = sqlite_doors.as_("alice").get(f"{BASE}?q=midwife&framework=&sort=", headers=HTMX)
    assert answer.text.startswith('<div id="actions">')
    assert '<hx-partial hx-target="[id=&#34;chips&#34;]"' in answer.text
    assert "1 of 3 actions" in answer.text
    assert answer.headers["HX-Push-Url"] == f"{BASE}?q=midwife"


def test_it_shows_update_to_those_who_may(sqlite_doors: Doors, three: list[str]) -> None:
    owen, violet = sqlite_doors.as_("owen").get(BASE).text, sqlite_doors.as_("violet").get(BASE).text
    assert f"{BASE}/1.1/update" in owen
    assert f"{BASE}/1.2/update" not in owen
    assert "/update" not in violet
    assert sqlite_doors.as_("violet").get(f"{BASE}/1.1/update").status_code == 403
    assert sqlite_doors.as_("oscar").get(BASE).status_code == 404
    assert sqlite_doors.as_("owen").get(f"{BASE}/1.2/update").status_code == 403


def test_it_saves_from_a_page_and_goes_back_to_the_row(doors: Doors) -> None:
    add(doors.cast, accountable_person=doors.cast.email("owen"))
    owen = doors.as_("owen")
    page = owen.get(f"{BASE}/1.1/update", headers={"Referer": f"http://127.0.0.1:8000{BASE}?q=midwife"}).text
    assert 'name="back" value="q=midwife"' in page
    given = {
        "progress": "on_track",
        "was": "not_started",
        "commentary": "Two of three posts filled.",
        "back": "q=midwife",
    }
    answer = owen.post(f"{BASE}/1.1/update", data=given)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{BASE}?q=midwife#1.1")
    said = action(doors.cast, "1.1").latest_update
    assert said is not None
    assert (said.commentary, said.progress, said.by_name) == ("Two of three posts filled.", "on_track", "Owen")


def test_it_goes_on_to_the_next_of_the_list(sqlite_doors: Doors, three: list[str]) -> None:
    given = {"no_change": "1", "go": "next", "back": "owner=owen%40aaa.example"}
    answer = sqlite_doors.as_("alice").post(f"{BASE}/1.1/update", data=given)
    assert answer.headers["location"] == f"{BASE}/2.1/update?back=owner%3Dowen%2540aaa.example"
    last = sqlite_doors.as_("alice").post(f"{BASE}/2.1/update", data=given)
    assert last.headers["location"] == f"{BASE}?owner=owen%40aaa.example#2.1"


def test_it_sends_htmx_the_row_the_counts_and_the_next_form(sqlite_doors: Doors, three: list[str]) -> None:
    alice = sqlite_doors.as_("alice")
    assert alice.get(f"{BASE}/1.1/update", headers=HTMX).text.startswith('<tbody class="action editing" id="1.1">')
    given = {"progress": "at_risk", "was": "not_started", "commentary": "Held up.", "place": "row", "go": "next"}
    html = alice.post(f"{BASE}/1.1/update", data=given, headers=HTMX).text
    assert html.startswith('<tbody class="action" id="1.1">')
    for place in ("chips", "filter-state", "group-1", "1.2", "live"):
        assert f"[id=&#34;{place}&#34;]" in html
    assert "1.1 saved: At risk, no longer" in html
    assert html.count("autofocus") == 1


def test_it_keeps_what_was_typed_beside_the_sentence(sqlite_doors: Doors, three: list[str]) -> None:
    given = {"progress": "on_track", "was": "not_started", "commentary": "", "forecast": "31/31/2027", "place": "row"}
    answer = sqlite_doors.as_("alice").post(f"{BASE}/1.1/update", data=given, headers=HTMX)
    assert answer.status_code == 422
    assert 'value="31/31/2027"' in answer.text
    assert 'href="#forecast-1.1"' in answer.text
    given = {"commentary": "Call 401 023 2137", "place": "row"}
    answer = sqlite_doors.as_("alice").post(f"{BASE}/1.1/update", data=given, headers=HTMX)
    assert "This looks like an NHS number" in answer.text


def test_it_warns_of_words_that_may_give_a_patient_away(sqlite_doors: Doors, three: list[str]) -> None:
    alice, warning = sqlite_doors.as_("alice"), "This mentions a date of birth. Do not enter patient details."
    given = {"progress": "on_track", "was": "not_started", "commentary": "DOB is checked.", "place": "row"}
    assert warning in alice.post(f"{BASE}/1.1/update", data=given, headers=HTMX).text
    given = {"progress": "on_track", "was": "on_track", "commentary": "Rounds are held.", "place": "row"}
    assert warning not in alice.post(f"{BASE}/1.1/update", data=given, headers=HTMX).text
    assert alice.get(f"{BASE}/1.1").text.count(warning) == 1


def test_it_tells_who_changed_the_progress_meanwhile(sqlite_doors: Doors, three: list[str]) -> None:
    cast, alice = sqlite_doors.cast, sqlite_doors.as_("alice")
    update(cast, "1.1", "owen", progress="at_risk", commentary="The deanery said no.")
    mine = {"progress": "on_track", "was": "not_started", "commentary": "All is well.", "place": "row"}
    refused = alice.post(f"{BASE}/1.1/update", data=mine, headers=HTMX)
    assert refused.status_code == 412
    assert "Owen reported At risk on" in refused.text
    assert "All is well." in refused.text
    assert 'name="was" value="at_risk"' in refused.text
    assert alice.post(f"{BASE}/1.1/update", data=mine | {"was": "at_risk"}, headers=HTMX).status_code == 200


def test_it_adds_commentary_whatever_has_changed_and_says_what_has(sqlite_doors: Doors, three: list[str]) -> None:
    update(sqlite_doors.cast, "1.1", "owen", progress="at_risk", commentary="The deanery said no.")
    words = {"progress": "not_started", "was": "not_started", "commentary": "Met the board.", "place": "row"}
    answer = sqlite_doors.as_("alice").post(f"{BASE}/1.1/update", data=words, headers=HTMX)
    assert answer.status_code == 200
    assert "Owen reported At risk" in answer.text
    assert action(sqlite_doors.cast, "1.1").facts.progress == "at_risk"


def test_a_draft_comes_back_until_it_is_saved_or_discarded(doors: Doors) -> None:
    add(doors.cast, accountable_person=doors.cast.email("owen"))
    owen, form = doors.as_("owen"), f"{BASE}/1.1/update"
    typed = {
        "progress": "at_risk",
        "was": "not_started",
        "began": "2026-11-20T14:05+00:00",
        "commentary": "Half a sent",
    }
    assert owen.post(f"{BASE}/1.1/draft", data=typed).status_code == 204
    html = doors.as_("owen").get(form).text
    assert "Half a sent" in html
    assert "You began this on 20 November 2026 at 14:05." in html
    assert "Half a sent" not in doors.as_("alice").get(form).text
    assert owen.post(f"{BASE}/1.1/draft/discard", data={}).headers["location"] == form
    assert "Half a sent" not in owen.get(form).text
    owen.post(f"{BASE}/1.1/draft", data=typed)
    owen.post(form, data=typed)
    assert "You began this" not in doors.as_("owen").get(form).text


def test_a_session_that_has_ended_loses_nothing_typed(sqlite_doors: Doors, three: list[str]) -> None:
    stranger: TestClient = sqlite_doors.anybody()
    page = stranger.post(f"{BASE}/1.1/update", data={"commentary": "Ten minutes <of> typing"})
    assert page.status_code == 401
    assert "Ten minutes &lt;of&gt; typing" in page.text
    beside = stranger.post(f"{BASE}/1.1/update", data={"commentary": "Typed"}, headers=HTMX)
    assert (beside.status_code, beside.headers["HX-Retarget"]) == (401, "#trouble")
    assert f"/sign-in?next={BASE}" in beside.text


def test_the_office_writes_for_somebody(sqlite_doors: Doors, three: list[str]) -> None:
    alice = sqlite_doors.as_("alice")
    assert 'name="for_person"' in alice.get(f"{BASE}/1.1/update").text
    assert 'name="for_person"' not in sqlite_doors.as_("owen").get(f"{BASE}/1.1/update").text
    told = {"commentary": "Posts advertised.", "for_person": "owen@aaa.example", "told_how": "by e-mail"}
    alice.post(f"{BASE}/1.1/update", data=told)
    assert "Alice for Owen, told by e-mail" in alice.get(f"{BASE}/1.1").text


def test_my_work_is_one_sitting(sqlite_doors: Doors, three: list[str]) -> None:
    owen = sqlite_doors.as_("owen")
    html = owen.get("/me").text
    assert re.findall(r'<li class="card action[^"]*" id="([^"]+)"', html) == ["2.1", "1.1"]
    answer = owen.post(f"{BASE}/1.1/update", data={"place": "card", "no_change": "1"}, headers=HTMX)
    assert answer.text.startswith('<li class="card action')
    assert owen.get(f"{BASE}/1.1/update?place=card", headers=HTMX).text.startswith('<li class="card action editing')
    assert "Nothing waits for you" in sqlite_doors.as_("nora").get("/me").text


def test_my_work_tells_the_office_what_to_keep_going(sqlite_doors: Doors, three: list[str]) -> None:
    alice = sqlite_doors.as_("alice")
    alice.post(f"{BASE}/1.2/draft", data={"commentary": "Begun for Olga", "was": "not_started"})
    edit(sqlite_doors.cast, "2.1", accountable_person=None, why="Left.")
    html = alice.get("/me").text
    assert f'href="{BASE}/1.2/update">You began an update of 1.2' in html
    assert f'href="{BASE}?flag=unowned">1 action has no owner' in html
    assert refs(alice.get(f"{BASE}?flag=unowned").text) == ["2.1"]
    assert "Open the tracker" in html
    assert "has no owner" not in sqlite_doors.as_("owen").get("/me").text


def test_every_showing_of_an_action_follows_a_save(sqlite_doors: Doors) -> None:
    framework(sqlite_doors.cast)
    framework(sqlite_doors.cast, "zzz_2020", ("9",))
    add(sqlite_doors.cast, title="Answers two", recommendations=["ockenden_2022:1.1", "zzz_2020:9"])
    alice = sqlite_doors.as_("alice")
    assert refs(alice.get(f"{BASE}?group=framework").text) == ["1.1", "1.1~2"]
    from_second = HTMX | {"HX-Target": "tbody#1.1~2"}
    assert refs(alice.get(f"{BASE}/1.1/update", headers=from_second).text) == ["1.1~2"]
    given = {"commentary": "Once.", "progress": "on_track", "place": "row", "back": "group=framework"}
    html = alice.post(f"{BASE}/1.1/update", data=given, headers=from_second).text
    assert refs(html) == ["1.1~2", "1.1"]
    assert "[id=&#34;1.1&#34;]" in html
    stranger = HTMX | {"HX-Target": "tbody#9.9~2"}
    assert refs(alice.post(f"{BASE}/1.1/update", data=given, headers=stranger).text) == ["1.1", "1.1~2"]


def test_the_action_says_all_that_is_known(sqlite_doors: Doors, three: list[str]) -> None:
    update(sqlite_doors.cast, "1.1", "owen", progress="off_track", commentary="No.", cause="No money.")
    html = sqlite_doors.as_("violet").get(f"{BASE}/1.1").text
    for words in (
        "The owner says off track",
        "until the owner can say",
        "No money.",
        "Post of owen · Owen",
        "31 October 2031",
    ):
        assert words in html
    assert "Owen reported progress on 1.1" in html
    assert "/edit" not in html
    assert sqlite_doors.as_("violet").get(f"{BASE}/9.9").status_code == 404
