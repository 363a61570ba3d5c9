"""Measures of exposure in the reader's words, and numbers as these pages write them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undaunted.coercion.exposure.rules import Measure
from undaunted.core.places.rules import countries, country_name
from undaunted.site.components.numbers import percent_text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "SMALL",
    "MeasureWords",
    "alpha_2",
    "measure_words",
    "name_of",
    "nation",
    "part_text",
]

SMALL, LEAST, TINY = 0.1, 0.001, 0.00001


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """A measure's short name, the title of a figure of it, and what it is a part of."""

    label: str
    title: str
    meaning: str


def measure_words(measure: Measure, country: str) -> MeasureWords:
    """Say a measure of a country, whose name is given."""
    label, title, meaning = (_words_of_trade() | _words_of_links())[measure]
    return MeasureWords(label, title % {"country": country}, meaning % {"country": country})


def _words_of_trade() -> dict[Measure, tuple[str, str, str]]:
    return {
        Measure.EXPORTS: (
            _("Exports to it"),
            _("Where the exports of %(country)s go"),
            _("Part of all exports of %(country)s, goods and services, that the other buys."),
        ),
        Measure.IMPORTS: (
            _("Imports from it"),
            _("Where the imports of %(country)s come from"),
            _("Part of all imports of %(country)s, goods and services, that the other sells."),
        ),
    }


def _words_of_links() -> dict[Measure, tuple[str, str, str]]:
    return {
        Measure.DEMAND: (
            _("Income from buyers there"),
            _("Whose buyers the income of %(country)s comes from"),
            _(
                "Part of all value added in %(country)s that final buyers in the other country pay "
                "for, directly or through goods that third countries make of it."
            ),
        ),
        Measure.SUPPLY: (
            _("Final use made there"),
            _("Who makes what %(country)s uses"),
            _(
                "Part of all final use in %(country)s that is value added of the other country, "
                "directly or inside goods that others sell."
            ),
        ),
        Measure.INPUTS_BOUGHT: (
            _("Inputs bought there"),
            _("Where manufacturing in %(country)s buys its inputs"),
            _(
                "Part of all inputs of manufacturing in %(country)s that it buys of the other "
                "country directly."
            ),
        ),
        Measure.INPUTS_BEHIND: (
            _("Inputs through all suppliers"),
            _("Who stands behind the inputs of manufacturing in %(country)s"),
            _(
                "Part of all production behind the inputs of manufacturing in %(country)s, through "
                "suppliers of suppliers, that takes place in the other country."
            ),
        ),
        Measure.POWER: (
            _("Loss if it sold nothing"),
            _("What %(country)s would lose if one country sold it nothing"),
            _(
                "Real spending that %(country)s would lose, in logarithms, if the other sold it "
                "nothing: the power measure of Clayton, Maggiori and Schreger."
            ),
        ),
    }


def part_text(part: float) -> str:
    """Write a part of one as a percentage, to three digits that count; without end as a dash."""
    if not isfinite(part):
        return percent_text(None)
    if 0 < part < TINY:
        return _("Below %(part)s") % {"part": percent_text(TINY, 3)}
    digits = 3 if 0 < part < LEAST else 2
    return percent_text(part, 1 if part >= SMALL else digits)


def name_of(code: str) -> str:
    """Give the name of an ISO3 code in the reader's language."""
    return country_name(alpha_2()[code], get_language() or "en")


def nation(code: str) -> str:
    """Give a country's name, and a code that no country has as it is."""
    return name_of(code) if code in alpha_2() else code


@cache
def alpha_2() -> Mapping[str, str]:
    """Give two letters by three."""
    return {each.alpha_3: each.code for each in countries()}
