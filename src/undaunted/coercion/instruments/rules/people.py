"""Words by which people are singled out for what they are: nationality, origin, belief, sex.

Measures reach goods, services, investments and rights by origin, or persons linked to a government
by name. The words are those of a pack, in many languages; peoples are also known by the names of
their countries. A word for goods of theirs, as women's clothing, singles nobody out.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules.folding import folded, words_of
from undaunted.core.places.rules import countries, country_name

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["people_in"]

_GOODS: Final = re.compile(
    r"([^\W\d_]{1,40})['\u2019](?:s\b|(?=\s))|([^\W\d_]{1,40}) (?=clothing|shoes|wear)"
)
"""What is of people and not they themselves."""
_PEOPLE: Final = ("ns", "ians", "ans", "is", "ites", "ers", "iens", "iennes", "eses")
"""How the people of a country are called, behind its name or most of it."""
_SHORTEST: Final = 4


def people_in(text: str) -> tuple[str, ...]:
    """Give the words of a text that speak of people by what they are, each once."""
    words = words_of(_GOODS.sub(" ", text))
    return tuple(sorted(dict.fromkeys(_found(words))))


def _found(words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        if word in _words() or any(word.startswith(stem) for stem in _stems()) or _is_people(word):
            yield word


def _is_people(word: str) -> bool:
    """Tell whether a word is the plural of who lives somewhere: Ruritanians, Germans, Kuwaitis."""
    for ending in _PEOPLE:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST and stem in _places():
            return True
    return word.endswith("ans") and word[:-1] in _places()


@cache
def _places() -> frozenset[str]:
    """Names of countries of one word, whole and without the vowel at their end."""
    names = (folded(country_name(each.code)) for each in countries())
    whole = {name for name in names if name.isalpha()}
    return frozenset(whole | {name[:-1] for name in whole if name[-1] in "aeioy"}
                     | {name[:-2] for name in whole if name.endswith("ia")})  # fmt: skip


@cache
def _words() -> frozenset[str]:
    return frozenset(word for told in _pack()["words"].values() for word in folded(told).split())


@cache
def _stems() -> tuple[str, ...]:
    return tuple(word for told in _pack()["stems"].values() for word in folded(told).split())


@cache
def _pack() -> dict[str, dict[str, str]]:
    held = files("undaunted.coercion.instruments").joinpath("packs", "people.toml")
    return tomllib.loads(held.read_text("utf-8"))
