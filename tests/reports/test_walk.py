"""Every number of the dashboard opens exactly its rows, and the same number stands in the API and the tables."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from tests.reports import made_past
from tests.reports.made_past import TODAY, ago
from tests.support import databases
from tests.support.doors import Doors

API = "/api/v1/plans/alpha"
COUNTS = re.compile(r'<a class="counts[^"]*" href="([^"]+)"[^>]*>(.*?)</a>', re.S)


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    """The application over a year, which is written once a run."""
    with databases.copied("sqlite", tmp_path, "a_year", made_past.fill) as url:
        cast = made_past.cast_of(url, tmp_path)
        made = Doors(cast, tmp_path)
        with made_past.on(TODAY):
            yield made
        made.app.state.database.dispose()
        cast.database.dispose()


@pytest.fixture
def carol(doors: Doors) -> TestClient:
    """The chair, on 15 June 2027, in front of a year."""
    return doors.as_("carol")


def numbers_of(page: str) -> list[tuple[int, str]]:
    """(the number a link shows, its address)."""
    found = []
    for href, inner in COUNTS.findall(page):
        number = re.search(r"\d+", re.sub(r"<[^>]+>", " ", inner))
        assert number, inner
        found.append((int(number.group()), unescape(href)))
    return found


def rows_behind(client: TestClient, address: str) -> int:
    """The rows that an address shows, or (behind a #) that its part shows."""
    path, _hash, part = address.partition("#")
    text = client.get(path).text
    if "/since?" in path:
        return text.split(f'id="{part}"', 1)[1].split("</section>", 1)[0].count("<li>")
    if "/recommendations" in path:
        return text.count('<tbody class="asked">')
    return len(re.findall(r'<tbody class="action[ "]', text))


@pytest.mark.parametrize("as_at", [None, ago(5), ago(13), ago(100)], ids=str)
def test_every_number_opens_its_rows(carol: TestClient, as_at: object) -> None:
    query = f"?as_at={as_at}" if as_at else ""
    answer = carol.get(f"/plans/alpha{query}")
    assert answer.status_code == 200
    found = numbers_of(answer.text)
    found += numbers_of(carol.get(f"/plans/alpha/trend{query}").text)
    assert len(found) > 15
    wrong = [(n, href, rows) for n, href in dict.fromkeys(found) if (rows := rows_behind(carol, href)) != n]
    assert not wrong


@pytest.mark.parametrize("as_at", [TODAY, ago(5), ago(13), ago(100)], ids=str)
def test_page_api_and_tables_say_the_same(carol: TestClient, as_at: object) -> None:
    query = f"?as_at={as_at}"
    status = carol.get(f"{API}/status{query}").json()
    rows = list(csv.DictReader(io.StringIO(carol.get(f"{API}/actions.csv{query}").text)))
    listed = carol.get(f"{API}/actions{query}&limit=500").json()["items"]
    day = f"{API}/daily-status.csv?from={as_at}&to={as_at}"
    daily = list(csv.DictReader(io.StringIO(carol.get(day).text)))
    counts = status["actions"]
    assert len(rows) == len(listed) == counts["total"] == sum(int(r["count"]) for r in daily)
    for colour, number in counts["by_rating"].items():
        assert sum(r["rating"] == colour for r in rows) == number, colour
        assert sum(a["rating"] == colour for a in listed) == number
        assert sum(int(r["count"]) for r in daily if r["rating"] == colour) == number
        assert sum(p["by_rating"][colour] for p in status["priorities"]) == number
    for stage, number in counts["by_stage"].items():
        assert sum(int(r["count"]) for r in daily if r["stage"] == stage) == number, stage
    assert Counter(r["label"] for r in rows) == counts["by_label"]
    for flag in ("overdue", "stale", "unowned", "evidence_overdue"):
        assert sum(r[flag] == "true" for r in rows) == counts[flag], flag
    assert {r["revision"] for r in rows} == {str(status["revision"])}


def test_the_headline_of_the_answer_is_the_status(carol: TestClient) -> None:
    page = carol.get("/plans/alpha").text
    status = carol.get(f"{API}/status").json()
    assert f"answer answer-{status['headline']['rating']}" in page
    red, whole = status["actions"]["by_rating"]["red"], status["actions"]["in_force"]
    assert f"{red} of {whole} actions in force need action now" in page
    assert len(page) < 50_000


def test_what_is_no_number_of_rows_is_explained_by_a_link(carol: TestClient) -> None:
    page = carol.get("/plans/alpha").text
    changed = re.search(r'<a href="([^"]+)">\d+ (?:more|fewer) than on ', page)
    assert changed
    assert carol.get(changed[1].partition("#")[0]).text.count("<li>") > 0
    drives = page.partition('<div class="answer')[2].partition("<small>")[2].partition("</small>")[0]
    named = re.findall(r'<a href="/plans/alpha/actions/([^"]+)">\1</a>', drives)
    assert named == carol.get(f"{API}/status").json()["headline"]["reasons"][0]["refs"][: len(named)] != []
    assert '<a href="/plans/alpha/actions/1.4">the oldest (1.4)</a> for 310 days.' in page
    behind = re.search(r'<a href="([^"]+)">\d+ behind</a>', page)
    assert behind
    late = carol.get(f"{API}/actions?{urlsplit(unescape(behind[1])).query}").json()["items"]
    assert late
    assert {a["stage"] for a in late} == {"not_delivered"}


def test_the_dashboard_and_the_tracker_explain_each_others_numbers(carol: TestClient) -> None:
    page, tracker = carol.get("/plans/alpha").text, carol.get("/plans/alpha/actions").text
    counts = carol.get(f"{API}/status").json()["actions"]
    exited = sum(counts["by_stage"][stage] for stage in ("superseded", "descoped", "not_applicable"))
    assert exited == counts["total"] - counts["in_force"] > 0
    assert re.search(rf">{exited} more (was|were) closed another way</a>", page)
    assert f"{counts['in_force']} in force, {exited} closed another way" in tracker
    listed = carol.get(f"{API}/actions?stage=assured,embedded&rating=red,amber&limit=500").json()["items"]
    again = re.search(r">(\d+) of them needs? attention again</a>", page)
    assert (int(again[1]) if again else 0) == len(listed)


def test_what_changed_begins_where_the_dashboard_does_if_nobody_says_since_when(carol: TestClient) -> None:
    compared = re.search(r'href="(/plans/alpha/since\?since=[\d-]+)', carol.get("/plans/alpha").text)
    answer = carol.get("/plans/alpha/since")
    assert compared
    assert (answer.status_code, answer.headers["location"]) == (303, compared[1])
    on_a_day = carol.get("/plans/alpha/since?since=&as_at=2027-05-01").headers["location"]
    assert re.fullmatch(r"/plans/alpha/since\?since=[\d-]+&as_at=2027-05-01", on_a_day)


def test_others_do_not_see_it(carol: TestClient, doors: Doors) -> None:
    for address in ("", "/since?since=2027-05-01", "/recommendations", "/trend"):
        assert doors.anybody().get(f"/plans/alpha{address}").status_code == 303
        assert doors.as_("oscar").get(f"/plans/alpha{address}").status_code == 404
        assert doors.as_("violet").get(f"/plans/alpha{address}").status_code == 200
    for address in ("status", "coverage?framework=x", "comparison?since=2027-05-01", "actions.csv", "daily-status.csv"):
        assert doors.as_("oscar").get(f"{API}/{address}").status_code == 404


def test_views_that_differ_are_shown_to_those_who_may_see_them(carol: TestClient, doors: Doors) -> None:
    assert "Views differ" in carol.get("/plans/alpha").text
    assert "Views differ" in doors.as_("owen").get("/plans/alpha").text
    assert "Views differ" not in doors.as_("violet").get("/plans/alpha").text
    assert "Views differ" not in doors.as_("olga").get("/plans/alpha").text


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("since=2027-06-15", 422, "Choose a day before 15 June 2027"),
        ("since=2027-07-01", 422, "Choose a day before"),
        ("since=2001-01-01", 422, "This plan begins on"),
        ("as_at=2027-06-16", 422, "still to come"),
        ("as_at=2001-01-01", 404, "There is nothing yet on"),
        ("as_at=&since=", 200, "Where the plan stands"),
    ],
)
def test_it_says_which_days_can_be_compared(carol: TestClient, query: str, status: int, sentence: str) -> None:
    answer = carol.get(f"/plans/alpha?{query}")
    assert answer.status_code == status
    assert sentence in answer.text


@pytest.mark.parametrize("page", ["", "/since"])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("tomorrow", "Enter a date like 31 October 2026 or 31/10/2026."),
        ("31/02/2027", "31/02/2027 is not a day in the calendar"),
        ("15/06/2027", "Choose a day before 15 June 2027"),
        ("01/01/2001", "This plan begins on"),
    ],
)
def test_a_day_that_does_not_do_leaves_the_page_and_says_why_at_the_field(
    carol: TestClient, page: str, typed: str, sentence: str
) -> None:
    answer = carol.get(f"/plans/alpha{page}", params={"since": typed})
    assert answer.status_code == 422
    usual = carol.get(f"/plans/alpha{page}", follow_redirects=True)
    assert re.search(r"<h1>.*</h1>", answer.text)[0] == re.search(r"<h1>.*</h1>", usual.text)[0]  # type: ignore[index]
    compare = answer.text.partition('id="compare" open')[2].partition("</details>")[0]
    assert f'value="{typed}"' in compare
    assert sentence in re.sub(r"<[^>]*>", "", compare)
