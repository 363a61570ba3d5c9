"""Spellings that are one word by a custom of writing: a glued article, Belarusian endings.

Forms of either kind are worked out once a word; two words that share one are nearly the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from undaunted.engines.names.letters.latin import folds_of

__all__ = ["akin_to", "sounded"]

_ARTICLE = re.compile("^[ae]l(?=[a-z]{5})")
_SLAVIC = re.compile("^([a-z]{2,30}?(?:[ao](?=e[uv]a?$))?)[iyj]?[aeo]{1,2}[uv](a?)$")
_SKY = re.compile("^([a-z]{2,30}?)[aoe][uvw]sk(?:iy|ij|ii|i|y|(a)(?:ya|ia|ja)?)$")
_FEWEST = 5
"""Letters of a family name in -ov, -ou or -au; shorter words may be anything."""
_SOFT = (("dz", "d"), ("ts", "t"), ("h", "g"), ("w", "v"))
_VOWELS = re.compile("[iyj]?[aeo]{1,2}")
_SHORT_U = re.compile("(?<=[aeo])u(?=[bcdfgklmnprstvz])")
_OF_MINSK = re.compile("[ao]ua?$")
"""How a family name ends of which a short u may be an L, too: Voukau is Volkov."""
_MARK = "~"
"""Before a form that is written so nowhere."""


@lru_cache(maxsize=1 << 10)
def akin_to(letters: str, *, latin: bool) -> tuple[str, ...]:
    """Give forms of a word in plain letters that customs of writing leave it.

    Alharbi is al-Harbi; Arlou is how Minsk spells Orlov, and Arlova his daughter; so is
    Tsikhanouski Tikhanovsky.
    """
    found = list(folds_of(letters[2:])) if latin and _ARTICLE.match(letters) else []
    if len(letters) >= _FEWEST and (met := _SLAVIC.match(letters)):
        stem, woman = met.groups()
        for one, other in _SOFT:
            stem = stem.replace(one, other)
        found.append(_MARK + _VOWELS.sub("a", _SHORT_U.sub("v", stem)) + "av" + woman)
        if latin and _OF_MINSK.search(letters) and _SHORT_U.search(stem):
            found.append(_MARK + _VOWELS.sub("a", _SHORT_U.sub("l", stem)) + "av" + woman)
    if len(letters) >= _FEWEST and (met := _SKY.match(letters)):
        stem, woman = met[1].replace("kh", "h"), met[2] or ""
        for one, other in _SOFT:
            stem = stem.replace(one, other)
        found.append(_MARK + _VOWELS.sub("a", stem) + "avsk" + woman)
    return tuple(found)


def sounded(form: str) -> str:
    """Give a form as its sounds, for keys."""
    return form.removeprefix(_MARK)
