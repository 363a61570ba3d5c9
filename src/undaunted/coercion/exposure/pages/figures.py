"""What the pages draw: the world by a measure, ranked partners, two countries, sectors."""

# ruff: noqa: RUF001 - typographic apostrophes of prose

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from undaunted.coercion.exposure.analysis import most_exposed, sector_word, shipped_source
from undaunted.coercion.exposure.pages.words import (
    SMALL,
    alpha_2,
    measure_words,
    name_of,
    part_text,
)
from undaunted.coercion.exposure.rules import HEADLINE
from undaunted.site.charts.bars import Bar, bars
from undaunted.site.charts.figure import Key, TableBehind
from undaunted.site.charts.ranked import Ranked, RankedRow, ranked
from undaunted.site.components.numbers import percent_text
from undaunted.site.maps import Place, WorldMap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.coercion.exposure.rules import Exposure, Measure, SectorExposure
    from undaunted.site.charts.figure import Chart

__all__ = [
    "choice_map",
    "comparison_ranked",
    "partners_chart",
    "partners_map",
    "partners_ranked",
    "sectors_ranked",
]

SHOWN = 15
BASIS = 10_000
"""A map holds whole numbers: hundredths of a percent."""


def choice_map() -> WorldMap:
    """Draw each country by how much of its income its greatest foreign buyer stands for."""
    places = [
        Place(
            alpha_2()[code],
            name_of(code),
            reverse("exposure:country", args=[code]),
            round(part * BASIS),
        )
        for code, (_partner, part) in most_exposed(HEADLINE).items()
    ]
    return WorldMap(
        title=_("How much of a country’s income its greatest foreign buyer pays for"),
        description=_(
            "%(number)s countries of the table of %(year)s; each leads to its page. A hatched "
            "country is not in the table."
        )
        % {"number": len(places), "year": shipped_source().year},
        places=tuple(places),
        value_heading=_("Greatest partner"),
        written=_basis_text,
        nothing=_("Below %(part)s") % {"part": _basis_text(1)},
    )


def partners_map(country: str, exposures: Sequence[Exposure], measure: Measure) -> WorldMap:
    """Draw the world by how far a country depends on each other."""
    words = measure_words(measure, name_of(country))
    places = [
        Place(
            alpha_2()[each.partner],
            name_of(each.partner),
            reverse("exposure:pair", args=[country, each.partner]),
            _basis(each.parts[measure]),
        )
        for each in exposures
    ]
    own = Place(alpha_2()[country], name_of(country), "")
    return WorldMap(
        title=words.title,
        description=words.meaning,
        places=(*places, own),
        value_heading=words.label,
        written=_basis_text,
        nothing=_("Below %(part)s") % {"part": _basis_text(1)},
        here=own.code,
    )


def partners_ranked(country: str, exposures: Sequence[Exposure], measure: Measure) -> Ranked:
    """Rank the greatest partners."""
    items, words = _greatest(country, exposures, measure)
    return ranked(items, **words)


def partners_chart(country: str, exposures: Sequence[Exposure], measure: Measure) -> Chart:
    """Give the same in the words of Vega-Lite, to take along."""
    items, words = _greatest(country, exposures, measure)
    return bars(items, **words)


def sectors_ranked(sectors: Sequence[SectorExposure], partner: str) -> Ranked:
    """Rank the sectors that earn most from a partner's buyers, by the part of their income."""
    first = sorted(sectors, key=lambda each: -each.demand)[:SHOWN]
    return ranked(
        [Bar(sector_word(e.sector), e.demand, part_text(e.demand)) for e in first],
        title=_("Which sectors live from buyers in %(country)s") % {"country": name_of(partner)},
        description=_(
            "Part of each sector’s value added that buyers there pay for in the end; the most "
            "exposed is %(sector)s with %(part)s."
        )
        % {"sector": sector_word(first[0].sector), "part": part_text(first[0].demand)},
        headings=(_("Sector"), _("Income from buyers there")),
    )


def comparison_ranked(
    names: tuple[str, str], rows: Sequence[tuple[str, float, float]], label: str, title: str
) -> Ranked:
    """Put two countries beside each other, partner by partner."""
    return Ranked(
        title=title,
        description=_("%(measure)s: %(first)s above, %(second)s below.")
        % {"measure": label, "first": names[0], "second": names[1]},
        rows=tuple(
            RankedRow(partner, ((one, part_text(one)), (two, part_text(two))))
            for partner, one, two in rows[:SHOWN]
        ),
        table=TableBehind(
            (_("Country"), *names),
            tuple((partner, part_text(one), part_text(two)) for partner, one, two in rows),
        ),
        keys=(Key("series-1", names[0]), Key("series-2", names[1])),
    )


def _greatest(
    country: str, exposures: Sequence[Exposure], measure: Measure
) -> tuple[list[Bar], dict[str, Any]]:
    first = sorted(exposures, key=lambda each: -each.parts[measure])[:SHOWN]
    words = measure_words(measure, name_of(country))
    told = [(name_of(each.partner), each.parts[measure]) for each in first]
    return [Bar(name, _drawn(part), part_text(part)) for name, part in told], {
        "title": words.title,
        "description": _(
            "The greatest is %(partner)s with %(part)s; shown are the first %(number)s."
        )
        % {"partner": told[0][0], "part": part_text(told[0][1]), "number": len(told)},
        "headings": (_("Country"), words.label),
    }


def _basis(part: float) -> int:
    return round(min(part, 1.0) * BASIS)


def _basis_text(value: int) -> str:
    part = value / BASIS
    return percent_text(part, 1 if part >= SMALL else 2)


def _drawn(part: float) -> float:
    return part if isfinite(part) else 1.0
