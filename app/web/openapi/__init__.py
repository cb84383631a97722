"""The OpenAPI 3.1 document of /api/v1: made from the doors in one place, so that no door describes itself twice."""

import json
from collections.abc import Mapping
from typing import Any
from zlib import compress, decompress

from fastapi import FastAPI

from app.web.openapi.document import document


def install(app: FastAPI, rights: Mapping[str, Mapping[str, Any]], base_url: str) -> None:
    """Serve our document in place of FastAPI's. rights: the rights table in words, by act (people.permissions)."""
    made: list[bytes] = []

    def openapi() -> dict[str, Any]:
        # Kept packed: as objects it is a twentieth of all the memory of a server, and asked for once in a while.
        if not made:
            made.append(compress(json.dumps(document(app, rights, base_url)).encode()))
        found: dict[str, Any] = json.loads(decompress(made[0]))
        return found

    app.openapi = openapi  # type: ignore[method-assign]
