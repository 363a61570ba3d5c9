"""Countries one by one: the same tables about one country, and the sheet of a single page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Bullets, Paragraph, Section
from undaunted.core.places.rules import DISPUTED_STATUS_NOTE, UnknownCountry, country
from undaunted.prisoners.report.analysis.figures import trend_in
from undaunted.prisoners.report.analysis.movements import account, moved, ways_out_of
from undaunted.prisoners.report.analysis.people import genders, laws, roles
from undaunted.prisoners.report.analysis.summary import most
from undaunted.prisoners.report.analysis.tactics import tactics_of
from undaunted.prisoners.report.analysis.totals import by_year, headline, trend_words
from undaunted.prisoners.report.analysis.wording import sentence

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Block
    from undaunted.prisoners.report.analysis.told import Told

__all__ = ["country_page", "country_pages", "sheet"]


def country_pages(told: Told) -> tuple[Block, ...]:
    """Give each country in turn; they follow each other, so that no page holds two rows alone."""
    return tuple(
        Section(
            f"country.{code.lower()}",
            told.word(code),
            country_page(replace(told, place=code)),
        )
        for code in told.figures.codes
    )


def country_page(told: Told) -> tuple[Block, ...]:
    """Give everything about one country."""
    return (
        headline(told),
        *_notes(told),
        by_year(told),
        account(told),
        genders(told),
        roles(told),
        laws(told),
        *(table for table in (ways_out_of(told),) if table.rows),
        *tactics_of(told),
    )


def sheet(told: Told) -> tuple[Block, ...]:
    """Give the few things that stand on one page."""
    return (
        headline(told),
        Bullets(tuple(most(told))),
        *_notes(told),
        by_year(told, small=True),
        moved(told),
    )


def _notes(told: Told) -> tuple[Block, ...]:
    """Say what the trend is, that a country is no more, and whose status is disputed."""
    found = trend_in(told.figures, told.place)
    blocks: list[Block] = [
        Paragraph(
            sentence(
                _("Trend since the last break of the sources: %(verdict)s."),
                verdict=trend_words(found.verdict),
            )
        )
    ]
    try:
        place = country(told.place)
    except UnknownCountry:
        return tuple(blocks)
    if place.former:
        blocks.append(Paragraph((_("This country is no more; it is counted under its own code."),)))
    if place.disputed:
        blocks.append(Paragraph((str(DISPUTED_STATUS_NOTE),)))
    return tuple(blocks)
