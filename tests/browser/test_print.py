"""On paper: the facts whole, without the ways round, and every rating by its word."""

import pytest
from playwright.sync_api import expect

from tests.browser.world import BASE, LONG, World
from tests.support.browser import OpenPage

GONE = ".menu, .who, .tools, .filters, .c-do, .foot ul, .card-do"


@pytest.mark.parametrize("path", [BASE, f"{BASE}/1.3", "/me", "/plans/alpha/decisions", "/plans/alpha"])
def test_it_prints_without_menus_and_buttons(world: World, open_page: OpenPage, path: str) -> None:
    page = world.open(open_page, "alice", path, width=1123, height=794)
    page.emulate_media(media="print")
    for each in page.locator(GONE).all():
        expect(each).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    assert len(page.pdf(prefer_css_page_size=True)) > 5_000


def test_it_prints_titles_and_reasons_whole(world: World, open_page: OpenPage) -> None:
    page = world.open(open_page, "alice", BASE, width=1123, height=794)
    page.emulate_media(media="print")
    title = page.get_by_text(LONG)
    expect(title).to_be_visible()
    assert title.evaluate("e => getComputedStyle(e).whiteSpace") == "normal"
    assert title.evaluate("e => e.getBoundingClientRect().height") > 20, "it wraps instead of being cut"
    expect(page.locator("[id='1.1'] .rating")).to_have_text("Overdue")
    assert page.locator(".tracker thead").evaluate("e => getComputedStyle(e).display") == "table-header-group"
