"""Does a text say a name? Written whole or in parts, squeezed, spelled out, as initials or address.

Both sides are put into one form: letters and figures alone, with a mark of where a word begins and
ends. So a hyphen, a space, a mark or a cell between parts hides nothing; and a short name, as H&M
or Port AG, is found where it stands in whole words. A word that half of all firms bear tells
nobody (`packs/generic.toml`), nor the name of a country, except in the name of a person.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules.folding import (
    folded,
    spelled_plainly,
    squeezed,
    words_of,
)
from undaunted.core.places.rules import countries, country_name

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Looked", "Secret", "commonplace", "told_of"]

SHORTEST_WORD, SHORTEST_NAME, SHORTEST_NUMBER, SHORTEST_STEM = 3, 8, 5, 5
LONG, ENDING = 8, 2
"""A word so long is looked for without so many last letters, which languages change."""
PARTED, PAIR = 4, 6
"""So many letters of a word that is parted, and of two words that are put together."""
_NAMED: Final = frozenset({"requester", "contact", "also"})
"""Where even two letters are a name; in an address they are of a street or a district."""
_FIRMS: Final = frozenset({"requester", "also"})
"""Where a name of short or common words is looked for as it is spelled."""
_ENDINGS: Final = ("", "s", "n", "an", "ian", "i", "ese", "ish")
_WORD: Final = re.compile(r"[^\W_]+")
_RUN: Final = re.compile(r"\d(?:[\s().\-/]{0,2}\d)+")
"""Figures as they stand in telephone numbers and registers, parted by little."""
_POINTED: Final = re.compile(r"(?<![^\W_])[^\W_](?:[.\-\u00b7][^\W_])+(?![^\W_])")
"""Single signs with points between, as B.P."""
_ADDRESS: Final = re.compile(r"(?<![\w-])[\w-]+(?:[.@][\w-]+)+|[@#][\w-]+")
_BETWEEN: Final = re.compile(r"[&+]|(?<=\s)(?:and|und|et|y|e|i|ir)(?=\s)", re.IGNORECASE)
_PAIRED: Final = re.compile(r"(?<![^\W_])([^\W_]{1,3}) ?[&+] ?([^\W_]{1,3})(?![^\W_])")
"""Few signs that an ampersand joins are a name, whatever follows."""
_ANDS: Final = ("", "and", "und", "et", "y", "n", "ir")


@dataclass(frozen=True, slots=True)
class Secret:
    """One answer that must not be told: where it stands, and its words."""

    place: str
    text: str
    person: bool = False


class Looked:
    """A text that is looked through, read once for all names."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFKC", text)
        self.whole = _WORD.findall(self.text)
        self.words = tuple(spelled_plainly(each) for each in words_of(text))
        together = _POINTED.sub(lambda each: squeezed(each.group()), self.text)
        tokens = [spelled_plainly(each) for each in _WORD.findall(folded(together))]
        plain = [spelled_plainly(each) for each in _WORD.findall(folded(text))]
        self.phrases = (f" {' '.join(plain)} ", f" {' '.join(tokens)} ")
        self.tight = "".join(plain)
        self.starts, self.ends = _edges(plain)
        self.capitals = {squeezed(each) for each in (*text.split(), *self.whole) if each.isupper()}
        self.capitals |= {squeezed(each) for each in _POINTED.findall(self.text) if each.isupper()}
        self.addressed = {
            squeezed(part)
            for address in _ADDRESS.findall(self.text)
            for part in _WORD.findall(address)
        }
        self.runs = _runs(text)

    def says(self, word: str) -> bool:
        """Tell whether a word stands there, also with another ending where it is long."""
        if len(word) < SHORTEST_STEM:
            return word in self.words
        stem = word[:-ENDING] if len(word) >= LONG else word
        return any(each.startswith(stem) for each in self.words)

    def holds(self, word: str) -> bool:
        """Tell whether letters stand there from the begin of a word to the end of one.

        Of a long word the last letters may be others, as in `says`.
        """
        longer = len(word) >= LONG
        letters = word[:-ENDING] if longer else word
        at = self.tight.find(letters)
        while at >= 0:
            if at in self.starts and (longer or at + len(letters) in self.ends):
                return True
            at = self.tight.find(letters, at + 1)
        return False


_MOST_BETWEEN = 2


def told_of(name: Secret, looked: Looked) -> Iterator[str]:
    """Give what a text says of a name: the whole, or words of it, initials, numbers."""
    whole = squeezed(name.text)
    if len(whole) >= SHORTEST_NAME and spelled_plainly(whole) in looked.tight:
        yield name.text.strip()
        return
    if name.place in _FIRMS and _spelled_whole(name, looked):
        yield name.text.strip()
        return
    yield from _words_told(name, looked)
    for each in _initials(name.text):
        if folded(each) in looked.capitals or folded(each) in looked.addressed:
            yield each
    yield from (mine for mine in _runs(name.text) if any(mine in each for each in looked.runs))


def commonplace(name: Secret, looked: Looked) -> bool:
    """Tell whether a text has a word of a firm's name that is nothing but common words.

    No rule can tell then whether the firm is meant, as with Road Co and a road.
    """
    if name.place not in _FIRMS:
        return False
    words = {spelled_plainly(each) for each in _WORD.findall(folded(name.text))}
    return words <= _common() and any(
        each in looked.words for each in words if len(each) > SHORTEST_WORD
    )


def _words_told(name: Secret, looked: Looked) -> Iterator[str]:
    telling = _without_countries(name)
    for word in dict.fromkeys(words_of(telling)):
        plain = spelled_plainly(word)
        if _joined(word) and len(word) > 1:
            yield from (word,) if plain in looked.tight else ()
        elif _telling(word) and (looked.says(plain) or _parted(plain, looked)):
            yield word
    for first, second in pairwise(spelled_plainly(each) for each in _WORD.findall(folded(telling))):
        if _pair(first, second) and first + second in looked.words:
            yield f"{first} {second}"
    for word in _WORD.findall(unicodedata.normalize("NFKC", name.text)):
        if _short(word) and name.place in _NAMED and word in looked.whole:
            yield word


def _edges(words: list[str]) -> tuple[frozenset[int], frozenset[int]]:
    starts, ends, at = set[int](), set[int](), 0
    for word in words:
        starts.add(at)
        at += len(word)
        ends.add(at)
    return frozenset(starts), frozenset(ends)


def _parted(word: str, looked: Looked) -> bool:
    """Tell whether a word stands there in parts, as Alt-moor for Altmoor."""
    return len(word) >= PARTED and looked.holds(word)


def _pair(first: str, second: str) -> bool:
    return len(first + second) >= PAIR and not {first, second} <= _common()


def _spelled_whole(name: Secret, looked: Looked) -> bool:
    """Tell whether a name stands there whole, however short and common its words are."""
    for words in _cores(name.text):
        letters = "".join(words)
        if len(words) == 1 and (len(letters) == 1 or letters.isdigit() or letters in _common()):
            continue
        if any(f" {each} " in phrase for phrase in looked.phrases for each in _ways(words)):
            return True
        if len(letters) >= PARTED and letters not in _common() and looked.holds(letters):
            return True
        if len(letters) <= SHORTEST_WORD and letters in looked.addressed:
            return True
    signs = _capitals(name.text)
    return bool(signs) and _spelt(signs, looked.text)


def _cores(name: str) -> Iterator[tuple[str, ...]]:
    """Give the words of a name, with and without its legal form; joins, as the ampersand, apart."""
    yield from _PAIRED.findall(folded(name))
    words = [spelled_plainly(each) for each in _WORD.findall(folded(_BETWEEN.sub(" ", name)))]
    while words:
        yield tuple(words)
        if words[-1] not in _generic():
            return
        words.pop()


def _ways(words: tuple[str, ...]) -> Iterator[str]:
    """Give the ways in which words of a short name are joined: H M, H and M, HM."""
    for join in _ANDS:
        yield (f" {join} " if join else " ").join(words)
    letters = "".join(words)
    if letters not in _common():
        yield letters


def _capitals(name: str) -> str:
    """Give a name of two or three signs in capitals, as B P and 3-M are found; else nothing."""
    first = next(_cores(name), ())
    core = next((each for each in reversed(tuple(_cores(name)))), first)
    signs = "".join(core).upper()
    return "" if not 1 < len(signs) <= SHORTEST_WORD or signs.isdigit() else signs


def _spelt(signs: str, text: str) -> bool:
    """Whether the signs stand in a text as a word, with two others between them at most."""
    begins = (
        at
        for at, sign in enumerate(text)
        if sign == signs[0] and not (at and text[at - 1].isalnum())
    )
    return any(_goes_on(signs[1:], text, at + 1) for at in begins)


def _goes_on(signs: str, text: str, at: int) -> bool:
    for sign in signs:
        gap = text[at : at + _MOST_BETWEEN + 1].find(sign)
        if gap < 0 or any(each.isascii() and each.isalnum() for each in text[at : at + gap]):
            return False
        at += gap + 1
    return not text[at : at + 1].isalnum()


def _initials(name: str) -> Iterator[str]:
    """Give the initials of a name, with and without the legal form and other common last words."""
    words = name.split()
    while words:
        initials = "".join(word[0] for word in words if word[0].isupper())
        if len(initials) >= SHORTEST_WORD:
            yield initials
        if squeezed(words[-1]) not in _generic():
            return
        words.pop()


def _runs(text: str) -> tuple[str, ...]:
    found = (
        "".join(str(unicodedata.decimal(sign)) for sign in each if sign.isdecimal())
        for each in _RUN.findall(unicodedata.normalize("NFKC", text))
    )
    return tuple(each for each in found if len(each) >= SHORTEST_NUMBER)


def _telling(word: str) -> bool:
    return len(word) >= SHORTEST_WORD and word not in _generic() and not word.isdigit()


def _short(word: str) -> bool:
    """Tell whether two signs are a name, as BP, 3M and Ng; small letters and figures are none."""
    short = len(word) == SHORTEST_WORD - 1 and folded(word) not in _generic()
    return short and not word.islower() and not word.isdigit() and not _joined(word)


def _without_countries(name: Secret) -> str:
    """Leave countries out, for that a Member State is coerced is no secret; of a person as places.

    Where a person is named, a country is what stands alone between two commas.
    """
    if name.place == "also":
        return name.text
    if name.person:
        parts = name.text.split(",")
        return ",".join(each for each in parts if folded(each).strip() not in _countries())
    text = f" {' '.join(_WORD.findall(folded(name.text)))} "
    for country in _countries():
        for ending in _ENDINGS:
            text = text.replace(f" {country}{ending} ", " ")
    return text


@cache
def _generic() -> frozenset[str]:
    return frozenset(_pack()["words"].split())


@cache
def _common() -> frozenset[str]:
    """Words that stand in any text; as a whole name they tell nobody where they stand alone."""
    told = " ".join(_pack()[each] for each in ("words", "ordinary", "small"))
    return frozenset(spelled_plainly(folded(each)) for each in told.split()) | frozenset(
        spelled_plainly(squeezed(each)) for each in _countries()
    )


@cache
def _pack() -> dict[str, str]:
    held = files("undaunted.coercion.instruments").joinpath("packs", "generic.toml")
    return tomllib.loads(held.read_text("utf-8"))


@cache
def _countries() -> tuple[str, ...]:
    """Names of countries, the longest first."""
    names = {" ".join(_WORD.findall(folded(country_name(each.code)))) for each in countries()}
    return tuple(sorted(names, key=lambda each: (-len(each), each)))


def _joined(word: str) -> bool:
    """Tell whether the script joins words, or particles to them: Arabic, Chinese, Thai, Hebrew."""
    return any(unicodedata.category(each) == "Lo" for each in word)
