"""The office takes the plan to its spreadsheet program and back: untouched nothing changes, a changed cell does.

Given a live plan, when the office exports it in the classic columns, corrects one title there and brings the workbook
back, then that title is the one change; an answer to a request leaves out what is restricted.
"""

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.exchange.made_exports import fill, head, restrict, sheet, table
from tests.journeys.conftest import Group
from tests.journeys.steps import Traveller, press
from tests.support.browser import OpenPage


@pytest.fixture
def alice(sqlite_group: Group, open_page: OpenPage) -> Page:
    fill(sqlite_group.cast)
    return Traveller(sqlite_group.server, open_page, scripts=False).signed_in("alice@aaa.example")


def take(page: Page, *choices: str) -> bytes:
    """The workbook that the page of exports gives for these choices."""
    page.goto("/plans/alpha/actions")
    page.get_by_role("link", name="Export", exact=True).click()
    for choice in choices:
        page.get_by_label(choice, exact=False).first.check()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download", exact=True).click()
    assert coming.value.suggested_filename.endswith(".xlsx")
    return Path(coming.value.path()).read_bytes()


def look(page: Page, content: bytes) -> None:
    """Bring it as far as to what would happen."""
    page.goto("/plans/alpha/import")
    page.get_by_label("Your spreadsheet").set_input_files({"name": "plan.xlsx", "mimeType": "", "buffer": content})
    press(page, "Look at the spreadsheet")
    press(page, "Continue")
    expect(page.get_by_role("heading", name="What would happen")).to_be_visible()


def test_the_office_takes_the_plan_out_and_brings_it_back(alice: Page, sqlite_group: Group) -> None:
    body = take(alice, "The classic action plan")
    look(alice, body)
    expect(alice.get_by_text("Nothing changes.")).to_be_visible()
    book = openpyxl.load_workbook(io.BytesIO(body))
    page = book["Actions"]
    row = next(r for r in range(head(page), page.max_row + 1) if page.cell(r, 1).value == "2.01")
    page.cell(row, 2).value = "=Recruit & train"
    page.cell(row, 2).data_type = "s"
    changed = io.BytesIO()
    book.save(changed)
    look(alice, changed.getvalue())
    expect(alice.get_by_text("=Recruit & train").first).to_be_visible()
    press(alice, "Bring it in")
    expect(alice.get_by_role("heading", name="In the plan")).to_be_visible()
    rows = {r["Reference"]: r for r in table(sheet(take(alice, "The classic action plan")))}
    assert rows["2.01"]["Action required"] == "=Recruit & train"
    assert rows["1.01"]["Action required"] == "=SUM(A1:A9)"
    sqlite_group.is_proven()


def test_the_office_answers_a_request(alice: Page, sqlite_group: Group) -> None:
    restrict(sqlite_group.cast, "1.01", "A restricted action")
    body = take(alice, "A freedom of information request, without names of staff")
    rows = {r["Reference"]: r for r in table(sheet(body))}
    assert rows["1.01"]["Action"] == "A restricted action"
    assert rows["1.02"]["Accountable person"] == "Post of owen"
    [withheld] = table(sheet(body, "Withheld"), "What")
    assert withheld["Public title"] == "A restricted action"
