"""A real Chromium that fails the test on what a person would never report: console, CSP, outside hosts."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit
from weakref import WeakSet

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright

from tests.support.databases import ROOT

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # A request to another host is a fault of ours, and must not leave this machine either.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)  # fmt: skip
AXE = ROOT / "tests/browser/vendor/axe-core-4.14.1/axe.min.js"
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# A refused form (422) or a missing page (404) is an answer; a missing style sheet is a fault.
PARTS_OF_A_PAGE = {"stylesheet", "script", "image", "font", "manifest"}


_without_scripts: WeakSet[BrowserContext] = WeakSet()


@dataclass
class Watch:
    """What went wrong in a context. `allowed`: beginnings of console messages a test provokes on purpose."""

    origin: str
    faults: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))

    def report(self) -> list[str]:
        return [fault for fault in self.faults if not any(fault.startswith(begin) for begin in self.allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        # How a load failed is judged from the response, where it is known what was asked for.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"data", "blob", "about"} or f"{parts.scheme}://{parts.netloc}" == self.origin:
            return
        self.faults.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        part = response.status >= 400 and response.request.resource_type in PARTS_OF_A_PAGE
        if part or response.status >= 500:
            self.faults.append(f"answer {response.status}: {response.url}")


class OpenPage(Protocol):
    def __call__(
        self,
        origin: str,
        *,
        width: int = 1366,
        height: int = 768,
        scripts: bool = True,
        bypass_csp: bool = False,
        allow: tuple[str, ...] = (),
        **options: Any,
    ) -> Page: ...


def executable() -> str | None:
    """Debian's Chromium, or None for the build that Playwright may have installed."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)


class Chromium:
    """One for each worker, from the first test that needs it to the first that does not.

    Not for the session: while it lives, its event loop counts as running in this thread, and others' `asyncio.run` is
    refused.
    """

    def __init__(self) -> None:
        self._open = ExitStack()
        self._browser: Browser | None = None

    def get(self) -> Browser:
        if self._browser is not None and not self._browser.is_connected():
            # It crashed in the test before, which has said so.
            self.close()
        if self._browser is None:
            self._browser = self._open.enter_context(launched())
        return self._browser

    def close(self) -> None:
        self._browser = None
        self._open.close()


chromium = Chromium()


@pytest.fixture
def browser() -> Browser:
    return chromium.get()


@contextmanager
def launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        try:
            yield opened
        finally:
            opened.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens an empty page in a context of its own, whose addresses are relative to `origin`."""
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def open_page(
        origin: str,
        *,
        width: int = 1366,
        height: int = 768,
        scripts: bool = True,
        bypass_csp: bool = False,
        allow: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=origin,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            bypass_csp=bypass_csp,
            locale="en-GB",
            timezone_id="Europe/London",
            **options,
        )
        if not scripts:
            _without_scripts.add(context)
        context.set_default_timeout(10_000)
        watch = Watch(origin, allowed=list(allow))
        watch.follow(context)
        contexts.append(context)
        watches.append(watch)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    faults = [fault for watch in watches for fault in watch.report()]
    assert not faults, "\n".join(faults)


def axe(page: Page, *, disable: tuple[str, ...] = (), source: Callable[[], str] = AXE.read_text) -> None:
    """Asserts that axe finds no violation of WCAG 2.2 A and AA in the page as it stands now."""
    # Without scripts no promise is ever kept: axe would wait for good.
    assert page.context not in _without_scripts, "axe needs a page opened with scripts"
    # The debugger's own door: the page's CSP stays as strict as it is in life.
    session = page.context.new_cdp_session(page)
    try:
        _evaluate(session, source() + ";1")
        options = {
            "runOnly": {"type": "tag", "values": AXE_TAGS},
            "rules": {rule: {"enabled": False} for rule in disable},
            "resultTypes": ["violations"],
        }
        found = _evaluate(session, f"axe.run(document, {json.dumps(options)}).then(r => JSON.stringify(r.violations))")
    finally:
        session.detach()
    violations = json.loads(found)
    assert not violations, "\n".join(_in_words(violation) for violation in violations)


def _evaluate(session: Any, expression: str) -> str:
    answer = session.send(
        "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}
    )  # fmt: skip
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return str(answer["result"]["value"])


def _in_words(violation: dict[str, Any]) -> str:
    places = "; ".join(f"{' '.join(map(str, node['target']))}: {node['html'][:200]}" for node in violation["nodes"][:5])
    return f"axe {violation['id']} ({violation['impact']}): {violation['help']}: {places}"
