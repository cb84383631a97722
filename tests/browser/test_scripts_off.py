"""Without scripts every page of the walk is there: its forms can be sent, and nothing drawn does nothing."""

import pytest
from playwright.sync_api import Page

from tests.browser.stops import Stop
from tests.browser.walk import STOPS
from tests.browser.world import World
from tests.support.browser import OpenPage

# A button that neither sends a form nor opens what the browser opens by itself; a link that leads nowhere.
DEAD = """() => [...document.querySelectorAll('button, a, [role="button"]')]
    .filter(e => e.checkVisibility({visibilityProperty: true}))
    .filter(e => e.tagName === 'A' ? !e.getAttribute('href') || e.getAttribute('href') === '#'
        : !(e.type === 'submit' && e.form || e.popoverTargetElement))
    .map(e => e.outerHTML.slice(0, 160))"""
# A form that nothing sends: but for what a summary opens, its button is there to be pressed.
SHUT = """() => [...document.querySelectorAll('main form')]
    .filter(f => !f.closest('details:not([open])'))
    .filter(f => ![...f.elements].some(e => e.type === 'submit' && e.checkVisibility({visibilityProperty: true})))
    .map(f => f.outerHTML.slice(0, 160))"""
OF_WHOM = sorted({stop.who for stop in STOPS})


def wrong_with(page: Page, stop: Stop, path: str) -> list[str]:
    answer = page.goto(path)
    assert answer is not None
    found = [] if answer.status == stop.status else [f"answers {answer.status}"]
    found += [] if page.locator("h1").first.is_visible() else ["shows no heading"]
    found += [f"does nothing: {each}" for each in page.evaluate(DEAD)]
    found += [f"cannot be sent: {each}" for each in page.evaluate(SHUT)]
    return [f"{path} of {stop.who or 'anybody'}: {each}" for each in found]


@pytest.mark.parametrize("who", OF_WHOM, ids=lambda who: who or "anybody")
def test_every_page_works_without_scripts(world: World, open_page: OpenPage, who: str) -> None:
    page = world.open(open_page, who, scripts=False)
    stops = {stop.path.format(**world.ids): stop for stop in STOPS if stop.who == who}
    assert not [fault for path, stop in stops.items() for fault in wrong_with(page, stop, path)]
