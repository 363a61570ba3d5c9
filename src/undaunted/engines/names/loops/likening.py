"""How alike many texts are to a few, by their longest common subsequence: compiled loops.

A text that is asked for is a pattern: for each sign the places where it stands, as bits of whole
numbers. Every sign of another text takes one step over these, all places at once (Hyyrö 2004;
unverified at the publisher). A ratio is that of RapidFuzz, to the last figure.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from undaunted.engines.compiling import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = [
    "FULL", "Alphabet", "Patterns", "Texts", "common", "common_of_short", "feed", "patterns",
    "ratio",
]  # fmt: skip

_BITS = 62
"""Places in one number, so that a sum never passes what it can hold."""
FULL = (1 << _BITS) - 1
_SIGNS = 256


class Texts(NamedTuple):
    """Texts one after another, a number a sign."""

    signs: NDArray[np.uint8]
    ends: NDArray[np.int32]
    """Where each text begins, and behind the last."""


class Patterns(NamedTuple):
    """Texts that others are held against."""

    places: NDArray[np.int64]
    """By sign, by text, by part of the text: where the sign stands, as bits."""
    sizes: NDArray[np.int64]
    """Of how many signs the texts are."""


class Alphabet:
    """Signs by numbers; the few texts that are not in plain letters share what numbers are left.

    Past these all signs are one, so that texts may seem more alike than they are, never less.
    """

    def __init__(self) -> None:
        self._numbers = {sign: sign for sign in range(128)}

    def texts(self, texts: Iterable[str]) -> Texts:
        """Write the texts of a list, and learn their signs."""
        signs, ends = bytearray(), array("i", [0])
        for text in texts:
            signs += text.encode() if text.isascii() else bytes(map(self._learn, text))
            ends.append(len(signs))
        return Texts(np.array(signs, np.uint8), np.array(ends, np.int32))

    def asked(self, texts: list[str]) -> Texts:
        """Write texts that are asked for; 0 is a sign that no text of the list has."""
        whole = "".join(texts)
        if whole.isascii():
            written = whole.encode()
        else:
            written = bytes(self._numbers.get(ord(sign), 0) for sign in whole)
        ends = np.zeros(len(texts) + 1, np.int32)
        np.cumsum(list(map(len, texts)), out=ends[1:])
        return Texts(np.frombuffer(written, np.uint8), ends)

    def _learn(self, sign: str) -> int:
        return self._numbers.setdefault(ord(sign), min(len(self._numbers), _SIGNS - 1))


@compiled
def patterns(signs: NDArray[np.uint8], ends: NDArray[np.int32]) -> Patterns:
    """Make patterns of texts."""
    sizes = np.diff(ends).astype(np.int64)
    parts = (sizes.max() + _BITS - 1) // _BITS
    places = np.zeros((_SIGNS, sizes.size, parts), np.int64)
    for at in range(sizes.size):
        for place in range(sizes[at]):
            sign = signs[ends[at] + place]
            places[sign, at, place // _BITS] |= np.int64(1) << (place % _BITS)
    places[0] = 0
    return Patterns(places, sizes)


@compiled
def feed(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    state: NDArray[np.int64],
    places: NDArray[np.int64],
    first: int,
    behind: int,
    signs: NDArray[np.uint8],
    begin: int,
    end: int,
) -> None:
    """Read a text on against some patterns; `state` is full where each begins."""
    parts = state.shape[1]
    for at in range(begin, end):
        sign = signs[at]
        for which in range(first, behind):
            carried = 0
            for part in range(parts):
                was = state[which, part]
                met = was & places[sign, which, part]
                summed = was + met + carried
                carried = summed >> _BITS
                state[which, part] = (summed & FULL) | (was & ~met)


@compiled
def common_of_short(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    places: NDArray[np.int64],
    which: int,
    size: int,
    signs: NDArray[np.uint8],
    begin: int,
    end: int,
) -> int:
    """Give how many signs a text has in common with a pattern of some size that is one number.

    As `feed` and `common` do, but what was read stays at hand and is not written down.
    """
    state = np.int64(FULL)
    for at in range(begin, end):
        met = state & places[signs[at], which, 0]
        state = ((state + met) & FULL) | (state & ~met)
    return _counted(~state & ((np.int64(1) << size) - 1))


@compiled
def _counted(bits: np.int64) -> int:
    """Give how many bits of a whole number are 1: by twos, by fours, by eights, then all."""
    bits -= (bits >> 1) & 0x5555555555555555
    bits = (bits & 0x3333333333333333) + ((bits >> 2) & 0x3333333333333333)
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F
    return int((bits * 0x0101010101010101) >> 56)


@compiled
def common(state: NDArray[np.int64], which: int, size: int) -> int:
    """Give how many signs a pattern of some size has in common with what was read."""
    count = part = 0
    while size > 0:
        count += _counted(~state[which, part] & ((np.int64(1) << min(size, _BITS)) - 1))
        size -= _BITS
        part += 1
    return count


@compiled
def ratio(met: int, asked: int, size: int) -> np.float32:
    """Give how alike two texts of some sizes are that have so many signs in common, to 100."""
    both = asked + size
    if not both:
        return np.float32(100)
    return np.float32((1.0 - (both - 2 * met) / both) * 100.0)
