"""`python -m tests.bench.emptied PORT`: `tracker serve` in which nothing outlives the request that made it.

Each request has shelves of its own, empty at its start, so that requests side by side lend each other nothing either;
within a request they work as always. Bounded lru caches hold rows' texts and are emptied with them; unbounded ones hold
what the code itself says (templates, words, packs) and stay, as they do in the yardstick. What else may come to be kept
is looked for: `GET /left-behind` tells which objects and collections of the application are more than at the start.
"""

import copy
import functools
import gc
import sys
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from enum import Enum
from types import FunctionType, ModuleType
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.cli import server
from app.main import create_app
from tests.bench.servers import LEFT_BEHIND

# Ready statements, columns' types (SQLAlchemy keeps the yardstick's too), and what the templates' environment has.
NO_ROWS = frozenset({
    "app.core.walls._narrowed", "app.core.prepared.Prepared", "app.core.columns.Known", "app.web.templating.Nhsuk",
})  # fmt: skip
COLLECTIONS = (dict, list, set, deque)
_of_this_request: ContextVar[dict[int, Any] | None] = ContextVar("of_this_request", default=None)


class Emptying:
    """Gives each request its own empty shelves; threads of the request inherit them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.before: Counter[str] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"] == LEFT_BEHIND and self.before is not None:
            more = {name: n - self.before[name] for name, n in living().items() if n > self.before[name]}
            await JSONResponse(more)(scope, receive, send)
            return
        held: dict[int, Any] = {}
        _of_this_request.set(held)
        await self.app(scope, receive, send)
        # A resting thread remembers the context of what it did last.
        held.clear()
        if self.before is None:
            # The first request, by which the server was known to be there, has built the middleware.
            self.before = living()


def modules() -> list[tuple[str, ModuleType]]:
    return [(name, module) for name, module in list(sys.modules.items()) if name.startswith("app.")]


def living() -> Counter[str]:
    """How many objects of each of the application's classes there are, and how much its modules' collections hold."""
    gc.collect()
    found = Counter(
        f"{kind.__module__}.{kind.__qualname__}"
        for kind in map(type, gc.get_objects())
        # Descriptors and the like have no plain text there.
        if str(kind.__module__).startswith("app.") and not issubclass(kind, Enum)
    )
    for name, module in modules():
        for key, held in list(vars(module).items()):
            if isinstance(held, COLLECTIONS) and not key.startswith("__"):
                found[f"{name}.{key}"] = len(held)
    for name in NO_ROWS:
        del found[name]
    return found


def shelf_classes() -> Iterator[type]:
    """Every class of the application that one puts things on and gets them from."""
    for name, module in modules():
        for found in vars(module).values():
            is_own = isinstance(found, type) and found.__module__ == name
            if is_own and all(isinstance(vars(found).get(each), FunctionType) for each in ("get", "put")):
                yield found


def empty_shelves() -> None:
    """Every shelf there is, and every one to come, is each request's own: what it does is done to a twin of it."""
    for each in list(shelf_classes()):
        for name, function in list(vars(each).items()):
            if isinstance(function, FunctionType) and not name.startswith("__"):
                setattr(each, name, _done_to_a_twin(function))


def _done_to_a_twin(function: FunctionType) -> Callable[..., Any]:
    @functools.wraps(function)
    def instead(shelf: Any, *given: Any, **named: Any) -> Any:
        return function(_twin(shelf), *given, **named)

    return instead


def _twin(shelf: Any) -> Any:
    """The shelf itself is never filled, so a copy of it is an empty one."""
    held = _of_this_request.get()
    if held is not None and id(shelf) in held:
        return held[id(shelf)]
    twin = copy.copy(shelf)
    for name, value in vars(shelf).items():
        if isinstance(value, COLLECTIONS):
            setattr(twin, name, copy.copy(value))
    if held is not None:
        # What a method does to itself is done to the twin too.
        held[id(shelf)] = held[id(twin)] = twin
    return twin


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
    for _name, module in modules():
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
