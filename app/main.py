"""Wires the application: settings, database, rooms' doors, middleware and error handlers; nothing else."""

import asyncio
import importlib
import json
import logging
import re
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Depends, FastAPI
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from app.core import clock, migrate, words
from app.core.db import Database
from app.core.errors import TrackerError
from app.core.glance import Glance
from app.core.storage import storage_in
from app.core.words import _
from app.home.queries import is_demo
from app.people import gatekeeping, permissions
from app.settings import Settings
from app.web import openapi, problems
from app.web.access import guard, routes_without_act
from app.web.conditional import Conditional
from app.web.doors import Gate, end_with_handlers
from app.web.head import HeadAsGet
from app.web.idempotency import keep_answers
from app.web.kept import KeptAnswers
from app.web.render import Banner
from app.web.routing import at_one_look
from app.web.security import Outermost
from app.web.templating import STATIC
from app.web.uploads import MOST_BODY

# Each room's doors, in the order of the rooms; a room without a door has none here.
# Reports come after plans, whose /plans/new is not a plan called new.
ROOMS = (
    "home", "coverage", "assurance", "evidence", "actions", "plans", "exchange", "reports", "frameworks", "people",
    "organisations", "history",
)  # fmt: skip
MAX_BODY = 1024 * 1024
# Where files come in.
UPLOADS = re.compile(r"(?:/api/v1)?/plans/[^/]+/(?:evidence|imports?)(?:/.*)?")


def most_body(path: str) -> int:
    """How many bytes may be sent to this address."""
    return MOST_BODY if UPLOADS.fullmatch(path) else MAX_BODY


class BodyLimit:
    """Counts the bytes of a request as they come, whatever it declares."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await RequestBodyLimitMiddleware(self.app, most_body(scope["path"]))(scope, receive, send)


class Static(StaticFiles):
    """Files under a digest may be kept for a year; the others are asked about each time."""

    def file_response(self, *args: Any, **kwargs: Any) -> Any:
        answer = super().file_response(*args, **kwargs)
        scope: Scope = args[2] if len(args) > 2 else kwargs["scope"]
        kept = b"v=" in scope.get("query_string", b"")
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if kept else "no-cache"
        return answer


def create_app(settings: Settings | None = None, daily: Callable[[Database], object] | None = None) -> FastAPI:
    """The application of these settings. daily: the day's work, done at the start and after each midnight in London."""
    settings = settings or Settings()
    _log_to_stderr(settings.log)
    clock.pin(settings.today)
    database = Database(settings.url, settings.data_dir, settings.threads * 2, settings.lock_wait)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        # Twice the cores: more threads only fight for the interpreter.
        to_thread.current_default_thread_limiter().total_tokens = settings.threads
        work = asyncio.create_task(_each_day(database, daily)) if daily else None
        yield
        if work:
            work.cancel()
        app.state.glance.close()
        database.dispose()

    app = FastAPI(
        title="Maternity improvement plan tracker",
        version=version(),
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(guard)],
        lifespan=life,
    )
    app.state.settings = settings
    app.state.database = database
    app.state.gate = Gate(database)
    app.state.storage = storage_in(settings.data_dir)
    app.state.glance = Glance(database)
    app.state.gatekeeper = gatekeeping.keeper(database, app.state.glance)
    app.state.framer = gatekeeping.framer(settings.organisation_name, _banners(settings, database))
    app.mount("/static", Static(directory=STATIC), name="static")
    for router in _doors():
        app.include_router(router)
    if bare := routes_without_act(app):
        raise RuntimeError(f"routes that name no act of the rights table: {bare}")
    problems.install(app)
    openapi.install(app, permissions.told(), settings.base_url)
    _layers(app, settings)
    return app


def _layers(app: FastAPI, settings: Settings) -> None:
    # Innermost: what declares its size is refused by Outermost with a problem, what does not by this one.
    app.add_middleware(BodyLimit)
    app.add_middleware(Conditional)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(KeptAnswers, glance=app.state.glance)
    app.add_middleware(HeadAsGet)
    app.add_middleware(Outermost, base_url=settings.base_url, language=settings.language, most_body=most_body)


async def _each_day(database: Database, daily: Callable[[Database], object]) -> None:
    done: date | None = None
    while True:
        if (today := clock.today()) != done:
            try:
                await to_thread.run_sync(daily, database)
                done = today
            except TrackerError as error:
                # Tried again below; a database that can only be read must not stop the server.
                logging.getLogger("tracker").warning("the daily work waits: %s", error.code)
        await asyncio.sleep(60)


def _doors() -> list[APIRouter]:
    found: list[APIRouter] = []
    for room in ROOMS:
        for door in ("api", "pages"):
            name = f"app.{room}.{door}"
            if importlib.util.find_spec(name):
                router = end_with_handlers(keep_answers(importlib.import_module(name).router))
                found.append(at_one_look(router))
    return found


def version() -> str:
    from importlib.metadata import version as installed

    return installed("maternity-improvement-plan-tracker")


def _banners(settings: Settings, database: Database) -> list[Banner]:
    try:
        banners = [Banner("demo", _("Demonstration: everything here is invented."))] if is_demo(database) else []
    except (SQLAlchemyError, TrackerError):
        # Not migrated or not reachable: /readyz says so, and no page needs to.
        banners = []
    if settings.today:
        banners.append(Banner("day", _("The day is set to {day}.", day=words.day(settings.today))))
    return banners


class _Line(logging.Formatter):
    """One line a request; no free text, no names."""

    def __init__(self, style: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self.as_json = style == "json"

    def format(self, record: logging.LogRecord) -> str:
        told = {
            k: getattr(record, k)
            for k in ("request_id", "actor", "door", "ms", "queries", "revision")
            if hasattr(record, k)
        }
        if self.as_json:
            line = {"at": self.formatTime(record), "level": record.levelname, "message": record.getMessage()}
            if record.exc_info:
                line["error"] = self.formatException(record.exc_info)
            return json.dumps(line | told)
        return super().format(record) + "".join(f" {k}={v}" for k, v in told.items())


def _log_to_stderr(style: str) -> None:
    log = logging.getLogger("tracker")
    log.handlers.clear()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line(style))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


__all__ = ["create_app", "migrate", "version"]
