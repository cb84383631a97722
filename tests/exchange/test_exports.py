"""Exports at the doors: for whom, of which day, of which actions, and that the numbers are those of the status."""

import io
import json
from collections import Counter
from datetime import timedelta
from typing import Any

import openpyxl
import pytest

from app.core import clock
from app.people.rules import TokenScope
from tests.exchange.made_exports import fill, restrict, sheet, table
from tests.exchange.made_parcels import proven
from tests.support.cast import Cast
from tests.support.doors import Doors

PAGE, FILE, API = "/plans/alpha/export", "/plans/alpha/export/file", "/api/v1/plans/alpha/export"
READERS = ("alice", "owen", "violet", "carol", "pat", "liam")


@pytest.fixture
def filled(sqlite_doors: Doors) -> Doors:
    fill(sqlite_doors.cast)
    return sqlite_doors


def told(doors: Doors, who: str, **asked: str) -> dict[str, Any]:
    answer = doors.as_(who).get(API, params={"format": "json"} | asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_it_sends_a_workbook_on_both_databases(doors: Doors) -> None:
    fill(doors.cast)
    answer = doors.as_("violet").get(FILE)
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="alpha-{clock.today()}.xlsx"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert [r["Reference"] for r in table(sheet(answer.content))] == ["1.01", "1.02", "2.01", "2.02"]


@pytest.mark.parametrize("who", READERS)
def test_it_is_for_everybody_who_reads_the_plan(filled: Doors, who: str) -> None:
    client = filled.as_(who)
    assert client.get(PAGE).status_code == 200
    assert {client.get(path, params={"format": "csv"}).status_code for path in (FILE, API)} == {200}


@pytest.mark.parametrize("who", ["oscar", "olive"])
def test_it_is_not_there_for_another_organisation(filled: Doors, who: str) -> None:
    client = filled.as_(who)
    assert {client.get(path).status_code for path in (PAGE, FILE, API)} == {404}
    assert filled.token(TokenScope.read, "BBB").get(API).status_code == 404


def test_it_gives_programs_each_format(filled: Doors) -> None:
    token = filled.token(TokenScope.read)
    kinds = {f: token.get(API, params={"format": f}).headers["content-type"] for f in ("xlsx", "csv", "json")}
    assert kinds["csv"] == "text/csv; charset=utf-8"
    assert kinds["json"] == "application/json"
    assert kinds["xlsx"].endswith("spreadsheetml.sheet")
    assert token.get(API, params={"format": "pdf"}).status_code == 422


def test_it_says_304_to_what_is_held(filled: Doors) -> None:
    token = filled.token(TokenScope.read)
    etag = token.get(API).headers["etag"]
    assert token.get(API, headers={"If-None-Match": etag}).status_code == 304
    assert token.get(API, params={"layout": "classic"}, headers={"If-None-Match": etag}).status_code == 200


def test_it_holds_the_numbers_of_the_status(filled: Doors) -> None:
    client = filled.as_("violet")
    status = client.get("/api/v1/plans/alpha/status").json()
    ratings = Counter(a["rating"] for a in told(filled, "violet")["actions"])
    assert dict(ratings) == {k: n for k, n in status["actions"]["by_rating"].items() if n}
    standings = Counter(c["standing"] for c in told(filled, "violet")["coverage"])
    [framework] = status["frameworks"]
    assert (standings["An action meets it"], standings["No action"]) == (
        framework["covered"],
        framework["without_action"],
    )


def test_it_carries_the_filters_of_the_tracker(filled: Doors) -> None:
    client = filled.as_("violet")
    listed = client.get("/plans/alpha/actions", params={"rating": "red"}).text
    assert 'href="/plans/alpha/export?query=rating%3Dred"' in listed
    chosen = client.get(PAGE, params={"query": "rating=red"}).text
    assert "The 1 action of the list" in chosen
    found = client.get(FILE, params={"query": "rating=red", "which": "list", "format": "json"}).json()
    assert [a["ref"] for a in found["actions"]] == ["2.01"]
    assert {u["ref"] for u in found["updates"]} == {"2.01"}
    assert "coverage" not in found
    everything = client.get(FILE, params={"query": "rating=red", "which": "all", "format": "json"}).json()
    assert len(everything["actions"]) == 4


def test_it_refuses_filters_it_does_not_know(filled: Doors) -> None:
    answer = filled.token(TokenScope.read).get(API, params={"query": "rating=purple"})
    assert answer.status_code == 422
    assert "purple" in answer.json()["detail"]


def test_it_shows_a_past_day_as_it_was(filled: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    yesterday = clock.today()
    before = told(filled, "violet")
    monkeypatch.setattr(clock, "_pinned", tomorrow)
    from tests.exchange.made_exports import say

    say(filled.cast, "1.01", "Said a day later")
    then, now = told(filled, "violet", as_at=yesterday.isoformat()), told(filled, "violet")
    assert then["actions"] == before["actions"]
    assert then["updates"] == before["updates"]
    assert now["actions"][0]["latest_update"]["commentary"] == "Said a day later"
    assert then["as_at"] == yesterday.isoformat()


def test_it_hides_what_is_restricted_from_those_who_are_not_named(filled: Doors) -> None:
    restrict(filled.cast, "1.01", "A restricted action")
    client = filled.as_("violet")
    texts = [client.get(API, params={"format": f}).text for f in ("json", "csv")]
    for text in (*texts, _everything(client.get(FILE).content)):
        assert "A restricted action" in text
        assert "SUM(A1" not in text
        assert "midwives on nights" not in text
    assert "SUM(A1" in filled.as_("alice").get(API, params={"format": "csv"}).text


def test_it_withholds_what_is_restricted_from_an_answer_to_a_request_and_lists_it(filled: Doors) -> None:
    restrict(filled.cast, "1.01", "A restricted action")
    body = filled.as_("alice").get(FILE, params={"release": "request"}).content
    assert "SUM(A1" not in _everything(body)
    [row] = table(sheet(body, "Withheld"), "What")
    assert (row["What"], row["Reference"], row["Public title"]) == ("Action", "1.01", "A restricted action")
    assert row["Why it is withheld"]
    head = [c.value for [c] in sheet(body)["A1:A6"]]
    assert "Withheld: 1 action, 0 updates, 0 items of evidence. The sheet Withheld lists them." in head


def test_it_leaves_out_names_below_executive_level_where_asked(filled: Doors) -> None:
    asked = {"release": "request_without_names"}
    found = told(filled, "alice", **asked)
    first = found["actions"][0]
    assert (first["lead_executive"], first["lead_executive_name"]) == (filled.cast.email("edith"), "Edith")
    assert (first["accountable_person"], first["accountable_person_name"]) == (None, "Post of owen")
    assert {u["by"] for u in found["updates"]} == {"Name withheld"}
    for name in ("Owen", "Alice", filled.cast.email("owen")):
        assert name not in json.dumps(found)
        assert name not in _everything(filled.as_("alice").get(FILE, params=asked).content)


def test_it_says_where_the_evidence_is_kept(filled: Doors) -> None:
    proven(filled.cast, kept_at="Maternity drive, folder 3")
    body = filled.as_("violet").get(FILE, params={"layout": "classic"}).content
    rows = {r["Reference"]: r for r in table(sheet(body))}
    assert rows["1.02"]["Location of evidence"] == "E1: Maternity drive, folder 3"
    [item] = table(sheet(body, "Evidence"), "Number")
    assert (item["Number"], item["Actions"], item["What it shows"]) == ("E1", "1.02", "38 of 40 records")


def test_it_tells_only_the_summary_of_confidential_evidence(filled: Doors) -> None:
    proven(filled.cast, confidential=True, public_summary="An audit was done", kept_at="Drawer 7")
    mine, theirs = filled.as_("alice").get(FILE).content, filled.as_("violet").get(FILE).content
    assert "Drawer 7" in _everything(mine)
    assert "Drawer 7" not in _everything(theirs)
    assert "38 of 40 records" not in _everything(theirs)
    assert "An audit was done" in _everything(theirs)


def test_it_withholds_confidential_evidence_from_an_answer_to_a_request(filled: Doors) -> None:
    proven(filled.cast, confidential=True, public_summary="An audit was done", kept_at="Drawer 7")
    body = filled.as_("alice").get(FILE, params={"release": "request"}).content
    assert "Drawer 7" not in _everything(body)
    [row] = table(sheet(body, "Withheld"), "What")
    assert (row["What"], row["Reference"], row["Public title"]) == ("Evidence", "E1", "An audit was done")
    assert "Confidential" in row["Why it is withheld"]


def test_it_offers_every_choice_without_a_script(filled: Doors) -> None:
    html = filled.as_("violet").get(PAGE).text
    for value in ("xlsx", "csv", "json", "ours", "classic", "colleagues", "request", "request_without_names"):
        assert f'value="{value}"' in html
    assert f'action="{FILE}"' in html


def _everything(body: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(body))
    return "\n".join(str(c.value) for page in book for row in page.iter_rows() for c in row if c.value is not None)


def test_it_makes_one_file_at_a_time_and_every_one_that_is_asked_for(sqlite_cast: Cast, sqlite_doors: Doors) -> None:
    from concurrent.futures import ThreadPoolExecutor

    fill(sqlite_cast)
    with sqlite_doors.as_("violet") as client, ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _n: client.get(FILE).status_code, range(12)))
    assert answers == [200] * 12
