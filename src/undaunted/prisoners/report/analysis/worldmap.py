"""The map of a report: a drawing that needs no style sheet and leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Figure
from undaunted.core.places.rules import countries
from undaunted.core.places.rules.hypothetical import HYPOTHETICAL_CODES
from undaunted.site.components.dates import date_text
from undaunted.site.maps import Place, WorldMap, printed_map

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Table
    from undaunted.prisoners.report.analysis.told import Told

__all__ = ["map_of"]


def map_of(told: Told, table: Table) -> Figure:
    """Colour each country by its count; hatched is without a published case."""
    figures = told.figures
    shown = set(figures.codes)
    known = [code for code in figures.codes if code not in HYPOTHETICAL_CODES]
    places = tuple(
        Place(
            each.code,
            told.word(each.code),
            "",
            figures.held(each.code).persons if each.code in shown else None,
            hypothetical=each.code in HYPOTHETICAL_CODES,
        )
        for each in countries()
        if each.code in shown or each.code not in HYPOTHETICAL_CODES
    )
    words = _(
        "Published cases held on %(date)s in %(number)s countries. A hatched country has no "
        "published case, which does not mean that it holds nobody."
    ) % {"date": date_text(figures.until), "number": len(known)}
    if not known:
        words = _(
            "No case of a real country is published here yet. A hatched country has no published "
            "case, which does not mean that it holds nobody."
        )
    title = _("People known to be held, by country")
    return Figure(
        key="world",
        caption=title,
        alternative=words,
        table=table,
        svg=printed_map(WorldMap(title, words, places)),
    )
