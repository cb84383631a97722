"""One place where an error becomes an answer: RFC 9457 for programs, a summary for htmx, a page for people."""

import logging
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from app.core.errors import Forbidden, Invalid, NotFound, Stale, TrackerError
from app.core.failures import busy, is_the_machines, unavailable
from app.core.inputs import told
from app.core.sentences import field_errors
from app.core.words import _
from app.web import render
from app.web.access import is_api, methods_at
from app.web.ended import ended
from app.web.htmx import REDIRECT, RESWAP, RETARGET, is_htmx
from app.web.refusals import request_errors

log = logging.getLogger("tracker")
TITLES = {
    401: lambda: _("Sign in"),
    403: lambda: _("You may not do this"),
    404: lambda: _("Page not found"),
    405: lambda: _("This cannot be done here"),
    409: lambda: _("This has changed already"),
    412: lambda: _("Somebody else has changed this"),
    413: lambda: _("Too large"),
    422: lambda: _("There is a problem"),
    428: lambda: _("Say which version you have read"),
    429: lambda: _("Too many tries"),
    503: lambda: _("Not available just now"),
}
# Of problems, where a page has other words.
API_TITLES = {
    401: lambda: _("Send a token"),
    404: lambda: _("Not found"),
}


def install(app: FastAPI) -> None:
    app.add_exception_handler(TrackerError, _tracker_error)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _bad_input)  # type: ignore[arg-type]
    app.add_exception_handler(ValidationError, _bad_model)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _http_error)  # type: ignore[arg-type]
    app.add_exception_handler(StaleDataError, _stale)
    app.add_exception_handler(DBAPIError, _database)  # type: ignore[arg-type]
    app.add_exception_handler(PoolTimeout, _pool)
    app.add_exception_handler(Exception, unexpected)


def answer(request: Request, error: TrackerError) -> Response:
    request_id = getattr(request.state, "request_id", "")
    headers = {"Cache-Control": "no-store"}
    if error.status in (429, 503):
        headers["Retry-After"] = str(error.details.get("retry_after", 5))
    if is_api(request):
        if error.status == 401:
            headers["WWW-Authenticate"] = 'Bearer realm="tracker", Basic realm="tracker"'
        return JSONResponse(problem(error, request_id), error.status, headers, media_type="application/problem+json")
    if error.status == 401 and request.method in ("GET", "HEAD"):
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        address = f"/sign-in?next={quote(target, safe='/')}"
        return (
            Response(status_code=204, headers={REDIRECT: address})
            if is_htmx(request)
            else RedirectResponse(address, 303)
        )
    errors = [{"text": told(f.field, f.message), "href": f"#{f.field}" if f.field else ""} for f in error.fields] or [
        {"text": error.message, "href": ""}
    ]
    if is_htmx(request):
        # A stray refusal must not replace the row that asked: it goes where base.html keeps a place for it.
        headers |= {RETARGET: "#trouble", RESWAP: "innerHTML"}
        return render.fragment(
            request,
            "parts/_errors.html",
            status=error.status,
            errors=errors,
            errors_id="trouble-errors",
            headers=headers,
        )
    return error_page(request, error.status, error.message, headers)


def error_page(request: Request, status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    title = TITLES.get(status, lambda: _("Something went wrong"))()
    shown: dict[str, Any] = {
        "title": title,
        "sentence": sentence,
        "request_id": getattr(request.state, "request_id", ""),
        "next": [{"href": "/", "text": _("Go to the start")}],
    }
    if status == 401:
        shown["next"] = [{"href": "/sign-in", "text": _("Sign in")}]
    return render.page(request, "errors/error.html", title, status=status, headers=headers, error=shown)


def problem(error: TrackerError, request_id: str) -> dict[str, Any]:
    """RFC 9457, with code, errors[] {pointer, message} and request_id."""
    return {
        "type": "about:blank",
        "title": (TITLES | API_TITLES).get(error.status, lambda: _("Something went wrong"))(),
        "status": error.status,
        "detail": error.message,
        "code": error.code,
        "errors": [{"pointer": pointer(f.field), "message": f.message} for f in error.fields],
        "request_id": request_id,
        **{k: v for k, v in error.details.items() if k != "retry_after"},
    }


def pointer(field: str) -> str:
    return "/" + field.replace(".", "/") if field else ""


async def _tracker_error(request: Request, error: TrackerError) -> Response:
    if error.code == "unauthorised" and request.method not in ("GET", "HEAD") and not is_api(request):
        return await ended(request)
    return await run_in_threadpool(answer, request, error)


def _bad_input(request: Request, error: RequestValidationError) -> Response:
    kind = request.headers.get("content-type", "")
    if is_api(request) and kind and "json" not in kind and any(each["loc"] == ("body",) for each in error.errors()):
        return answer(request, Invalid("", _("Send JSON, with the header “Content-Type: application/json”.")))
    return answer(request, Invalid.several(request_errors(error)))


def _bad_model(request: Request, error: ValidationError) -> Response:
    return answer(request, Invalid.several(field_errors(list(error.errors()))))


def _http_error(request: Request, error: HTTPException) -> Response:
    if error.status_code == 404:
        return answer(request, NotFound(_nothing_here(request)))
    if error.status_code == 403:
        return answer(request, Forbidden(str(error.detail)))
    made = TrackerError(_http_sentence(error), code=f"http_{error.status_code}", status=error.status_code)
    given = answer(request, made)
    for name, value in (error.headers or {}).items():
        given.headers[name] = value
    if error.status_code == 405 and (methods := methods_at(request.app, request.url.path)):
        # Starlette names only those of the first route that has the address.
        given.headers["Allow"] = ", ".join(methods)
    return given


def _nothing_here(request: Request) -> str:
    if is_api(request):
        return _("There is no such address in the API. Every one is listed at /api/docs.")
    return _("There is nothing at this address.")


def _http_sentence(error: HTTPException) -> str:
    known = {
        400: lambda: _("The request could not be read. Check it and send it again."),
        405: lambda: _("This cannot be done here."),
        413: lambda: _("What you sent is too large. Nothing was saved."),
    }
    return known.get(error.status_code, lambda: str(error.detail))()


def _stale(request: Request, _error: Exception) -> Response:
    return answer(request, Stale(_("Somebody else has changed this. Look at it again before you save.")))


def _database(request: Request, error: DBAPIError) -> Response:
    log.error("database error", exc_info=error, extra={"request_id": request.state.request_id})
    if is_the_machines(error):
        return answer(request, unavailable(error))
    return unexpected(request, error)


def _pool(request: Request, _error: Exception) -> Response:
    return answer(request, busy())


def unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected error", exc_info=error, extra={"request_id": request.state.request_id})
    return answer(
        request,
        TrackerError(_("Something went wrong on our side. Nothing was saved. Try again."), "unexpected", 500),
    )
