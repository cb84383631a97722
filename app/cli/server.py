"""`tracker serve`: the web server."""

from typing import Annotated

import typer
import uvicorn

from app.cli import opening
from app.main import create_app, version
from app.settings import Settings


def register(app: typer.Typer) -> None:
    app.command()(serve)
    app.callback()(common)


def common(
    _version: Annotated[bool, typer.Option("--version", callback=lambda on: _show_version(on), is_eager=True)] = False,
) -> None:
    """Maternity improvement plan tracker."""


def _show_version(on: bool) -> None:
    if on:
        typer.echo(f"tracker {version()}")
        raise typer.Exit


def serve(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the application; refuses a schema older or newer than the code."""
    settings = Settings()
    opening.database(settings).dispose()
    uvicorn.run(
        create_app(settings),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
