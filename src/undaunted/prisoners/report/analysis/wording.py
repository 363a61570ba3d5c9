"""Sentences with numbers in them, and the words for codes, in the language of the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from undaunted.core.editions.rules import Column, ColumnKind
from undaunted.core.events.rules import labels
from undaunted.core.places.rules import UnknownCountry, country_name
from undaunted.prisoners.registry.rules.counts import EVERYWHERE
from undaunted.site.components.clauses import commas_text
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from undaunted.core.editions.rules import Piece, Text

__all__ = [
    "WORLD",
    "gender_word",
    "held_on",
    "listed",
    "persons",
    "place_word",
    "row_key",
    "sentence",
    "term_word",
]

WORLD: Final = "all"
"""The row of everybody, in keys."""
_GAP: Final = re.compile(r"%\((\w+)\)s")


def sentence(template: str, **pieces: Piece) -> Text:
    """Put pieces where a translated sentence names them, as in `Held: %(number)s`."""
    parts = _GAP.split(template)
    told = [pieces[part] if at % 2 else part for at, part in enumerate(parts)]
    return tuple(part for part in told if part != "")


def row_key(place: str) -> str:
    """Give the key of a row: the code of a country, or `all`."""
    return WORLD if place == EVERYWHERE else place


def place_word(code: str, language: str) -> str:
    """Give the name of a country, as one knows it there; the world as all countries."""
    if code == EVERYWHERE:
        return _("All countries")
    try:
        return country_name(code, language)
    except UnknownCountry:
        return code


def term_word(code: str, vocabulary: str, language: str) -> str:
    """Give a term of a vocabulary; the part without any is `Not stated`."""
    if not code:
        return pgettext("breakdown", "Not stated")
    return labels(vocabulary, language).get(code) or code


def gender_word(code: str) -> str:
    """Give the words for a gender as it is counted."""
    words = {
        "female": pgettext("gender", "Women"),
        "male": pgettext("gender", "Men"),
        "other": pgettext("gender", "Other"),
    }
    return words.get(code, pgettext("breakdown", "Not stated"))


def held_on(day: date) -> str:
    """Write `Held on 31 December 2025`."""
    return _("Held on %(day)s") % {"day": date_text(day)}


def persons(key: str, label: str, when: object) -> Column:
    """Give a column of persons on a day, so that the same number has one name in every edition."""
    return Column(key, label, ColumnKind.WHOLE, f"{key.removesuffix('_before')}@{when}")


def listed(names: Iterable[str], language: str) -> str:
    """Write several names with the commas of the language."""
    return commas_text(names, language)
