"""What a page draws that may be a picture or a word and tells no letters: lines, shades, images.

Programs that lay out print turn words into lines, and an image may stand among what is drawn. A
rule under a word and the lines of a table are no word: few lines that lean or bend are let pass,
more that are straight. A form counts as often as it is drawn.
"""

from __future__ import annotations

import re
from typing import Any, Final

import pikepdf

__all__ = ["draws_unread"]

_WANTED: Final = "m l c v y re sh Do BI ID EI S s f F f* B B* b b* n"
_BENT: Final = frozenset({"c", "v", "y"})
_ENDS: Final = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"})
_MOST_BENT: Final = 36
"""Pieces of lines on a page that lean or bend: a short name has more."""
_MOST_IN_ONE: Final = 36
"""Pieces of one path, of whatever direction."""
_MOST_STRAIGHT: Final = 400
"""Pieces along an edge of the page, and boxes: forty rows of ten cells are no more."""
_LEANS: Final = 50
"""A line that climbs by less than a fiftieth of its length is straight."""
_DEEPEST: Final = 40
_BEGINS: Final = re.compile(rb"(?<![A-Za-z])BI(?![A-Za-z])")
_HOLDS: Final = re.compile(rb"(?<![A-Za-z])ID(?![A-Za-z])")
"""An image that never ends is drawn nevertheless, and told by no reader of the file."""


class _Unread(Exception):
    """What cannot be told from a picture or a word."""


def draws_unread(page: Any, looks: list[pikepdf.Stream]) -> bool:  # noqa: ANN401 - whatever stands in the file
    """Tell whether a page, with how its notes look, draws what may be a picture or a word.

    What cannot be read is such. The content of the page is one stream.
    """
    lines = _Lines()
    try:
        told = [lines.drawn(each, {}) for each in (page, *looks)]
    except (_Unread, pikepdf.PdfError, ValueError, TypeError, LookupError, ArithmeticError,
            AttributeError):  # fmt: skip
        return True
    return _are_many(sum(bent for bent, _ in told), sum(straight for _, straight in told))


def _are_many(bent: int, straight: int) -> bool:
    return bent > _MOST_BENT or straight > _MOST_STRAIGHT


class _Lines:
    """Counts the lines of what is drawn, each form read once and counted as often as drawn."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[int, int]] = {}

    def drawn(self, holder: Any, resources: Any, depth: int = 0) -> tuple[int, int]:  # noqa: ANN401 - as above
        """Give how many pieces of lines lean or bend, and how many are straight."""
        key = holder.objgen
        if key not in self._known:
            if depth > _DEEPEST:
                raise _Unread
            self._known[key] = self._count(holder, holder.get("/Resources", resources), depth)
        return self._known[key]

    def _count(self, holder: Any, resources: Any, depth: int) -> tuple[int, int]:  # noqa: ANN401 - as above
        _check_images(holder)
        bent = straight = in_one = 0
        here = (0.0, 0.0)
        for each in pikepdf.parse_content_stream(holder, _WANTED):
            sign, operands = str(each.operator), each.operands
            if sign == "Do":
                form = resources.get("/XObject", {}).get(str(operands[0]))
                if isinstance(form, pikepdf.Stream):
                    more = self.drawn(form, resources, depth + 1)
                    bent, straight = bent + more[0], straight + more[1]
            elif sign in _ENDS:
                in_one = 0
            elif sign == "m":
                here = _end_of(operands)
            elif sign in _BENT or sign in {"l", "re"}:
                there = here if sign == "re" else _end_of(operands)
                leans = sign in _BENT or _is_leaning(here, there)
                bent, straight = bent + leans, straight + (not leans)
                here, in_one = there, in_one + 1
            else:
                raise _Unread
            if in_one > _MOST_IN_ONE or _are_many(bent, straight):
                raise _Unread
        return bent, straight


def _check_images(holder: Any) -> None:  # noqa: ANN401 - as above
    drawn = holder if isinstance(holder, pikepdf.Stream) else holder.get("/Contents")
    if isinstance(drawn, pikepdf.Stream):
        told = drawn.read_bytes()
        if _BEGINS.search(told) and _HOLDS.search(told):
            raise _Unread


def _end_of(operands: Any) -> tuple[float, float]:  # noqa: ANN401 - as above
    return float(operands[-2]), float(operands[-1])


def _is_leaning(here: tuple[float, float], there: tuple[float, float]) -> bool:
    across, up = abs(there[0] - here[0]), abs(there[1] - here[1])
    return min(across, up) * _LEANS > max(across, up)
