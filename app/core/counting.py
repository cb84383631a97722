"""How many statements a request sent: for its log line, and for the budgets in the tests."""

from contextvars import ContextVar
from typing import Any

from sqlalchemy import Engine, event

# A list, so that the thread that runs the handler and the loop that began the request share one number.
_count: ContextVar[list[int] | None] = ContextVar("statements", default=None)


def begin() -> list[int]:
    """Count from here; the list's one item is the number."""
    counter = [0]
    _count.set(counter)
    return counter


def more(statements: int) -> None:
    """Sent past the engine."""
    counter = _count.get()
    if counter is not None:
        counter[0] += statements


@event.listens_for(Engine, "before_cursor_execute")
def _sent(*_told: Any) -> None:
    more(1)
