"""The chief executive reads where the plan stands, on a phone in a taxi and on paper, and decides with a thumb."""

from itertools import combinations

import httpx2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.assurance.made import day
from tests.journeys.conftest import Group
from tests.journeys.steps import Traveller, ask_for, press
from tests.journeys.test_dates import PHONE
from tests.support.browser import OpenPage
from tests.support.server import DEMO_PASSWORD, Server

BOARD = "/plans/alpha"
MOST_BYTES = 50_000
THUMB = {"has_touch": True, "is_mobile": True}
LOOKS = 6
HERE = {"Sec-Fetch-Site": "same-origin"}
# Mean difference of two drawings in greyscale, over the square they are drawn in: 0 none, 1 black against white.
GREY_APART = """async pictures => {
  const grey = async encoded => {
    const image = new Image(); image.src = "data:image/png;base64," + encoded; await image.decode();
    const canvas = new OffscreenCanvas(48, 48), ink = canvas.getContext("2d");
    ink.drawImage(image, 0, 0, 48, 48);
    const data = ink.getImageData(0, 0, 48, 48).data, found = [];
    for (let i = 0; i < data.length; i += 4) found.push((.2126*data[i] + .7152*data[i+1] + .0722*data[i+2]) / 255);
    return found;
  };
  const all = await Promise.all(pictures.map(grey));
  return all.map(a => all.map(b => a.reduce((sum, x, i) => sum + Math.abs(x - b[i]), 0) / a.length));
}"""


# The smallest words of a page, without those in drawings.
SMALLEST = """() => {
  const says = e => [...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim());
  const shown = [...document.querySelectorAll(".dashboard :not(svg *)")].filter(e => says(e) && e.checkVisibility());
  return Math.min(...shown.map(e => parseFloat(getComputedStyle(e).fontSize)));
}"""


def bytes_of(url: str, email: str, password: str, path: str) -> dict[str, int]:
    """How much is sent for the first answer: as it is, and compressed."""
    sent: dict[str, int] = {}
    with httpx2.Client(base_url=url, headers=HERE, timeout=60) as client:
        client.post("/sign-in", data={"email": email, "password": password})
        for coding in ("identity", "gzip"):
            with client.stream("GET", path, headers={"Accept-Encoding": coding}) as answer:
                assert answer.status_code == 200
                assert answer.headers.get("Content-Encoding", "identity") == coding
                sent[coding] = sum(map(len, answer.iter_raw()))
    return sent


def pages_of(page: Page) -> int:
    return page.pdf(prefer_css_page_size=True, format="A4").count(b"/Type /Page\n")


def tap(where: Locator) -> None:
    """With a thumb: large enough, and not covered."""
    where.scroll_into_view_if_needed()
    box = where.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    where.tap()


def top(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    return box["y"]


@pytest.fixture
def asked(season: Group, open_page: OpenPage) -> Group:
    """Edith has asked for three later dates, which Carol alone decides on."""
    edith = Traveller(season.server, open_page).signed_in("edith@aaa.example")
    for ref, why in (("2.1", "The builder is late."), ("2.2", "No nurse yet."), ("2.3", "The tender failed.")):
        ask_for(edith, 80, why, ref)
    return season


def test_she_reads_and_decides_with_one_thumb(asked: Group, open_page: OpenPage) -> None:
    carol = Traveller(asked.server, open_page).signed_in("carol@aaa.example", **PHONE, **THUMB)
    carol.goto(BOARD)
    expect(carol.locator(".answer")).to_contain_text("2 of 5 actions in force need action now")
    expect(carol.locator(".answer")).to_contain_text("2 more than on")
    expect(carol.locator(".answer")).to_contain_text("1 overdue, 1 off track")
    order = [top(carol, selector) for selector in (".answer", ".decide", "#news", "#sources")]
    assert order == sorted(order), "the sentence, what waits, what got worse, then the rest"
    assert order[0] < PHONE["height"] / 2
    assert carol.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    expect(carol.locator(".decide .card")).to_have_count(3)

    tap(carol.get_by_role("button", name="Agree: 2.1"))
    expect(carol.locator("#done")).to_be_visible()
    tap(carol.get_by_role("button", name="Bring to the meeting: 2.2"))
    expect(carol.locator("#done")).to_contain_text("brought to “Improvement group”")
    expect(carol.locator(".card", has_text="2.2")).to_contain_text("Brought to “Improvement group”")
    expect(carol.get_by_role("button", name="Bring to the meeting: 2.2")).to_have_count(0)
    tap(carol.get_by_role("link", name="Return: 2.3"))
    carol.get_by_label("Reason (needed when you return)").fill("Say first who translates until then.")
    press(carol, "Decide")
    expect(carol.get_by_role("heading", level=1)).to_have_text("Where the plan stands")
    expect(carol.locator("#done")).to_contain_text("2.3")
    assert "2.3" not in carol.locator(".decide").inner_text()
    assert "2.1" not in carol.locator(".decide").inner_text()

    reds = carol.locator("#news .feed").first
    for words in ("1.1 Fund the midwives", "1.2 Twice-daily ward rounds", "was on track", "Owen", "Two of four"):
        expect(reds).to_contain_text(words)
    tap(reds.get_by_role("link", name="1.2 Twice-daily ward rounds"))
    expect(carol.get_by_role("heading", level=1)).to_contain_text("Twice-daily ward rounds")
    for ref, due in (("2.1", 80), ("2.2", 40), ("2.3", 50)):
        shown = carol.request.get(f"/api/v1/plans/alpha/actions/{ref}").json()
        assert shown["due_date"] == day(due).isoformat(), ref
    asked.is_proven()


def test_her_page_is_one_sheet_of_paper_that_needs_no_colours(asked: Group, open_page: OpenPage) -> None:
    carol = Traveller(asked.server, open_page).signed_in("carol@aaa.example")
    carol.goto(BOARD)
    assert pages_of(carol) == 1
    carol.emulate_media(media="print")
    expect(carol.locator(".answer")).to_be_visible()
    assert set(carol.locator(".feed .rating").all_inner_texts()) >= {"Overdue", "Off track"}
    legend = carol.locator("#priorities .legend li")
    assert len(set(legend.all_inner_texts())) == LOOKS, "each colour has its word"
    blank = open_page(asked.server.url)
    for what, pictures in (
        ("shapes", [_encoded(each.locator("svg").last) for each in legend.all()]),
        ("parts of a strip", [_encoded(each.locator("svg").first) for each in legend.all()]),
    ):
        apart = blank.evaluate(GREY_APART, pictures)
        alike = [(a, b, apart[a][b]) for a, b in combinations(range(LOOKS), 2) if apart[a][b] < 0.05]
        assert alike == [], f"two {what} look the same in greyscale"
    assert carol.evaluate(SMALLEST) >= 10, "7.5 pt, which are 10 px"
    drawn = carol.locator("#trend .line").evaluate_all(
        "all => all.map(e => { const s = getComputedStyle(e); return s.strokeDasharray + ' ' + s.strokeWidth; })"
    )
    assert len(set(drawn)) == len(drawn) >= 3, "each line is drawn in its own way"
    names = carol.locator("#priorities .looks svg[role=img]").evaluate_all("all => all.map(e => e.ariaLabel)")
    assert names
    assert all(names)


def _encoded(drawing: Locator) -> str:
    from base64 import b64encode

    return b64encode(drawing.screenshot()).decode()


def test_220_actions_are_a_small_first_answer_and_one_sheet(demo_server: Server, open_page: OpenPage) -> None:
    sent = bytes_of(demo_server.url, "chair@saltmarsh.example", DEMO_PASSWORD, "/plans/saltmarsh-mip")
    print(sent)  # noqa: T201
    assert sent["gzip"] < sent["identity"] < MOST_BYTES
    page = open_page(demo_server.url, width=PHONE["width"], height=PHONE["height"])
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill("chair@saltmarsh.example")
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    press(page, "Sign in")
    page.goto("/plans/saltmarsh-mip")
    expect(page.locator(".answer")).to_contain_text("in force need action now")
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    assert pages_of(page) == 1
