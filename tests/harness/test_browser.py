"""The browser's watch has teeth, and axe is not kept out by the CSP."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from tests.support.browser import OpenPage, Watch, axe

STRICT = "default-src 'self'; script-src 'self'; style-src 'self'"
PAGES = {
    "/good": "<html lang=en><title>Good</title><main><h1>Good</h1></main>",
    "/no-language": "<html><title>Bad</title><main><h1>Bad</h1></main>",
    "/inline-style": "<html lang=en><title>x</title><h1 style='color: red'>x</h1>",
    "/inline-script": "<html lang=en><title>x</title><h1>x</h1><script>throw Error('x')</script>",
    "/outside": "<html lang=en><title>x</title><img alt='' src='http://example.org/x.png'>",
    "/missing-part": "<html lang=en><title>x</title><link rel=stylesheet href=/none.css>",
}


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        self.send_response(404 if page is None else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", STRICT)
        self.end_headers()
        self.wfile.write((page or "<html lang=en><title>None</title><h1>None</h1>").encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _faults(browser: Browser, origin: str, path: str) -> str:
    context = browser.new_context(base_url=origin)
    watch = Watch(origin)
    watch.follow(context)
    context.new_page().goto(path, wait_until="networkidle")
    context.close()
    return "\n".join(watch.report())


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/inline-style", "Content Security Policy"),
        ("/inline-script", "Content Security Policy"),
        ("/outside", "request to another host: http://example.org/x.png"),
        ("/missing-part", "answer 404"),
    ],
)
def test_it_sees_what_a_person_would_not_report(browser: Browser, origin: str, path: str, fault: str) -> None:
    assert fault in _faults(browser, origin, path)


@pytest.mark.parametrize("path", ["/good", "/an-absent-page"])
def test_it_lets_a_good_page_and_an_honest_404_pass(browser: Browser, origin: str, path: str) -> None:
    assert _faults(browser, origin, path) == ""


def test_it_finds_axe_violations_in_spite_of_the_policy(open_page: OpenPage, origin: str) -> None:
    page = open_page(origin)
    page.goto("/good")
    axe(page)
    page.goto("/no-language")
    with pytest.raises(AssertionError, match="html-has-lang"):
        axe(page)


def test_it_refuses_axe_where_scripts_are_off(open_page: OpenPage, origin: str) -> None:
    page = open_page(origin, scripts=False)
    page.goto("/good")
    with pytest.raises(AssertionError, match="with scripts"):
        axe(page)
