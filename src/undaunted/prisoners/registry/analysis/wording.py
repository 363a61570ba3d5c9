"""What several of the registry's documents say in the same words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Footnote
from undaunted.core.places.rules import UnknownCountry, country_name
from undaunted.prisoners.registry.rules.counts import DEFAULT_STANDARD, RULE

__all__ = ["place_name", "standard_note"]


def place_name(code: str, language: str) -> str:
    """Give what a country is called; the code itself where there is no name."""
    try:
        return country_name(code, language)
    except UnknownCountry:
        return code


def standard_note() -> Footnote:
    """Give the note that names the standard and the version of the counting rule."""
    text = _(
        "Parliamentary Assembly of the Council of Europe, Resolution 1900 "
        "(2012). Standard %(standard)s, counting rule %(rule)s."
    )
    return Footnote((text % {"standard": DEFAULT_STANDARD, "rule": RULE},))
