"""What the pages draw: the world by a measure, ranked partners, two countries, sectors."""

# ruff: noqa: RUF001 - typographic apostrophes of prose

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from undaunted.coercion.exposure.analysis import most_exposed, shipped_source
from undaunted.coercion.exposure.pages.words import (
    SMALL,
    alpha_2,
    measure_words,
    name_of,
    part_text,
    short_sector,
)
from undaunted.coercion.exposure.rules import HEADLINE
from undaunted.site.charts.bars import Bar, bars
from undaunted.site.charts.figure import Chart, Key, TableBehind
from undaunted.site.charts.theme import COLOURS, theme
from undaunted.site.components.numbers import percent_text
from undaunted.site.maps import Place, WorldMap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.coercion.exposure.rules import Exposure, Measure, SectorExposure

__all__ = ["choice_map", "comparison_chart", "partners_chart", "partners_map", "sectors_chart"]

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


def partners_chart(country: str, exposures: Sequence[Exposure], measure: Measure) -> Chart:
    """Draw the greatest partners as bars."""
    ranked = sorted(exposures, key=lambda each: -each.parts[measure])[:SHOWN]
    words = measure_words(measure, name_of(country))
    first = ranked[0]
    return bars(
        [
            Bar(name_of(e.partner), _drawn(e.parts[measure]), part_text(e.parts[measure]))
            for e in ranked
        ],
        title=words.title,
        description=_("The greatest is %(partner)s with %(part)s; shown are the first %(number)s.")
        % {
            "partner": name_of(first.partner),
            "part": part_text(first.parts[measure]),
            "number": len(ranked),
        },
        headings=(_("Country"), words.label),
    )


def sectors_chart(sectors: Sequence[tuple[str, SectorExposure]], partner: str) -> Chart:
    """Draw the sectors that earn most from a partner's buyers, by the part of their income."""
    ranked = sorted(sectors, key=lambda pair: -pair[1].demand)[:SHOWN]
    return bars(
        [Bar(short_sector(name), each.demand, part_text(each.demand)) for name, each in ranked],
        title=_("Which sectors live from buyers in %(country)s") % {"country": name_of(partner)},
        description=_(
            "Part of each sector’s value added that buyers there pay for in the end; the most "
            "exposed is %(sector)s with %(part)s."
        )
        % {"sector": short_sector(ranked[0][0]), "part": part_text(ranked[0][1].demand)},
        headings=(_("Sector"), _("Income from buyers there")),
    )


def comparison_chart(
    names: tuple[str, str], rows: Sequence[tuple[str, float, float]], label: str, title: str
) -> Chart:
    """Draw two countries side by side, partner by partner."""
    shown = rows[:SHOWN]
    values = [
        {"partner": partner, "country": name, "side": side, "n": part,
         "text": part_text(part)}
        for partner, *parts in shown
        for side, (name, part) in enumerate(zip(names, parts, strict=True))
    ]  # fmt: skip
    return Chart(
        title=title,
        description=_("%(measure)s: %(first)s above, %(second)s below.")
        % {"measure": label, "first": names[0], "second": names[1]},
        specification=_paired(values, names),
        table=TableBehind(
            (_("Country"), *names),
            tuple((partner, part_text(one), part_text(two)) for partner, one, two in rows),
        ),
        keys=(Key("series-1", names[0]), Key("series-2", names[1])),
    )


def _paired(values: list[dict[str, object]], names: tuple[str, str]) -> dict[str, object]:
    rtl = get_language_bidi()
    chart = bars([], title="", description="").specification
    down = {
        "field": "partner",
        "type": "nominal",
        "sort": list(dict.fromkeys(each["partner"] for each in values)),
        "axis": {
            "title": None,
            "orient": "right" if rtl else "left",
            "labelColor": COLOURS["ink"],
            "labelFontSize": 12.5,
            "labelLimit": 260,
        },
        "scale": {"paddingInner": 0.3, "paddingOuter": 0.1},
    }
    along = {
        "field": "n",
        "type": "quantitative",
        "axis": None,
        "scale": {"zero": True, "reverse": rtl, "nice": False},
    }
    offset = {"field": "side", "type": "ordinal"}
    colour = {
        "field": "country",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(names), "range": [COLOURS["series-1"], COLOURS["series-2"]]},
    }
    text = {
        "type": "text",
        "align": "right" if rtl else "left",
        "dx": -6 if rtl else 6,
        "fontSize": 11.5,
        "color": COLOURS["ink"],
    }
    return {
        **chart,
        "height": {"step": 15, "for": "offset"},
        "data": {"values": values},
        "encoding": {"x": along, "y": down, "yOffset": offset},
        "layer": [
            {"mark": {"type": "bar"}, "encoding": {"color": colour}},
            {"mark": text, "encoding": {"text": {"field": "text"}}},
        ],
        "config": theme(),
    }


def _basis(part: float) -> int:
    return round(min(part, 1.0) * BASIS)


def _basis_text(value: int) -> str:
    part = value / BASIS
    return percent_text(part, 1 if part >= SMALL else 2)


def _drawn(part: float) -> float:
    return part if isfinite(part) else 1.0
