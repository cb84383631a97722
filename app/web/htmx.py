"""The one place that knows htmx's header names (version 4)."""

from urllib.parse import unquote, urlsplit

from fastapi import Request
from markupsafe import escape


def is_htmx(request: Request) -> bool:
    return request.headers.get("HX-Request") == "true"


def wants_fragment(request: Request) -> bool:
    """Whether only a part of the page is to be swapped (a boosted or restored page is asked for whole)."""
    return is_htmx(request) and request.headers.get("HX-Request-Type", "partial") == "partial"


def came_from(request: Request) -> tuple[str, str]:
    """Path and query of the page that asked: as htmx tells it, or the browser; two empty texts where neither did."""
    told = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    try:
        parts = urlsplit(told)
    except ValueError:
        return "", ""
    return (parts.path, parts.query) if parts.netloc == request.headers.get("host") else ("", "")


def target_id(request: Request) -> str:
    """The id of the element whose place the answer takes, as htmx tells it ("tbody#1.2"); empty where it has none."""
    return unquote(request.headers.get("HX-Target", "").partition("#")[2])


def partial(place: str, markup: str, swap: str = "outerHTML") -> str:
    """One more part of an answer, for the element of that id; a place that the page does not have is passed over."""
    # An id may hold dots and addresses, which a plain #id would not find.
    quoted = place.replace("\\", "\\\\").replace('"', '\\"')
    selector = escape(f'[id="{quoted}"]')
    return f'<hx-partial hx-target="{selector}" hx-swap="{swap}">{markup}</hx-partial>'


VARY = "HX-Request-Type"
REDIRECT = "HX-Redirect"
RETARGET = "HX-Retarget"
RESWAP = "HX-Reswap"
PUSH = "HX-Push-Url"
