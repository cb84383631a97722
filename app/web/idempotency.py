"""Idempotency-Key: a program that heard no answer sends the same POST again, and the act is done once.

`keep_answers(router)`, called where a router joins the application, wraps each of its `/api/v1` POSTs; a door does
nothing. The answer (status, ETag, Location, body) is written in the transaction of the act, so either both are there
after a crash or neither. The same key and body from the same person or token get the same answer for 24 hours, with
`Idempotency-Replayed: true`; another body under the key is refused (422). Refused acts are not kept: they may be tried
again. Two requests at once under one key queue, and the second gets the first one's answer.
"""

import json
from collections.abc import Awaitable, Callable, Coroutine
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.concurrency import run_in_threadpool

from app.core import idempotency
from app.core.db import Write
from app.core.errors import Invalid
from app.core.storage import CHUNK
from app.core.words import _
from app.web.access import guard

HEADER = "Idempotency-Key"
LONGEST = 255
KEPT_HEADERS = ("etag", "location", "link", "content-type")
PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "The same key and body get the same answer for 24 hours; another body is refused.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST},
}
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class _Kept(Exception):  # an answer, not an error
    def __init__(self, status: int, headers: str, body: str) -> None:
        self.response = Response(body.encode(), status, json.loads(headers) | {"Idempotency-Replayed": "true"})


def keep_answers(router: APIRouter) -> APIRouter:
    """Wrap each POST of the API in this router and in those that it includes."""
    for found in iter_route_contexts(router.routes):
        route = found.original_route
        # Routers outlive an application: the tests make several.
        if (
            isinstance(route, APIRoute)
            and _is_api_post(found)
            and not hasattr(route.get_route_handler, "keeps_answers")
        ):
            route.get_route_handler = _keeping(route.get_route_handler)  # type: ignore[method-assign]
            extra = dict(route.openapi_extra or {})
            route.openapi_extra = extra | {"parameters": [*extra.get("parameters", ()), PARAMETER]}
    return router


def _is_api_post(found: RouteContext) -> bool:
    # The address with the prefixes of the routers around it: a room's own may be the folder of several.
    return "POST" in (found.methods or ()) and (found.path or "").startswith("/api/v1")


def _keeping(make: Callable[[], Handler]) -> Callable[[], Handler]:
    # FastAPI asks for the handler when the router is included; the transaction ends after the handler has answered.
    def made() -> Handler:
        handler = make()

        async def kept(request: Request) -> Response:
            given = request.headers.get(HEADER)
            if given is None:
                return await handler(request)
            return await _once(request, given, handler)

        return kept

    made.__dict__["keeps_answers"] = True
    return made


async def _once(request: Request, given: str, handler: Callable[[Request], Awaitable[Response]]) -> Response:
    if not (0 < len(given) <= LONGEST and given.isascii() and given.isprintable()):
        raise Invalid(HEADER, _("Idempotency-Key takes 1 to 255 letters, digits and signs."))
    request.state.idempotency = given, await _digest(request)
    request.state.idempotent_write = None
    try:
        response = await handler(request)
    except _Kept as found:
        return found.response
    tx, body = request.state.idempotent_write, getattr(response, "body", None)
    if tx is not None and body is not None and response.status_code < 300:
        await run_in_threadpool(_keep, request, tx, response.status_code, response.headers, bytes(body))
    return response


async def _digest(request: Request) -> str:
    """Of the body; of a form with files, of what it holds: it is kept on disk, and each try has another boundary."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return sha256(await request.body()).hexdigest()
    # The files of somebody who may not enter are not even read.
    await guard(request)
    found = sha256()
    for name, value in (await request.form()).multi_items():
        is_text = isinstance(value, str)
        found.update(f"{name}\0{value if is_text else value.filename}\0".encode())  # type: ignore[union-attr]
        if not isinstance(value, str):
            while piece := await value.read(CHUNK):
                found.update(piece)
            await value.seek(0)
    return found.hexdigest()


def begin(request: Request, tx: Write) -> None:
    """Called as the transaction opens: answers from what is kept, or remembers where to keep the answer."""
    if getattr(request.state, "idempotency", None) is None:
        return
    key, body_hash = _key(request)
    idempotency.queue(tx, key)
    found = idempotency.kept(tx, key, body_hash)
    if found is not None:
        raise _Kept(*found)
    request.state.idempotent_write = tx


def _keep(request: Request, tx: Write, status: int, headers: Any, body: bytes) -> None:
    key, body_hash = _key(request)
    told = {name: headers[name] for name in KEPT_HEADERS if name in headers}
    idempotency.keep(tx, key, body_hash, status, json.dumps(told), body.decode())


def _key(request: Request) -> tuple[str, str]:
    given, body_hash = request.state.idempotency
    actor = request.state.actor
    who = str(actor.token_id or actor.id or actor.door.value)
    return idempotency.key_of(who, request.method, request.url.path, given), body_hash
