"""Boxes of the ISO base media file format (ISO/IEC 14496-12, 4.2) and of QuickTime."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.rules import Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Box", "box", "boxes_in", "fields_of", "find", "full_box", "number", "require"]

MOST_BOXES: Final = 100_000
_HEAD, _LONG_HEAD = 8, 16


@dataclass(frozen=True, slots=True)
class Box:
    """A kind of four letters, and where its content lies."""

    kind: bytes
    start: int
    end: int


def boxes_in(data: bytes, start: int, end: int) -> Iterator[Box]:
    """Give the boxes that fill a stretch of a file; none is entered. Raises `Uncleanable`."""
    place = start
    for _ in range(MOST_BOXES):
        if not any(data[place : min(end, place + _HEAD)]):  # QuickTime ends a list with zeros
            return
        read = Cursor(data, place, end)
        size, kind, head = read.number(4), read.take(4), _HEAD
        if size == 1:
            size, head = read.number(8), _LONG_HEAD
        elif size == 0:
            size = end - place
        if size < head or size > end - place:
            raise damaged(f"a box {kind!r} reaches past its end")
        yield Box(kind, place + head, place + size)
        place += size
    raise Uncleanable(WhyUncleanable.TOO_LARGE, "too many boxes")


def find(data: bytes, within: Box, kind: bytes) -> Box | None:
    """Give the first box of a kind; a second one is nobody's to read."""
    return next((one for one in boxes_in(data, within.start, within.end) if one.kind == kind), None)


def require(data: bytes, within: Box, *path: bytes) -> Box:
    """Give the box at the end of a path. Raises `Uncleanable` where one is missing."""
    for kind in path:
        found = find(data, within, kind)
        if found is None:
            raise damaged(f"no box {kind!r}")
        within = found
    return within


def fields_of(data: bytes, within: Box) -> tuple[int, int, Cursor]:
    """Give version, flags and the fields after them."""
    read = Cursor(data, within.start, within.end)
    return read.number(1), read.number(3), read


def box(kind: bytes, *parts: bytes) -> bytes:
    """Write a box."""
    content = b"".join(parts)
    return number(len(content) + _HEAD, 4) + kind + content


def full_box(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """Write a box that has a version and flags."""
    return box(kind, number(version, 1), number(flags, 3), *parts)


def number(value: int, size: int) -> bytes:
    """Write a number, big end first; one that does not fit was no length of this file."""
    try:
        return value.to_bytes(size, "big", signed=value < 0)
    except OverflowError as problem:
        raise damaged("a number is too large") from problem
