"""Persons per so many inhabitants, with exact intervals, and two rates compared.

A count of people is taken as Poisson about its rate times the population. Where the population is
not known there is no rate: none is borrowed from a neighbour or another year.

Sources: Garwood 1936 (exact interval of a Poisson mean by the gamma distribution); Przyborowski and
Wilenski 1940 (comparing two: given their sum the first is binomial); Clopper and Pearson 1934 (the
interval of that share). The p-value adds up all outcomes no more likely than what was seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np
import scipy

from undaunted.engines.census.confidence import demand_confidence, tail
from undaunted.engines.census.errors import ArgumentRefused, RowsMalformed

__all__ = [
    "Denominator",
    "Rate",
    "RateAssumption",
    "RateComparison",
    "RateReason",
    "compare_rates",
    "poisson_interval",
    "rate_of",
]

_LIKE: Final = 1 + 1e-7
"""Two probabilities this near are equal: they were computed along different ways."""


class RateReason(StrEnum):
    """Why there is no rate, or no comparison."""

    DENOMINATOR_MISSING = "population_not_known"
    DENOMINATOR_EMPTY = "population_is_zero"
    NOBODY_IN_EITHER = "nobody_counted_in_either"


class RateAssumption(StrEnum):
    """What must hold; the caller words it."""

    INDEPENDENT_EVENTS = "people_are_taken_one_by_one"
    POPULATION_EXACT = "population_has_no_error"
    EQUAL_COVERAGE = "sources_cover_both_alike"


@dataclass(frozen=True, slots=True)
class Denominator:
    """Inhabitants (None: not known), who says so, and for which day."""

    persons: float | None
    source: str
    on: date


@dataclass(frozen=True, slots=True)
class Rate:
    """``persons`` for each ``per`` inhabitants; all three numbers None where there is no rate."""

    persons: int
    denominator: Denominator
    per: int
    rate: float | None
    low: float | None
    high: float | None
    confidence: float
    reason: RateReason | None
    assumptions: tuple[RateAssumption, ...] = (
        RateAssumption.INDEPENDENT_EVENTS,
        RateAssumption.POPULATION_EXACT,
    )


@dataclass(frozen=True, slots=True)
class RateComparison:
    """The first rate by the second. ``ratio`` and ``high`` are infinite where the second is zero.

    ``p_value``: how likely a split of the same sum at least as odd is if both rates are one.
    """

    first: Rate
    second: Rate
    ratio: float | None
    low: float | None
    high: float | None
    p_value: float | None
    confidence: float
    reason: RateReason | None
    assumptions: tuple[RateAssumption, ...] = tuple(RateAssumption)


def rate_of(
    persons: int, denominator: Denominator, *, per: int = 100_000, confidence: float = 0.95
) -> Rate:
    """Return the rate with its exact interval, or why there is none."""
    demand_confidence(confidence)
    _demand_persons(persons)
    if per < 1:
        raise ArgumentRefused(f"per: {per}")
    reason = _why_none(denominator)
    if reason is not None:
        return Rate(persons, denominator, per, None, None, None, confidence, reason)
    scale = per / (denominator.persons or 1)
    low, high = poisson_interval(persons, confidence=confidence)
    return Rate(
        persons, denominator, per, persons * scale, low * scale, high * scale, confidence, None
    )


def poisson_interval(count: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact (Garwood) interval of a Poisson mean of which ``count`` were seen."""
    _demand_persons(count)
    out = tail(confidence)
    low = float(scipy.special.gammaincinv(count, out)) if count else 0.0
    return low, float(scipy.special.gammaincinv(count + 1, 1 - out))


def compare_rates(
    first: tuple[int, Denominator],
    second: tuple[int, Denominator],
    *,
    per: int = 100_000,
    confidence: float = 0.95,
) -> RateComparison:
    """Return the ratio of two rates with exact interval and p-value, or why there is none."""
    one, other = (rate_of(*each, per=per, confidence=confidence) for each in (first, second))
    reason = one.reason or other.reason
    if reason is None and not one.persons + other.persons:
        reason = RateReason.NOBODY_IN_EITHER
    if reason is not None:
        return RateComparison(one, other, None, None, None, None, confidence, reason)
    weights = [each.denominator.persons or 1 for each in (one, other)]
    counts = [one.persons, other.persons]
    low, high = _share_interval(counts, confidence)
    ratio, low, high = (
        _odds(share) * weights[1] / weights[0] for share in (counts[0] / sum(counts), low, high)
    )
    p_value = _split_p_value(counts, weights[0] / sum(weights))
    return RateComparison(one, other, ratio, low, high, p_value, confidence, None)


def _why_none(denominator: Denominator) -> RateReason | None:
    inhabitants = denominator.persons
    if inhabitants is None:
        return RateReason.DENOMINATOR_MISSING
    if not 0 <= inhabitants < np.inf:
        raise RowsMalformed(f"population of {denominator.source}: {inhabitants}")
    return None if inhabitants else RateReason.DENOMINATOR_EMPTY


def _demand_persons(persons: int) -> None:
    if persons < 0:
        raise RowsMalformed(f"persons: {persons} is below zero")


def _share_interval(counts: Sequence[int], confidence: float) -> tuple[float, float]:
    """Give the Clopper-Pearson interval of the first count's share of both."""
    one, other = counts
    out = tail(confidence)
    low = float(scipy.special.betaincinv(one, other + 1, out)) if one else 0.0
    high = float(scipy.special.betaincinv(one + 1, other, 1 - out)) if other else 1.0
    return low, high


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


def _split_p_value(counts: Sequence[int], chance: float) -> float:
    """Add up the splits of the same sum that are no more likely than this one."""
    total = sum(counts)
    ways = np.arange(total + 1)
    logs = (
        scipy.special.gammaln(total + 1)
        - scipy.special.gammaln(ways + 1)
        - scipy.special.gammaln(total - ways + 1)
        + scipy.special.xlogy(ways, chance)
        + scipy.special.xlog1py(total - ways, -chance)
    )
    likely = np.exp(logs)
    return float(min(1.0, likely[likely <= likely[counts[0]] * _LIKE].sum()))
