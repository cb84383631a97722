"""What people do again and again in the journeys, as a person does it: by the names of fields and buttons."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.assurance.made import day
from tests.support.browser import OpenPage
from tests.support.server import Server

PASSWORD = "seven lovely horses"


@dataclass
class Traveller:
    """Opens a browser of its own for each person of one installation."""

    server: Server
    open_page: OpenPage
    scripts: bool = True

    def browser(self, **options: int) -> Page:
        return self.open_page(self.server.url, scripts=self.scripts, **options)  # type: ignore[arg-type]

    def signed_in(self, email: str, **options: int) -> Page:
        page = self.browser(**options)
        sign_in(page, email)
        return page


def press(where: Page | Locator, name: str) -> None:
    where.get_by_role("button", name=name, exact=True).first.click()


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def use_code(page: Page, code: str) -> None:
    page.goto("/sign-in/code")
    page.get_by_label("One-time code").fill(code)
    page.get_by_label("Choose a password").fill(PASSWORD)
    press(page, "Keep the password and sign in")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def first_code(server: Server) -> str:
    """The code that `serve` printed."""
    return str(re.findall(r"(?m)^\s*((?:[A-Z0-9]{4}-){4}[A-Z0-9]{4})\s*$", server.log)[-1])


def begin_installation(page: Page, server: Server, *, email: str, organisation: str, named: str) -> None:
    page.goto("/first")
    page.get_by_label("One-time code").fill(first_code(server))
    page.get_by_label("Your name").fill("Ada Admin")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_label("ODS code of your organisation").fill(organisation)
    page.get_by_label("Name of your organisation").fill(named)
    page.get_by_label("Choose a password").fill(PASSWORD)
    press(page, "Make the account and sign in")
    expect(page.get_by_role("heading", name="Set up this tracker")).to_be_visible()


def add_person(page: Page, name: str, email: str, *roles: str, organisation: str) -> str:
    """The one-time code that the page shows."""
    page.goto("/admin/accounts/new")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Post (optional)").fill(f"Post of {name}")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Organisation", exact=True).select_option(organisation)
    for role in roles:
        page.get_by_label(role, exact=True).check()
    press(page, "Add the account")
    return page.locator("#code .number").inner_text().strip()


def row(page: Page, ref: str) -> Locator:
    return page.locator(f"[id='{ref}']")


def open_update(page: Page, plan: str, ref: str, *, scripts: bool) -> None:
    """The form of an update from the list: in the row, or as a page without scripts."""
    page.goto(f"/plans/{plan}/actions")
    page.get_by_role("link", name=f"Update {ref}", exact=True).click()
    page.locator(f"[id='update-{ref}']").wait_for()
    if not scripts:
        assert page.url.endswith("/update")


def choose_progress(page: Page, words: str) -> None:
    page.locator("form.update .segments label").filter(has_text=words).click()


def ask_for(page: Page, days: int, why: str, ref: str = "1.1") -> None:
    """A later date, so many days from now."""
    page.goto(f"/plans/alpha/actions/{ref}")
    page.get_by_role("link", name="Ask for a move").click()
    page.get_by_role("link", name="New due date").click()
    page.get_by_label("New due date").fill(day(days).isoformat())
    page.get_by_label("Why", exact=True).fill(why)
    press(page, "Ask for it")
    expect(page.locator(".notice-success")).to_contain_text("It waits for a decision by")


def history_of(page: Page, plan: str, ref: str) -> str:
    page.goto(f"/plans/{plan}/actions/{ref}")
    return page.locator("#history").inner_text()


def fresh(tmp_path: Path, name: str) -> Path:
    made = tmp_path / name
    made.mkdir()
    return made
