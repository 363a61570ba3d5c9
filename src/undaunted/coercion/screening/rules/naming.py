"""Does a text name somebody? However it is spelled: accents, capitals, hyphens, points, in parts.

Both sides are put into letters and figures alone, with marks of where words begin and end. A name
is told by the whole of it, by the whole without its legal form, and by a word that is no firm's in
particular neither of a country. A country is told by its name, and where that is long by what is
made of it (Ruritanian). What is not found: a name in another script, or described.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from undaunted.core.places.rules import countries, country_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["Spelled", "words_spelled"]

SHORTEST_WHOLE, SHORTEST, STEM, ENDING = 2, 4, 8, 2
"""A whole name, and a word alone, tell from so many letters; the last of a long one may differ."""
LONG_COUNTRY = 6
"""From so many letters on, what is made of a country's name begins as no other word does."""
FEWEST = 2
"""Words that are left of a name without its legal form; one alone is asked for as a word."""
_WORD: Final = re.compile(r"[^\W_]+")
_PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "þ": "th", "æ": "a", "œ": "o"}
)
_PAIRS: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
"""Letters with two points and a ring are written with a second letter, and without."""
_WORDS: Final = """
    authority bank board business capital chemical chemicals commerce company conglomerate
    construction consortium corporation development electric electricity energy enterprise
    enterprises federal finance financial foundation fund funds global government group gruppe
    harbour holding holdings industrial industries industry infrastructure international
    invented invest investment investments joint logistics management marine maritime
    materials media metal metals mill mining ministry national navigation ocean operator
    operations owner parent partner partners petroleum pipeline port ports power private
    production products property public railway railways real resources service services shell
    shipping societe state steel stock systems technologies technology telecom terminal
    terminals trade trading transport treasury trust union venture ventures water western
    eastern northern southern central world limited gmbh aktiengesellschaft incorporated oder
    and the for von van des
"""
_SHARED: Final = frozenset(_WORDS.split())
"""Words that so many firms bear, or reasons use, that alone they name nobody."""


class Spelled:
    """A text that is looked through, read once for all names."""

    def __init__(self, text: str) -> None:
        words = words_spelled(text)
        self.tight = "".join(words)
        starts, ends, at = set[int](), set[int](), 0
        for word in words:
            starts.add(at)
            at += len(word)
            ends.add(at)
        self._starts, self._ends = frozenset(starts), frozenset(ends)

    def names(self, name: str, *, shown: Collection[str] = ()) -> bool:
        """Tell whether it names somebody; a word that is `shown` anyway tells nothing."""
        words = words_spelled(name)
        whole = "".join(words)
        if self._holds(whole) or self._derives(whole):
            return True
        if _identifier(name):
            return False
        if any(self._holds(each) for each in _shorter(words)):
            return True
        core = [each for each in words if each not in _shared()]
        telling = (each for each in core if len(each) >= SHORTEST and not each.isdigit())
        return any(each not in shown and self._holds(each, bends=True) for each in telling)

    def _derives(self, country: str) -> bool:
        """Tell whether a word is made of a long name of a country, as an adjective is."""
        if len(country) < LONG_COUNTRY or country not in _countries():
            return False
        return any(self.tight.startswith(country[:-1], at) for at in self._starts)

    def _holds(self, letters: str, *, bends: bool = False) -> bool:
        """Tell whether letters stand there from the begin of a word to the end of one.

        In a script that joins words, as Chinese, they stand anywhere.
        """
        if len(letters) < SHORTEST_WHOLE:
            return False
        if any(unicodedata.category(each) == "Lo" for each in letters):
            return letters in self.tight
        bends = bends and len(letters) >= STEM
        looked = letters[:-ENDING] if bends else letters
        at = self.tight.find(looked)
        while at >= 0:
            if at in self._starts and (bends or at + len(looked) in self._ends):
                return True
            at = self.tight.find(looked, at + 1)
        return False


def words_spelled(text: str) -> tuple[str, ...]:
    """Give the words as they are compared."""
    apart = unicodedata.normalize("NFKD", text)
    kept = "".join(each for each in apart if unicodedata.category(each) not in {"Mn", "Me", "Cf"})
    plain = kept.casefold().translate(_PLAIN)
    for pair, one in _PAIRS:
        plain = plain.replace(pair, one)
    return tuple(_WORD.findall(plain))


def _shorter(words: tuple[str, ...]) -> Iterator[str]:
    """Give a name without its legal form and the last words that others bear too."""
    left = list(words)
    while len(left) > FEWEST and (left[-1] in _shared() or len(left[-1]) < SHORTEST):
        left.pop()
        letters = "".join(left)
        if len(letters) >= STEM:
            yield letters


def _identifier(name: str) -> bool:
    """Tell whether it is an id, as XF-PORT or STATE:XR, whose parts are no words."""
    return not any(each.isspace() or each.islower() for each in name)


@cache
def _countries() -> frozenset[str]:
    """Names of countries, put together as they are compared."""
    return frozenset("".join(words_spelled(country_name(each.code))) for each in countries())


@cache
def _shared() -> frozenset[str]:
    """Words that name nobody: of firms in general, and of countries."""
    told = {word for each in countries() for word in words_spelled(country_name(each.code))}
    return frozenset(word for each in _SHARED for word in words_spelled(each)) | told
