"""Reading numbers out of a sender's bytes, never past their end."""

from __future__ import annotations

from undaunted.core.evidence.rules import Uncleanable, WhyUncleanable

__all__ = ["Cursor", "damaged", "unknown"]


def damaged(detail: str) -> Uncleanable:
    """Give the refusal of a file that is cut off or contradicts itself."""
    return Uncleanable(WhyUncleanable.DAMAGED, detail)


def unknown(detail: str) -> Uncleanable:
    """Give the refusal of what nobody here knows how to clean."""
    return Uncleanable(WhyUncleanable.UNKNOWN_KIND, detail)


class Cursor:
    """A place in some bytes that moves forward; raises `Uncleanable` at their end."""

    __slots__ = ("_data", "_end", "place")

    def __init__(self, data: bytes, start: int = 0, end: int | None = None) -> None:
        """Stand at `start`, and go no further than `end`."""
        self._data = data
        self._end = len(data) if end is None else end
        self.place = start
        if not 0 <= start <= self._end <= len(data):
            raise damaged("a part lies outside the file")

    @property
    def left(self) -> int:
        """Give how many bytes are left."""
        return self._end - self.place

    def take(self, length: int) -> bytes:
        """Give the next bytes."""
        if not 0 <= length <= self.left:
            raise damaged("the file ends early")
        self.place += length
        return self._data[self.place - length : self.place]

    def rest(self) -> bytes:
        """Give everything that is left."""
        return self.take(self.left)

    def number(self, size: int) -> int:
        """Give the next number, big end first."""
        return int.from_bytes(self.take(size), "big")

    def signed(self, size: int) -> int:
        """Give the next number with its sign."""
        return int.from_bytes(self.take(size), "big", signed=True)
