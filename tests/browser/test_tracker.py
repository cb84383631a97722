"""The tracker in a real Chromium: density, the keyboard walk, drafts, phones and readers of screens."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from app.people.models import SignInSession
from app.people.secrets import hashed
from app.web.security import SESSION_COOKIE
from tests.actions.made_plan import action, add
from tests.support import cast as casting
from tests.support import databases
from tests.support.browser import OpenPage, axe
from tests.support.cast import MAKER, Cast
from tests.support.inside import serve
from tests.support.server import Server

BASE = "/plans/alpha/actions"
EDITING = ".editing form"


@pytest.fixture
def sqlite_cast(tmp_path: Path) -> Iterator[Cast]:
    """The cast's plan with 26 actions of Owen's."""
    with databases.copied("sqlite", tmp_path, "26-actions", fill) as url:
        made = casting.opened(url, tmp_path)
        yield made
        made.database.dispose()


def fill(url: str) -> None:
    casting.fill(url)
    due = (clock.today() + timedelta(days=90)).isoformat()
    with TemporaryDirectory() as folder:
        cast = casting.opened(url, Path(folder))
        for n in range(26):
            add(cast, title=f"Action number {n} of the plan", due_date=due, accountable_person="owen@aaa.example")
        cast.database.dispose()


@pytest.fixture
def tracker(sqlite_cast: Cast, tmp_path: Path) -> Iterator[Server]:
    with serve(sqlite_cast.database.url, tmp_path) as server:
        yield server


def signed_in(cast: Cast, page: Page, server: Server, who: str = "alice") -> Page:
    now, secret = clock.now(), f"secret of {who}, {time.monotonic_ns()}"
    with cast.database.write(MAKER) as tx:
        ends = now + timedelta(hours=1)
        held = cast.people[who]
        tx.add(SignInSession(secret_hash=hashed(secret), account_id=held, began_at=now, last_seen_at=now, ends_at=ends))
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": secret, "url": server.url}])
    return page


def row(page: Page, ref: str) -> str:
    return f'[id="{ref}"]'


def is_focused(page: Page, selector: str) -> None:
    expect(page.locator(selector)).to_be_focused()


def rows_seen(page: Page) -> int:
    inside = "r => { const b = r.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
    return int(page.evaluate(f"[...document.querySelectorAll('tr.row')].filter({inside}).length"))


@pytest.mark.parametrize(("width", "height", "least"), [(1366, 768, 10), (1920, 1080, 20)])
def test_it_shows_enough_rows(
    sqlite_cast: Cast, tracker: Server, open_page: OpenPage, width: int, height: int, least: int
) -> None:
    page = signed_in(sqlite_cast, open_page(tracker.url, width=width, height=height), tracker)
    page.goto(BASE)
    assert rows_seen(page) >= least
    axe(page)


def test_an_update_by_keyboard_alone(sqlite_cast: Cast, tracker: Server, open_page: OpenPage) -> None:
    page = signed_in(sqlite_cast, open_page(tracker.url), tracker)
    page.goto(BASE)
    began = time.monotonic()
    page.keyboard.press("/")
    is_focused(page, "#q")
    page.keyboard.type("number 7")
    expect(page.locator("#live")).to_have_text("1 of 26 actions")
    assert page.url.endswith("?q=number+7")
    page.locator(f"{row(page, '1.8')} .c-do a").focus()
    page.keyboard.press("Enter")
    is_focused(page, '[id="progress-1.8"]')
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Two of three posts are filled.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(EDITING)).to_have_count(0)
    is_focused(page, f"{row(page, '1.8')} .c-do a")
    assert time.monotonic() - began < 30
    assert "1.8 saved: On track" in page.locator("#live").inner_text()
    said = action(sqlite_cast, "1.8").latest_update
    assert said is not None
    assert said.commentary == "Two of three posts are filled."


def test_save_goes_on_and_escape_keeps_a_draft(sqlite_cast: Cast, tracker: Server, open_page: OpenPage) -> None:
    page = signed_in(sqlite_cast, open_page(tracker.url), tracker, "owen")
    page.goto(BASE)
    page.click(f"{row(page, '1.1')} .c-do a")
    page.click('label[for="progress-1.1-4"]')
    expect(page.locator('[id="cause-1.1"]')).to_be_visible()
    page.fill('[id="commentary-1.1"]', "The money is gone.")
    page.keyboard.press("Control+Enter")
    is_focused(page, '[id="progress-1.2"]')
    expect(page.locator(f"{row(page, '1.1')} .rating")).to_have_text("Off track")
    expect(page.locator("#chip-red b")).to_have_text("1")
    expect(page.locator('[id="cause-1.2"]')).to_be_hidden()
    page.fill('[id="commentary-1.2"]', "Half a sentence")
    with page.expect_response("**/1.2/draft"):
        page.keyboard.press("Escape")
    is_focused(page, f"{row(page, '1.2')} .c-do a")
    page.keyboard.press("Enter")
    expect(page.locator('[id="commentary-1.2"]')).to_have_value("Half a sentence")
    expect(page.locator(".draft-kept")).to_contain_text("You began this on")
    axe(page)
    page.click(".draft-kept button")
    expect(page.locator('[id="commentary-1.2"]')).to_have_value("")


def test_a_lost_session_leaves_the_form_as_it_is(sqlite_cast: Cast, tracker: Server, open_page: OpenPage) -> None:
    page = signed_in(sqlite_cast, open_page(tracker.url), tracker)
    page.goto(BASE)
    page.click(f"{row(page, '1.1')} .c-do a")
    page.fill('[id="commentary-1.1"]', "Ten minutes of typing")
    page.context.clear_cookies()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#trouble")).to_contain_text("Your session has ended")
    expect(page.locator('[id="commentary-1.1"]')).to_have_value("Ten minutes of typing")
    signed_in(sqlite_cast, page, tracker)
    page.locator('[id="commentary-1.1"]').focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"{row(page, '1.1')} .c-update")).to_contain_text("Ten minutes of typing")


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_each_action_is_a_card(sqlite_cast: Cast, tracker: Server, open_page: OpenPage, width: int) -> None:
    page = signed_in(sqlite_cast, open_page(tracker.url, width=width, height=800), tracker)
    for path in (BASE, f"{BASE}?view=comfortable", f"{BASE}/1.1", f"{BASE}/1.1/edit", f"{BASE}/many", "/me"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        axe(page)
    page.goto(BASE)
    page.click(f"{row(page, '1.1')} .c-do a")
    expect(page.locator(EDITING)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_same_form_is_a_page(sqlite_cast: Cast, tracker: Server, open_page: OpenPage) -> None:
    page = signed_in(sqlite_cast, open_page(tracker.url, scripts=False), tracker)
    page.goto(f"{BASE}?group=owner")
    page.fill("#q", "number 3")
    page.click("form.filters >> text=Show")
    page.click(f"{row(page, '1.4')} .c-do a")
    expect(page.locator('[id="cause-1.4"]')).to_be_visible()
    page.fill('[id="commentary-1.4"]', "Done without a script.")
    page.click("text=Save and next")
    assert page.url.endswith("#1.4")
    assert "q=number+3" in page.url
    expect(page.locator(f"{row(page, '1.4')} .c-update")).to_contain_text("Done without a script.")
