"""The group updates its plan together: the office for others, owners for themselves, and a script beside them.

Given actions with owners, when several people and a program report at once, then each word is kept, a conflict is
told before anything is overwritten, and the history says who, what, when and why.
"""

import json
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from app.core import clock
from app.people.models import ApiToken
from app.people.rules import TokenScope
from app.people.secrets import hashed, new_token
from tests.actions.made_plan import add
from tests.assurance.made import day
from tests.journeys.conftest import Group
from tests.journeys.steps import Traveller, choose_progress, history_of, open_update, press, row
from tests.support.browser import OpenPage
from tests.support.cast import MAKER

PLAN = "/plans/alpha/actions"


@pytest.fixture
def three(group: Group) -> Group:
    for title, who in (("Fund the midwives", "owen"), ("Twice-daily ward rounds", "owen"), ("Bereavement room", "")):
        held = {"accountable_person": group.cast.email(who)} if who else {}
        add(group.cast, title=title, due_date=day(90), start_date=day(-10), **held)
    return group


def write_token(group: Group) -> str:
    secret = new_token()
    with group.cast.database.write(MAKER) as tx:
        tx.add(
            ApiToken(
                name="Script", secret_hash=hashed(secret), hint=secret[:8], scope=TokenScope.write, made_by="tests",
                organisation_id=group.cast.organisations["AAA"], made_at=clock.now(), expires_on=day(30),
            )
        )  # fmt: skip
    return secret


def ask(group: Group, token: str, path: str, body: dict[str, str] | None = None, match: str = "") -> tuple[int, dict]:  # type: ignore[type-arg]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    if match:
        headers["If-Match"] = match
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(  # noqa: S310 (loopback)
        f"{group.server.url}/api/v1/plans/alpha{path}", data, headers, method="PATCH" if body else "GET"
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_office_writes_down_what_the_meeting_says(three: Group, open_page: OpenPage, scripts: bool) -> None:
    alice = Traveller(three.server, open_page, scripts).signed_in("alice@aaa.example")
    open_update(alice, "alpha", "1.1", scripts=scripts)
    choose_progress(alice, "On track")
    alice.get_by_label("What changed?").fill("Two of three posts are filled.")
    alice.get_by_label("For whom (optional)").select_option("owen@aaa.example")
    alice.get_by_label("Told how").fill("at the meeting")
    alice.get_by_label("On what date").fill(day(0).isoformat())
    press(alice, "Save and next")
    expect(alice.locator("[id='update-1.2']")).to_be_visible()
    press(alice, "No change")
    alice.goto(f"{PLAN}/1.1")
    expect(alice.locator("#updates")).to_contain_text("Alice for Owen, told at the meeting")
    assert "Alice" in history_of(alice, "alpha", "1.1")
    three.is_proven()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_owner_says_that_nothing_changed_with_one_press(three: Group, open_page: OpenPage, scripts: bool) -> None:
    owen = Traveller(three.server, open_page, scripts).signed_in("owen@aaa.example")
    assert owen.url.endswith("/me")
    press(owen, "No change 1.1")
    if scripts:
        expect(owen.locator("#live")).to_contain_text("1.1 saved")
    owen.goto(f"{PLAN}/1.1")
    expect(owen.locator("#updates")).to_contain_text("Owen")
    assert "Owen reported" in history_of(owen, "alpha", "1.1")


def test_two_browsers_and_a_script_lose_nothing(three: Group, open_page: OpenPage) -> None:
    travel, token = Traveller(three.server, open_page), write_token(three)
    alice, owen = travel.signed_in("alice@aaa.example"), travel.signed_in("owen@aaa.example")
    open_update(alice, "alpha", "1.1", scripts=True)
    open_update(owen, "alpha", "1.1", scripts=True)
    status, seen = ask(three, token, "/actions/1.1")
    assert status == 200

    choose_progress(owen, "At risk")
    owen.get_by_label("What changed?").fill("The deanery said no.")
    press(owen, "Save")
    expect(row(owen, "1.1").locator(".rating")).to_have_text("At risk")

    choose_progress(alice, "On track")
    alice.get_by_label("What changed?").fill("All posts advertised.")
    press(alice, "Save")
    expect(alice.locator("form.update")).to_contain_text("Owen reported At risk")
    expect(alice.get_by_label("What changed?")).to_have_value("All posts advertised.")
    expect(row(alice, "1.1").get_by_role("radio", name="On track")).to_be_checked()
    press(alice, "Save")
    expect(row(alice, "1.1").locator(".rating")).to_have_text("On track")

    stale, told = ask(three, token, "/actions/1.1", {"title": "Fund", "why": "x"}, str(seen["revision"]))
    assert (stale, told["code"]) == (412, "stale")
    _ok, now = ask(three, token, "/actions/1.1")
    done, _told = ask(
        three,
        token,
        "/actions/1.1",
        {"success_measure": "12 in post", "why": "Agreed by finance."},
        str(now["revision"]),
    )
    assert done == 200

    said = history_of(alice, "alpha", "1.1")
    for words in ("Owen reported progress on 1.1", "Alice reported progress on 1.1", "Agreed by finance.", "Script"):
        assert words in said
    updates = alice.locator("#updates").inner_text()
    assert "The deanery said no." in updates
    assert "All posts advertised." in updates
    three.is_proven()
