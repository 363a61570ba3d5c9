"""A memo held against the annual report of the same day and knowledge, number by number."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from undaunted.core.access.rules import PUBLIC
from undaunted.prisoners.memo.analysis.facts import country_facts, world_facts
from undaunted.prisoners.memo.rules import MemoRequest
from undaunted.prisoners.registry.rules.counts import EVERYWHERE, Breakdown
from undaunted.prisoners.report.analysis.figures import begun_of, gather_figures, trend_in

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.engines.census.trends import Trend
    from undaunted.prisoners.memo.analysis.facts import CountryFacts
    from undaunted.prisoners.report.analysis.figures import Figures

__all__ = ["both_of", "world_of"]

Numbers = dict[str, Any]


def both_of(year: int, known_at: datetime) -> dict[str, tuple[Numbers, Numbers]]:
    """Give what memo and report say of each country at the end of a year."""
    figures = gather_figures(PUBLIC, year=year, known_at=known_at, where=EVERYWHERE)
    return {
        code: (_memo(_facts(code, year, known_at), figures), _report(figures, code))
        for code in figures.codes
    }


def world_of(year: int, known_at: datetime) -> tuple[Numbers, Numbers]:
    """Give what both say of the world."""
    figures = gather_figures(PUBLIC, year=year, known_at=known_at, where=EVERYWHERE)
    facts = world_facts(PUBLIC, _asked("", year, known_at), publisher="", on=known_at.date())
    memo = {
        "persons": facts.stock.persons,
        "countries": dict(facts.countries),
        "tactics": {each.code: each.persons for each in facts.tactics if each.persons},
        "died": dict(facts.died)[EVERYWHERE],
    }
    report = {
        "persons": figures.held(EVERYWHERE).persons,
        "countries": {
            code: figures.held(code).persons for code in figures.codes if figures.held(code).persons
        },
        "tactics": dict(figures.bound[EVERYWHERE]),
        "died": figures.flows[EVERYWHERE].died,
    }
    return memo, report


def _asked(country: str, year: int, known_at: datetime) -> MemoRequest:
    return MemoRequest(
        country=country, counterpart="Minister" if country else "", meets_on=known_at.date(),
        as_of=date(year, 12, 31), known_at=known_at, language="en", newest=False,
    )  # fmt: skip


def _facts(country: str, year: int, known_at: datetime) -> CountryFacts:
    asked = _asked(country, year, known_at)
    return country_facts(PUBLIC, asked, holder=None, publisher="", on=known_at.date())


def _memo(facts: CountryFacts, figures: Figures) -> Numbers:
    held = {on.year: persons for on, persons in facts.years}
    return {
        "held": {year: held[year] for year in figures.years},
        "bands": facts.stock.bands,
        "moved": (
            facts.moved.new, facts.moved.redetained, facts.moved.released, facts.moved.died,
        ),
        "parts": {
            each.value: {part.value: part.persons for part in facts.parts(each)}
            for each in (Breakdown.ROLE, Breakdown.LAW, Breakdown.GENDER)
        },
        "breaks": {each.at.year: each.lists for each in facts.breaks},
        "trend": _tested(facts.trend),
        "tactics": {each.code: each.persons for each in facts.tactics if each.persons},
    }  # fmt: skip


def _report(figures: Figures, code: str) -> Numbers:
    flow = figures.flows[code]
    after = figures.after.get(code, {})
    return {
        "held": {year: figures.held(code, year).persons for year in figures.years},
        "bands": figures.held(code),
        "moved": (flow.new, flow.redetained, flow.released, flow.died),
        "parts": {
            each.value: {
                value: part.persons
                for value, part in after.get(each.value, {}).items()
                if value and part.persons
            }
            for each in (Breakdown.ROLE, Breakdown.LAW, Breakdown.GENDER)
        },
        "breaks": begun_of(figures, code),
        "trend": _tested(trend_in(figures, code)),
        "tactics": dict(figures.bound.get(code, {})),
    }


def _tested(trend: Trend | None) -> tuple[object, ...]:
    """Give what a trend says, but for its slope, which is by day here and by year there."""
    if trend is None or not trend.points:
        return ()
    return trend.verdict, trend.points, trend.left_out, trend.score, trend.p_value
