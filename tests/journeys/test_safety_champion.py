"""The safety champion looks at what got worse, keeps her own view of it, and sees on a past day what was seen then.

Given a plan with a meeting behind it, when she opens the dashboard, a red and its history, then each number is the
number of the rows behind it, today and on a past day, and a view that she saved opens when she comes back.
"""

import re

from playwright.sync_api import Locator, Page, expect

from tests.assurance.made import day
from tests.journeys.conftest import Group
from tests.journeys.season import BEFORE, MEETING
from tests.journeys.steps import Traveller, press
from tests.support.browser import OpenPage

BOARD, TRACKER = "/plans/alpha", "/plans/alpha/actions"
ROWS = "tbody.action"


def number_in(link: Locator) -> int:
    found = re.search(r"\d+", link.inner_text())
    assert found, link
    return int(found.group())


def position(page: Page) -> tuple[dict[str, int], dict[str, int]]:
    """The colours by the numbers of the dashboard (summed over the priorities) and by the status of that day."""
    query = page.url.partition("?")[2]
    shown = [
        (each.locator("svg").get_attribute("aria-label") or "", number_in(each))
        for each in page.locator("#priorities .looks a").all()
    ]
    totals = {name: sum(n for other, n in shown if other == name) for name, _n in shown}
    told = page.request.get(f"/api/v1/plans/alpha/status?{query}").json()
    return totals, {colour: n for colour, n in told["actions"]["by_rating"].items() if n}


def test_she_follows_a_red_to_its_cause_and_keeps_a_view(season: Group, open_page: OpenPage) -> None:
    violet = Traveller(season.server, open_page).signed_in("violet@aaa.example")
    violet.goto(BOARD)
    expect(violet.get_by_role("heading", name="Worse since")).to_contain_text("2")
    expect(violet.locator(".decide")).to_have_count(0)
    violet.get_by_role("link", name="Everything that changed, with who and why").click()
    assert violet.url.endswith(f"/since?since={day(-MEETING).isoformat()}")
    worse = violet.locator("#worse .feed li")
    expect(worse).to_have_count(2)
    expect(worse.filter(has_text="1.2")).to_contain_text("Two of four consultants have left")

    worse.get_by_role("link", name="1.2 Twice-daily ward rounds").click()
    expect(violet.locator("#history")).to_contain_text("Owen reported progress on 1.2")
    expect(violet.get_by_role("link", name="Update 1.2")).to_have_count(0)

    violet.goto(f"{TRACKER}?rating=red")
    violet.get_by_text("Views", exact=True).click()
    violet.get_by_role("link", name="Save view, or change views").click()
    violet.get_by_label("Name", exact=True).fill("Red for the board")
    violet.get_by_label("My tracker opens with it").check()
    expect(violet.get_by_label("Everybody who reads the plan sees it")).to_have_count(0)
    press(violet, "Save view")
    violet.goto(TRACKER)
    expect(violet.locator(ROWS)).to_have_count(2)
    season.is_proven()


def test_a_view_that_the_office_shares_opens_for_her_and_hers_for_nobody_else(
    season: Group, open_page: OpenPage
) -> None:
    travel = Traveller(season.server, open_page)
    alice, violet = travel.signed_in("alice@aaa.example"), travel.signed_in("violet@aaa.example")
    alice.goto(f"{TRACKER}/views?rating=red")
    alice.get_by_label("Name", exact=True).fill("Red for the board")
    alice.get_by_label("Everybody who reads the plan sees it").check()
    press(alice, "Save view")
    address = alice.url
    assert address.endswith("?view=red-for-the-board")

    violet.goto(address)
    expect(violet.locator(ROWS)).to_have_count(2)
    violet.goto(f"{TRACKER}/views")
    press(violet, "Open with Red for the board")
    violet.goto(TRACKER)
    expect(violet.locator(ROWS)).to_have_count(2)

    violet.goto(f"{TRACKER}/views?rating=green")
    violet.get_by_label("Name", exact=True).fill("Mine alone")
    press(violet, "Save view")
    answer = alice.goto(violet.url)
    assert answer is not None
    assert "Mine alone" not in alice.content()


def test_a_past_day_shows_the_numbers_of_that_day(season: Group, open_page: OpenPage) -> None:
    violet = Traveller(season.server, open_page).signed_in("violet@aaa.example")
    violet.goto(BOARD)
    today, told_today = position(violet)
    assert sum(today.values()) == sum(told_today.values()) == 5
    assert told_today["red"] == 2

    violet.get_by_text("As at today").click()
    violet.get_by_label("At the end of").first.fill(day(-BEFORE).isoformat())
    press(violet, "Show that day")
    expect(violet.locator(".banner-as-at")).to_contain_text("You are looking at")
    then, told_then = position(violet)
    assert sum(then.values()) == sum(told_then.values()) == 5
    assert "red" not in told_then
    assert then != today
    expect(violet.locator(".answer")).not_to_contain_text("need action now")

    for link in violet.locator("#priorities a.counts").all():
        wanted, href = number_in(link), link.get_attribute("href")
        assert href is not None
        assert f"as_at={day(-BEFORE).isoformat()}" in href
        rows = violet.request.get(href).text()
        assert len(re.findall(r'<tbody class="action[ "]', rows)) == wanted
