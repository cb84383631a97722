"""A bounded store in memory; what was asked for longest ago goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Shelf(Generic[Value]):
    """most: how much it holds, in what `weigh` says of each value; by itself each weighs 1."""

    def __init__(self, most: int, weigh: Callable[[Value], int] = lambda _value: 1) -> None:
        self.most = most
        self.weigh = weigh
        self.weight = 0
        self._held: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found

    def put(self, key: Hashable, value: Value) -> None:
        with self._lock:
            self._take(key)
            self._held[key] = value
            self.weight += self.weigh(value)
            while self.weight > self.most:
                self._take(next(iter(self._held)))

    def clear(self) -> None:
        with self._lock:
            self._held.clear()
            self.weight = 0

    def _take(self, key: Hashable) -> None:
        gone = self._held.pop(key, None)
        if gone is not None:
            self.weight -= self.weigh(gone)
