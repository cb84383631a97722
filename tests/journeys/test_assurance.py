"""From proof to relapse and back: returned, assured at a meeting, failed, re-opened, recovered; and a question.

On a phone, with scripts off, with data typed by the travellers.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.assurance import made, proven
from tests.assurance.made import day
from tests.journeys.conftest import Group
from tests.journeys.steps import Traveller, press
from tests.journeys.test_dates import PHONE
from tests.people.signing import give_password
from tests.support.browser import OpenPage
from tests.support.cast import Cast
from tests.support.inside import serve

PLAN = "/plans/alpha"
ACTION = f"{PLAN}/actions/1.01"


def written(offset: int) -> str:
    return day(offset).strftime("%d/%m/%Y")


@pytest.fixture
def panel(sqlite_cast: Cast, tmp_path: Path) -> Iterator[Group]:
    """Owen's action is delivered; the panel and the board can sign in as well."""
    give_password(sqlite_cast, "alice", "owen", "carol", "violet", "victor", "dennis")
    proven.delivered(sqlite_cast, regulatory=True, regulator_date=day(100))
    with serve(sqlite_cast.database.url, tmp_path, rate_limits="off") as server:
        yield Group(server, sqlite_cast, tmp_path)


def add_audit(page: Page, shows: str, found: str, until: int) -> str:
    """An audit that somebody saw, as evidence of effect; its address."""
    page.goto(f"{PLAN}/evidence/new?action=1.01")
    page.get_by_label("Shows it works", exact=False).check()
    page.get_by_label(re.compile("^Seen")).check()
    page.get_by_label("What it shows, in one sentence").fill(shows)
    page.get_by_label("What it is", exact=True).select_option(label="Audit")
    page.get_by_label("Or the day it was seen or dated").fill(written(until))
    page.get_by_text("Of an audit or survey").click()
    page.get_by_label("How many cases").fill("60")
    page.get_by_label("What was found").fill(found)
    press(page, "Add evidence")
    expect(page.locator(".notice-success")).to_contain_text("Added")
    return page.url.partition("?")[0]


def review(page: Page, address: str, answer: str, why: str) -> None:
    page.goto(address)
    page.get_by_label(answer, exact=True).check()
    page.get_by_label("Reason, and how you looked at it", exact=False).fill(why)
    press(page, "Save your review")


def ask(page: Page, what: str, why: str) -> str:
    page.goto(f"{ACTION}/proposals/new")
    page.get_by_role("link", name=what, exact=True).click()
    page.get_by_label("Why", exact=True).fill(why)
    press(page, "Ask for it")
    expect(page.locator(".notice-success")).to_contain_text("It waits for a decision by")
    return page.url.partition("?")[0]


def test_proof_is_returned_then_assured_then_fails_and_recovers(panel: Group, open_page: OpenPage) -> None:
    travel = Traveller(panel.server, open_page, scripts=False)
    owen = travel.signed_in("owen@aaa.example", **PHONE)
    victor, dennis = (travel.signed_in(f"{name}@aaa.example", **PHONE) for name in ("victor", "dennis"))
    carol = travel.signed_in("carol@aaa.example", **PHONE)

    owen.goto(f"{ACTION}/proposals/new?move=assured")
    expect(owen.locator("#move")).to_contain_text("Add at least one item of effect evidence dated after completion.")
    audit = add_audit(owen, "Notes hold a plan agreed with the woman.", "12 of 20 notes", -20)
    review(dennis, audit, "Return", "Twenty notes are too few. Bring sixty.")
    owen.goto(audit)
    expect(owen.locator("main")).to_contain_text("Twenty notes are too few.")
    audit = add_audit(owen, "Notes hold a plan agreed with the woman, sixty of them.", "58 of 60 notes", -5)
    asked = ask(owen, "Assured", "The larger sample shows the effect.")

    victor.goto(asked)
    expect(victor.locator("#proof")).to_contain_text("sixty of them")
    expect(victor.locator("#proof")).to_contain_text("Missing:")
    review(dennis, audit, "Accept", "Sample and tool seen.")
    victor.goto(asked)
    expect(victor.locator("#proof")).not_to_contain_text("Missing:")
    victor.get_by_label("Agree", exact=True).check()
    press(victor, "Decide")
    expect(victor.locator(".field-error").first).to_contain_text("Name the meeting and its date.")
    victor.get_by_label("At which meeting").fill("November panel")
    victor.get_by_label("Held on").fill(written(0))
    press(victor, "Decide")
    expect(victor.locator("#done")).to_contain_text("Agreed")
    assert made.action_row(panel.cast).stage == "assured"

    victor.goto(f"{ACTION}/proposals/new?move=retest_failed")
    victor.get_by_label("Why", exact=True).fill("Only 31 of 60 notes held a plan.")
    press(victor, "Do it now")
    carol.goto(PLAN)
    expect(carol.locator("main")).to_contain_text("Relapsed")
    expect(carol.locator("main")).to_contain_text("1.01")

    owen.goto(ACTION)
    owen.get_by_role("link", name="Report an exception").click()
    owen.get_by_label("Cause", exact=False).fill("New staff were not taught.")
    owen.get_by_label("Interim control", exact=False).fill("The coordinator checks each handover.")
    owen.get_by_label("Recovery plan", exact=False).fill("All taught again by the end of the month.")
    press(owen, "Report it")
    expect(owen.locator("#decision")).to_contain_text("Waiting for a decision")
    assert owen.pdf(prefer_css_page_size=True, format="A4").count(b"/Type /Page\n") == 1
    carol.goto(f"{PLAN}/decisions")
    card = carol.locator(".card").filter(has_text="Recovery plan")
    expect(card).to_contain_text("All taught again by the end of the month.")
    press(card, "Agree: 1.01 Recovery plan")
    expect(carol.locator("#done")).to_contain_text("Agreed")
    owen.goto(ACTION)
    expect(owen.locator("#rating")).to_contain_text("Re-opened")
    expect(owen.locator("#history")).to_contain_text("Victor re-opened 1.01, because its re-test failed")
    panel.is_proven()


def test_a_question_shows_until_it_is_answered(panel: Group, open_page: OpenPage) -> None:
    travel = Traveller(panel.server, open_page, scripts=False)
    violet = travel.signed_in("violet@aaa.example", **PHONE)
    owen = travel.signed_in("owen@aaa.example", **PHONE)
    violet.goto(ACTION)
    violet.get_by_role("link", name="Ask a question").click()
    violet.get_by_label("Your question").fill("Which wards are not covered at night?")
    violet.get_by_label("To be answered by", exact=False).fill(written(5))
    press(violet, "Ask")
    violet.goto(PLAN)
    expect(violet.locator("main")).to_contain_text("1 question of the board’s waits for an answer")
    owen.goto("/me")
    owen.get_by_role("link", name="Question on 1.01: Which wards are not covered at night?").click()
    owen.get_by_label("Your answer").fill("Two of five; both are covered from Monday.")
    press(owen, "Answer")
    violet.goto(ACTION)
    expect(violet.locator("#questions")).to_contain_text("Two of five; both are covered from Monday.")
    violet.goto(PLAN)
    expect(violet.locator("main")).not_to_contain_text("waits for an answer")
    panel.is_proven()
