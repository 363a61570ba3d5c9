"""Figures and days as they stand in texts, in whichever way they are written."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["days_in", "figures_in", "is_rare"]

RARE = 3
"""A figure with so many figures that count is seldom in two texts by chance."""
FIRST_YEAR, LAST_YEAR = 1900, 2100

_NUMBER: Final = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[ .,'\u2019\u00a0\u202f]\d{3}){1,6}(?:[.,]\d{1,6})?|\d+(?:[.,]\d+)?)"
    r"\s*(thousand|million|billion|k|mn|m|bn)?(?![\w])",
    re.IGNORECASE,
)
_TIMES: Final[Mapping[str, int]] = MappingProxyType(
    {"thousand": 1000, "k": 1000, "million": 10**6, "mn": 10**6, "m": 10**6}
    | {"billion": 10**9, "bn": 10**9}
)
_PLAIN: Final = str.maketrans("", "", " '\u2019\u00a0\u202f")
_YEAR_FIRST: Final = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST: Final = re.compile(r"(?<!\d)(\d{1,2})[-/.] ?(\d{1,2})[-/.] ?(\d{4})(?!\d)")
_DAY_WORD: Final = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?([A-Za-z]{3,9})\.?,? (\d{4})"
)
_WORD_DAY: Final = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                  "dec")  # fmt: skip


def figures_in(text: str) -> frozenset[Decimal]:
    """Give every number that the text may be telling; points and commas may mean either."""
    return frozenset(
        value * _TIMES.get((times or "").lower(), 1)
        for written, times in _NUMBER.findall(text)
        for value in _values(written)
    )


def is_rare(number: Decimal) -> bool:
    """Tell whether a number gives away where it comes from; years do not."""
    if number == number.to_integral_value() and FIRST_YEAR <= number <= LAST_YEAR:
        return False
    return _figures(number) >= RARE


def days_in(text: str) -> frozenset[date]:
    """Give every whole day that the text may be telling; 3/4 is read both ways."""
    return frozenset(day for parts in _written(text) if (day := _day(*parts)) is not None)


def _figures(number: Decimal) -> int:
    return len("".join(map(str, number.normalize().as_tuple().digits)).strip("0"))


def _values(written: str) -> Iterator[Decimal]:
    plain = written.translate(_PLAIN)
    yield Decimal(plain.replace(".", "").replace(",", ""))
    for point, other in ((".", ","), (",", ".")):
        if plain.count(point) == 1:
            yield Decimal(plain.replace(other, "").replace(point, "."))


def _written(text: str) -> Iterator[tuple[int, int, int]]:
    for year, month, day in _YEAR_FIRST.findall(text):
        yield int(year), int(month), int(day)
    for first, second, year in _DAY_FIRST.findall(text):
        yield int(year), int(second), int(first)
        yield int(year), int(first), int(second)
    named = [(year, month, day) for day, month, year in _DAY_WORD.findall(text)]
    named += [(year, month, day) for month, day, year in _WORD_DAY.findall(text)]
    for year, month, day in named:
        short = month[:3].lower()
        if short in _MONTHS:
            yield int(year), _MONTHS.index(short) + 1, int(day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
