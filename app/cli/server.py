"""`tracker serve`: the web server."""

import gc

import typer
import uvicorn

from app.cli import keeping, opening
from app.core import memory
from app.core.db import Database
from app.core.errors import Unavailable
from app.core.words import _
from app.main import create_app
from app.people import commands as people
from app.settings import Settings


def register(app: typer.Typer) -> None:
    app.command()(serve)


def serve(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the application; refuses a schema older or newer than the code."""
    settings = Settings()
    if "base_url" not in settings.model_fields_set:
        settings = settings.model_copy(update={"base_url": f"http://{host}:{port}"})
    database = opening.database(settings)
    _say_first_code(database, settings)
    database.dispose()
    app = create_app(settings, daily=keeping.tick)
    _settle()
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        timeout_graceful_shutdown=10,
    )


def _settle() -> None:
    """What is loaded by now stays for good: to walk through it again and again doubled the cost of large pages."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    memory.settle()


def _say_first_code(database: Database, settings: Settings) -> None:
    """While nobody has a password: how the first administrator gets in."""
    try:
        with database.write(opening.operator()) as tx:
            code = people.first_code(tx)
    except Unavailable:
        # A database that cannot be written may still be read.
        return
    if code:
        address = f"{settings.base_url.rstrip('/')}/first"
        opening.say(_("Nobody can sign in yet. Open {address} and enter this one-time code:", address=address))
        opening.say(code)
