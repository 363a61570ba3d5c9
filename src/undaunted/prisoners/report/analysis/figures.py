"""Everything that a report counts, gathered before a word is written.

A handful of statements whatever the number of countries; engines do the rest. `*` is the world.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import dropwhile
from typing import TYPE_CHECKING

from undaunted.engines.census import Covered, PanelPoint, panel_changes, trend_of
from undaunted.engines.census.rates import Denominator, rate_of
from undaunted.prisoners.registry.queries.acts import acts_begun
from undaunted.prisoners.registry.queries.countries import list_names
from undaunted.prisoners.registry.queries.held_lengths import ages_held, days_held
from undaunted.prisoners.registry.queries.tactics import tactics_on
from undaunted.prisoners.registry.queries.year_crossings import crossings
from undaunted.prisoners.registry.queries.year_flows import flows_by_country
from undaunted.prisoners.registry.queries.years import held_by_part, held_yearly, lists_by_year
from undaunted.prisoners.registry.rules.counts import (
    DEFAULT_STANDARD,
    EVERYWHERE,
    RULE,
    bands_of,
)
from undaunted.prisoners.report.analysis.durations import curves
from undaunted.prisoners.report.rules.population import inhabitants, year_of_rates
from undaunted.prisoners.report.rules.years import (
    age_group,
    last_day,
    series_years,
    since_known,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.engines.census import PanelChange, SurvivalBounds, Trend
    from undaunted.engines.census.rates import Rate
    from undaunted.prisoners.registry.queries.acts import ActCount
    from undaunted.prisoners.registry.queries.years import YearlyStock
    from undaunted.prisoners.registry.rules.counts import BandCount, FlowResult

__all__ = [
    "NOBODY",
    "Figures",
    "begun_of",
    "bound_on",
    "gather_figures",
    "panel_of",
    "rate_in",
    "trend_in",
]

NOBODY = bands_of(())
Parts = dict[str, dict[str, dict[str, "BandCount"]]]


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one year; `where` is the country that is reported alone, or `*`."""

    year: int
    where: str
    known_at: datetime
    codes: tuple[str, ...]
    stock: YearlyStock
    years: tuple[int, ...]
    lists: Mapping[str, Mapping[str, int]]
    list_names: Mapping[str, str]
    before: Parts
    after: Parts
    flows: Mapping[str, FlowResult]
    crossed: Mapping[str, Mapping[str, Mapping[str, int]]]
    acts: Mapping[str, Mapping[str, ActCount]]
    bound: Mapping[str, Mapping[str, int]]
    """Place (`*`: all) → act → persons whom it binds on the last day."""
    ages: Mapping[str, Mapping[str, int]]
    lengths: Mapping[str, SurvivalBounds]
    panels: tuple[PanelChange, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """The whole first where the world is reported, then each country."""
        return self.codes if self.where != EVERYWHERE else (EVERYWHERE, *self.codes)

    @property
    def until(self) -> date:
        """The day on which the stock is counted."""
        return last_day(self.year)

    @property
    def since(self) -> date:
        """The day that it is compared with."""
        return last_day(self.year - 1)

    @property
    def panel(self) -> PanelChange:
        """The change of the year on the constant panel."""
        return self.panels[-1]

    def panel_in(self, year: int) -> PanelChange:
        """Give the change up to the end of a year of the series."""
        return self.panels[self.years.index(year)]

    def held(self, place: str, year: int | None = None) -> BandCount:
        """Give the stock of a place at the end of a year, of the report's own unless told."""
        by_year = self.stock.counts.get(place, {})
        return by_year.get(self.year if year is None else year, NOBODY)


def gather_figures(actor: Actor, *, year: int, known_at: datetime, where: str) -> Figures:
    """Ask the registry for everything that a report of `year` counts."""
    since, until = last_day(year - 1), last_day(year)
    span = tuple(range(series_years(year, 0)[0] - 1, year + 1))
    stock = held_yearly(actor, years=span, known_at=known_at)
    lists = lists_by_year(actor)
    country = None if where == EVERYWHERE else where
    crossed = crossings(actor, since=since, until=until, known_at=known_at, country=country)
    acts = acts_begun(actor, since=since, until=until, known_at=known_at, country=country)
    bound = bound_on(actor, until, known_at, country)
    codes = _codes(stock, year, {*crossed, *acts, *bound}, where)
    pairs = {
        place: (_persons(stock, place, year - 1), _persons(stock, place, year))
        for place in (EVERYWHERE, *codes)
    }
    days = days_held(actor, as_of=until, known_at=known_at, country=country)
    born = ages_held(
        actor, as_of=until, known_at=known_at, standard=DEFAULT_STANDARD, country=country
    )
    first = min((stock.since.get(code, year) for code in codes), default=year)
    slugs = [slug for code in codes for slug in lists.get(code, {})]
    return Figures(
        year=year,
        where=where,
        known_at=known_at,
        codes=codes,
        stock=stock,
        years=series_years(year, first),
        lists=lists,
        list_names=list_names(actor, slugs),
        before=held_by_part(actor, year=year - 1, known_at=known_at),
        after=held_by_part(actor, year=year, known_at=known_at),
        flows=flows_by_country(
            actor,
            since=since,
            until=until,
            since_known=since_known(year),
            known_at=known_at,
            stocks=pairs,
        ),
        crossed=crossed,
        acts=acts,
        bound=bound,
        ages=_ages(born, year),
        lengths=curves(days, as_of=until, known_at=known_at),
        panels=panel_of(stock, lists, codes, (*series_years(year, first),)),
    )


def bound_on(
    actor: Actor, day: date, known_at: datetime, country: str | None
) -> dict[str, dict[str, int]]:
    """Give place (`*`: all) → act → persons whom it binds on a day; what is not there is nought."""
    found: dict[str, dict[str, int]] = {}
    for each in tactics_on(actor, as_of=day, country=country, known_at=known_at):
        if each.persons and country is None:
            found.setdefault(EVERYWHERE, {})[each.code] = each.persons
        for place, persons in each.by_country:
            found.setdefault(place, {})[each.code] = persons
    return found


def panel_of(
    stock: YearlyStock,
    lists: Mapping[str, Mapping[str, int]],
    codes: Iterable[str],
    years: tuple[int, ...],
) -> tuple[PanelChange, ...]:
    """Give the change from each year to the next on the countries covered alike in both (K7)."""
    points = []
    for year in (years[0] - 1, *years):
        rows = tuple(
            Covered(
                code,
                _persons(stock, code, year),
                frozenset(slug for slug, begun in lists.get(code, {}).items() if begun <= year),
                f"{DEFAULT_STANDARD} {RULE}",
            )
            for code in sorted(codes)
            if stock.since.get(code, year + 1) <= year
        )
        points.append(PanelPoint(last_day(year), rows))
    return panel_changes(points)


def trend_in(figures: Figures, place: str) -> Trend:
    """Test whether the series of a place rises or falls, after the last break of its sources.

    It begins with the first year at whose end anybody is counted, as in memos.
    """
    held = {year: figures.held(place, year).persons for year in figures.years}
    years = list(dropwhile(lambda year: not held[year], figures.years))
    values = [held[year] for year in years]
    breaks = [year for year in begun_of(figures, place) if years and year > years[0]]
    return trend_of(years, values, breaks=breaks)


def begun_of(figures: Figures, place: str) -> dict[int, tuple[str, ...]]:
    """Give the years of the series in which lists begin to count somebody, but for the first."""
    places = figures.codes if place == EVERYWHERE else (place,)
    found: dict[int, set[str]] = {}
    for each in places:
        begun = figures.lists.get(each, {})
        first = min([*begun.values(), figures.stock.since.get(each, figures.year)])
        for slug, year in begun.items():
            if year > first or (place == EVERYWHERE and len(places) > 1):
                found.setdefault(year, set()).add(slug)
    kept = sorted(year for year in found if figures.years[0] < year <= figures.year)
    return {year: tuple(sorted(found[year])) for year in kept}


def rate_in(figures: Figures, code: str) -> Rate | None:
    """Give persons held per 100,000 inhabitants at the end of the newest year with a population."""
    year = year_of_rates(figures.year)
    living = inhabitants(code, year) if year else None
    if year is None or living is None:
        return None
    whole = Denominator(living.persons, living.source, date(year, 7, 1))
    return rate_of(figures.held(code, year).persons, whole)


def _codes(stock: YearlyStock, year: int, others: set[str], where: str) -> tuple[str, ...]:
    """Give the countries that held anybody at either end, or where anything happened between."""
    held = {
        place
        for place, by_year in stock.counts.items()
        if any(by_year[each].high for each in (year - 1, year))
    }
    found = sorted((held | others) - {EVERYWHERE, ""})
    return tuple(code for code in found if where in {EVERYWHERE, code})


def _persons(stock: YearlyStock, place: str, year: int) -> int:
    return stock.counts.get(place, {}).get(year, NOBODY).persons


def _ages(born: Mapping[str, Mapping[int | None, int]], year: int) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {EVERYWHERE: {}}
    for place, by_birth in born.items():
        for birth, persons in by_birth.items():
            group = age_group(birth, year)
            for each in (place, EVERYWHERE):
                ages = found.setdefault(each, {})
                ages[group] = ages.get(group, 0) + persons
    return found
