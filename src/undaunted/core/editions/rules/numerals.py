"""Numbers typed by hand: found in any script, and which numbers of a report they may be.

A number in a report comes from a query, so that it can be traced and stays right when it changes.
What is typed is found by its digits and signs of every script, Roman numerals of two letters or
more, Chinese number letters, and the number words of the language (`number_words.py`). Signs that
nobody sees, within a number or a word, do not hide it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.core.editions.rules.number_words import JOINING, NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Found", "numbers_typed", "suggested", "values_of"]

MOST_SUGGESTED = 6
GROUP = 3

_DIGITS = re.compile(
    r"\d+(?:[.,'’٫٬/:–-]\d+|[ \u00a0\u2009\u202f]\d{3}(?!\d))*"  # noqa: RUF001 - as they are typed
    r"|[²³¹¼-¾⁰-₉⅐-↉①-⓿〇❶-➓㉈-㊿]+"
)
_HAN = re.compile(
    r"[零〇一二三四五六七八九十百千万亿两几数半壹贰叁肆伍陆柒捌玖拾佰仟萬億廿卅]{2,}"
    r"|[二三四五六七八九十百千万亿两半壹贰叁肆伍陆柒捌玖拾佰仟萬億廿卅]"
    r"(?=[人名个位例件起倍成岁年月日次])"
)
_ENGLISH = re.compile(
    r"\b(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten)[ -]"
    r"(?:thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundred|thousand|many)-?fold"
    r"|zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-one)?"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|scores|half|halves|twice|thrice"
    r"|doubled?|tripled?|quadrupled?)\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(
    r"\b(?=[MDCLXVI]{2,}\b)M{0,4}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_ROMANS: Mapping[str, int] = MappingProxyType(
    {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1_000}
)
_ONES: Mapping[str, int] = MappingProxyType(
    {
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
        "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
        "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
        "ninety": 90,
    }
)  # fmt: skip
_SCALES: Mapping[str, int] = MappingProxyType(
    {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9}
)
_APART = re.compile(r"[/:–-]")  # noqa: RUF001 - a dash between years
_POINTS = ".,٫"  # noqa: RUF001 - as they are typed


@dataclass(frozen=True, slots=True)
class Found:
    """A number as it was typed, and where in its text it begins and ends."""

    start: int
    end: int
    text: str


def numbers_typed(text: str, language: str) -> tuple[Found, ...]:
    """Give the numbers that a text spells out, in order; where, in the text as it was given."""
    seen = [at for at, letter in enumerate(text) if unicodedata.category(letter) != "Cf"]
    plain = "".join(text[at] for at in seen)
    found = [_found(each) for each in _DIGITS.finditer(plain)]
    found += [_found(each) for each in _ROMAN.finditer(plain) if each.group()]
    found += [_found(each) for each in _HAN.finditer(plain)]
    found += _joined(plain, list(_words(plain, language)))
    found += _signs(plain, found)
    return tuple(
        Found(seen[each.start], seen[each.end - 1] + 1, each.text)
        for each in sorted(found, key=lambda each: each.start)
    )


def values_of(typed: str) -> frozenset[float]:
    """Give what a typed number can mean: `1,234` is 1234 or 1.234, `3-5` is 3 and 5."""
    if _ROMAN.fullmatch(typed):
        return frozenset({_value_of_roman(typed)})
    if typed[:1].isalpha():
        return _values_of_words(typed.lower())
    values: set[float] = set()
    for part in _APART.split(typed):
        values.update(_values_of_part(part))
    return frozenset(values)


def suggested(typed: str, figures: Mapping[str, float | None]) -> tuple[str, ...]:
    """Give the keys whose number this may be, the shortest first; a share counts as per cent."""
    wanted = {(value, _places(value)) for value in values_of(typed)}
    keys = [
        key
        for key, held in figures.items()
        if held is not None and any(_same(held, value, places) for value, places in wanted)
    ]
    return tuple(sorted(keys, key=lambda key: (len(key), key))[:MOST_SUGGESTED])


def _found(match: re.Match[str]) -> Found:
    return Found(match.start(), match.end(), match.group())


def _words(text: str, language: str) -> Iterator[Found]:
    if language == "en":
        yield from (_found(each) for each in _ENGLISH.finditer(text))
        return
    known = NUMBER_WORDS.get(language, frozenset())
    for each in _LETTERS.finditer(text):
        word = each.group().casefold() if language != "tr" else _turkish(each.group())
        if word in known or (language == "ar" and word.removeprefix("و") in known):
            yield _found(each)


def _turkish(word: str) -> str:
    return word.replace("I", "ı").replace("İ", "i").lower()  # noqa: RUF001 - as Turkish writes it


def _signs(text: str, found: list[Found]) -> Iterator[Found]:
    """Give signs for numbers of other scripts that nothing else has found."""
    held = {at for each in found for at in range(each.start, each.end)}
    for at, letter in enumerate(text):
        if at not in held and unicodedata.category(letter) in {"Nl", "No"}:
            yield Found(at, at + 1, letter)


def _joined(text: str, words: list[Found]) -> list[Found]:
    """Make one of `twenty-one` and of `two hundred and six`."""
    joined: list[Found] = []
    for word in words:
        last = joined[-1] if joined else None
        if last is not None and text[last.end : word.start] in JOINING:
            joined[-1] = Found(last.start, word.end, text[last.start : word.end])
        else:
            joined.append(word)
    return joined


def _value_of_roman(typed: str) -> float:
    values = [_ROMANS[each] for each in typed]
    after = [*values[1:], 0]
    return float(sum(-one if one < more else one for one, more in zip(values, after, strict=True)))


def _values_of_part(part: str) -> Iterator[float]:
    plain = "".join(str(unicodedata.decimal(each, each)) for each in part)
    whole = "".join(each for each in plain if each.isdecimal())
    if not whole:  # a fraction or a number in a circle
        yield from (unicodedata.numeric(each) for each in part if each.isnumeric())
        return
    groups = "".join(each if each.isdecimal() else " " for each in plain).split()
    if all(len(each) == GROUP for each in groups[1:]):
        yield float(whole)
    cut = max(plain.rfind(point) for point in _POINTS)
    if cut > 0:
        yield float(f"{''.join(groups[:-1])}.{groups[-1]}")


def _values_of_words(words: str) -> frozenset[float]:
    if words == "half":
        return frozenset({0.5})
    total, group = 0, 0
    for word in re.split(r"[\s-]+", words):
        name = word.rstrip("s") if word.rstrip("s") in _SCALES else word
        if name in _ONES:
            group += _ONES[name]
        elif name in {"dozen", "hundred"}:
            group = max(group, 1) * _SCALES[name]
        elif name in _SCALES:
            total, group = total + max(group, 1) * _SCALES[name], 0
        elif name == "twice":
            group += 2
    return frozenset({float(total + group)}) if total + group else frozenset()


def _places(value: float) -> int:
    return 0 if value.is_integer() else len(repr(value).partition(".")[2])


def _same(held: float, value: float, places: int) -> bool:
    if round(held, places) == value:
        return True
    share = 0 < held < 1 and round(held * 100, places) == value
    return share and not float(held).is_integer()
