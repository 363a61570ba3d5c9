"""AAC (ISO/IEC 14496-3, 4.4): what stands before the sound of a frame is made blank.

Programs write their name into a fill element at the beginning. Its length stays, its content
becomes zeros, so that not a bit of the sound moves. What stands behind the sound is not looked for.
"""

from __future__ import annotations

from typing import Final

__all__ = ["bare_aac", "is_plain_aac"]

_PLAIN: Final = frozenset({2, 5, 29})
"""Low complexity, alone or with what widens it (SBR, PS)."""
_DATA, _FILL = 4, 6
_NOT_FILL: Final = frozenset({11, 13, 14})
"""Fill elements that are sound: dynamic range, and the two kinds of SBR."""
_MOST: Final = 8
_ESCAPED, _ESCAPED_DATA = 15, 255


def is_plain_aac(setup: bytes) -> bool:
    """Tell whether settings name a kind of AAC whose frames are laid out as here."""
    return bool(setup) and setup[0] >> 3 in _PLAIN


def bare_aac(sample: bytes) -> bytes:
    """Give a frame with its leading fill and data elements made blank."""
    if not sample or sample[0] >> 5 not in {_DATA, _FILL}:
        return sample
    whole, length, place = int.from_bytes(sample, "big"), 8 * len(sample), 0
    for _ in range(_MOST):
        found = _blank(whole, length, place)
        if found is None:
            break
        start, place = found
        whole &= ~(((1 << place - start) - 1) << length - place)
    return whole.to_bytes(len(sample), "big")


def _blank(whole: int, length: int, place: int) -> tuple[int, int] | None:
    """Give where the content of the element at a place begins and ends; None where it is sound."""

    def bits(at: int, count: int) -> int:
        return whole >> max(0, length - at - count) & (1 << count) - 1

    kind = bits(place, 3)
    if kind == _FILL:
        count, start = bits(place + 3, 4), place + 7
        if count == _ESCAPED:
            count, start = count + bits(start, 8) - 1, start + 8
        if count and bits(start, 4) in _NOT_FILL:
            return None
    elif kind == _DATA:
        aligned, count, start = bits(place + 7, 1), bits(place + 8, 8), place + 16
        if count == _ESCAPED_DATA:
            count, start = count + bits(start, 8), start + 8
        start = (start + 7) // 8 * 8 if aligned else start
    else:
        return None
    end = start + 8 * count
    return (start, end) if end < length else None
