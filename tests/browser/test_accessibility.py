"""axe (WCAG 2.2 AA) finds nothing on any page in any state, and no page scrolls sideways on a narrow screen."""

import pytest
from playwright.sync_api import Page, expect

from app.main import create_app
from app.settings import Settings
from app.web.access import routes_of
from tests.browser.stops import Stop
from tests.browser.walk import EXEMPT, STOPS
from tests.browser.world import BASE, World
from tests.journeys.steps import first_code
from tests.support.browser import OpenPage, axe
from tests.support.server import Server

PHONE, NARROW = 390, 320
OVERFLOW = "document.scrollingElement.scrollWidth - innerWidth"


def arrive(world: World, open_page: OpenPage, stop: Stop) -> Page:
    page = world.open(open_page, stop.who)
    answer = page.goto(stop.path.format(**world.ids))
    assert answer is not None
    assert answer.status == stop.status
    if stop.deed:
        stop.deed(page)
    return page


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_it_is_accessible_and_never_scrolls_sideways(world: World, open_page: OpenPage, stop: Stop) -> None:
    page = arrive(world, open_page, stop)
    axe(page)
    for width in (PHONE, NARROW):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(OVERFLOW) <= 0, f"sideways at {width}"
        if stop.often:
            axe(page)


def test_it_walks_every_page_there_is(world: World) -> None:
    app = create_app(Settings(database_url=world.cast.database.url, data_dir=world.server.data_dir))
    app.state.database.dispose()
    there = {path for method, path, _ in routes_of(app) if method == "GET" and not path.startswith("/api/v1")}
    walked = {stop.route for stop in STOPS} | set(EXEMPT)
    assert not there - walked, "add a stop to tests/browser/walk.py"
    assert not walked - there - {""}, "gone from the application"


def test_it_shows_each_action_as_a_card_on_a_phone(world: World, open_page: OpenPage) -> None:
    page = world.open(open_page, "alice", BASE, width=PHONE, height=844)
    card = page.locator("[id='1.1']")
    expect(card.get_by_role("link", name="Recruit two consultants")).to_be_visible()
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE
    assert box["height"] > 90, "a card, not a line"
    expect(card.get_by_role("link", name="Update 1.1")).to_be_in_viewport(ratio=0)


def test_it_fits_ten_rows_on_a_small_laptop_and_twenty_on_a_large_screen(world: World, open_page: OpenPage) -> None:
    for width, height, least in ((1366, 768, 10), (1920, 1080, 20)):
        page = world.open(open_page, "violet", "/plans/big/actions", width=width, height=height)
        if not page.locator(".action").count():
            page = world.open(open_page, "alice", "/plans/big/actions", width=width, height=height)
        # Scrolled past the set-up list of a draft, as a live plan begins.
        page.locator(".panel-cards").evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 130)")
        seen = page.evaluate(
            """() => [...document.querySelectorAll('.action')].filter(row => {
                const box = row.getBoundingClientRect();
                return box.top >= 0 && box.bottom <= innerHeight;
            }).length"""
        )
        assert seen >= least, f"{seen} rows at {width} x {height}"


def test_it_is_accessible_on_a_new_installation(live_server: Server, open_page: OpenPage) -> None:
    page = open_page(live_server.url)
    page.goto("/sign-in")
    axe(page)
    page.get_by_role("link", name="Make the first administrator").click()
    axe(page)
    for name, value in (("Your name", "Ada"), ("Your e-mail address", "ada@new.example"), ("One-time code", "AAAA")):
        page.get_by_label(name).fill(value)
    page.get_by_label("ODS code of your organisation").fill("NEW")
    page.get_by_label("Choose a password").fill("short")
    page.get_by_role("button", name="Make the account and sign in").click()
    expect(page.locator(".error-summary")).to_be_focused()
    axe(page)
    page.get_by_label("One-time code").fill(first_code(live_server))
    page.get_by_label("Choose a password").fill("seven lovely horses")
    page.get_by_label("Name of your organisation").fill("New Hospitals")
    page.get_by_role("button", name="Make the account and sign in").click()
    expect(page.get_by_role("heading", name="Set up this tracker")).to_be_visible()
    axe(page)
    for width in (PHONE, NARROW):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(OVERFLOW) <= 0
