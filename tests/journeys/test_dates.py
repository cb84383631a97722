"""A later date is asked for and decided by somebody else, on a phone; the slip is counted.

Given an owner whose date cannot be kept, when it is asked for, then the executive agrees or returns it with a reason,
nobody decides on what they asked for themselves, and the first date stays.
"""

import pytest
from playwright.sync_api import expect

from tests.actions.made_plan import action, add
from tests.assurance.made import day
from tests.journeys.conftest import Group
from tests.journeys.steps import Traveller, ask_for, history_of, press
from tests.support.browser import OpenPage

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def late(group: Group) -> Group:
    add(
        group.cast, title="Fund the midwives", due_date=day(10), start_date=day(-30),
        accountable_person=group.cast.email("owen"), lead_executive=group.cast.email("edith"),
    )  # fmt: skip
    return group


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_executive_agrees_on_a_phone_and_the_slip_is_counted(
    late: Group, open_page: OpenPage, scripts: bool
) -> None:
    travel = Traveller(late.server, open_page, scripts)
    owen = travel.signed_in("owen@aaa.example")
    ask_for(owen, 30, "The supplier cannot train the night teams before then.")
    expect(owen.get_by_role("button", name="Decide")).to_have_count(0)

    edith = travel.signed_in("edith@aaa.example", **PHONE)
    edith.goto("/plans/alpha/decisions")
    card = edith.locator(".decide .card")
    for words in ("Owen asked on", "The supplier cannot train", "If you agree:", "If you return it:"):
        expect(card).to_contain_text(words)
    if scripts:
        assert edith.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
        box = card.bounding_box()
        assert box is not None
        assert box["height"] <= 844, "one thing to decide fits on one screen"
    edith.get_by_role("button", name="Agree").first.click()
    expect(edith.locator("#done")).to_be_visible()
    now = action(late.cast, "1.1").facts
    assert (now.due_date, now.original_due_date, now.slips, now.slip_days) == (day(30), day(10), 1, 20)
    said = history_of(owen, "alpha", "1.1")
    assert "Owen asked for" in said
    assert "Edith" in said
    late.is_proven()


def test_a_return_says_why_and_changes_no_date(late: Group, open_page: OpenPage) -> None:
    travel = Traveller(late.server, open_page)
    owen = travel.signed_in("owen@aaa.example")
    ask_for(owen, 30, "The supplier cannot train the night teams before then.")
    edith = travel.signed_in("edith@aaa.example", **PHONE)
    edith.goto("/plans/alpha/decisions")
    edith.get_by_role("link", name="Return").click()
    press(edith, "Decide")
    expect(edith.locator(".error-summary")).to_be_focused()
    edith.get_by_label("Reason (needed when you return)").fill("Say first who covers the nights.")
    press(edith, "Decide")
    owen.reload()
    expect(owen.locator("#decision")).to_contain_text("Say first who covers the nights.")
    now = action(late.cast, "1.1").facts
    assert (now.due_date, now.slips) == (day(10), 0)


def test_nobody_decides_on_what_they_asked_for(late: Group, open_page: OpenPage) -> None:
    held = {"accountable_person": late.cast.email("edith"), "lead_executive": late.cast.email("edith")}
    add(late.cast, title="Ward rounds", due_date=day(10), start_date=day(-30), **held)
    edith = Traveller(late.server, open_page).signed_in("edith@aaa.example")
    ask_for(edith, 30, "I lead it, and it cannot be done before.", "1.2")
    expect(edith.get_by_role("button", name="Decide")).to_have_count(0)
    expect(edith.locator("#answer")).to_contain_text("Carol")
    answer = edith.request.post(
        edith.url.split("?")[0] + "/decision", form={"outcome": "accept"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status == 403
    assert "Nobody decides on their own proposal or action" in answer.text()
