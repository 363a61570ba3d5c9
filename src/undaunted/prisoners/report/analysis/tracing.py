"""Where a number comes from: the query that gives it, with what it is asked, asked again.

Stocks, accounts and ways out are asked for one by one, by other queries than those that gathered
the whole report at once: two ways to the same number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from undaunted.core.events.rules import vocabulary
from undaunted.prisoners.registry.queries.acts import NO_ACTS, acts_begun
from undaunted.prisoners.registry.queries.counting import count, flows
from undaunted.prisoners.registry.queries.held_lengths import ages_held, days_held
from undaunted.prisoners.registry.queries.releases import releases_by_type
from undaunted.prisoners.registry.queries.unpublished import published_cells
from undaunted.prisoners.registry.queries.year_crossings import crossings
from undaunted.prisoners.registry.rules.counts import (
    DEFAULT_STANDARD,
    EVERYWHERE,
    Breakdown,
)
from undaunted.prisoners.registry.rules.unpublished import Measure, YearCell
from undaunted.prisoners.report.analysis.durations import curves, share_after
from undaunted.prisoners.report.analysis.external import external_number
from undaunted.prisoners.report.analysis.figures import bound_on, gather_figures, rate_in, trend_in
from undaunted.prisoners.report.readers import shipped_external
from undaunted.prisoners.report.rules.keys import (
    WHOLE,
    DrawnByLot,
    KeyUnreadable,
    NumberKey,
    Origin,
    Value,
    read_key,
)
from undaunted.prisoners.report.rules.years import age_group, last_day, since_known

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.rules.counts import BandCount, CountResult
    from undaunted.prisoners.report.analysis.figures import Figures

__all__ = ["Origin", "Tracer"]

_QUERIES = "undaunted.prisoners.registry.queries"
_FIGURES = "undaunted.prisoners.report.analysis.figures"
_PARTS = {
    "gender": Breakdown.GENDER, "roles": Breakdown.ROLE, "laws": Breakdown.LAW,
}  # fmt: skip


class _Period(TypedDict):
    since: date
    until: date


@dataclass
class Tracer:
    """Traces numbers of the report of one year, as known at one moment."""

    actor: Actor
    year: int
    known_at: datetime
    _whole: dict[str, Figures] = field(default_factory=dict)

    def trace(self, text: str) -> Origin:
        """Ask again for the number under a key. Raises `KeyUnreadable`, `DrawnByLot`."""
        key = read_key(text)
        asked = _cited if key.table.startswith("external-") else _ORIGINS.get(key.table)
        if asked is None:
            raise KeyUnreadable(text)
        try:
            return asked(self, text, key)
        except DrawnByLot:
            raise
        except (KeyError, ValueError, AttributeError, IndexError, StopIteration) as problem:
            raise KeyUnreadable(text) from problem

    @property
    def period(self) -> _Period:
        """The year as queries take it."""
        return {"since": last_day(self.year - 1), "until": last_day(self.year)}

    def origin(self, text: str, query: str, value: Value, **asked: object) -> Origin:
        """Put together what was asked and what came back."""
        told = {"known_at": self.known_at.isoformat(), "standard": DEFAULT_STANDARD}
        told |= {name: str(each) for name, each in asked.items() if each is not None}
        return Origin(text, query, told, value)

    def counted(self, place: str, day: date, by: Breakdown | None = None) -> CountResult:
        """Count one place on one day."""
        return count(self.actor, as_of=day, country=_country(place), known_at=self.known_at, by=by)

    def figures(self, place: str) -> Figures:
        """Give everything about the world or a country, gathered once."""
        where = EVERYWHERE if place == WHOLE else place
        if where not in self._whole:
            self._whole[where] = gather_figures(
                self.actor, year=self.year, known_at=self.known_at, where=where
            )
        return self._whole[where]


def _stock(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    """`by-country` (a country a row) and `by-year` (a year a row)."""
    place = key.row if key.table == "by-country" else key.place
    if key.column == "change":
        return _change(tracer, text, key, place)
    day = date.fromisoformat(key.when) if key.when else last_day(int(key.row))
    bands = tracer.counted(place, day).bands
    return tracer.origin(
        text, f"{_QUERIES}.counting.count", _band(bands, key.column), country=_country(place),
        as_of=day,
    )  # fmt: skip


def _change(tracer: Tracer, text: str, key: NumberKey, place: str) -> Origin:
    figures = tracer.figures(WHOLE if place == WHOLE else place)
    year = int(key.row) if key.table == "by-year" else tracer.year
    change = figures.panel_in(year)
    value = change.change
    if place != WHOLE:
        value = next((unit.change for unit in change.units if unit.unit == place), None)
    return tracer.origin(
        text, f"{_FIGURES}.panel_of", value, country=_country(place), until=change.after_on
    )


def _tiers(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    day = date.fromisoformat(key.when)
    value = tracer.counted(key.place, day).bands.tiers["ABCD".index(key.row)]
    return tracer.origin(
        text, f"{_QUERIES}.counting.count", value, country=_country(key.place), as_of=day
    )


def _part(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    by = _PARTS[key.table]
    if key.column == "detained":
        return _crossed(tracer, text, key, by.value)
    day = date.fromisoformat(key.when)
    parts = {part.value: part for part in tracer.counted(key.place, day, by).by}
    found = parts.get("" if key.row == "none" else key.row)
    value = found.persons if found else 0
    return tracer.origin(
        text, f"{_QUERIES}.counting.count", value, country=_country(key.place), as_of=day,
        by=by.value,
    )  # fmt: skip


def _detained(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    return _crossed(tracer, text, key, key.table.removesuffix("-detained"))


def _lengths(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    return _crossed(tracer, text, key, "length")


def _crossed(tracer: Tracer, text: str, key: NumberKey, facet: str) -> Origin:
    country = _country(key.place)
    found = crossings(tracer.actor, known_at=tracer.known_at, country=country, **tracer.period)
    row = "" if key.row == "none" else key.row
    by_place = {place: facets.get(facet, {}).get(row, 0) for place, facets in found.items()}
    value = by_place.get(country or EVERYWHERE, 0)
    if key.column == "countries":
        value = sum(1 for place, persons in by_place.items() if persons and place != EVERYWHERE)
    return tracer.origin(
        text, f"{_QUERIES}.year_crossings.crossings", value, country=country, facet=facet,
        **tracer.period,
    )  # fmt: skip


def _ages(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    country, day = _country(key.place), date.fromisoformat(key.when)
    found = ages_held(
        tracer.actor, as_of=day, known_at=tracer.known_at, standard=DEFAULT_STANDARD,
        country=country,
    )  # fmt: skip
    group = "" if key.row == "none" else key.row
    value = sum(
        persons
        for by_birth in found.values()
        for birth, persons in by_birth.items()
        if age_group(birth, tracer.year) == group
    )
    return tracer.origin(
        text, f"{_QUERIES}.held_lengths.ages_held", value, country=country, as_of=day
    )


def _flow(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    """`account` (a line a row) and `moved` (a country a row)."""
    own = key.table == "account"
    place, line = (key.place, key.row) if own else (key.row, key.column)
    known = since_known(tracer.year)
    found = flows(
        tracer.actor, country=_country(place), since_known=known, known_at=tracer.known_at,
        **tracer.period,
    )  # fmt: skip
    if line == "revised":
        value = found.backlog - found.corrected
    elif line == "reclassified":
        value = found.reclassified_in - found.reclassified_out
    else:
        leaves = own and line in {"corrected", "released", "died", "reclassified_out"}
        value = getattr(found, line) * (-1 if leaves else 1)
    return tracer.origin(
        text, f"{_QUERIES}.counting.flows", value, country=_country(place), line=line,
        since_known=known.isoformat(), **tracer.period,
    )  # fmt: skip


def _ways_out(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    country = _country(key.place)
    found = releases_by_type(
        tracer.actor, country=country, known_at=tracer.known_at, **tracer.period
    )
    return tracer.origin(
        text, f"{_QUERIES}.releases.releases_by_type", found.get(key.row, 0), country=country,
        **tracer.period,
    )  # fmt: skip


def _acts(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    country, place = _country(key.place), _country(key.place) or EVERYWHERE
    vocabulary("act_types").terms[key.row]  # an act that is none has no number, not even nought
    if key.column == "bound":
        day = date.fromisoformat(key.when)
        bound = bound_on(tracer.actor, day, tracer.known_at, country).get(place, {})
        query = f"{_QUERIES}.tactics.tactics_on"
        return tracer.origin(text, query, bound.get(key.row, 0), country=country, as_of=day)
    if key.when != "{since}..{until}".format(**tracer.period):
        raise KeyUnreadable(text)
    found = acts_begun(tracer.actor, known_at=tracer.known_at, country=country, **tracer.period)
    counted = found.get(place, {}).get(key.row, NO_ACTS)
    value = counted.surely if key.column == "persons" else counted.possibly
    return tracer.origin(
        text, f"{_QUERIES}.acts.acts_begun", value, country=country, **tracer.period
    )


def _curves(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    """`durations` (a country a row) and `still-held` (days a row)."""
    place = key.row if key.table == "durations" else key.place
    country, day = _country(place), last_day(tracer.year)
    days = days_held(tracer.actor, as_of=day, known_at=tracer.known_at, country=country)
    curve = curves(days, as_of=day, known_at=tracer.known_at)[country or EVERYWHERE]
    value: Value
    if key.table == "still-held":
        value = share_after(curve, int(key.row))[("shortest", "longest").index(key.column)]
    else:
        value = {
            "persons": curve.longest.persons,
            "censored": curve.longest.censored,
            "shortest": curve.shortest.median,
            "longest": curve.longest.median,
            "low": curve.shortest.median_low,
            "high": curve.longest.median_high,
        }[key.column]
    return tracer.origin(
        text, f"{_QUERIES}.held_lengths.days_held", value, country=country, as_of=day,
        engine="undaunted.engines.census.survival_of_people",
    )  # fmt: skip


def _rates(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    rate = rate_in(tracer.figures(key.row), key.row)
    if rate is None:
        raise KeyUnreadable(text)
    value: Value = {
        "persons": rate.persons,
        "inhabitants": int(rate.denominator.persons or 0),
        "rate": rate.rate,
        "low": rate.low,
        "high": rate.high,
    }[key.column]
    return tracer.origin(
        text, f"{_FIGURES}.rate_in", value, country=key.row, year=key.when,
        engine="undaunted.engines.census.rates.rate_of", source=rate.denominator.source,
    )  # fmt: skip


def _trends(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    found = trend_in(tracer.figures(key.row), EVERYWHERE if key.row == WHOLE else key.row)
    value: Value = {
        "points": found.points,
        "left_out": found.left_out,
        "p_value": found.p_value,
        "slope": found.slope,
        "low": found.slope_low,
        "high": found.slope_high,
    }[key.column]
    return tracer.origin(
        text, f"{_QUERIES}.years.held_yearly", value, country=_country(key.row),
        engine="undaunted.engines.census.trend_of",
    )  # fmt: skip


def _panel(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    found = tracer.figures(key.row).panel
    value = len(found.units) if key.column == "units" else getattr(found, key.column)
    return tracer.origin(
        text, f"{_FIGURES}.panel_of", value, country=_country(key.row),
        engine="undaunted.engines.census.panel_changes", **tracer.period,
    )  # fmt: skip


def _coverage(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    figures = tracer.figures(key.row)
    slugs = {slug for code in figures.codes for slug in figures.lists.get(code, {})}
    value = len(slugs) if key.column == "lists" else len(figures.codes)
    return tracer.origin(text, f"{_QUERIES}.years.lists_by_year", value, country=_country(key.row))


def _with_unpublished(tracer: Tracer, text: str, key: NumberKey) -> Origin:
    """Give the published alone; of the others nothing is asked again."""
    if key.column in {"persons", "low", "high"}:
        raise DrawnByLot(text)
    if key.column != "published":
        raise KeyUnreadable(text)
    year, country = int(key.when), _country(key.row)
    found = published_cells(tracer.actor, years=(year,), known_at=tracer.known_at)
    value = found.get(YearCell(Measure.HELD, country or EVERYWHERE, year), 0)
    return tracer.origin(
        text, f"{_QUERIES}.unpublished.published_cells", value, country=country, year=year
    )


def _cited(_tracer: Tracer, text: str, key: NumberKey) -> Origin:
    """Give a number that others published, as the pack has it."""
    series, number, value = external_number(shipped_external(), key.table, key.row, key.column)
    asked = {
        "series": series.key,
        "on": number.on,
        "publisher": series.publisher,
        "sources": "; ".join(f"{each.publisher}, {each.date}" for each in number.sources),
    }
    return Origin(text, "undaunted.prisoners.report.readers.shipped_external", asked, value)


def _country(place: str) -> str | None:
    return None if place == WHOLE else place


def _band(bands: BandCount, column: str) -> int:
    return {
        "persons": bands.persons,
        "low": bands.low,
        "high": bands.high,
        "unconfirmed": bands.held_unverified,
    }[column]


_ORIGINS: dict[str, Callable[[Tracer, str, NumberKey], Origin]] = {
    "by-country": _stock,
    "by-year": _stock,
    "tiers": _tiers,
    "gender": _part,
    "roles": _part,
    "laws": _part,
    "gender-detained": _detained,
    "role-detained": _detained,
    "law-detained": _detained,
    "release-lengths": _lengths,
    "ages": _ages,
    "account": _flow,
    "moved": _flow,
    "ways-out": _ways_out,
    "detention": _acts,
    "civil-death": _acts,
    "durations": _curves,
    "still-held": _curves,
    "rates": _rates,
    "trends": _trends,
    "panel": _panel,
    "coverage": _coverage,
    "held-with-unpublished": _with_unpublished,
}
