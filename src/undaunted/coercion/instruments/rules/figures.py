"""Figures and days as they stand in texts, in whichever way they are written."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["days_in", "days_of_no_year", "figures_in", "is_rare"]

RARE = 3
"""A figure with so many figures that count is seldom in two texts by chance."""
FIRST_YEAR, LAST_YEAR = 1900, 2100

_NUMBER: Final = re.compile(
    r"(?<!\d)(?<!\d[.,])(\d{1,3}(?:[ .,'\u2019_\u00b7]\d{3}){1,6}(?:[.,]\d{1,6})?"
    r"|\d+(?:[.,]\d+)?)(?!\d)"
    r"(?:[ -]?(thousands?|millions?|billions?|millionen|milliarden?|milliards?|millones|milioni|"
    r"milion\w{0,3}|miliard\w{0,3}|tausend|tsd|mille|k|mn|mln|mio|m|bn|mrd|mld|"
    r"тыс\w{0,4}|млн|миллион\w{0,2}|мільйон\w{0,2}|млрд|миллиард\w{0,2}|мільярд\w{0,2}|"
    r"ألف|مليون|ملايين|مليار)(?![^\W\d_])|[ ]?([万萬亿億]))?",
    re.IGNORECASE,
)
_THOUSANDS: Final = ("tho", "k", "tau", "tsd", "mille", "тыс", "ألف")
_BILLIONS: Final = ("bil", "bn", "mrd", "mld", "milliard", "miliard", "млрд", "миллиард", "мільярд",
                    "مليار")  # fmt: skip
"""How words of so many begin; every other one is a million."""
_MYRIADS: Final[Mapping[str, int]] = MappingProxyType(
    dict.fromkeys("万萬", 10**4) | dict.fromkeys("亿億", 10**8)
)
_SEPARATORS: Final = str.maketrans("\u066c\u066b", ",.")
_SPACES: Final = re.compile(r"\s+")
_PLAIN: Final = str.maketrans("", "", " '\u2019_\u00b7")
_YEAR_FIRST: Final = re.compile(r"(?<!\d)(\d{4}|\d{2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})(?!\d)")
_DAY_FIRST: Final = re.compile(r"(?<!\d)(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{4}|\d{2})(?!\d)")
_CLOSE_TOGETHER: Final = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})(\d{2})(?!\d)")
_DAY_WORD: Final = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[-. ]{0,2}(?:of )?([A-Za-z]{3,9})[-., ]{0,2}"
    r"(\d{4}|\d{2})?(?!\d)"
)
_WORD_DAY: Final = re.compile(
    r"([A-Za-z]{3,9})[-. ]{1,2}(\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,? (\d{4}))?"
)
_SHORT: Final = re.compile(r"(?<![\d./-])(\d{1,2})(?:/|\. ?)(\d{1,2})(?![\d/]|\.\d)")
_MONTHS: Final = ("january", "february", "march", "april", "may", "june", "july", "august",
                  "september", "october", "november", "december")  # fmt: skip
_CENTURY, _TURN = 100, 50
"""Years of two figures from the second on are those of the century before."""


def figures_in(text: str, *, apart: bool = False) -> frozenset[Decimal]:
    """Give every number that the text may be telling; points and commas may mean either.

    With `apart`, what spaces part may also be several numbers.
    """
    return frozenset(
        value * _times(times.lower() or myriads)
        for written, times, myriads in _NUMBER.findall(_plain(text))
        for value in _values(written, apart=apart)
    )


def is_rare(number: Decimal) -> bool:
    """Tell whether a number gives away where it comes from; years do not."""
    if number == number.to_integral_value() and FIRST_YEAR <= number <= LAST_YEAR:
        return False
    return _figures(number) >= RARE


def days_in(text: str) -> frozenset[date]:
    """Give every whole day that the text may be telling; 3/4 is read both ways."""
    return frozenset(day for parts in _written(_plain(text)) if (day := _day(*parts)) is not None)


def days_of_no_year(text: str) -> frozenset[tuple[int, int]]:
    """Give month and day of every day that the text may be telling without its year."""
    plain = _plain(text)
    found = [(month, day) for year, month, day in _named(plain) if len(year) <= len("26")]
    for first, second in _SHORT.findall(plain):
        found += [(int(first), int(second)), (int(second), int(first))]
    return frozenset(found)


def _plain(text: str) -> str:
    """Give the text with one kind of space and of figures, and without hidden signs."""
    apart = unicodedata.normalize("NFKC", text).translate(_SEPARATORS)
    kept = "".join(each for each in apart if unicodedata.category(each) != "Cf")
    return _SPACES.sub(" ", kept)


def _figures(number: Decimal) -> int:
    return len("".join(map(str, number.normalize().as_tuple().digits)).strip("0"))


def _times(word: str) -> int:
    if not word:
        return 1
    if word in _MYRIADS:
        return _MYRIADS[word]
    if word.startswith(_BILLIONS):
        return 10**9
    return 1000 if word.startswith(_THOUSANDS) else 10**6


def _values(written: str, *, apart: bool) -> Iterator[Decimal]:
    plain = written.translate(_PLAIN)
    yield Decimal(plain.replace(".", "").replace(",", ""))
    for point, other in ((".", ","), (",", ".")):
        if plain.count(point) == 1:
            yield Decimal(plain.replace(other, "").replace(point, "."))
    if apart and " " in written:
        for part in written.split():
            yield from _values(part, apart=False)


def _written(text: str) -> Iterator[tuple[int, int, int]]:
    for year, month, day in _YEAR_FIRST.findall(text):
        yield _year(year), int(month), int(day)
    for first, second, year in _DAY_FIRST.findall(text):
        yield _year(year), int(second), int(first)
        yield _year(year), int(first), int(second)
    for one, two, three, four in _CLOSE_TOGETHER.findall(text):
        yield int(one + two), int(three), int(four)
        yield int(three + four), int(two), int(one)
    for year, month, day in _named(text):
        if year:
            yield _year(year), month, day


def _named(text: str) -> Iterator[tuple[str, int, int]]:
    named = [(year, month, day) for day, month, year in _DAY_WORD.findall(text)]
    named += [(year, month, day) for month, day, year in _WORD_DAY.findall(text)]
    for year, month, day in named:
        word = "sep" if month.lower() == "sept" else month.lower()
        for number, name in enumerate(_MONTHS, 1):
            if name.startswith(word):
                yield year, number, int(day)


def _year(written: str) -> int:
    year = int(written)
    if len(written) > len("26"):
        return year
    return FIRST_YEAR + year + (0 if year >= _TURN else _CENTURY)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
