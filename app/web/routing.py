"""Turns a request away at one look from the routers it is not for.

FastAPI asks every route of a router, and once more on each level down to the one that is meant: among some hundreds of
routes that took more of a request's time than its statements.
"""

import re
from collections.abc import Callable

from fastapi import APIRouter
from fastapi.routing import iter_route_contexts
from starlette.routing import Match, compile_path
from starlette.types import Scope

Matches = Callable[[Scope], tuple[Match, Scope]]


def at_one_look(router: APIRouter, within: str = "") -> APIRouter:
    """Put one pattern of all its addresses before this router, and before each that it includes.

    within: the prefix of the routers around it. Only for an application at the root: its paths are looked at whole.
    """
    for route in router.routes:
        included = getattr(route, "original_router", None)
        if isinstance(included, APIRouter):
            at_one_look(included, within + router.prefix)
    # Routers outlive an application: the tests make several.
    if not hasattr(router.matches, "pattern"):
        router.matches = _looking(router.matches, _pattern(router, within))  # type: ignore[method-assign, assignment]
    return router


def _pattern(router: APIRouter, within: str) -> re.Pattern[str]:
    paths = {within + (found.path or "") for found in iter_route_contexts(router.routes)}
    # A name may stand only once in a pattern.
    return re.compile("|".join(re.sub(r"\?P<\w+>", "?:", compile_path(path)[0].pattern) for path in sorted(paths)))


def _looking(matches: Matches, pattern: re.Pattern[str]) -> Matches:
    def looking(scope: Scope) -> tuple[Match, Scope]:
        return matches(scope) if pattern.match(scope["path"]) else (Match.NONE, {})

    looking.__dict__["pattern"] = pattern
    return looking
