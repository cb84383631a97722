"""The people's door to plans."""

import re

import pytest

from tests.support.doors import Doors

NEW = {"title": "Beta <b>", "plan": "beta-mip", "organisation": "AAA", "begin": "rows", "rows": "Care\tAudit triage"}
SETTINGS = "/plans/alpha/settings"
TABS = ("", "/priorities", "/bodies", "/participants", "/meetings", "/rules", "/legend")


def revision_in(text: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', text)
    assert found is not None
    return found[1]


def test_it_leads_the_office_from_a_title_to_a_tracker(doors: Doors) -> None:
    alice = doors.as_("alice")
    assert "Alpha Hospitals (AAA)" in alice.get("/plans/new").text
    made = alice.post("/plans/new", data=NEW)
    assert (made.status_code, made.headers["location"]) == (303, "/plans/beta-mip/actions")
    assert "Beta &lt;b&gt;" in alice.get("/plans/beta-mip/settings").text
    assert doors.as_("violet").get("/plans/new").status_code == 403


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"plan": "alpha"}, 409, "There is a plan with the address alpha already."),
        ({"plan": "new"}, 422, "Use 3 to 64 small letters"),
        ({"title": " "}, 422, "Enter a title."),
        ({"rows": "a\tb\tnever"}, 422, "Row 1: Enter a date like"),
        ({"begin": "framework", "framework": "", "rows": ""}, 422, "Choose the publication to start from."),
        ({"begin": "template"}, 422, "You pasted rows: choose to bring your spreadsheet"),
        ({"rows": "", "framework": "ockenden_2022"}, 422, "You chose a publication: choose to start from it"),
    ],
)
def test_it_keeps_what_was_typed_beside_the_sentence(
    sqlite_doors: Doors, change: dict[str, str], status: int, sentence: str
) -> None:
    answer = sqlite_doors.as_("alice").post("/plans/new", data=NEW | change)
    assert answer.status_code == status
    assert sentence in answer.text
    assert (NEW | change)["rows"].split("\t")[0] in answer.text
    assert sqlite_doors.as_("alice").get("/plans/beta-mip").status_code == 404


def test_a_plans_address_is_its_dashboard(sqlite_doors: Doors) -> None:
    assert sqlite_doors.as_("violet").get("/plans/alpha").status_code == 200
    assert sqlite_doors.as_("oscar").get("/plans/alpha").status_code == 404
    assert sqlite_doors.as_("violet").get("/plans").headers["location"] == "/"


@pytest.mark.parametrize("tab", TABS)
def test_settings_show_to_readers_and_change_for_the_office_alone(sqlite_doors: Doors, tab: str) -> None:
    assert sqlite_doors.as_("oscar").get(SETTINGS + tab).status_code == 404
    assert 'method="post"' not in _main(sqlite_doors.as_("violet").get(SETTINGS + tab).text)
    assert sqlite_doors.as_("alice").get(SETTINGS + tab).status_code == 200


def _main(text: str) -> str:
    return text.partition("<main")[2].partition("</main>")[0]


def test_a_stale_change_keeps_what_was_typed(doors: Doors) -> None:
    alice = doors.as_("alice")
    typed = {
        "title": "Our own title",
        "vision": "",
        "period_start": "",
        "period_end": "",
        "sponsor": "",
        "revision": "0",
    }
    answer = alice.post(SETTINGS, data=typed)
    assert answer.status_code == 412
    assert "Somebody else has changed this plan." in answer.text
    assert 'value="Our own title"' in answer.text
    done = alice.post(SETTINGS, data=typed | {"revision": revision_in(answer.text)})
    assert done.status_code == 303
    assert "Our own title" in alice.get(SETTINGS).text


def test_a_wrong_period_is_named_beside_its_field(sqlite_doors: Doors) -> None:
    alice = sqlite_doors.as_("alice")
    typed = {"title": "Alpha", "period_start": "2026-05-01", "period_end": "2026-04-01"}
    answer = alice.post(SETTINGS, data=typed | {"revision": revision_in(alice.get(SETTINGS).text)})
    assert answer.status_code == 422
    assert 'id="period_end-error"' in answer.text
    assert 'value="01/04/2026"' in answer.text


def test_priorities_are_added_moved_changed_and_put_away(doors: Doors) -> None:
    alice = doors.as_("alice")
    page = f"{SETTINGS}/priorities"
    assert alice.post(page, data={"title": "Culture", "ref": "", "aim": ""}).headers["location"] == page
    again = alice.post(page, data={"title": "Twice", "ref": "1", "aim": "Typed"})
    assert (again.status_code, "Typed" in again.text, 'id="ref-error"' in again.text) == (409, True, True)
    alice.post(f"{SETTINGS}/strategic-priorities", data={"title": "People first"})
    text = alice.get(page).text
    of_third = re.search(r'id="priority-3".*?name="revision" value="(\d+)"', text, re.DOTALL)
    assert of_third is not None
    now = {"revision": of_third[1]}
    assert alice.post(f"{page}/3", data=now | {"position": "2"}).status_code == 303
    text = alice.get(page).text
    assert text.index("Culture") < text.index("Workforce")
    of_third = re.search(r'id="priority-3".*?name="revision" value="(\d+)"', text, re.DOTALL)
    assert of_third is not None
    assert alice.post(f"{page}/3/archive", data={"revision": of_third[1]}).status_code == 303
    assert "Culture" not in alice.get(page).text
    assert doors.as_("violet").post(f"{page}/1/archive", data={"revision": "1"}).status_code == 403


def test_bodies_and_meetings_are_kept_with_their_people(doors: Doors) -> None:
    alice = doors.as_("alice")
    page = f"{SETTINGS}/bodies"
    wrong = alice.post(page, data={"name": "Board", "kind": "board", "quorum": "many"})
    assert (wrong.status_code, "whole number from 1 to 50" in wrong.text) == (422, True)
    assert alice.post(page, data={"name": "Board", "kind": "board", "quorum": "3"}).status_code == 303
    text = alice.get(page).text
    assert text.count("who hold the role “Assurance panel” decide and confirm") == 1
    address = re.search(rf'action="({page}/[0-9a-f-]+)/members"[^§]*?</section>', text.partition("Board <span")[2])
    assert address is not None
    person = {"person": doors.cast.email("edith"), "role": "chair"}
    assert alice.post(f"{address[1]}/members", data=person).status_code == 403
    carol = doors.as_("carol")
    assert carol.post(f"{address[1]}/members", data=person).status_code == 303
    assert carol.post(f"{address[1]}/members", data={"person": "x@y.zz", "role": "chair"}).status_code == 422
    meetings = f"{SETTINGS}/meetings"
    typed = {"body": "Board", "name": "May", "held_on": "2027-05-04", "chair": ""}
    assert alice.post(meetings, data=typed).status_code == 303
    assert "In the chair: Edith" in alice.get(meetings).text
    assert alice.post(meetings, data=typed | {"held_on": "31/02/2027"}).status_code == 422


def test_participants_come_and_go(sqlite_doors: Doors) -> None:
    alice = sqlite_doors.as_("alice")
    page = f"{SETTINGS}/participants"
    assert alice.post(page, data={"organisation": "BBB"}).status_code == 303
    assert sqlite_doors.as_("oscar").get("/plans/alpha").status_code == 200
    assert alice.post(f"{page}/BBB/remove", data={}).status_code == 303
    assert sqlite_doors.as_("oscar").get("/plans/alpha").status_code == 404
    assert alice.post(page, data={"organisation": ""}).status_code == 422


def test_rating_rules_are_set_freely_in_a_draft_only(sqlite_doors: Doors) -> None:
    alice = sqlite_doors.as_("alice")
    alice.post("/plans/new", data=NEW)
    page = "/plans/beta-mip/settings/rules"
    now = {"revision": revision_in(alice.get(page).text)}
    wrong = alice.post(page, data=now | {"due_soon_days": "many"})
    assert (wrong.status_code, "whole number from 0 to 180" in wrong.text) == (422, True)
    assert (
        alice.post(page, data=now | {"due_soon_days": "21", "slipped_rule": "1", "cadence": "weekly"}).status_code
        == 303
    )
    text = alice.get(page).text
    assert 'value="21"' in text
    live = alice.get(f"{SETTINGS}/rules").text
    assert "/plans/alpha/settings/rating" in live
    assert 'name="due_soon_days"' not in live


def test_adoption_says_what_it_does_and_only_the_chair_does_it(doors: Doors) -> None:
    alice, carol = doors.as_("alice"), doors.as_("carol")
    alice.post("/plans/new", data=NEW)
    text = alice.get("/plans/beta-mip/adopt").text
    for words in ("1 action", "1 has no due date", "1 has no owner", "Only the chair of Alpha Hospitals"):
        assert words in text
    assert alice.post("/plans/beta-mip/adopt", data={"revision": "1"}).status_code == 403
    assert carol.post("/plans/beta-mip/adopt", data={"revision": "0"}).status_code == 412
    now = {"revision": revision_in(carol.get("/plans/beta-mip/adopt").text)}
    assert carol.post("/plans/beta-mip/adopt", data=now).headers["location"] == "/plans/beta-mip/actions"
    assert "was adopted on" in carol.get("/plans/beta-mip/adopt").text
    empty = carol.post("/plans/beta-mip/settings/close", data={"why": "", "revision": "1"})
    assert (empty.status_code, "Enter a reason." in empty.text) == (422, True)
    now = {"revision": revision_in(carol.get("/plans/beta-mip/settings").text), "why": "Period ended"}
    assert carol.post("/plans/beta-mip/settings/close", data=now).status_code == 303
    assert "Closed" in carol.get("/plans/beta-mip/settings").text
