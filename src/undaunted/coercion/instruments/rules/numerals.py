"""Numbers that are written in words, as figures: two million three hundred thousand is 2300000.

Words are read in every language of the pack at once, since nobody says in which a text is written.
A number ends where the next word cannot go on with it: twenty twenty-six are two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules.folding import folded
from undaunted.coercion.instruments.rules.tongues import tongues

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.coercion.instruments.rules.tongues import Tongue

__all__ = ["Told", "in_words"]

_TOKEN: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d+)?(?![\d.,]*\d)|[^\W\d_]+")
_CHINESE: Final = re.compile(r"[〇零一二两兩三四五六七八九壹贰叁肆伍陆柒捌玖十拾百佰千仟万萬亿億]+")
_SIGNS: Final = {
    **{sign: value for value, sign in enumerate("零一二三四五六七八九")},
    **{sign: value for value, sign in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2, "兩": 2,
}  # fmt: skip
_POWERS: Final = (
    dict.fromkeys("十拾", 10) | dict.fromkeys("百佰", 100) | dict.fromkeys("千仟", 1000)
    | dict.fromkeys("万萬", 10**4) | dict.fromkeys("亿億", 10**8)
)  # fmt: skip
_NOUGHT: Final = str.maketrans("", "", "零\u3007")
_BETWEEN: Final = re.compile(r"[\s\-\u2010-\u2015]*")
_COMMA: Final = re.compile(r"[,\u060c]\s+")
_TEN, _HUNDRED, _THOUSAND, _MILLION, _FOURSCORE, _SCORE = 10, 100, 1000, 10**6, 4, 20
_SIXTY: Final = frozenset({60, 80})
"""Tens to which French adds up to nineteen."""
LONGEST: Final = 80
"""A word of more letters, or so many Chinese signs, is no number."""


@dataclass(frozen=True, slots=True)
class Told:
    """A number in words: where it stands, and whether it is a place in an order alone."""

    start: int
    end: int
    value: Decimal
    lone_order: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One word: what it adds or multiplies by, where it stands."""

    start: int
    end: int
    word: str
    value: Decimal
    times: bool = False
    order: bool = False


class _Number:
    """A number as it grows, word by word: parts by their scale, the largest first."""

    def __init__(self) -> None:
        self.parts: list[tuple[Decimal, int]] = []

    def add(self, value: Decimal, *, french: bool, ones_first: bool) -> bool:
        """Add what a word stands for; False where it cannot go on with what stands."""
        if not self.parts:
            self.parts.append((value, _place(value, french=french)))
            return True
        last, place = self.parts[-1]
        if value < place:
            self.parts.append((value, _place(value, french=french)))
            return True
        if ones_first and 0 < last < _TEN <= value < _HUNDRED and value % _TEN == 0:
            self.parts[-1] = (last + value, 1)
            return True
        if french and last == _FOURSCORE and value == _SCORE:
            self.parts[-1] = (Decimal(_FOURSCORE * _SCORE), _SCORE)
            return True
        return False

    def multiply(self, by: int) -> bool:
        """Multiply all that is smaller than the word; False where that goes backwards."""
        kept = list(self.parts)
        smaller = []
        while kept and kept[-1][0] < by:
            smaller.append(kept.pop()[0])
        if kept and kept[-1][1] <= by:
            return False
        group = sum(smaller, Decimal(0)) if smaller else Decimal(1)
        self.parts = [*kept, (group * by, by)]
        return True

    @property
    def value(self) -> Decimal:
        """The number."""
        return sum((each for each, _ in self.parts), Decimal(0))


def in_words(text: str) -> tuple[Told, ...]:
    """Give every number that a text may be telling in words, in any language, with its place."""
    runs = list(_runs(text))
    said = {each.group().lower() for each in _TOKEN.finditer(text)} if runs else set()
    found = [
        told
        for tongue, run in runs
        for told in _read(run, tongue, speaks=bool(tongue.spoken & said))
    ]
    return (*_outermost(found), *_chinese(text))


def _outermost(found: Iterable[Told]) -> Iterator[Told]:
    """Leave out what another language reads as a part: the million of two million."""
    start = end = -1
    for told in sorted(dict.fromkeys(found), key=lambda each: (each.start, -each.end)):
        if told.end > end or (told.start, told.end) == (start, end):
            start, end = told.start, told.end
            yield told


def _runs(text: str) -> Iterator[tuple[Tongue, list[_Part]]]:
    """Give words that follow one another and are all of numbers of one language."""
    going: dict[int, list[_Part]] = {}
    figure, end = None, 0
    for match in _TOKEN.finditer(text):
        reads = _reads(match.group())
        if figure is None and not going and not reads and not match.group()[0].isdigit():
            end = match.end()
            continue
        for at in tuple(going):
            run, go_on = going[at], _near(text, end, match.start(), comma=going[at][-1].times)
            if not go_on or not (at in reads or match.group()[0].isdigit()):
                if not (go_on and _folded(match.group()) in tongues()[at].joins):
                    yield tongues()[at], going.pop(at)
            elif at not in reads:
                run.append(_figure(match))
        for at, parts in reads.items():
            if at not in going:
                near = figure is not None and _near(text, end, match.start(), comma=False)
                going[at] = [_figure(figure)] if figure is not None and near else []
            going[at] += [replace(each, start=match.start(), end=match.end()) for each in parts]
        figure = match if match.group()[0].isdigit() else None
        end = match.end()
    yield from ((tongues()[at], run) for at, run in going.items())


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return folded(word)


@lru_cache(maxsize=20_000)
def _reads(word: str) -> dict[int, tuple[_Part, ...]]:
    """Give the parts of a word in each language, by its number, in which it is of a number."""
    if word[0].isdigit() or len(word) > LONGEST:
        return {}
    told = {at: tongue.read(_folded(word)) for at, tongue in enumerate(tongues())}
    return {
        at: tuple(_part(each, tongues()[at]) for each in parts)
        for at, parts in told.items()
        if parts
    }


def _part(word: str, tongue: Tongue) -> _Part:
    if word in tongue.times:
        return _Part(0, 0, word, Decimal(tongue.times[word]), times=True)
    if word in tongue.adds:
        return _Part(0, 0, word, Decimal(tongue.adds[word]))
    return _Part(0, 0, word, Decimal(tongue.orders[word]), order=True)


def _figure(match: re.Match[str]) -> _Part:
    return _Part(*match.span(), "", Decimal(match.group().replace(",", ".")))


def _near(text: str, end: int, start: int, *, comma: bool) -> bool:
    """Tell whether words go together: after a power, as million, a comma does not part them."""
    if _BETWEEN.fullmatch(text, end, start) is not None:
        return True
    return comma and _COMMA.fullmatch(text, end, start) is not None


def _read(run: list[_Part], tongue: Tongue, *, speaks: bool) -> Iterator[Told]:
    """Part a run into numbers, each as long as its words go on with it."""
    number, held = _Number(), list[_Part]()
    for part in run:
        if _mixed(held, part) or not _goes_on(number, part, tongue):
            yield from _told(number, held, tongue, speaks=speaks)
            number, held = _Number(), []
            _goes_on(number, part, tongue)
        held.append(part)
    yield from _told(number, held, tongue, speaks=speaks)


def _mixed(held: list[_Part], part: _Part) -> bool:
    """Tell whether figures and words meet that are of two numbers: only powers stand between."""
    if not held or (part.word and held[-1].word):
        return False
    return not (part.times if part.word else held[-1].times)


def _goes_on(number: _Number, part: _Part, tongue: Tongue) -> bool:
    if not part.times:
        return number.add(part.value, french=tongue.code == "fr", ones_first=tongue.code == "ar")
    if part.value == _TEN and not (number.parts and 0 < number.parts[-1][0] < _TEN):
        return number.add(part.value, french=False, ones_first=False)
    return number.multiply(int(part.value))


def _told(number: _Number, held: list[_Part], tongue: Tongue, *, speaks: bool) -> Iterator[Told]:
    words = [each for each in held if each.word]
    if not words:
        return
    alone = words[0].word if len(held) == 1 else ""
    if alone and (alone in tongue.never or (alone in tongue.shared and not speaks)):
        return
    order = bool(alone) and words[0].order
    if alone and number.value == 1 and not order:
        return
    yield Told(held[0].start, held[-1].end, number.value, order)


def _chinese(text: str) -> Iterator[Told]:
    """Read Chinese numerals: by place, as 二〇二六, or with powers of ten between them."""
    for match in _CHINESE.finditer(text):
        signs = match.group()
        if len(signs) > LONGEST:
            continue
        if not set(signs) & set(_POWERS):
            value = Decimal("".join(str(_SIGNS[each]) for each in signs))
        else:
            number = _Number()
            for each in signs.translate(_NOUGHT):
                if each in _POWERS:
                    number.multiply(_POWERS[each])
                else:
                    number.parts.append((Decimal(_SIGNS[each]), 1))
            value = number.value
        if signs != "一":
            yield Told(*match.span(), value)


def _place(value: Decimal, *, french: bool) -> int:
    """Give below what the next word of a number must be: after twenty, ten."""
    if value != int(value) or value == 0:
        return 0
    if french and value in _SIXTY:
        return _SCORE
    for place in (_MILLION, _THOUSAND, _HUNDRED, _TEN):
        if value % place == 0:
            return place
    return 1
