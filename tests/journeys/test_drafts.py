"""What somebody types is never lost: neither with their session nor with the server.

Given a half-written update, when the session ends or the server is killed, then after signing in again the words are
there, and they are saved once.
"""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.people import commands as people
from tests.actions.made_plan import action, add
from tests.assurance.made import day
from tests.journeys.steps import Traveller, open_update, press, sign_in
from tests.people.signing import give_password
from tests.support import inside
from tests.support.browser import OpenPage
from tests.support.cast import MAKER, Cast
from tests.support.server import serve


@pytest.fixture
def owned(sqlite_cast: Cast) -> Cast:
    add(sqlite_cast, title="Fund the midwives", due_date=day(90), accountable_person=sqlite_cast.email("owen"))
    give_password(sqlite_cast, "owen")
    return sqlite_cast


def half_written(page: Page) -> None:
    open_update(page, "alpha", "1.1", scripts=True)
    with page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.status == 204):
        page.get_by_label("What changed?").fill("Ten minutes of typing")
    expect(page.locator("[data-draft-state]")).not_to_be_empty()


def test_it_survives_an_ended_session(owned: Cast, tmp_path: Path, open_page: OpenPage) -> None:
    with inside.serve(owned.database.url, tmp_path, rate_limits="off") as server:
        page = Traveller(server, open_page).signed_in("owen@aaa.example")
        half_written(page)
        with owned.database.write(MAKER) as tx:
            people.sign_out_elsewhere(tx, account_id=owned.people["owen"])
        press(page, "Save")
        expect(page.locator("#trouble")).to_contain_text("session has ended")
        expect(page.get_by_label("What changed?")).to_have_value("Ten minutes of typing")
        sign_in(page, "owen@aaa.example")
        open_update(page, "alpha", "1.1", scripts=True)
        expect(page.get_by_label("What changed?")).to_have_value("Ten minutes of typing")
        press(page, "Save")
        expect(page.locator("form.update")).to_have_count(0)
        expect(page.locator("[id='1.1']")).to_contain_text("Ten minutes of typing")


def test_it_survives_a_killed_server(owned: Cast, tmp_path: Path, open_page: OpenPage) -> None:
    with serve(owned.database.url, tmp_path, rate_limits="off") as server:
        page = Traveller(server, open_page).signed_in("owen@aaa.example")
        half_written(page)
        os.kill(_pid(server.url), signal.SIGKILL)
    with serve(owned.database.url, tmp_path, rate_limits="off") as server:
        page = Traveller(server, open_page).signed_in("owen@aaa.example")
        open_update(page, "alpha", "1.1", scripts=True)
        expect(page.get_by_label("What changed?")).to_have_value("Ten minutes of typing")
        expect(page.locator(".draft-kept")).to_contain_text("You began this")
        press(page, "Save")
        expect(page.locator("form.update")).to_have_count(0)
    said = action(owned, "1.1").latest_update
    assert said is not None
    assert said.commentary == "Ten minutes of typing"


def _pid(url: str) -> int:
    """The process that this test's own server is: the one that was given its port."""
    port = url.rpartition(":")[2].encode()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"serve" in words and port in words:
                return int(folder.name)
    raise AssertionError("the server is not there")
