"""`python -m tests.bench.emptied PORT`: `tracker serve` in which nothing outlives the request that made it.

Each request has shelves of its own, empty at its start, so that requests side by side lend each other nothing either;
within a request they work as always. Bounded lru caches hold rows' texts and are emptied with them; unbounded ones hold
what the code itself says (templates, words, packs) and stay, as they do in the yardstick.
"""

import functools
import gc
import sys
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from app.actions.queries import kept
from app.cli import server
from app.main import create_app

Held = dict[int, OrderedDict[Any, Any]]
_of_this_request: ContextVar[Held | None] = ContextVar("of_this_request", default=None)


class Emptying:
    """Gives each request its own empty shelves; threads of the request inherit them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            _of_this_request.set({})
        await self.app(scope, receive, send)


def _held(shelf: kept.Shelf[Any]) -> OrderedDict[Any, Any]:
    held = _of_this_request.get()
    return OrderedDict() if held is None else held.setdefault(id(shelf), OrderedDict())


def empty_shelves() -> None:
    """Every shelf there is, and every one to come, holds for a request alone."""
    for shelf in [found for found in gc.get_objects() if isinstance(found, kept.Shelf)]:
        stores = [name for name, value in vars(shelf).items() if hasattr(value, "__len__")]
        if stores != ["_held"]:
            raise RuntimeError(f"Shelf keeps its content in {stores}: tests/bench/emptied.py does not know that")
        del shelf.__dict__["_held"]
    setattr(kept.Shelf, "_held", property(_held, lambda _shelf, _value: None))  # noqa: B010


class OfThisRequest:
    """In the place of a bounded lru cache: the function's answers, for one request."""

    def __init__(self, cached: Any) -> None:
        self.function: Callable[..., Any] = cached.__wrapped__
        functools.update_wrapper(self, self.function)

    def __call__(self, *given: Any, **named: Any) -> Any:
        held = _of_this_request.get()
        if held is None:
            return self.function(*given, **named)
        answers = held.setdefault(id(self), OrderedDict())
        key = (given, tuple(sorted(named.items())))
        if key not in answers:
            answers[key] = self.function(*given, **named)
        return answers[key]


def empty_lru_caches() -> None:
    """In every module that knows them."""
    instead: dict[int, OfThisRequest] = {}
    for module in [m for name, m in sys.modules.items() if name.partition(".")[0] == "app"]:
        for name, found in list(vars(module).items()):
            if isinstance(found, functools._lru_cache_wrapper) and found.cache_parameters()["maxsize"] is not None:
                setattr(module, name, instead.setdefault(id(found), OfThisRequest(found)))


def main(port: int) -> None:
    def emptied(*given: Any, **named: Any) -> Emptying:
        app = create_app(*given, **named)
        # Only now are all rooms and their shelves there.
        empty_shelves()
        empty_lru_caches()
        return Emptying(app)

    setattr(server, "create_app", emptied)  # noqa: B010
    server.serve(port=port)


if __name__ == "__main__":
    main(int(sys.argv[1]))
