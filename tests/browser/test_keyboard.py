"""The tracker by keyboard alone: keys, order, where the focus is after each swap, and what is said aloud."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.world import BASE, World, served
from tests.support.browser import OpenPage

SHOWS_FOCUS = """() => {
    const e = document.activeElement;
    const drawn = [e, e.nextElementSibling].filter(Boolean).map((x) => getComputedStyle(x));
    const rings = (s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none';
    return rings(drawn[0]) || (e.type === 'radio' && rings(drawn[1]));
}"""


@pytest.fixture
def own_world(tmp_path: Path) -> Iterator[World]:
    """For tests that change actions."""
    with served(tmp_path) as made:
        yield made


@pytest.fixture
def tracker(world: World, open_page: OpenPage) -> Page:
    return world.open(open_page, "alice", BASE)


@pytest.fixture
def own_tracker(own_world: World, open_page: OpenPage) -> Page:
    return own_world.open(open_page, "alice", BASE)


def focused(page: Page) -> str:
    """What has the focus, in the words a screen reader says; BODY where nothing has."""
    return str(
        page.evaluate(
            """() => {
                const e = document.activeElement;
                if (e === document.body) return 'BODY';
                const label = e.labels?.[0]?.textContent ?? e.getAttribute('aria-label') ?? e.textContent;
                return label.trim().replace(/\\s+/g, ' ');
            }"""
        )
    )


def update_link(page: Page, ref: str) -> Locator:
    return page.get_by_role("link", name=f"Update {ref}", exact=True)


def open_form(page: Page, ref: str) -> Locator:
    update_link(page, ref).focus()
    page.keyboard.press("Enter")
    form = page.locator(f"[id='update-{ref}']")
    form.wait_for()
    return form


def commentary(page: Page, ref: str) -> Locator:
    return page.locator(f"[id='commentary-{ref}']")


def test_it_searches_with_a_slash_and_lists_the_keys_with_a_question_mark(tracker: Page) -> None:
    tracker.keyboard.press("/")
    expect(tracker.get_by_role("searchbox", name="Search")).to_be_focused()
    tracker.keyboard.type("midwife")
    expect(tracker.locator(".action")).to_have_count(1)
    expect(tracker.get_by_role("searchbox", name="Search")).to_be_focused()
    expect(tracker.locator("#live")).to_have_text("1 of 9 actions")
    tracker.keyboard.press("?")
    expect(tracker.get_by_role("searchbox")).to_have_value("midwife?")
    tracker.locator(".chip").first.focus()
    tracker.keyboard.press("?")
    keys = tracker.get_by_role("dialog", name="Keyboard")
    expect(keys).to_be_visible()
    tracker.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    assert focused(tracker) != "BODY"


def test_the_keys_can_be_switched_off(tracker: Page) -> None:
    tracker.keyboard.press("?")
    tracker.get_by_label("Use the keys / and ?").press("Space")
    tracker.keyboard.press("Escape")
    tracker.keyboard.press("?")
    expect(tracker.get_by_role("dialog", name="Keyboard")).to_be_hidden()
    tracker.reload()
    tracker.keyboard.press("/")
    assert focused(tracker) == "BODY"


def test_it_goes_through_the_page_in_the_order_of_reading_and_shows_where_it_is(tracker: Page) -> None:
    been = []
    for _step in range(60):
        tracker.keyboard.press("Tab")
        been.append(focused(tracker))
        assert tracker.evaluate(SHOWS_FOCUS), f"nothing shows that “{been[-1]}” has the focus"
        if been[-1] == "Update 1.2":
            break
    wanted = ["Skip to main content", "Sign out", "Add an action", "9All", "Search", "Order", "Update 1.1"]
    places = [been.index(name) for name in wanted]
    assert places == sorted(places), been
    [between] = been[been.index("Recruit two consultants") + 1 : been.index("Update 1.1")]
    assert between.startswith("1 question"), "of a row's own links only its open question stands between"
    tracker.keyboard.press("Shift+Tab")
    assert focused(tracker).startswith("Agree with the integrated care board")


def test_it_updates_row_after_row_without_a_mouse(own_tracker: Page) -> None:
    open_form(own_tracker, "1.2")
    assert focused(own_tracker) == "At risk", "the progress as it stands has the focus"
    own_tracker.keyboard.press("ArrowRight")
    assert focused(own_tracker) == "Off track"
    expect(own_tracker.get_by_label("Why is it worse?")).to_be_visible()
    own_tracker.keyboard.press("ArrowLeft")
    own_tracker.keyboard.press("ArrowLeft")
    assert focused(own_tracker) == "On track"
    expect(own_tracker.get_by_label("Why is it worse?")).to_be_hidden()
    own_tracker.keyboard.press("Tab")
    assert focused(own_tracker).startswith("What changed?")
    own_tracker.keyboard.type("The board agreed the rota.")
    own_tracker.keyboard.press("Control+Enter")
    expect(own_tracker.locator("[id='update-1.3']")).to_be_visible()
    expect(own_tracker.locator("[id='update-1.2']")).to_have_count(0)
    assert focused(own_tracker) == "At risk"
    assert own_tracker.evaluate(SHOWS_FOCUS)
    expect(own_tracker.locator("#live")).to_contain_text("1.2 saved")
    expect(own_tracker.locator("[id='1.2'] .rating")).to_have_text("On track")
    own_tracker.keyboard.press("Escape")
    expect(own_tracker.locator("form.update")).to_have_count(0)
    assert focused(own_tracker) == "Update 1.3"
    assert own_tracker.evaluate(SHOWS_FOCUS)


def test_it_loses_the_focus_in_no_swap(tracker: Page) -> None:
    pressed = {
        "?rating=amber": "#chip-amber",
        "?view=all": "#chip-amber",
        "?sort=due": "#by-c-due",
        "?sort=-due": "#by-c-due",
    }
    for query, path in pressed.items():
        # What has just been put in place is a plain link for a moment.
        expect(tracker.locator(f"{path}[data-htmx-powered]")).to_be_visible()
        tracker.locator(path).focus()
        tracker.keyboard.press("Enter")
        expect(tracker).to_have_url(re.compile(re.escape(f"{BASE}{query}") + "$"))
        expect(tracker.locator(path)).to_be_focused()
    tracker.keyboard.press("/")
    tracker.keyboard.type("nothing is called this")
    tracker.locator("#actions").get_by_role("link", name="Clear filters").press("Enter")
    expect(tracker.locator(".action")).to_have_count(9)
    tracker.locator("#group").focus()
    tracker.keyboard.press("ArrowDown")
    expect(tracker.locator("#group-owen\\@aaa\\.example")).to_be_visible()
    assert tracker.evaluate("document.activeElement.id") == "group"


def test_it_goes_to_the_summary_when_refused_and_keeps_the_choice(own_tracker: Page) -> None:
    """htmx 4.0.0 let a radio group lose its choice in a swap."""
    open_form(own_tracker, "1.2")
    own_tracker.keyboard.press("ArrowRight")
    commentary(own_tracker, "1.2").focus()
    own_tracker.keyboard.type("Call 401 023 2137")
    own_tracker.keyboard.press("Control+Enter")
    summary = own_tracker.locator("[id='errors-1.2']")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("NHS number")
    expect(own_tracker.get_by_role("radio", name="Off track")).to_be_checked()
    expect(commentary(own_tracker, "1.2")).to_have_value("Call 401 023 2137")
    summary.get_by_role("link").press("Enter")
    expect(commentary(own_tracker, "1.2")).to_be_focused()


def test_a_field_with_the_focus_takes_the_new_value_of_a_swap(own_tracker: Page) -> None:
    """htmx 4.0.0 let the field that has the focus keep its old value."""
    open_form(own_tracker, "1.2")
    own_tracker.keyboard.press("ArrowRight")
    commentary(own_tracker, "1.2").focus()
    with own_tracker.expect_response(lambda answer: answer.url.endswith("/draft")):
        own_tracker.keyboard.type("Half a sent")
    own_tracker.keyboard.press("Escape")
    open_form(own_tracker, "1.2")
    expect(commentary(own_tracker, "1.2")).to_have_value("Half a sent")
    expect(own_tracker.get_by_role("radio", name="Off track")).to_be_checked()
    commentary(own_tracker, "1.2").focus()
    # Pressed by a script, so that the focus stays in the field that is swapped.
    own_tracker.get_by_role("button", name="Discard").evaluate("button => button.click()")
    expect(own_tracker.get_by_role("button", name="Discard")).to_have_count(0)
    expect(commentary(own_tracker, "1.2")).to_have_value("")
    expect(own_tracker.get_by_role("radio", name="At risk")).to_be_checked()
    assert focused(own_tracker) != "BODY"


def test_an_update_needs_few_keys_and_no_change_even_fewer(own_world: World, open_page: OpenPage) -> None:
    """A person types some 3 keys a second at least: 30 seconds are 90 keys, 10 seconds are 30."""
    page = own_world.open(open_page, "owen", "/me")
    first = page.get_by_role("button", name="No change").first
    first.focus()
    keys = ["Enter"]
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator("#live")).to_contain_text("saved")
    assert len(keys) == 1
    assert focused(page) != "BODY"
    page = own_world.open(open_page, "alice", BASE)
    update_link(page, "1.2").focus()
    keys = ["Enter", "ArrowLeft", "Tab", "Control+Enter"]
    page.keyboard.press(keys[0])
    page.locator("[id='update-1.2']").wait_for()
    page.keyboard.press(keys[1])
    page.keyboard.press(keys[2])
    page.keyboard.type("Rota agreed.")
    page.keyboard.press(keys[3])
    expect(page.locator("#live")).to_contain_text("1.2 saved: On track")


def test_a_card_of_my_work_is_updated_in_its_place(own_world: World, open_page: OpenPage) -> None:
    page = own_world.open(open_page, "owen", "/me")
    card = page.locator("[id='1.3']")
    card.get_by_role("link", name="Update 1.3").press("Enter")
    expect(card.locator("form.update")).to_be_visible()
    assert focused(page) == "At risk"
    page.keyboard.press("Escape")
    expect(card.locator("form.update")).to_have_count(0)
    assert focused(page) in ("Update 1.3", "No change 1.3")
