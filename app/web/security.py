"""Headers on every answer, cross-site requests refused, one log line a request."""

import logging
import secrets
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core import counting, words
from app.core.errors import Forbidden, TrackerError
from app.core.words import _
from app.web import problems

log = logging.getLogger("tracker.requests")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex",
}
STRICT = "Strict-Transport-Security"
MIB = 1024 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SESSION_COOKIE = "tracker_session"


class Outermost:
    """Request id, language, headers, the cross-site check and the log line; nothing passes it by."""

    def __init__(self, app: ASGIApp, base_url: str, language: str, most_body: Callable[[str], int]) -> None:
        self.app = app
        self.language = language
        self.most_body = most_body
        secure = {STRICT: "max-age=31536000; includeSubDomains"} if base_url.startswith("https://") else {}
        self.headers = [(name.lower().encode(), value.encode()) for name, value in (HEADERS | secure).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        state = scope.setdefault("state", {})
        state["request_id"] = request_id = secrets.token_hex(8)
        words.use_language(self.language)
        statements = counting.begin()
        status = 500
        began_to_answer = False

        async def finish(message: Message) -> None:
            nonlocal status, began_to_answer
            if message["type"] == "http.response.start":
                began_to_answer = True
                status = message["status"]
                given = message["headers"]
                held = {name.lower() for name, _value in given}
                ours = [pair for pair in self.headers if pair[0] not in held]
                message["headers"] = [*given, *ours, (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            refused = refusal(scope) or too_large(scope, self.most_body(scope["path"]))
            await (refused or self.app)(scope, receive, finish)
        except Exception as error:
            # Starlette would answer outside of everything, without our headers.
            if began_to_answer:
                raise
            await problems.unexpected(Request(scope), error)(scope, receive, finish)
        finally:
            _log(scope, status, began, statements[0])


def refusal(scope: Scope) -> Response | None:
    """A write from another site is refused before anything else looks at it (Fetch Metadata, then Origin).

    A request with neither header and a session cookie is refused too; programs carry a token instead of a cookie.
    """
    if scope["method"] in SAFE:
        return None
    headers = Headers(scope=scope)
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        ok = site in ("same-origin", "none")
    elif origin is not None:
        ok = urlsplit(origin).netloc == headers.get("host")
    else:
        ok = SESSION_COOKIE not in headers.get("cookie", "")
    if ok:
        return None
    message = _("This came from another site and was refused. Open the page here and try again.")
    return problems.answer(Request(scope), Forbidden(message, "cross_site"))


def too_large(scope: Scope, most: int) -> Response | None:
    """A body that says it is too large is refused before a byte of it is read."""
    told = Headers(scope=scope).get("content-length", "")
    if not (told.isascii() and told.isdigit()) or int(told) <= most:
        return None
    message = _("What you sent is too large: at most {most} kilobytes. Nothing was saved.", most=most // 1024)
    if most > 10 * MIB:
        message = _("What you sent is too large: at most {most} megabytes. Nothing was saved.", most=most // MIB)
    return problems.answer(Request(scope), TrackerError(message, "too_large", 413))


def _log(scope: Scope, status: int, began: float, statements: int) -> None:
    state = scope["state"]
    actor = state.get("actor")
    log.info(
        "%s %s %s",
        scope["method"],
        scope["path"],
        status,
        extra={
            "request_id": state["request_id"],
            "actor": str((actor and (actor.id or actor.token_id)) or "-"),
            "door": actor.door.value if actor else "-",
            "ms": round((time.perf_counter() - began) * 1000, 1),
            "queries": statements,
            "revision": state.get("revision", "-"),
        },
    )
