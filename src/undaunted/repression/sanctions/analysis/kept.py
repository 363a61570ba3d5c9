"""Answers that a process keeps while what they rest on is the same; public facts alone."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Kept"]

Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """Things by the mark of what they rest on; the least asked for go first."""

    def __init__(self, room: int, size: Callable[[Thing], int]) -> None:
        """Begin empty; `room` is how much may be kept, as `size` measures a thing."""
        self._room, self._size = room, size
        self._kept: OrderedDict[str, Thing] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, mark: str, make: Callable[[], Thing]) -> Thing:
        """Give what is kept under a mark, or make and keep it; the last made is always kept."""
        with self._lock:
            kept = self._kept.get(mark)
            if kept is not None:
                self._kept.move_to_end(mark)
                return kept
        made = make()
        with self._lock:
            self._kept[mark] = made
            while len(self._kept) > 1 and self.held > self._room:
                self._kept.popitem(last=False)
        return made

    @property
    def held(self) -> int:
        """How much is kept."""
        return sum(map(self._size, self._kept.values()))
