"""From a gap to an answer, and from proof to a signature.

Given an inspection typed in by the office, when a gap becomes an action in one step, then it is no gap any more. Given
a scheme with one line, when it was checked, then the chief executive signs it, and nothing changes it afterwards.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.coverage.made import publish
from tests.journeys.conftest import Group
from tests.journeys.steps import Traveller, press
from tests.people.signing import give_password
from tests.support.browser import OpenPage

PHONE = {"width": 390, "height": 844}


def type_inspection(page: Page) -> None:
    page.goto("/frameworks")
    page.get_by_role("link", name="Add your own publication").click()
    page.get_by_label("Title", exact=True).fill("CQC inspection 2026")
    page.get_by_label("Service inspected (optional)").fill("Maternity")
    page.get_by_label("Inspected on (optional)").fill("3 March 2026")
    page.get_by_label("Warning notice (section 29A)").check()
    press(page, "Add the publication")
    for ref, title in (("MD1", "Assess in triage within 15 minutes"), ("MD2", "Record every handover")):
        page.get_by_label("Number", exact=True).fill(ref)
        page.get_by_label("What it asks for").fill(title)
        page.get_by_label("How it binds (optional)").select_option("must")
        press(page, "Add the recommendation")
        expect(page.locator(f"#r-{ref}")).to_contain_text(title)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_gap_becomes_an_action_in_one_step(sqlite_group: Group, open_page: OpenPage, *, scripts: bool) -> None:
    traveller = Traveller(sqlite_group.server, open_page, scripts)
    page = traveller.signed_in("alice@aaa.example", **({} if scripts else PHONE))
    type_inspection(page)
    page.goto("/plans/alpha/coverage")
    page.get_by_label("Publication", exact=True).select_option("CQC inspection 2026")
    press(page, "Add the publication")
    expect(page.locator(".notice-success")).to_contain_text("you already answer 0% (0 of 2)")
    page.locator("#matrix").get_by_role("link", name="CQC inspection 2026: No action").click()
    expect(page.locator("tbody.asked")).to_have_count(2)
    page.get_by_role("link", name="Make an action MD2").click()
    expect(page.locator("#title")).to_have_value("Record every handover")
    press(page, "Add the action")
    page.goto("/plans/alpha/coverage")
    expect(page.locator("#matrix")).to_contain_text("50% (1 of 2)")
    page.goto("/plans/alpha/recommendations?framework=aaa_cqc_inspection_2026&standing=covered")
    expect(page.locator("tbody.asked")).to_have_count(1)
    sqlite_group.is_proven()


def test_a_declaration_is_checked_signed_and_frozen(group: Group, open_page: OpenPage) -> None:
    give_password(group.cast, "victor")
    publish(group.cast, refs=1)
    traveller = Traveller(group.server, open_page, scripts=False)
    office = traveller.signed_in("alice@aaa.example")
    office.goto("/plans/alpha/declarations")
    office.get_by_label("Publication", exact=True).select_option("Publication aaa_first")
    office.get_by_label("Title", exact=True).fill("Incentive scheme, year 6")
    press(office, "Begin the declaration")
    at = office.url
    office.get_by_text("Proof required and reason for a hole").click()
    office.locator("#required-1").fill("The audit of the year")
    press(office, "Save 1")
    expect(office.locator("#line-1")).to_contain_text("The audit of the year")
    chief = traveller.signed_in("carol@aaa.example", **PHONE)
    chief.goto(at)
    press(chief, "Sign the declaration")
    expect(chief.locator(".error-summary")).to_contain_text("Nobody has checked 1.")
    panel = traveller.signed_in("victor@aaa.example")
    panel.goto(at)
    panel.get_by_text("Check it", exact=True).click()
    panel.get_by_label("As you found it").select_option("Not met")
    panel.get_by_label("What you looked at").fill("There is no audit yet")
    press(panel, "Save the check of 1")
    chief.goto(at)
    press(chief, "Sign the declaration")
    expect(chief.locator(".error-summary")).to_contain_text("1 has a hole without a reason")
    office.goto(at)
    office.get_by_text("Proof required and reason for a hole").click()
    office.locator("#hole-1").fill("The audit is due in March")
    press(office, "Save 1")
    chief.goto(at)
    press(chief, "Sign the declaration")
    expect(chief.locator(".notice-success")).to_contain_text("Signed by Carol")
    signed = chief.locator("code.hash").last.inner_text()
    office.goto(at)
    expect(office.get_by_role("button", name="Save 1")).to_have_count(0)
    expect(office.locator("#line-1")).to_contain_text("The audit is due in March")
    assert office.locator("code.hash").last.inner_text() == signed
    group.is_proven()
