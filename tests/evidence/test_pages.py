"""The pages of evidence: what is shown and offered to whom, and forms that lose nothing typed."""

from io import BytesIO
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.evidence.made import a_file, day, details, make_action, review, rows, submit
from tests.support.doors import Doors
from tests.support.uploads import CSV, docx, png

BASE = "/plans/alpha/evidence"


def form(**fields: Any) -> dict[str, Any]:
    return details(actions="1.01", **fields)


@pytest.fixture
def owen(sqlite_doors: Doors) -> TestClient:
    make_action(sqlite_doors.cast)
    return sqlite_doors.as_("owen")


def test_an_empty_list_offers_the_next_step(sqlite_doors: Doors, owen: TestClient) -> None:
    assert "There is no evidence yet." in owen.get(BASE).text
    assert f"{BASE}/new" in owen.get(BASE).text
    assert "Add evidence" in owen.get("/plans/alpha/actions/1.01").text
    assert "Add evidence" not in sqlite_doors.as_("violet").get("/plans/alpha/actions/1.01").text
    assert sqlite_doors.as_("oscar").get(BASE).status_code == 404
    assert sqlite_doors.as_("violet").get(f"{BASE}/new").status_code == 403


def test_several_files_become_an_item_each(doors: Doors) -> None:
    make_action(doors.cast)
    client = doors.as_("owen")
    files = [("file", ("board.png", BytesIO(png()))), ("file", ("readings.csv", BytesIO(CSV)))]
    answer = client.post(f"{BASE}/new", data=form(form="file"), files=files)
    assert answer.status_code == 303, answer.text
    assert answer.headers["Location"] == f"{BASE}/E1?new=2"
    shown = client.get(answer.headers["Location"]).text
    assert "2 items were added." in shown
    assert "board.png" in shown
    assert "readings.csv" in client.get(f"{BASE}/E2").text
    assert client.get(f"{BASE}/E2/file").content == CSV
    told = client.get("/plans/alpha/actions/1.01").text
    assert told.count("All boards are complete.") == 2


def test_a_form_that_is_sent_twice_is_one_item(sqlite_doors: Doors, owen: TestClient) -> None:
    def send(**words: str) -> Response:
        return owen.post(f"{BASE}/new", data=form(form="file", **words), files={"file": ("a.csv", BytesIO(CSV))})

    assert send().status_code == 303
    again = send()
    assert again.status_code == 409
    assert "You have added this file today with the same words, as E1." in again.text
    assert send(shows="The same file shows something else.").status_code == 303
    assert [row.ref for row in rows(sqlite_doors.cast)] == ["E1", "E2"]


def test_what_was_typed_stays_when_something_is_missing(sqlite_doors: Doors, owen: TestClient) -> None:
    answer = owen.post(f"{BASE}/new", data=form(shows="Boards on both wards.", dated_on="32/13/2026"))
    assert answer.status_code == 422
    for text in ("Boards on both wards.", "32/13/2026", "is not a day in the calendar"):
        assert text in answer.text
    refused = owen.post(
        f"{BASE}/new", data=form(form="file", shows="Kept words."), files={"file": ("a.exe", BytesIO(b"MZ"))}
    )
    assert refused.status_code == 422
    assert "Kept words." in refused.text
    assert "“a.exe” is not a kind of file" in refused.text
    assert rows(sqlite_doors.cast) == []


def test_it_warns_of_words_that_may_give_a_patient_away(owen: TestClient) -> None:
    owen.post(f"{BASE}/new", data=form(shows="Notes of the baby of Smith."))
    owen.post(f"{BASE}/new", data=form(shows="Notes of ten births."))
    assert "This says “baby of”. Do not enter the names of mothers or babies." in owen.get(f"{BASE}/E1").text
    assert "This says" not in owen.get(f"{BASE}/E2").text


def test_a_validator_returns_and_the_owner_sees_why_at_once(sqlite_doors: Doors, owen: TestClient) -> None:
    owen.post(f"{BASE}/new", data=form())
    victor = sqlite_doors.as_("victor")
    assert "1 item of evidence to review" in victor.get("/me").text
    assert "Your review" in victor.get(f"{BASE}/E1").text
    assert "Your review" not in owen.get(f"{BASE}/E1").text
    again = victor.post(f"{BASE}/E1/review", data={"outcome": "return"})
    assert again.status_code == 422
    assert "Say what is missing" in again.text
    done = victor.post(f"{BASE}/E1/review", data={"outcome": "return", "why": "Which wards?"})
    assert done.headers["Location"] == f"{BASE}/E1"
    assert "Evidence E1 was returned: Which wards?" in owen.get("/me").text
    edited = owen.get(f"{BASE}/E1/edit").text
    assert "All boards are complete." in edited
    revision = edited.partition('name="revision" value="')[2].partition('"')[0]
    saved = owen.post(f"{BASE}/E1/edit", data=form(shows="Boards on both wards.", revision=revision))
    assert saved.status_code == 303, saved.text
    stale = owen.post(f"{BASE}/E1/edit", data=form(shows="Other.", revision=revision))
    assert stale.status_code == 412
    assert "Other." in stale.text
    victor.post(f"{BASE}/E1/review", data={"outcome": "accept", "strength": "strong", "expires_on": ""})
    assert "Accepted" in owen.get(f"{BASE}/E1").text


def test_a_held_file_asks_its_uploader(sqlite_doors: Doors, owen: TestClient) -> None:
    answer = owen.post(
        f"{BASE}/new",
        data=form(form="file"),
        files={"file": ("cases.docx", BytesIO(docx("450 557 7104")))},
    )
    page = owen.get(answer.headers["Location"]).text
    assert "looks like an NHS number" in page
    assert "page 1" in page
    assert "7104" not in page
    assert "is held" in owen.get("/me").text
    assert "Take the file away" not in sqlite_doors.as_("alice").get(f"{BASE}/E1").text
    assert owen.post(f"{BASE}/E1/versions/1/statement", data={"why": ""}).status_code == 422
    owen.post(f"{BASE}/E1/versions/1/removal")
    assert "taken away on" in owen.get(f"{BASE}/E1").text


def test_the_list_says_what_needs_doing(sqlite_doors: Doors, owen: TestClient) -> None:
    cast = sqlite_doors.cast
    submit(cast, expires_on=day(10).isoformat())
    submit(cast, kind="implementation", shows="Rota agreed.")
    review(cast, "E2")
    page = owen.get(BASE).text
    assert "Expires within 8 weeks" in page
    narrowed = owen.get(f"{BASE}?show=expiring").text
    assert "All boards are complete." in narrowed
    assert "Rota agreed." not in narrowed
    assert "No evidence is like this." in owen.get(f"{BASE}?q=nothing").text
    assert owen.get(f"{BASE}?state=strange").status_code == 200


def test_a_long_list_is_read_in_pages(sqlite_doors: Doors, owen: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.evidence.pages.listing.ON_A_PAGE", 1)
    for words in ("Rota agreed.", "Rota kept.", "Board seen."):
        submit(sqlite_doors.cast, kind="implementation", shows=words)
    first, second = (owen.get(f"{BASE}?q=rota&page={page}").text for page in (1, 2))
    assert "Rota kept." in first
    assert ('rel="prev"' in first, "q=rota&amp;page=2" in first) == (False, True)
    assert "Rota agreed." in second
    assert ("q=rota&amp;page=1" in second, 'rel="next"' in second) == (True, False)
    assert "2 to 2 of 2" in second


def test_a_day_shows_what_was_there(sqlite_doors: Doors, owen: TestClient) -> None:
    submit(sqlite_doors.cast, "alice", a_file())
    today = day(0).isoformat()
    assert owen.get(f"{BASE}?as_at={today}").status_code == 200


def test_a_withdrawal_needs_a_reason(sqlite_doors: Doors, owen: TestClient) -> None:
    owen.post(f"{BASE}/new", data=form())
    assert owen.post(f"{BASE}/E1/withdrawal", data={"why": " "}).status_code == 422
    assert owen.post(f"{BASE}/E1/withdrawal", data={"why": "The wrong month."}).status_code == 303
    assert "The wrong month." in owen.get(f"{BASE}/E1").text
