"""Elements of EBML (RFC 8794), of which Matroska and WebM files are made."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.rules import Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.recordings.cursor import Cursor, damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Element", "element", "elements_in", "float_of", "number_element", "number_of"]

MOST_ELEMENTS: Final = 4_000_000
_FLOATS: Final = {4: ">f", 8: ">d"}
_LONGEST_ID, _LONGEST_SIZE, _LONGEST_NUMBER = 4, 8, 8


@dataclass(frozen=True, slots=True)
class Element:
    """What an element is, and where its content lies; one of unknown size ends with its parent."""

    kind: int
    start: int
    end: int
    sized: bool = True


def elements_in(data: bytes, start: int, end: int) -> Iterator[Element]:
    """Give the elements that fill a stretch; none is entered. Raises `Uncleanable`.

    After an element of unknown size nothing more is given: its children follow.
    """
    place = start
    for _ in range(MOST_ELEMENTS):
        if place == end:
            return
        read = Cursor(data, place, end)
        kind, _ = _number(read, _LONGEST_ID, marked=True)
        size, known = _number(read, _LONGEST_SIZE, marked=False)
        if not known:
            yield Element(kind, read.place, end, sized=False)
            return
        if size > read.left:
            raise damaged("an element reaches past its end")
        place = read.place + size
        yield Element(kind, read.place, place)
    raise Uncleanable(WhyUncleanable.TOO_LARGE, "too many elements")


def number_of(data: bytes, held: Element) -> int:
    """Read a number."""
    if held.end - held.start > _LONGEST_NUMBER:
        raise damaged("a number is too long")
    return int.from_bytes(data[held.start : held.end], "big")


def float_of(data: bytes, held: Element) -> float:
    """Read a number with a fraction; 0 where it has another length."""
    form = _FLOATS.get(held.end - held.start)
    return float(struct.unpack(form, data[held.start : held.end])[0]) if form else 0.0


def element(kind: int, *parts: bytes) -> bytes:
    """Write an element; its size takes eight bytes, so that it is the same for any content."""
    content = b"".join(parts)
    name = kind.to_bytes((kind.bit_length() + 7) // 8, "big")
    return name + (len(content) | 1 << 56).to_bytes(8, "big") + content


def number_element(kind: int, value: int, size: int = 8) -> bytes:
    """Write an element that is a number."""
    return element(kind, value.to_bytes(size, "big"))


def _number(read: Cursor, longest: int, *, marked: bool) -> tuple[int, bool]:
    """Read a number of its own length, with its mark or without; and whether it is a known size."""
    first = read.number(1)
    length = 9 - first.bit_length()
    if length > longest:
        raise damaged("a number of EBML is too long")
    whole = first << 8 * (length - 1) | read.number(length - 1)
    ones = (1 << 7 * length) - 1
    return whole if marked else whole & ones, whole & ones != ones
