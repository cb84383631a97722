"""Every GET of the API answers 304 to what the asker has already; a door that knows a cheaper ETag sets its own."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web import etags

API = "/api/v1/"


class Conditional:
    """Holds a 200 of the API back until its ETag is known; other answers pass through as they come."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not scope["path"].startswith(API):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope).get("if-none-match")
        start: Message | None = None
        body = bytearray()

        async def hold(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and message["status"] == 200 and not _is_a_file(message):
                start = message
                return
            if start is None or message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                await _finish(start, bytes(body), asked, send)

        await self.app(scope, receive, hold)


def _is_a_file(start: Message) -> bool:
    """A download passes in pieces and is kept nowhere."""
    return "no-store" in MutableHeaders(scope=start).get("cache-control", "")


async def _finish(start: Message, body: bytes, asked: str | None, send: Send) -> None:
    headers = MutableHeaders(scope=start)
    if "etag" not in headers:
        headers["ETag"] = etags.of_body(body)
        headers.setdefault("Cache-Control", "private, no-cache")
    if etags.matches(asked, headers["etag"]):
        start["status"] = 304
        body = b""
        for name in ("content-length", "content-type"):
            if name in headers:
                del headers[name]
    await send(start)
    await send({"type": "http.response.body", "body": body})
