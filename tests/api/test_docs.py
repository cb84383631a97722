"""/api/docs: every operation with an anchor, for anybody, without scripts; nothing for axe to say."""

import re

import pytest

from tests.support.browser import OpenPage, axe
from tests.support.doors import Doors
from tests.support.server import Server


def test_it_shows_every_operation_and_shape_to_anybody(sqlite_doors: Doors) -> None:
    client = sqlite_doors.anybody()
    page, document = client.get("/api/docs"), client.get("/api/v1/openapi.json").json()
    assert page.status_code == 200
    names = [o["operationId"] for methods in document["paths"].values() for o in methods.values()]
    ids = re.findall(r' id="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
    assert set(names) <= set(ids)
    assert {f"shape-{name}" for name in document["components"]["schemas"]} <= set(ids)
    broken = {link for link in re.findall(r'href="#([^"]+)"', page.text) if link not in ids}
    assert not broken


def test_it_says_who_may_and_that_no_token_decides(sqlite_doors: Doors) -> None:
    text = sqlite_doors.anybody().get("/api/docs").text
    decide = text.split('id="decisions_decide"')[1].split("</article>")[0]
    assert "Assurance panel (own plan)" in decide
    assert "A signed-in person only; no token." in decide
    assert "tracker_session" in decide
    assert "$TOKEN" not in decide


def test_it_sends_a_file_as_a_form(sqlite_doors: Doors) -> None:
    text = sqlite_doors.anybody().get("/api/docs").text
    for operation, name in (("exchange_send", "plan.xlsx"), ("evidence_submit", "report.pdf")):
        curl = text.split(f'id="{operation}"')[1].split("<code>curl")[1].split("</code>")[0]
        assert f"-F file=@{name}" in curl
        assert "application/json" not in curl


@pytest.mark.parametrize("width", [1366, 390])
def test_it_reads_well_on_every_screen(live_server: Server, open_page: OpenPage, width: int) -> None:
    page = open_page(live_server.url, width=width)
    page.goto("/api/docs")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    axe(page)
