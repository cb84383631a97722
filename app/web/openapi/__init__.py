"""The OpenAPI 3.1 document of /api/v1: made from the doors in one place, so that no door describes itself twice."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI

from app.web.openapi.document import document


def install(app: FastAPI, rights: Mapping[str, Mapping[str, Any]], base_url: str) -> None:
    """Serve our document in place of FastAPI's. rights: the rights table in words, by act (people.permissions)."""
    made: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not made:
            made.update(document(app, rights, base_url))
        return made

    app.openapi = openapi  # type: ignore[method-assign]
