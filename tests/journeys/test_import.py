"""The programme office brings its own spreadsheet: sent, its columns and colours told, looked at, in the plan, back.

Given a draft and the workbook a trust has, when the office answers what only it knows, then every row is in the plan
with what was said of it, and taking it back leaves the plan as it was.
"""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.exchange import books
from tests.exchange.test_imports import drafted, view_of
from tests.journeys.conftest import Group
from tests.journeys.steps import Traveller, press
from tests.support.browser import OpenPage

WORDS = "Keep all that I do not answer as it is written"
# name of the file: its content, what its words and colours mean, and how many actions it holds
BOOKS: dict[str, tuple[Callable[[], bytes], Mapping[str, str], int]] = {
    "classic.xlsx": (books.classic, {}, 92),
    "brag.xlsx": (
        books.brag,
        {"the colour blue": "Evidenced and assured", "the colour amber": "At risk", "the colour green": "On track",
         "the colour red": "Off track"},
        4,
    ),
    "amber.xlsx": (books.amber_is_on_track, {"“A”": "On track", "“G”": "Embedded", "“R”": "Off track"}, 4),
    "quarters.csv": (lambda: books.QUARTERS.encode("cp1252"), {}, 3),
    "hubs.xlsx": (books.hubs, {"“Open”": "Delivered, not yet evidenced"}, 26),
}  # fmt: skip


def send(page: Page, name: str, content: bytes) -> None:
    page.goto("/plans/alpha/actions")
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("Your spreadsheet").set_input_files({"name": name, "mimeType": "", "buffer": content})
    press(page, "Look at the spreadsheet")
    expect(page.get_by_role("columnheader", name="Comes in as")).to_be_visible()


def tell(page: Page, meanings: Mapping[str, str]) -> None:
    for what, meaning in meanings.items():
        page.get_by_label(f"What does {what}").select_option(label=meaning)


@pytest.mark.parametrize("name", BOOKS)
def test_the_office_brings_its_spreadsheet_and_takes_it_back(
    sqlite_group: Group, open_page: OpenPage, name: str
) -> None:
    made, meanings, rows = BOOKS[name]
    drafted(sqlite_group.cast)
    alice = Traveller(sqlite_group.server, open_page, scripts=name != "brag.xlsx").signed_in("alice@aaa.example")
    send(alice, name, made())
    press(alice, "Continue")
    if meanings:
        tell(alice, meanings)
        press(alice, "Continue")
    expect(alice.get_by_role("heading", name="What would happen")).to_be_visible()
    if alice.get_by_label(WORDS).count():
        alice.get_by_label(WORDS).check()
    press(alice, "Bring it in")
    expect(alice.get_by_role("heading", name="In the plan")).to_be_visible()
    expect(alice.get_by_text(f"{rows} actions are added")).to_be_visible()
    assert len(view_of(sqlite_group.cast).actions) == rows
    press(alice, "Take it back")
    expect(alice.get_by_role("heading", name="Taken back")).to_be_visible()
    assert view_of(sqlite_group.cast).actions == ()
    sqlite_group.is_proven()
