"""Figures and days as they stand in texts, in whichever way they are written."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules.folding import folded
from undaunted.coercion.instruments.rules.numerals import in_words
from undaunted.coercion.instruments.rules.sizes import significant, sized
from undaunted.coercion.instruments.rules.tongues import months, months_of_two, other_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "ROMAN",
    "days_in",
    "days_of_no_year",
    "figures_in",
    "is_rare",
    "month_named",
    "plainly",
]

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
_RAISED: Final = re.compile(r"(?<=10)[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+")
"""A power of ten, whose figures are small."""
_SPACES: Final = re.compile(r"\s+")
_PLAIN: Final = str.maketrans("", "", " '\u2019_\u00b7")
_YEAR_FIRST: Final = re.compile(r"(?<!\d)(\d{4}|\d{2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})(?!\d)")
_DAY_FIRST: Final = re.compile(
    r"(?<!\d)(\d{1,2}) ?[-/.,_] ?(\d{1,2}) ?[-/.,_] ?(\d{4}|\d{2})(?!\d)"
    r"|(?<![\d.,])(\d{1,2}) (\d{1,2}) (\d{4})(?![\d.,])"
)
_ROMAN_DAY: Final = re.compile(
    r"(?<!\d)(\d{1,2}) ?[-/. ] ?([IVX]{1,4}) ?[-/. ] ?(\d{4}|\d{2})(?!\d)"
)
ROMAN: Final[Mapping[str, int]] = MappingProxyType(
    {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10,
     "XI": 11, "XII": 12}
)  # fmt: skip
_CLOSE_TOGETHER: Final = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})(\d{2})(?!\d)")
_PLACE: Final = r"(?:st|nd|rd|th|er|[.]?[\u00ba\u00aa\u00b0])?"
_DAY_WORD: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}}){_PLACE}[-.,/_ ]{{0,3}}(?:day )?(?:of |de |d |del )?(?:the month of )?"
    r"([^\W\d_]{2,12}(?: [^\W\d_]{5,6})?)[-.,/_' ]{0,3}(?:of |de |del )?(\d{4}|\d{2})?(?!\d)"
)
_WORD_DAY: Final = re.compile(
    rf"([^\W\d_]{{2,12}})[-.,/_ ]{{1,3}}(?:the )?(\d{{1,2}}){_PLACE}(?!\d)"
    r"(?:[-.,/_ ]{1,2}(\d{4}))?"
)
_YEAR_WORD: Final = re.compile(
    r"(?<!\d)(\d{4})(?:[-. ]{1,3}[^\W\d_]{1,2})?[-. ]{1,3}([^\W\d_]{3,12})[-. ]{1,2}(\d{1,2})(?!\d)"
)
_EASTERN: Final = re.compile(r"(?:(\d{4}|\d{2}) ?年 ?)?(\d{1,2}) ?月 ?(\d{1,2})(?!\d)")
_VIETNAMESE: Final = re.compile(
    r"(?<!\d)(\d{1,2}),? th[aá]ng (\d{1,2})(?!\d)(?:,? (?:n[aă]m|5) (\d{4}))?", re.IGNORECASE
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
    plain = plainly(text)
    written_out = {each.value for each in in_words(plain) if not each.lone_order}
    beside = {
        value * size for written, size in sized(plain) for value in _values(written, apart=False)
    }
    beside |= {
        value * _times(times.lower() or myriads)
        for written, times, myriads in _NUMBER.findall(plain)
        for value in _values(written, apart=apart)
    }
    return frozenset(written_out | beside)


def is_rare(number: Decimal) -> bool:
    """Tell whether a number gives away where it comes from; years do not."""
    if number == number.to_integral_value() and FIRST_YEAR <= number <= LAST_YEAR:
        return False
    return len(significant(number)) >= RARE


def days_in(text: str) -> frozenset[date]:
    """Give every whole day that the text may be telling; 3/4 is read both ways."""
    return frozenset(
        day for told in _both(text) for parts in _written(told) if (day := _day(*parts)) is not None
    )


def days_of_no_year(text: str) -> frozenset[tuple[int, int]]:
    """Give month and day of every day that the text may be telling without its year."""
    found: list[tuple[int, int]] = []
    for plain in _both(text):
        found += [(month, day) for year, month, day in _named(plain) if len(year) <= len("26")]
        for first, second in _SHORT.findall(plain):
            found += [(int(first), int(second)), (int(second), int(first))]
    return frozenset(found)


def _both(text: str) -> tuple[str, ...]:
    """Give the text as it is, and with numbers in words as figures where it has any."""
    plain = plainly(text)
    pieces, end = list[str](), 0
    for each in sorted(in_words(plain), key=lambda each: (each.start, -each.end)):
        if each.start >= end:
            pieces += [plain[end : each.start], f"{each.value.normalize():f}"]
            end = each.end
    return (plain, "".join((*pieces, plain[end:]))) if pieces else (plain,)


def plainly(text: str) -> str:
    """Give the text with one kind of space and of figures, and without hidden signs."""
    raised = _RAISED.sub(lambda each: f"^{each[0]}", text)
    apart = unicodedata.normalize("NFKC", raised).translate(_SEPARATORS)
    kept = "".join(
        str(unicodedata.decimal(each)) if each.isdecimal() else each
        for each in apart
        if unicodedata.category(each) != "Cf"
    )
    return _SPACES.sub(" ", kept)


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
    for parts in _DAY_FIRST.findall(text):
        first, second, year = (each for each in parts if each)
        yield _year(year), int(second), int(first)
        yield _year(year), int(first), int(second)
    for day, roman, year in _ROMAN_DAY.findall(text):
        yield _year(year), ROMAN.get(roman, 0), int(day)
    for one, two, three, four in _CLOSE_TOGETHER.findall(text):
        yield int(one + two), int(three), int(four)
        yield int(three + four), int(two), int(one)
    for year, month, day in _named(text):
        if year:
            yield _year(year), month, day


def _named(text: str) -> Iterator[tuple[str, int, int]]:
    named = []
    for day, month, year in _DAY_WORD.findall(text):
        first, apart, _ = month.partition(" ")
        whole = not apart or folded(month) in months_of_two()
        named.append((year, month, day) if whole else ("", first, day))
    named += [(year, month, day) for month, day, year in _WORD_DAY.findall(text)]
    named += _YEAR_WORD.findall(text)
    for year, month, day in named:
        yield from ((year, number, int(day)) for number in month_named(month))
    for year, month, day in _EASTERN.findall(text):
        yield year, int(month), int(day)
    for day, month, year in _VIETNAMESE.findall(text):
        yield year, int(month), int(day)


def month_named(name: str) -> Iterator[int]:
    """Give the month of a name in any language; of an English one, three letters are enough."""
    word = folded(name)
    if word in months():
        yield months()[word]
    elif word in months_of_two():
        yield months_of_two()[word]
    elif word in other_months():
        yield from other_months()[word]
    elif word[:5] in _stems():
        yield from (number for stem, number in _stems()[word[:5]] if word.startswith(stem))
    elif len(word) >= len("jan"):
        yield from (at for at, each in enumerate(_MONTHS, 1) if each.startswith(word))


@cache
def _stems() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Give long months without the ending that their case changes, by their first five letters."""
    held = list(months().items())
    held += [(name, number) for name, numbers in other_months().items() for number in numbers]
    found: dict[str, set[tuple[str, int]]] = {}
    for name, number in held:
        if len(name) > len("march"):
            stem = name[: max(len("march"), len(name) - 2)]
            found.setdefault(stem[:5], set()).add((stem, number))
    return {first: tuple(sorted(stems)) for first, stems in found.items()}


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
