"""Counts that hold unpublished people, as an edition and as a table for other documents.

Everything that is said of the unpublished is worked out from the drawn alone, the list of countries
too: whoever is not drawn leaves no trace in a document (decision 0031).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import (
    Column,
    ColumnKind,
    Document,
    EditionKind,
    Figure,
    Gathered,
    Notice,
    Paragraph,
    Parameter,
    ParameterRefused,
    Section,
    Table,
)
from undaunted.core.places.rules.hypothetical import HYPOTHETICAL_CODES
from undaunted.prisoners.registry.analysis.drawn import most_behind_zero, shown
from undaunted.prisoners.registry.analysis.wording import place_name, standard_note
from undaunted.prisoners.registry.rules.counts import EVERYWHERE
from undaunted.prisoners.registry.rules.unpublished import (
    MOST_YEARS,
    ONE_IN,
    Measure,
    YearCell,
    finished_years,
)
from undaunted.site.charts.bars import Bar, bars
from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undaunted.core.editions.rules import Block, Question
    from undaunted.prisoners.registry.analysis.drawn import Shown

    Found = Mapping[YearCell, Shown]

__all__ = ["UNPUBLISHED", "drawn_by_lot", "gather_unpublished", "unpublished_table"]

USUAL_YEARS: Final = "10"


def gather_unpublished(question: Question) -> Gathered:
    """Count each country and finished year, people included who are not published.

    Nobody is shown, so no withdrawal ends such an edition. Raises `NotForThePublic` and others.
    """
    years = finished_years(question.as_of, int(question.parameters["years"]))
    found = shown(question, years)
    places = {cell.country for cell in found} - {EVERYWHERE}
    document = Document(
        title=_("People held and arrested, with those who are not published"),
        subtitle=_("By country and year, from %(first)s to %(last)s")
        % {"first": years[0], "last": years[-1]},
        language=question.language,
        publisher="Undaunted",
        as_of=question.as_of,
        known_at=question.known_at.strftime("%Y-%m-%d %H:%M:%S"),
        blocks=_blocks(found, years, question.language),
        hypothetical=bool(places) and places <= HYPOTHETICAL_CODES,
        licence=_("Creative Commons Attribution 4.0. Name Undaunted and the edition."),
    )
    return Gathered(document)


def unpublished_table(question: Question) -> Table:
    """Give one table for another document: held on the last 31 December, by country and in all.

    `may_count_unpublished(question.builder)` tells beforehand whether it can be had. Raises
    `NotForThePublic` and others.
    """
    years = finished_years(question.as_of, 1)
    found = shown(question, years)
    codes = (*_places(found, Measure.HELD, question.language), EVERYWHERE)
    cells = [YearCell(Measure.HELD, code, years[0]) for code in codes]
    return Table(
        key="held-with-unpublished",
        caption=_("Held on %(day)s, with those who are not published")
        % {"day": date_text(date(years[0], 12, 31))},
        columns=(Column("country", _("Country")), *_numbers(f"@{years[0]}")),
        rows=tuple((_where(cell, question.language), *_row(found[cell])) for cell in cells),
        keys=tuple(_where_key(cell) for cell in cells),
        note=(_meaning(),),
    )


def drawn_by_lot() -> str:
    """Say who is counted exactly, who by lot, and what that hides."""
    return _(
        "Published people are counted exactly. The others agreed to be counted and to nothing "
        "else; they are drawn by lot, so the difference between two of these numbers says "
        "nothing about one person."
    )


def _blocks(found: Found, years: Sequence[int], language: str) -> tuple[Block, ...]:
    told = (
        drawn_by_lot(),
        " ",
        _("Recognised under the definition of the Council of Europe; confidence A or B."),
        standard_note(),
    )
    meaning = (Notice(_("Changed by lot."), (_meaning(),)), Paragraph(told))
    return (
        Section("meaning", _("What these numbers are"), meaning),
        _chapter(found, Measure.HELD, years, language),
        _chapter(found, Measure.ARRESTED, years, language),
    )


def _meaning() -> str:
    text = _(
        "People who are not published are drawn by lot: one in %(one_in)s, once for all, and each "
        "who is drawn stands for %(one_in)s. The true number lies between the two bounds in 95 of "
        "100 cases. Where nobody was drawn there may be up to %(most)s."
    )
    return text % {"one_in": ONE_IN, "most": most_behind_zero()}


def _chapter(found: Found, measure: Measure, years: Sequence[int], language: str) -> Section:
    titles = {
        Measure.HELD: _("Held on 31 December"),
        Measure.ARRESTED: _("Arrested in the year"),
    }
    blocks: list[Block] = [_totals(found, measure, years, titles[measure])]
    if any(cell.measure is measure and cell.country != EVERYWHERE for cell in found):
        blocks.append(_by_country(found, measure, years, titles[measure], language))
    apart = measure is Measure.ARRESTED
    return Section(measure.value, titles[measure], tuple(blocks), new_page=apart)


def _totals(found: Found, measure: Measure, years: Sequence[int], title: str) -> Figure:
    told = [(year, found[YearCell(measure, EVERYWHERE, year)]) for year in years]
    caption = _("%(what)s: all countries") % {"what": title}
    first, last = told[0], told[-1]
    words = _("%(before)s in %(first)s, %(after)s in %(last)s.") % {
        "first": first[0],
        "before": first[1].persons,
        "last": last[0],
        "after": last[1].persons,
    }
    chart = bars(
        [Bar(str(year), number.persons) for year, number in told],
        title=caption,
        description=words,
    )
    return Figure(
        key=f"{measure}-chart",
        caption=caption,
        alternative=words,
        specification=chart.specification,
        table=Table(
            key=f"{measure}-all",
            caption=caption,
            columns=(Column("year", _("Year")), *_numbers("")),
            rows=tuple((str(year), *_row(number)) for year, number in told),
            keys=tuple(str(year) for year, _number in told),
        ),
    )


def _by_country(
    found: Found, measure: Measure, years: Sequence[int], title: str, language: str
) -> Table:
    cells = [
        YearCell(measure, code, year)
        for code in _places(found, measure, language)
        for year in years
    ]
    return Table(
        key=f"{measure}-by-country",
        caption=_("%(what)s: by country and year") % {"what": title},
        columns=(
            Column("country", _("Country")),
            Column("year", _("Year")),
            *_numbers(""),
        ),
        rows=tuple((_where(cell, language), str(cell.year), *_row(found[cell])) for cell in cells),
        keys=tuple(f"{cell.country}-{cell.year}" for cell in cells),
        note=(_("Countries of which no number shows are left out; people may be held there."),),
    )


def _numbers(when: str) -> tuple[Column, ...]:
    words = {
        "published": _("Published people"),
        "persons": _("With unpublished"),
        "low": _("At least"),
        "high": _("At most"),
    }
    return tuple(
        Column(key, label, ColumnKind.WHOLE, f"{key}{when}") for key, label in words.items()
    )


def _row(told: Shown) -> tuple[int, int, int, int]:
    return told.published, told.persons, told.low, told.high


def _places(found: Found, measure: Measure, language: str) -> list[str]:
    codes = {cell.country for cell in found if cell.measure is measure} - {EVERYWHERE}
    return sorted(codes, key=lambda code: (place_name(code, language), code))


def _where(cell: YearCell, language: str) -> str:
    whole = cell.country == EVERYWHERE
    return _("All countries") if whole else place_name(cell.country, language)


def _where_key(cell: YearCell) -> str:
    return "all" if cell.country == EVERYWHERE else cell.country


def _years(text: str) -> str:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_YEARS:
        raise ParameterRefused(f"years: {text!r}; give a number from 1 to {MOST_YEARS}")
    return str(int(text))


UNPUBLISHED: Final = EditionKind(
    name="counts-with-unpublished",
    title=lambda: _("Counts with unpublished people"),
    gather=gather_unpublished,
    parameters=(
        Parameter(
            "years",
            f"how many finished years, 1 to {MOST_YEARS}",
            _years,
            USUAL_YEARS,
            apart=False,
        ),
    ),
    purpose="statistics",
)
"""Whoever is counted in it is not shown: it gives no subjects, and no withdrawal ends it."""
