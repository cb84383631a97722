"""The first of the five programmes: a trust's maternity improvement plan of four local priorities, with each priority
aligned to the trust's own aims and each action linked to CQC findings and to Ockenden; then its daily work on many.

Given an empty plan, when the office writes, pastes, copies, orders, edits and hands over, then every page shows it.
"""

import pytest
from playwright.sync_api import Page, expect

from app.frameworks import commands as frameworks
from tests.journeys.conftest import Group
from tests.journeys.steps import Traveller, press, row
from tests.support.browser import OpenPage
from tests.support.cast import MAKER

PRIORITIES = ("Listening to women and families", "Workforce", "Culture and leadership", "Standards and structures")
ROWS = (
    "Action\tPriority\tOwner\tDue date\tRecommendations\n"
    "Review every stillbirth within 30 days\t1\towen@aaa.example\t31/03/2031\tockenden_2022:1.1\n"
    "Publish the staffing each month\t2\tolga@aaa.example\t1 May 2031\tcqc_regulations:R18\n"
)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_it_carries_a_trusts_own_improvement_plan(sqlite_group: Group, open_page: OpenPage, scripts: bool) -> None:
    with sqlite_group.cast.database.write(MAKER) as tx:
        tx.see_everything("the tests' own set-up")
        frameworks.load_library(tx)
    alice = Traveller(sqlite_group.server, open_page, scripts).signed_in("alice@aaa.example")
    alice.goto("/plans/new")
    alice.get_by_label("Title").fill("Maternity improvement plan")
    alice.get_by_label("Address").fill("mip")
    alice.get_by_label("Four priorities").check()
    press(alice, "Begin the plan")
    _priorities(alice)
    _write_and_paste(alice)
    _arrange(alice)


def _priorities(alice: Page) -> None:
    alice.goto("/plans/mip/settings/priorities")
    alice.get_by_label("Strategic priority").fill("The best care for every family")
    press(alice, "Add")
    for number, title in enumerate(PRIORITIES, start=1):
        place = alice.locator(f"[id='priority-{number}']")
        place.locator("summary").click()
        place.get_by_label("Title").fill(title)
        place.get_by_label("Aligned to").select_option("The best care for every family")
        press(place, "Save")
        expect(place).to_contain_text("Aligned to: The best care for every family")


def _write_and_paste(alice: Page) -> None:
    alice.goto("/plans/mip/actions/new")
    alice.get_by_label("Action", exact=True).fill("Telephone triage by a midwife, day and night")
    alice.get_by_label("Accountable person").select_option("owen@aaa.example")
    alice.get_by_label("Due date", exact=True).fill("2031-01-31")
    alice.get_by_label("Recommendations it meets (optional)").fill("ockenden_2022:1.2\ncqc_regulations:R12")
    press(alice, "Add the action")
    alice.goto("/plans/mip/actions/paste")
    alice.get_by_label("Rows of your spreadsheet").fill(ROWS)
    press(alice, "Look at what they would become")
    expect(alice.locator(".refused")).to_have_count(0)
    press(alice, "Add these actions")
    expect(alice.locator(".action")).to_have_count(3)
    alice.goto("/plans/mip/actions/1.1")
    expect(alice.locator("#recommendations")).to_contain_text("meets it")


def _arrange(alice: Page) -> None:
    alice.goto("/plans/mip/actions/1.1/copy")
    alice.get_by_label("Action", exact=True).fill("Telephone triage at the second site")
    press(alice, "Make the copy")
    alice.goto("/plans/mip/actions/order")
    press(row(alice, "1.3"), "Up 1.3")
    expect(alice.locator(".order").first.locator("li").nth(1)).to_have_id("1.3")
    alice.goto("/plans/mip/actions/many")
    alice.locator("#all").check()
    alice.get_by_label("Lead executive").select_option("edith@aaa.example")
    press(alice, "Look at what would change")
    press(alice, "Save all of it")
    alice.goto("/plans/mip/actions?group=executive")
    expect(alice.locator(".group")).to_have_count(1)
    alice.goto("/plans/mip/actions/hand-over")
    alice.get_by_label("Who leaves").select_option("owen@aaa.example")
    alice.get_by_label("Who takes over").select_option("olga@aaa.example")
    alice.get_by_label("What they are accountable for").check()
    alice.get_by_label("Why").fill("Owen retires.")
    press(alice, "Look at what would change")
    press(alice, "Save all of it")
    alice.goto("/plans/mip/actions?owner=olga@aaa.example&group=none")
    expect(alice.locator(".action")).to_have_count(4)
