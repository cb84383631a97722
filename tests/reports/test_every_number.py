"""Every number of the dashboard is the same on the page, as JSON, in the tables and in the record, on four days.

Where `test_walk` opens the rows behind each number as pages, this asks the API for the same, finds the same rows in the
tables, and finds in the history the deeds that the news count.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from starlette.testclient import TestClient

from app.plans.rules import Colour
from app.reports.queries.lists import STANDINGS
from tests.reports.made_past import TODAY, ago
from tests.reports.test_walk import API, carol, doors, numbers_of

__all__ = ["carol", "doors"]
DAYS = (TODAY, ago(2), ago(13), ago(100))
MONTH = re.compile(r'<tr><th scope="row"><a href="([^"]+)">[^<]*</a></th>(.*?)</tr>', re.S)
CELL = re.compile(r'data-label="(\w+)">(.*?)</td>', re.S)
UNPROVEN = "delivered_proof_due"
Row = dict[str, str]


class Programs:
    """What programs find on one day, each answer asked for once."""

    def __init__(self, client: TestClient, day: date) -> None:
        self.client, self.day = client, day
        self._held: dict[str, Any] = {}

    def json(self, path: str, **asked: str) -> Any:
        return self._get(path, asked).json()

    def table(self, name: str) -> list[Row]:
        return list(csv.DictReader(io.StringIO(self._get(name, {}).text, newline="")))

    def _get(self, path: str, asked: dict[str, str]) -> Any:
        address = f"{API}/{path}?{urlencode(asked | {'as_at': self.day.isoformat()})}"
        if address not in self._held:
            self._held[address] = self.client.get(address)
            assert self._held[address].status_code == 200, self._held[address].text
        return self._held[address]


def actions_behind(programs: Programs, asked: dict[str, str], _part: str) -> int:
    listed = programs.json("actions", limit="500", **{k: v for k, v in asked.items() if k != "view"})["items"]
    rows = {r["ref"]: r for r in programs.table("actions.csv")}
    for each in listed:
        row = rows[each["ref"]]
        assert (row["rating"], row["stage"], row["label"]) == (each["rating"], each["stage"], each["label"])
    return len(listed)


def news_behind(programs: Programs, asked: dict[str, str], part: str) -> int:
    told = programs.json("comparison", since=asked["since"])
    found = told[part]
    if part == "recoloured":
        moved = {c["ref"] for c in (*told["worse"], *told["better"])}
        found = [c for c in found if c["ref"] not in moved]
    for each in [c for c in found if c["act"]]:
        trail = programs.json(f"actions/{each['ref']}/history", limit="500")["items"]
        deeds = {(entry["day"], entry["act"], entry["actor"]) for entry in trail}
        assert (each["day"], each["act"], each["by"]) in deeds
        assert asked["since"] < each["day"] <= programs.day.isoformat()
    return len(found)


def recommendations_behind(programs: Programs, asked: dict[str, str], _part: str) -> int:
    keys = [f["key"] for f in programs.json("status")["frameworks"]]
    wanted = [asked["framework"]] if "framework" in asked else keys
    items = [item for key in wanted for item in programs.json("coverage", framework=key)["items"]]
    if "standing" in asked:
        apart = {item["recommendation"] for item in items if item["standing"] in STANDINGS["apart"]}
        items = [item for item in items if item["standing"] in STANDINGS[asked["standing"]]]
        _tables_agree(programs, asked["standing"], {item["recommendation"] for item in items}, apart)
    if "look" in asked:
        items = [i for i in items if i["standing"] in STANDINGS["with_action"] and look_of(i) == asked["look"]]
    return len(items)


def _tables_agree(programs: Programs, standing: str, found: set[str], apart: set[str]) -> None:
    """The table of links says nothing of standings: what is counted apart is left out."""
    rows = programs.table("action-recommendations.csv")
    links = [r for r in rows if r["in_force"] == "true" and r["recommendation"] not in apart]
    met = {r["recommendation"] for r in links if r["meets"] == "true"}
    if standing == "covered":
        assert met == found
    if standing == "partly":
        assert {r["recommendation"] for r in links} - met == found


def look_of(item: dict[str, Any]) -> str:
    """The worst of the actions that count for it; "" where there is none."""
    counting = [a for a in item["actions"] if a["meets"]] or item["actions"]
    if not counting:
        return ""
    worst = max(counting, key=lambda a: (Colour(a["rating"]).severity, a["label"] == UNPROVEN))
    return "proof" if worst["label"] == UNPROVEN else str(worst["rating"])


BEHIND: dict[str, Callable[[Programs, dict[str, str], str], int]] = {
    "/plans/alpha/actions": actions_behind,
    "/plans/alpha/since": news_behind,
    "/plans/alpha/recommendations": recommendations_behind,
}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_number_is_what_programs_are_told(carol: TestClient, day: date) -> None:
    query = f"?as_at={day}" if day != TODAY else ""
    told: dict[date, Programs] = {}
    found = dict.fromkeys(numbers_of(carol.get(f"/plans/alpha{query}").text))
    kinds: Counter[str] = Counter()
    for number, href in found:
        parts = urlsplit(href)
        asked = dict(parse_qsl(parts.query))
        # Months of the trend before the day shown have rows of their own day.
        then = date.fromisoformat(asked.pop("as_at", TODAY.isoformat()))
        assert then <= day
        programs = told.setdefault(then, Programs(carol, then))
        assert BEHIND[parts.path](programs, asked, parts.fragment) == number, href
        kinds[parts.path] += then == day
    # A hundred days ago nothing had happened in the thirty days before.
    assert set(kinds) == set(BEHIND) - ({"/plans/alpha/since"} if day == ago(100) else set())
    assert len(found) >= 20


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_sources_and_priorities_are_the_status_and_the_tables(carol: TestClient, day: date) -> None:
    programs = Programs(carol, day)
    status = programs.json("status")
    [source] = status["frameworks"]
    assert source["in_scope"] == 4
    assert source["covered"] == (2 if day > ago(3) else 3)
    assert source["without_action"] == (1 if day > ago(3) else 0)
    rows = {r["priority"]: r for r in programs.table("priorities.csv")}
    for each in status["priorities"]:
        row = rows[each["ref"]]
        assert {colour: int(row[colour]) for colour in each["by_rating"]} == each["by_rating"]
        assert row["headline"] == each["headline"]["rating"]
        assert int(row["total"]) == sum(each["by_stage"].values())


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_each_month_of_the_trend_is_the_status_and_the_daily_table_of_its_day(carol: TestClient, day: date) -> None:
    page = carol.get(f"/plans/alpha/trend?as_at={day}").text
    months = MONTH.findall(page)
    assert len(months) >= 3
    for href, cells in months:
        then = date.fromisoformat(dict(parse_qsl(urlsplit(href).query)).get("as_at", TODAY.isoformat()))
        shown = {name: int(re.sub(r"<[^>]+>", "", text)) for name, text in CELL.findall(cells)}
        stages = Programs(carol, then).json("status")["actions"]["by_stage"]
        assured = stages["assured"] + stages["embedded"]
        assert (shown["Delivered"], shown["Assured"]) == (stages["delivered"] + assured, assured), then
        assert shown["Unproven"] == stages["delivered"]
        daily = csv.DictReader(io.StringIO(carol.get(f"{API}/daily-status.csv?from={then}&to={then}").text))
        counted: Counter[str] = Counter()
        for row in daily:
            counted[row["stage"]] += int(row["count"])
        assert counted == {stage: n for stage, n in stages.items() if n}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_percentage_names_the_two_numbers_of_the_status(carol: TestClient, day: date) -> None:
    page = carol.get(f"/plans/alpha?as_at={day}").text
    counts = Programs(carol, day).json("status")["actions"]
    stages = counts["by_stage"]
    assured = stages["assured"] + stages["embedded"]
    shares = [tuple(map(int, found)) for found in re.findall(r"(\d+)% \((\d+) of (\d+)\)", page)]
    assert [(part, whole) for _percent, part, whole in shares] == [
        (stages["delivered"] + assured, counts["in_force"]), (assured, counts["in_force"]),
    ]  # fmt: skip
    assert all(abs(100 * part / whole - percent) < 1 for percent, part, whole in shares)


@pytest.mark.parametrize("since", [ago(280), ago(200), ago(13), ago(12)], ids=str)
def test_reopened_since_a_day_is_what_the_record_tells_of_it(carol: TestClient, since: date) -> None:
    page = carol.get(f"/plans/alpha?since={since}").text
    shown = re.search(r'#reopened">(\d+) re-opened</a>', page)
    told = [each["ref"] for each in carol.get(f"{API}/comparison?since={since}").json()["reopened"]]
    feed = carol.get(f"{API}/changes?limit=500").json()
    assert feed["next"] is None
    moved = [i for i in feed["items"] if i["entity"] == "action" and "stage" in i["changes"]]
    lowered = [i["ref"] for i in moved if i["changes"]["stage"]["old"] == "assured" and i["day"] > str(since)]
    assert told == lowered == (["1.4"] if since < ago(12) else [])
    assert (int(shown.group(1)) if shown else 0) == len(told)
