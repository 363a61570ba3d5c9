"""Shares as people write them: 0.51, 51 %, "51,0 %", "25-50%", "> 50 %"."""

from __future__ import annotations

import re

__all__ = ["LEAST", "THOUSANDS", "ShareUnreadable", "share_of", "worded"]

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


class ShareUnreadable(ValueError):
    """What stands there is no share."""


def share_of(text: str, *, percent: bool = False) -> tuple[float, float]:
    """Give the lowest and the highest share, as parts of one; whether they can be, others check.

    `percent` tells that a number without a percent sign is a percentage too.
    """
    said = text.strip()
    one = ONE.fullmatch(said)
    if one:
        value = _part(one["number"], percent=percent or one["percent"] is not None)
        return _bounded(one["sign"] or "", value)
    span = SPAN.fullmatch(said)
    if span is None:
        raise ShareUnreadable(text)
    percent = percent or span["one"] is not None or span["other"] is not None
    return _part(span["least"], percent=percent), _part(span["most"], percent=percent)


def worded(text: str) -> bool:
    """Tell whether a share that can be read may have been meant otherwise.

    That is a span in one field, a bound, a comma beside a percent sign, or one that may part
    thousands: 1,000 is the whole, or so many shares.
    """
    said = text.strip()
    if ("," in said and "%" in said) or THOUSANDS.fullmatch(said) or said[:1] in BOUNDS:
        return True
    return SPAN.fullmatch(said) is not None


def _part(number: str, *, percent: bool) -> float:
    value = float(number.replace(",", "."))
    return value / 100 if percent else value


def _bounded(sign: str, value: float) -> tuple[float, float]:
    if sign in {">=", "=>", "≥"}:
        return value, 1.0
    if sign in {"<=", "=<", "≤"}:
        return 0.0, value
    if sign == ">":
        return value + LEAST, 1.0
    return (0.0, value - LEAST) if sign == "<" else (value, value)
