"""Every link and every form's address on every page leads somewhere, for each kind of person, and nobody is shown a
way that they may not go."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import APIRequestContext

from tests.browser.world import BASE, World
from tests.support.browser import OpenPage

BEGIN = ("/", "/me", "/account", "/help", BASE, "/plans/draft/actions", "/plans/empty-draft/actions", "/plans/alpha")
MOST = 150
# A plan of 92 and a library of 460 lead to the same pages again and again: so many of each kind.
ALIKE = 3


def shape(path: str) -> str:
    return re.sub(r"[0-9a-f-]{36}|\d[\d.]*|(?<=/frameworks/)\w+", "*", path)


@pytest.mark.parametrize(
    "who", ["alice", "owen", "edith", "victor", "carol", "violet", "adam", "petra", "liam", "nora"]
)
def test_it_shows_no_link_that_leads_nowhere(world: World, open_page: OpenPage, who: str) -> None:
    request = world.open(open_page, who).request
    walked = _walk(request)
    assert len(walked) > 5, "links are found"
    # The world's evidence has rows and no files; files are opened in tests of their own.
    led = [each for each in walked if "/file?version=" not in each[0]]
    wrong = [f"{path} ({status}), from {parent}" for path, status, parent in led if status >= 400]
    assert not wrong, "\n".join(wrong)


def _walk(request: APIRequestContext) -> list[tuple[str, int, str]]:
    ahead, been, alike, found = [(path, "") for path in BEGIN], set[str](), dict[str, int](), []
    while ahead and len(been) < MOST:
        path, parent = ahead.pop(0)
        if path in been:
            continue
        kind = shape(path)
        alike[kind] = alike.get(kind, 0) + 1
        if alike[kind] > ALIKE:
            continue
        been.add(path)
        answer = request.get(path)
        if parent or answer.status >= 500:
            found.append((path, answer.status, parent))
        if answer.ok and "text/html" in answer.headers["content-type"]:
            ahead += [(to, path) for to in _links(answer.text(), path)]
    return found


def _links(html: str, base: str) -> list[str]:
    found = [urljoin(base, unescape(to)) for to in re.findall(r'<a [^>]*href="([^"]+)"', html)]
    parts = [urlsplit(to) for to in found]
    return [f"{p.path}?{p.query}" if p.query else p.path for p in parts if not p.netloc and p.path != "/static"]
