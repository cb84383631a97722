"""A stop of the walk: where somebody begins, and what they do there before it is looked at."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Deed = Callable[[Page], object]


@dataclass(frozen=True)
class Stop:
    """path: where to begin ({ids} of the world); deed: what brings the state about; status: the answer to the path.

    route: the page's address in the application; often: also looked at on narrow screens.
    """

    name: str
    who: str
    path: str
    route: str
    deed: Deed | None = None
    status: int = 200
    often: bool = False


def send(button: str, **typed: str) -> Deed:
    """Fill these fields by their ids and press the button of that name."""

    def deed(page: Page) -> None:
        for name, value in typed.items():
            place = page.locator(f"[id='{name.replace('__', '.')}']")
            if place.evaluate("e => e.tagName") == "SELECT":
                place.select_option(value)
            elif place.get_attribute("type") in ("checkbox", "radio"):
                place.check()
            else:
                place.fill(value)
        page.get_by_role("button", name=button, exact=True).first.click()
        page.wait_for_load_state()
        page.locator(".error-summary:not([hidden])").first.wait_for()

    return deed
