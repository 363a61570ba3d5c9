"""The map of who raised, and the months held against the year before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from undaunted.core.places.rules import countries, country_name
from undaunted.core.places.rules.hypothetical import HYPOTHETICAL_CODES
from undaunted.prisoners.campaigns.writers import in_words
from undaunted.site.charts.bars import Bar, bars
from undaunted.site.charts.figure import TableBehind
from undaunted.site.maps import Place, WorldMap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.prisoners.campaigns.rules import Comparison
    from undaunted.site.charts.figure import Chart

__all__ = ["attempts_chart", "raisers_map"]


def raisers_map(by_country: Mapping[str, int]) -> WorldMap:
    """Draw from which countries cases were raised."""
    language, index = get_language() or "en", reverse("briefings:countries")
    places = [
        Place(
            each.code,
            country_name(each.code, language),
            f"{index}{each.code}/",
            by_country.get(each.code),
            hypothetical=each.code in HYPOTHETICAL_CODES,
        )
        for each in countries()
    ]
    return WorldMap(
        title=_("Where those who raised a case come from"),
        description=ngettext(
            "Raises came from %(number)s country. A hatched country has no entry in the log, "
            "which does not mean that nobody there raised anything.",
            "Raises came from %(number)s countries. A hatched country has no entry in the log, "
            "which does not mean that nobody there raised anything.",
            len(by_country),
        )
        % {"number": len(by_country)},
        places=tuple(p for p in places if p.value is not None or not p.hypothetical),
        value_heading=_("Raises"),
    )


def attempts_chart(found: Comparison) -> Chart:
    """Draw the raises of twelve months; the same months of the year before stand in the table."""
    items = [Bar(f"{month.first:%Y-%m}", month.now) for month in found.months]
    told = _("%(now)s raises in twelve months, %(before)s in the twelve before. %(verdict)s.") % {
        "now": found.now,
        "before": found.before,
        "verdict": in_words("Verdict", found.verdict),
    }
    chart = bars(items, title=_("Raises by month"), description=told)
    rows = tuple((f"{each.first:%Y-%m}", each.now, each.before) for each in found.months)
    headings = (_("Month"), _("Raises"), _("The year before"))
    return replace(chart, table=TableBehind(headings, rows))
