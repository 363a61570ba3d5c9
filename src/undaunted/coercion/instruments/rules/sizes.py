"""Words of size beside a figure, before it, in a unit or a heading: TEUR 2,318, EUR million 2.3.

Whoever reads a table finds its size in the heading. So a figure is read with every size that
stands near it, on either side, and figures of three signs and more without any: 2.318 tells 2318400
whatever its unit is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["POWERS", "same_figures", "scale_of", "significant", "sized"]

ENOUGH: Final = 3
"""Two figures with so many signs alike are of one number."""
FAR: Final = 80
"""So many signs may stand between a figure and its word of size, as in the head of a table."""
NEAR: Final = 24
"""So many where the figure is of one sign."""
_SIZES: Final = {
    10**2: ("hundred", "hundreds", "hundert"),
    10**3: ("tausend", "tsd", "thousand", "thousands", "mille", "milliers", "mil", "mila", "tys",
            "tisic", "tis", "tukst", "tukstanciu", "bin", "nghin", "ngan", "тыс", "тысяч",
            "тысячи", "ألف", "آلاف", "الف", "هزار", "千", "k", "t", "tho"),
    10**6: ("million", "millions", "millionen", "millones", "milioni", "milionow", "milhoes",
            "milijonu", "milijonai", "mio", "miljoen", "miljoner", "milyon", "trieu", "mln", "mn",
            "mill", "млн", "миллион", "миллионов", "миллиона", "мільйонів", "مليون", "ملايين",
            "میلیون", "m", "mm"),
    10**9: ("billion", "billions", "milliarde", "milliarden", "milliard", "milliards", "miliardi",
            "milyar", "mrd", "mld", "bn", "ty", "млрд", "миллиард", "миллиардов", "مليار",
            "میلیارد", "b", "g"),
    10**4: ("万", "萬", "lakh", "myriad"), 10**8: ("亿", "億"), 10**7: ("crore",),
}  # fmt: skip
_BY_WORD: Final = {folded(word): size for size, words in _SIZES.items() for word in words}
_LETTERS: Final = frozenset(
    {"k", "t", "m", "b", "g", "mm", "ty", "mil", "bin", "tis", "mill", "tho"}
)
"""Sizes that are a word or a unit of their own; they count beside money or a figure alone."""
_MONEY: Final = (
    r"(?:eur|usd|gbp|chf|pln|sek|dkk|czk|huf|ron|jpy|cny|rmb|[\u20ac$\u00a3\u00a5\u20bd\u20ba])"
)
_CURRENCY: Final = re.compile(_MONEY, re.IGNORECASE)
_ANY: Final = re.compile(r"[^\W\d_]+|[\u20ac$\u00a3\u00a5\u20bd\u20ba]")
_PASTED: Final = re.compile(rf"([a-z]{{1,40}}?){_MONEY}|{_MONEY}([a-z]{{1,40}})")
_FIGURE: Final = re.compile(r"\d[\d.,'\u2019_ \u00b7]*\d|\d")
_DIGIT: Final = re.compile(r"\d")
POWERS: Final = re.compile(
    r"(?<![\d.,])(\d+(?:[.,]\d+)?) ?(?:[e\u0435](?=[+\d])|[x\u00d7*\u00b7] ?10 ?\^? ?)\+?(\d{1,2})"
    r"(?!\d)",
    re.IGNORECASE,
)


def sized(plain: str) -> Iterator[tuple[str, int]]:
    """Give figures near which a word of size stands, with what they are multiplied by."""
    words = [(each.start(), each.end(), size) for each in _ANY.finditer(plain)
             if (size := _size(each.group(), plain, each.start(), each.end()))]  # fmt: skip
    starts = [start for start, _, _ in words]
    for figure in _FIGURE.finditer(plain) if words else ():
        from_, to = figure.start() - FAR, figure.end() + FAR
        for start, end, size in words[bisect_left(starts, from_) : bisect_right(starts, to)]:
            between = (
                plain[figure.end() : start] if end > figure.start() else plain[end : figure.start()]
            )
            if _goes_with(figure.group(), between):
                yield figure.group(), size
    for written, power in POWERS.findall(plain):
        yield f"{Decimal(written.replace(',', '.')).scaleb(int(power)):f}", 1


def _goes_with(figure: str, between: str) -> bool:
    """Tell whether a size is that of a figure; of one sign alone only where nothing parts them."""
    signs = "".join(each for each in figure if each.isdigit()).strip("0")
    return len(signs) > 1 or (len(between) <= NEAR and not _DIGIT.search(between))


def scale_of(unit: str) -> int:
    """Give by what a unit multiplies its amounts: 1000000 for EUR million, 1000 for TEUR."""
    for each in _ANY.finditer(unit):
        size = _by_word(each.group())
        if size and (folded(each.group()) not in _LETTERS or _CURRENCY.search(unit)):
            return size
    return 1


def significant(number: Decimal) -> str:
    """Give the signs of a number without the noughts around them: 2318400 and 2.3184 are alike."""
    return "".join(map(str, number.as_tuple().digits)).strip("0")


def same_figures(told: Decimal, kept: Decimal) -> bool:
    """Tell whether a number says the figures of another in whatever unit, rounded or cut off."""
    ours, theirs = significant(told), significant(kept)
    least = min(len(ours), len(theirs))
    if least < ENOUGH:
        return False
    return bool(_shortened(ours, least) & _shortened(theirs, least))


def _shortened(signs: str, length: int) -> frozenset[str]:
    rounded = (int(signs[: length + 1].ljust(length + 1, "0")) + 5) // 10
    return frozenset({signs[:length], str(rounded)})


def _size(word: str, text: str, start: int, end: int) -> int:
    size = _by_word(word)
    if size and folded(word) in _LETTERS:
        beside = f"{text[max(0, start - 5) : start]} {text[end : end + 5]}"
        if not (_DIGIT.search(beside) or _CURRENCY.search(beside)):
            return 0
    return size


def _by_word(word: str) -> int:
    plain = folded(word)
    if plain in _BY_WORD:
        return _BY_WORD[plain]
    pasted = _PASTED.fullmatch(plain)
    return _BY_WORD.get(pasted[1] or pasted[2], 0) if pasted else 0
