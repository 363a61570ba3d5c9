"""From any script to the Latin spellings a person may be looked for under."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from undaunted.core.actors.rules.names.arabic import romanise_arabic
from undaunted.core.actors.rules.names.cleaning import clean_name
from undaunted.core.actors.rules.names.cyrillic import romanise_cyrillic
from undaunted.core.actors.rules.names.han import romanise_han
from undaunted.core.actors.rules.names.hangul import romanise_hangul
from undaunted.core.actors.rules.names.latin import (
    PICTURES,
    romanise_by_table,
    romanise_kana,
    romanise_latin,
)
from undaunted.core.actors.rules.names.scripts import script_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["romanise", "search_form"]

LONGEST_NAME: Final = 400
"""What stands behind is not romanised; no name needs it and a 10 MB cell must not cost minutes."""

_CACHED_NAMES: Final = 16_384
_BY_SCRIPT: Final[Mapping[str, Callable[[str], tuple[str, ...]]]] = {
    "Latn": romanise_latin,
    "Cyrl": romanise_cyrillic,
    "Arab": romanise_arabic,
    "Hani": romanise_han,
    "Hang": romanise_hangul,
    "Jpan": romanise_kana,
}


@lru_cache(maxsize=_CACHED_NAMES)
def romanise(text: str) -> tuple[str, ...]:
    """Give the spellings in small ASCII letters, the most usual first; empty if nothing is left.

    >>> romanise("Навальный")
    ('navalny', 'navalnyy', 'navalnyi')
    """
    name = clean_name(text[:LONGEST_NAME])
    if not name.isascii():
        name = PICTURES.sub(" ", name)
    found = _BY_SCRIPT.get(script_of(name), romanise_by_table)(name)
    tidy = (" ".join(one.split()) for one in found)
    return tuple(one for one in dict.fromkeys(tidy) if one)


def search_form(text: str) -> str:
    """Give every word of every spelling once, then the name itself in small letters.

    Made for a trigram index: the same function makes what is stored and what is looked for.
    """
    name = clean_name(text[:LONGEST_NAME]).lower()
    words = dict.fromkeys(word for spelling in romanise(text) for word in spelling.split())
    if not name.isascii():
        words |= dict.fromkeys(name.split())
    return " ".join(words)
