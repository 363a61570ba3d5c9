"""How many are held: each country with its change on the same sources, the series, the trend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import (
    Bullets,
    Column,
    ColumnKind,
    Figure,
    Notice,
    Paragraph,
    Reference,
    Table,
)
from undaunted.engines.census import PanelBreak, TrendReason, Verdict
from undaunted.prisoners.registry.rules.counts import EVERYWHERE
from undaunted.prisoners.report.analysis.figures import begun_of, rate_in, trend_in
from undaunted.prisoners.report.analysis.series import yearly_chart
from undaunted.prisoners.report.analysis.unpublished import unpublished_blocks
from undaunted.prisoners.report.analysis.wording import (
    held_on,
    listed,
    persons,
    row_key,
    sentence,
)
from undaunted.prisoners.report.analysis.worldmap import map_of
from undaunted.prisoners.report.rules.population import year_of_rates

if TYPE_CHECKING:
    from undaunted.core.editions.rules import Block, Cell, Piece
    from undaunted.engines.census import PanelChange, UnitBreak
    from undaunted.prisoners.report.analysis.told import Told

__all__ = ["by_year", "coverage", "headline", "totals", "trend_words"]

SHORT = 8
"""Years of the series on a country sheet."""


def totals(told: Told) -> tuple[Block, ...]:
    """Give the chapter: the map with its table, breaks, the series, trends, rates, the drawn."""
    blocks: list[Block] = [headline(told), coverage(told)]
    if told.world:
        blocks += [map_of(told, _by_country(told))]
    else:
        blocks += [_by_country(told)]
    blocks += _breaks(told)
    blocks += [by_year(told), _trends(told)]
    rates = _rates(told)
    return (*blocks, rates or _no_rates(), *unpublished_blocks(told))


def headline(told: Told) -> Paragraph:
    """Say how many are held, and between which bounds."""
    figures = told.figures
    bands, day = figures.held(told.place), figures.until
    text = sentence(
        _("%(held)s: %(persons)s. Verified, at least: %(low)s. Possible, at most: %(high)s."),
        held=held_on(day),
        persons=told.number(f"by-country/{told.row}/persons@{day}", bands.persons, held_on(day)),
        low=told.number(f"by-country/{told.row}/low@{day}", bands.low, _("Verified, at least")),
        high=told.number(f"by-country/{told.row}/high@{day}", bands.high, _("Possible, at most")),
    )
    return Paragraph(text)


def coverage(told: Told) -> Notice:
    """Say what a total covers: no total stands without it."""
    text = _(
        "Only people whose case is published here are counted, recognised as political prisoners "
        "under the definition of the Council of Europe, with confidence A or B. Countries: "
        "%(countries)s. Lists: %(lists)s. Nobody estimates here how many others are held."
    )
    apart: dict[str, Piece] = {}
    if told.unpublished is not None:
        apart = {"table": Reference(told.unpublished.key)}
        text = _(
            "Only people whose case is published here are counted, recognised as political "
            "prisoners under the definition of the Council of Europe, with confidence A or B. "
            "Countries: %(countries)s. Lists: %(lists)s. People who are not published stand in "
            "%(table)s alone, drawn by lot. Nobody estimates here how many others are held."
        )
    slugs = {slug for code in told.figures.codes for slug in told.figures.lists.get(code, {})}
    year = told.figures.year
    lists = told.number(f"coverage/{told.row}/lists@{year}", len(slugs), _("Lists"))
    codes = told.number(
        f"coverage/{told.row}/countries@{year}", len(told.figures.codes), _("Countries")
    )
    return Notice(
        _("What the total covers."), sentence(text, countries=codes, lists=lists, **apart)
    )


def by_year(told: Told, *, small: bool = False) -> Figure:
    """Draw the series of a place, cut wherever its sources change; `small`: its last years."""
    figures = told.figures
    years = figures.years[-SHORT:] if small else figures.years
    begun = begun_of(figures, told.place)
    rows: list[tuple[Cell, ...]] = []
    for year in years:
        bands = figures.held(told.place, year)
        change = _panel_change(figures.panel_in(year), told.place)
        new = listed(
            (figures.list_names.get(slug, slug) for slug in begun.get(year, ())), told.language
        )
        rows.append((str(year), bands.persons, bands.low, bands.high, change, new))
    table = Table(
        key=told.key("by-year"),
        caption=_("Held at the end of each year: %(place)s") % {"place": told.name},
        columns=(
            Column("year", _("Year")),
            Column("persons", _("Persons"), ColumnKind.WHOLE),
            Column("low", _("Verified, at least"), ColumnKind.WHOLE),
            Column("high", _("Possible, at most"), ColumnKind.WHOLE),
            Column("change", _("Change on the same sources"), ColumnKind.WHOLE),
            Column("begun", _("Break: lists that begin")),
        ),
        rows=tuple(rows),
        keys=tuple(str(year) for year in years),
    )
    return yearly_chart(told, table, [year for year in begun if year in years])


def trend_words(verdict: Verdict) -> str:
    """Say what the test found."""
    words = {
        Verdict.RISING: _("rising"),
        Verdict.FALLING: _("falling"),
        Verdict.NO_TREND_SHOWN: _("no trend shown"),
        Verdict.TOO_SHORT: _("too short to say"),
    }
    return words[verdict]


def _by_country(told: Told) -> Table:
    figures = told.figures
    since, until = figures.since, figures.until
    rows = []
    for place in figures.places:
        bands = figures.held(place)
        found = next((each for each in figures.panel.breaks if each.unit == place), None)
        rows.append(
            (
                told.word(place),
                figures.held(place, figures.year - 1).persons,
                bands.persons,
                _panel_change(figures.panel, place),
                _break_words(found) if found else "",
                bands.low,
                bands.high,
                bands.held_unverified,
            )
        )
    return Table(
        key="by-country",
        caption=_("People held by country, with the change on the same sources"),
        columns=(
            Column("country", _("Country")),
            persons("persons_before", held_on(since), since),
            persons("persons", held_on(until), until),
            persons("change", _("Change on the same sources"), f"{since}..{until}"),
            Column("break", _("Break")),
            persons("low", _("Verified, at least"), until),
            persons("high", _("Possible, at most"), until),
            persons("unconfirmed", _("Not confirmed for a year"), until),
        ),
        rows=tuple(rows),
        keys=tuple(row_key(place) for place in figures.places),
        note=(
            _(
                "The change is given only where both years rest on the same lists. Where a list "
                "begins, the step is a break and no change."
            ),
        ),
    )


def _panel_change(change: PanelChange, place: str) -> int | None:
    """Give the change of a place on the panel; None where it has a break."""
    if place == EVERYWHERE:
        return change.change
    return next((unit.change for unit in change.units if unit.unit == place), None)


def _break_words(found: UnitBreak) -> str:
    words = {
        PanelBreak.STARTED: _("begins"),
        PanelBreak.STOPPED: _("ends"),
        PanelBreak.SOURCES_CHANGED: _("other lists"),
        PanelBreak.RULE_CHANGED: _("other rule"),
    }
    return words[found.reasons[0]]


def _breaks(told: Told) -> list[Block]:
    figures = told.figures
    if not figures.panel.breaks:
        return []
    items = []
    for each in figures.panel.breaks:
        gained = (figures.list_names.get(slug, slug) for slug in sorted(each.sources_gained))
        items.append(
            sentence(
                _("%(country)s: %(break)s. Lists that begin: %(lists)s."),
                country=told.word(each.unit),
                lists=listed(gained, told.language) or "-",
                **{"break": _break_words(each)},
            )
        )
    day = f"{figures.since}..{figures.until}"
    text = sentence(
        _("Left out of the change, with their people: before %(before)s, now %(after)s."),
        before=told.number(
            f"panel/{told.row}/left_out_before@{day}", figures.panel.left_out_before, _("Break")
        ),
        after=told.number(
            f"panel/{told.row}/left_out_after@{day}", figures.panel.left_out_after, _("Break")
        ),
    )
    return [Paragraph((_("Breaks of this year:"),)), Bullets(tuple(items)), Paragraph(text)]


def _trends(told: Told) -> Table:
    figures = told.figures
    rows = []
    for place in figures.places:
        found = trend_in(figures, place)
        unordered = found.reason is TrendReason.NO_ORDER_WOULD_DO
        rows.append(
            (
                told.word(place),
                found.points,
                found.left_out,
                trend_words(found.verdict),
                None if unordered or found.verdict is Verdict.TOO_SHORT else found.p_value,
                found.slope,
                found.slope_low,
                found.slope_high,
            )
        )
    return Table(
        key="trends",
        caption=_("Does the number at the end of the year rise or fall?"),
        columns=(
            Column("country", _("Country")),
            Column("points", _("Years"), ColumnKind.WHOLE, f"points@{figures.year}"),
            Column("left_out", _("Before the break"), ColumnKind.WHOLE, f"left_out@{figures.year}"),
            Column("verdict", _("Verdict")),
            Column("p_value", _("p-value"), ColumnKind.DECIMAL, f"p_value@{figures.year}"),
            Column("slope", _("Persons a year"), ColumnKind.DECIMAL, f"slope@{figures.year}"),
            Column("low", _("At least"), ColumnKind.DECIMAL, f"low@{figures.year}"),
            Column("high", _("At most"), ColumnKind.DECIMAL, f"high@{figures.year}"),
        ),
        rows=tuple(rows),
        keys=tuple(row_key(place) for place in figures.places),
        note=(
            _(
                "Test of Mann and Kendall, exact for short series; slope of Theil and Sen with an "
                "interval of confidence 0.95. What lies before the last break of the sources is "
                "left out. Years follow from each other, so the p-value is too small: read it as a "
                "screen; 0 is below 0.0005."
            ),
        ),
    )


def _rates(told: Told) -> Table | None:
    figures = told.figures
    year = year_of_rates(figures.year)
    found = [(code, rate) for code in figures.codes if (rate := rate_in(figures, code))]
    if not found or year is None:
        return None
    source = found[0][1].denominator.source
    return Table(
        key="rates",
        caption=_("Held at the end of %(year)s for each 100,000 inhabitants") % {"year": year},
        columns=(
            Column("country", _("Country")),
            Column("persons", _("Persons"), ColumnKind.WHOLE, f"persons@{year}"),
            Column("inhabitants", _("Inhabitants"), ColumnKind.WHOLE, f"inhabitants@{year}"),
            Column("rate", _("Rate"), ColumnKind.DECIMAL, f"rate@{year}"),
            Column("low", _("At least"), ColumnKind.DECIMAL, f"low@{year}"),
            Column("high", _("At most"), ColumnKind.DECIMAL, f"high@{year}"),
        ),
        rows=tuple(
            (
                told.word(code),
                rate.persons,
                int(rate.denominator.persons or 0),
                rate.rate,
                rate.low,
                rate.high,
            )
            for code, rate in found
        ),
        keys=tuple(code for code, _rate in found),
        note=sentence(
            _(
                "Inhabitants in the middle of the year: %(source)s. The interval is about chance "
                "alone. A country with better sources has the higher rate. See %(limits)s."
            ),
            source=source,
            limits=Reference("limits"),
        ),
    )


def _no_rates() -> Paragraph:
    return Paragraph(
        (
            _(
                "No rate is given: no population of these countries and years is shipped with its "
                "source, and none is borrowed from another year."
            ),
        )
    )
