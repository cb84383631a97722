"""A stranger makes a real plan from nothing, in the pages alone; the installation is backed up and restored on the way.

Given a new installation, when its first administrator follows the set-up list, then a chair adopts a plan of the
92 actions of the Ockenden report, owners report on it, and a copy restored elsewhere goes on.
"""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import (
    Traveller,
    add_person,
    begin_installation,
    choose_progress,
    fresh,
    history_of,
    open_update,
    press,
    row,
    use_code,
)
from tests.support.browser import OpenPage
from tests.support.databases import sqlite_url
from tests.support.inside import serve, tracker

PLAN = "/plans/ockenden/actions"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_it_leads_a_stranger_from_a_code_to_an_adopted_plan(
    database_url: str, tmp_path: Path, open_page: OpenPage, scripts: bool
) -> None:
    with serve(database_url, tmp_path, rate_limits="off") as server:
        travel = Traveller(server, open_page, scripts)
        ada = travel.browser()
        begin_installation(ada, server, email="ada@rxx.example", organisation="RXX", named="Estuary Hospitals")
        ada.get_by_role("link", name="Load the library").click()
        press(ada, "Load the library")
        for_all = {"organisation": "RXX"}
        chair = add_person(ada, "Cleo Chair", "cleo@rxx.example", "Chair", **for_all)
        add_person(ada, "Vera Panel", "vera@rxx.example", "Assurance panel", **for_all)
        owner = add_person(ada, "Omar Owner", "omar@rxx.example", "Action owner", **for_all)

        ada.goto("/")
        ada.get_by_role("link", name="Begin a plan").first.click()
        ada.get_by_label("Title").fill("Ockenden final report")
        ada.get_by_label("Address").fill("ockenden")
        ada.get_by_label("Start from a publication").check()
        ada.get_by_label("Publication, to start from one").select_option("ockenden_2022")
        press(ada, "Begin the plan")
        expect(ada.locator(".caption")).to_contain_text("92 actions in 15 priorities")
        expect(ada.locator(".action")).to_have_count(92)

        ada.goto(f"{PLAN}/many?priority=1")
        ada.get_by_label("Accountable person", exact=True).select_option("omar@rxx.example")
        ada.get_by_label("Due date", exact=True).fill("2031-03-31")
        ada.get_by_label("Why (needed when an accountable person changes)").fill("Named at the first meeting.")
        ada.locator("#all").check()
        press(ada, "Look at what would change")
        press(ada, "Save all of it")

        cleo = travel.browser()
        use_code(cleo, chair)
        cleo.goto("/plans/ockenden/adopt")
        press(cleo, "Adopt the plan")
        cleo.goto("/plans/ockenden/settings")
        expect(cleo.locator(".caption")).to_contain_text("Live")

        omar = travel.browser()
        use_code(omar, owner)
        assert omar.url.endswith("/me")
        first = omar.locator(".card").first.get_attribute("id") or ""
        press(omar, f"No change {first}")
        expect(omar.locator(".error-summary:not([hidden])")).to_have_count(0)
        open_update(omar, "ockenden", first, scripts=scripts)
        choose_progress(omar, "On track")
        omar.get_by_label("What changed?").fill("Tŷ’r bydwragedd agreed the rota <b>twice</b> 🤱")
        press(omar, "Save")
        expect(row(omar, first).locator(".rating")).to_have_text("On track")
        assert "Omar Owner reported progress" in history_of(omar, "ockenden", first)

        saved = tmp_path / "kept.tracker"
        done = tracker("backup", str(saved), database_url=database_url, data_dir=tmp_path)
        assert done.returncode == 0, done.stderr
        proven = tracker("verify", database_url=database_url, data_dir=tmp_path)
        assert proven.returncode == 0, proven.stdout + proven.stderr

    elsewhere = fresh(tmp_path, "elsewhere")
    url = sqlite_url(elsewhere / "tracker.db")
    done = tracker("restore", str(saved), database_url=url, data_dir=elsewhere)
    assert done.returncode == 0, done.stderr
    with serve(url, elsewhere, rate_limits="off") as server:
        omar = Traveller(server, open_page, scripts).signed_in("omar@rxx.example")
        omar.goto(f"{PLAN}/{first}")
        expect(omar.locator("#updates")).to_contain_text("Tŷ’r bydwragedd agreed the rota <b>twice</b> 🤱")
        open_update(omar, "ockenden", first, scripts=scripts)
        omar.get_by_label("What changed?").fill("Going on after the restore.")
        press(omar, "Save")
        expect(row(omar, first)).to_contain_text("Going on")
    proven = tracker("verify", database_url=url, data_dir=elsewhere)
    assert proven.returncode == 0, proven.stdout + proven.stderr
