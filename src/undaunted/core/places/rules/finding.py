"""From what people write to a country code.

Names in all languages of the product, official names and common aliases are compared without case,
accents, points and articles. Codes are compared as codes, in capitals or in small letters only:
Vietnamese calls Austria "Áo" and Russia "Nga", and neither is Angola (AO) or Nigeria (NGA). English
and the aliases are looked at first; the other languages are loaded only when that fails, which most
rows of most lists never need.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from undaunted.core.places.rules.countries import countries
from undaunted.core.places.rules.country_names import LANGUAGES, country_names
from undaunted.core.places.rules.packs import pack

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["find_country", "suggest_countries"]

LONGEST_NAME: Final = 120
"""No name of a country is longer; a longer text is not searched."""

_CACHED_TEXTS: Final = 16_384
_GOOD_ENOUGH: Final = 72.0
_CHOICES_PER_COUNTRY: Final = 6
_NEITHER_LETTER_NOR_DIGIT: Final = re.compile(r"[\W_]+")
_ARTICLES: Final = frozenset({"the", "la", "le", "les", "l", "el", "los"})


@lru_cache(maxsize=_CACHED_TEXTS)
def find_country(text: str) -> str | None:
    """Give the code of the country that a text names exactly, or None.

    >>> find_country("Белоруссия"), find_country("THE GAMBIA"), find_country("Atlantis")
    ('BY', 'GM', None)
    """
    if len(text) > LONGEST_NAME:
        return None
    code = text.strip()
    if code.isupper() or code.islower():
        known = _code_index().get(code.upper())
        if known is not None:
            return known
    plain = _plain(text)
    return _english_index().get(plain) or _other_languages_index().get(plain)


def suggest_countries(text: str, *, limit: int = 5) -> tuple[str, ...]:
    """Give the codes of countries whose names look like the text, best first; never a decision."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only for what could not be read

    plain = _plain(text[:LONGEST_NAME])
    index = {**_other_languages_index(), **_english_index()}
    near = process.extract(
        plain,
        list(index),
        scorer=fuzz.ratio,
        score_cutoff=_GOOD_ENOUGH,
        limit=limit * _CHOICES_PER_COUNTRY,
    )
    return tuple(dict.fromkeys(index[name] for name, _score, _place in near))[:limit]


@cache
def _code_index() -> Mapping[str, str]:
    import pycountry  # noqa: PLC0415 - 40 ms that importing this module must not cost

    everyone = countries(former=True)
    index = {one.code: one.code for one in everyone}
    for one in everyone:
        index.setdefault(one.alpha_3, one.code)
    held_by: dict[str, list[str]] = {}
    for row in pycountry.historic_countries:
        held_by.setdefault(row.alpha_2, []).append(row.alpha_4)
    for letters, holders in held_by.items():
        if len(holders) == 1:
            index.setdefault(letters, holders[0])
    return index


@cache
def _english_index() -> Mapping[str, str]:
    import pycountry  # noqa: PLC0415 - 40 ms that importing this module must not cost

    index: dict[str, str] = {}
    for code, name in country_names("en").items():
        _note(index, name, code)
    for code, aliases in pack("aliases")["aliases"].items():
        for alias in aliases:
            _note(index, alias, code)
    for row in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            _note(index, str(row._fields.get(field, "")), row.alpha_2)
    for row in pycountry.historic_countries:
        _note(index, row.name, row.alpha_4)
    return index


@cache
def _other_languages_index() -> Mapping[str, str]:
    index: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in country_names(language).items():
            _note(index, name, code)
    return index


def _note(index: dict[str, str], name: str, code: str) -> None:
    plain = _plain(name)
    if plain:
        index.setdefault(plain, code)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(
        "" if unicodedata.category(sign) in {"Mn", "Cf"} else sign for sign in decomposed
    )
    words = _NEITHER_LETTER_NOR_DIGIT.sub(" ", letters.replace(".", "")).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    if len(words) > 1 and words[-1] in _ARTICLES:
        words = words[:-1]
    return " ".join(words)
