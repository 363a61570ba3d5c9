"""Names of countries in the languages of the product.

Current names come from Unicode CLDR through Babel: its short names are what people in each language
write, and they carry no claim of one state over another. A language is loaded when first asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from undaunted.core.places.rules.countries import countries, country
from undaunted.core.places.rules.hypothetical import hypothetical_states
from undaunted.core.places.rules.packs import pack

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "cldr_territories", "country_name", "country_names"]

LANGUAGES: Final = (
    "en",
    "ar",
    "be",
    "zh-hans",
    "fr",
    "lt",
    "fa",
    "ru",
    "es",
    "tr",
    "ug",
    "vi",
)

# Where CLDR's short name says more than a name, or is not what the language uses.
_OWN_NAMES: Final[Mapping[tuple[str, str], str]] = {
    ("en", "HK"): "Hong Kong",
    ("en", "MO"): "Macao",
    ("en", "MM"): "Myanmar",
    ("en", "PS"): "Palestine",
}


def country_name(code: str, language: str = "en") -> str:
    """Give the name of a country in a language, or in English where the language has none.

    Raises `UnknownCountry`. A language the product lacks is answered in English.
    """
    wanted = country(code).code
    return country_names(_known(language)).get(wanted) or country_names("en")[wanted]


@cache
def country_names(language: str) -> Mapping[str, str]:
    """Give every name that one of `LANGUAGES` has, by code."""
    territories = cldr_territories(language)
    names = {
        one.code: territories[one.code]
        for one in countries(hypothetical=False)
        if one.code in territories
    }
    names |= {code: name for (tongue, code), name in _OWN_NAMES.items() if tongue == language}
    for code, by_language in pack("former")["names"].items():
        if language in by_language:
            names[code] = by_language[language]
    return names | {state.code: state.names[language] for state in hypothetical_states()}


def cldr_territories(language: str) -> Mapping[str, str]:
    """Give CLDR's names of territories and of the regions of UN M49."""
    from babel import Locale  # noqa: PLC0415 - loaded with the first name that is asked for

    # Copied to a plain dictionary: Babel's merges with the parent language at every look-up.
    return dict(Locale.parse(_known(language).replace("-", "_")).territories.items())


def _known(language: str) -> str:
    if language.lower() in LANGUAGES:
        return language.lower()
    main = language.lower().partition("-")[0]
    return next((known for known in LANGUAGES if known.partition("-")[0] == main), "en")
