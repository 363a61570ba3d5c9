"""Shares as people write them: 0.51, 51 %, "51,0 %", "25-50%", "> 50 %".

Digits are read as they are written. A share that is finer than a unit of the engine lies between
the two units beside it, so that rounding makes neither a majority nor its absence.
"""

from __future__ import annotations

import math
import re
from decimal import Context, Decimal
from typing import NamedTuple

from undaunted.engines.ownership import WHOLE

__all__ = [
    "LEAST", "THOUSANDS", "ShareUnreadable", "Stated", "finer", "share_of", "stated_in", "worded",
]  # fmt: skip

ONE = re.compile(
    r"(?P<sign>>=|=>|≥|>|<=|=<|≤|<)?\s{0,9}"
    r"(?P<number>[+-]?(?:\d{1,40}(?:[.,]\d{0,40})?|[.,]\d{1,40})(?:e[+-]?\d{1,40})?|[+-]?nan|[+-]?inf(?:inity)?)"
    r"\s{0,9}(?P<percent>%)?",
    re.IGNORECASE,
)
SPAN = re.compile(
    r"(?P<least>[+-]?(?:\d{1,40}(?:[.,]\d{0,40})?|[.,]\d{1,40}))\s{0,9}(?P<one>%)?"
    r"\s{0,9}(?:-|\u2013|\u2014|to|\.\.)\s{0,9}"
    r"(?P<most>[+-]?(?:\d{1,40}(?:[.,]\d{0,40})?|[.,]\d{1,40}))\s{0,9}(?P<other>%)?",
    re.IGNORECASE,
)
THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")
BOUNDS = frozenset("<>=≥≤")
LEAST = 1e-9
"""What "more than" and "less than" add and take: one unit of the engine."""
SHORT = 8
"""So few signs, without an exponent, are a whole number of units, in percent too."""
DIGITS, PERCENT = 9, 7
"""Digits after the point of a part of one, and of a percentage, that a unit has."""
EXACT = Context(prec=200)
TINY = 1e-40
NEAR = 1e-12
"""Two ways to write one share, in binary, lie so near to each other."""


class ShareUnreadable(ValueError):
    """What stands there is no share."""


def share_of(text: str, *, percent: bool = False) -> tuple[float, float]:
    """Give the lowest and the highest share, as parts of one; whether they can be, others check.

    `percent` tells that a number without a percent sign is a percentage too.
    """
    said = text.strip()
    one = ONE.fullmatch(said)
    if one:
        part = _part(one["number"], percent=percent or one["percent"] is not None)
        return _bounded(one["sign"] or "", *part)
    span = SPAN.fullmatch(said)
    if span is None:
        raise ShareUnreadable(text)
    percent = percent or span["one"] is not None or span["other"] is not None
    return _part(span["least"], percent=percent)[0], _part(span["most"], percent=percent)[1]


class Stated(NamedTuple):
    """What a row says of its share, none where it says nothing; and if it contradicts itself."""

    span: tuple[float, float] | None
    contradicts: bool = False


def stated_in(share: str, least: str, most: str, *, percent: bool = False) -> Stated:
    """Give the share of a row: as it is told, between min and max, or any of both that contradict.

    A span in one of min and max is one where the other is empty. Raises `ShareUnreadable`.
    """
    share, least, most = share.strip(), least.strip(), most.strip()
    between = _between(least, most, percent=percent) if least or most else None
    if not share:
        return Stated(between)
    told = share_of(share, percent=percent)
    if between is None or (between[0] <= told[0] + NEAR and told[1] <= between[1] + NEAR):
        return Stated(told)
    return Stated((min(told[0], between[0]), max(told[1], between[1])), contradicts=True)


def finer(text: str, *, percent: bool = False) -> bool:
    """Tell whether a share that can be read is written finer than a unit of the engine."""
    said = text.strip()
    if len(said) <= SHORT and "e" not in said.lower():
        return False
    found = ONE.fullmatch(said) or SPAN.fullmatch(said)
    told = found.groupdict() if found else {}
    percent = percent or bool(told.get("percent") or told.get("one") or told.get("other"))
    parts = (_part(each, percent=percent) for name in ("number", "least", "most")
             if (each := told.get(name)))  # fmt: skip
    return any(lowest < highest for lowest, highest in parts)


def worded(text: str) -> bool:
    """Tell whether a share that can be read may have been meant otherwise.

    That is a span in one field, a bound, a comma beside a percent sign, or one that may part
    thousands: 1,000 is the whole, or so many shares.
    """
    said = text.strip()
    if ("," in said and "%" in said) or THOUSANDS.fullmatch(said) or said[:1] in BOUNDS:
        return True
    return SPAN.fullmatch(said) is not None


def _between(least: str, most: str, *, percent: bool) -> tuple[float, float]:
    lowest = share_of(least, percent=percent) if least else (0.0, 1.0)
    highest = share_of(most, percent=percent) if most else (0.0, 1.0)
    if not most and SPAN.fullmatch(least):
        highest = lowest
    if not least and SPAN.fullmatch(most):
        lowest = highest
    return lowest[0], highest[1]


def _part(number: str, *, percent: bool) -> tuple[float, float]:
    """Give a number as a part of one: twice where it is whole units, else the units beside it."""
    written = number.replace(",", ".")
    value = float(written)
    part = value / 100 if percent else value
    if (len(written) <= SHORT and "e" not in written.lower()) or not 0 <= part <= WHOLE:
        return part, part
    if abs(part) < TINY:
        return (0.0, LEAST) if _tells(written) else (part, part)
    units = EXACT.scaleb(Decimal(written), PERCENT if percent else DIGITS)
    below = math.floor(units)
    return below / WHOLE, (below + (units != below)) / WHOLE


def _tells(written: str) -> bool:
    """Tell whether a number so near to nothing is more than nothing."""
    digits = written.lower().partition("e")[0]
    return any(each.isdecimal() and int(each) for each in digits)


def _bounded(sign: str, lowest: float, highest: float) -> tuple[float, float]:
    if sign in {">=", "=>", "≥"}:
        return lowest, 1.0
    if sign in {"<=", "=<", "≤"}:
        return 0.0, highest
    if sign == ">":
        return lowest if lowest < highest else lowest + LEAST, 1.0
    if sign == "<":
        return 0.0, highest if lowest < highest else highest - LEAST
    return lowest, highest
