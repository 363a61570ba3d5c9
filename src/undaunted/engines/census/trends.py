"""Does a short series rise or fall? Mann and Kendall's test, Theil and Sen's slope.

Both ask for order alone, so that one wild year does not carry the answer, and both are exact for
short series. Where no order of so few (or so tied) values could show a trend, the answer is that
the series is too short to say, and not that there is none. What lies before the last break of the
series is left out: a change of source is no trend (rule K7).

Sources: Mann 1945, Kendall 1938 (the test); Theil 1950, Sen 1968 (slope and its interval from the
order of the pairwise slopes).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor, sqrt
from statistics import median
from typing import Final

import numpy as np

from undaunted.engines.census.confidence import demand_confidence, reach, tail
from undaunted.engines.census.days import Reals
from undaunted.engines.census.errors import RowsMalformed
from undaunted.engines.census.kendall import (
    critical_score,
    least_p_value,
    normal_p_value,
    p_value,
    variance,
)

__all__ = ["Demand", "Trend", "TrendAssumption", "TrendReason", "Verdict", "trend_of"]

_PLAIN: Final = 0.95


class Verdict(StrEnum):
    """What the series shows, at the confidence asked for."""

    RISING = "rising"
    FALLING = "falling"
    NO_TREND_SHOWN = "no_trend_shown"
    TOO_SHORT = "too_short_to_say"


class TrendReason(StrEnum):
    """Why it is too short to say."""

    TOO_FEW_POINTS = "fewer_points_than_asked_for"
    NO_ORDER_WOULD_DO = "no_order_of_these_values_could_show_a_trend"


class TrendAssumption(StrEnum):
    """What must hold; the caller words it."""

    POINTS_INDEPENDENT = "a_year_does_not_follow_from_the_year_before"
    ONE_BASIS = "all_points_rest_on_one_standard_and_one_panel"


@dataclass(frozen=True, slots=True)
class Demand:
    """How sure the answer is to be.

    ``fewest``: below so many points nothing is said (of four, the most even rise is by chance more
    frequent than one in twenty; of five it is rarer). Up to ``exact_up_to`` points the distribution
    of the score is exact, above it normal.
    """

    confidence: float = _PLAIN
    fewest: int = 5
    exact_up_to: int = 60

    def __post_init__(self) -> None:
        demand_confidence(self.confidence)


@dataclass(frozen=True, slots=True)
class Trend:
    """What was tested and found.

    ``score``: rising less falling pairs; ``tau``: the score by what an even rise would give (None
    if all values are equal). ``slope`` per unit of time with the interval at ``confidence``, None
    where too few points close it. ``left_out``: points before the last break.
    """

    verdict: Verdict
    points: int
    left_out: int
    score: int
    tau: float | None
    p_value: float
    exact: bool
    slope: float | None
    slope_low: float | None
    slope_high: float | None
    confidence: float
    reason: TrendReason | None
    assumptions: tuple[TrendAssumption, ...] = tuple(TrendAssumption)


def trend_of(
    times: Sequence[float],
    values: Sequence[float],
    *,
    breaks: Sequence[float] = (),
    demand: Demand | None = None,
) -> Trend:
    """Return the trend of ``values`` over ``times`` (years, say; any order, none twice).

    ``breaks``: times from which the series rests on another basis; a point at a break belongs to
    what follows.
    """
    asked = demand or Demand()
    time, value, left_out = _since_break(times, values, breaks)
    groups = tuple(int(size) for size in np.unique(value, return_counts=True)[1])
    exact = value.size <= asked.exact_up_to
    score = int(np.sign(value[None, :] - value[:, None])[np.triu_indices(value.size, 1)].sum())
    chance = p_value(groups, score) if exact else normal_p_value(groups, score)
    verdict, reason = _judge(groups, score, chance, asked)
    slope, low, high = _slope(time, value, asked)
    return Trend(
        verdict=verdict,
        points=value.size,
        left_out=left_out,
        score=score,
        tau=_tau(groups, score),
        p_value=chance,
        exact=exact,
        slope=slope,
        slope_low=low,
        slope_high=high,
        confidence=asked.confidence,
        reason=reason,
    )


def _since_break(
    times: Sequence[float], values: Sequence[float], breaks: Sequence[float]
) -> tuple[Reals, Reals, int]:
    time, value = np.asarray(times, dtype=np.float64), np.asarray(values, dtype=np.float64)
    if time.ndim != 1 or time.shape != value.shape:
        raise RowsMalformed("one value per time")
    wrong = np.flatnonzero(~(np.isfinite(time) & np.isfinite(value)))
    if wrong.size:
        raise RowsMalformed(f"row {int(wrong[0]) + 1}: no number; leave the point out")
    order = np.argsort(time)
    time, value = time[order], value[order]
    if np.any(np.diff(time) <= 0):
        raise RowsMalformed("a time stands there twice")
    kept = time >= max(breaks, default=-np.inf)
    return time[kept], value[kept], int((~kept).sum())


def _judge(
    groups: tuple[int, ...], score: int, chance: float, asked: Demand
) -> tuple[Verdict, TrendReason | None]:
    level, points = 1 - asked.confidence, sum(groups)
    if points < asked.fewest:
        return Verdict.TOO_SHORT, TrendReason.TOO_FEW_POINTS
    if points <= asked.exact_up_to and least_p_value(groups) > level:
        return Verdict.TOO_SHORT, TrendReason.NO_ORDER_WOULD_DO
    if chance > level:
        return Verdict.NO_TREND_SHOWN, None
    return (Verdict.RISING if score > 0 else Verdict.FALLING), None


def _tau(groups: tuple[int, ...], score: int) -> float | None:
    length = sum(groups)
    pairs = length * (length - 1) // 2
    untied = pairs - sum(size * (size - 1) // 2 for size in groups)
    return score / sqrt(pairs * untied) if untied else None


def _slope(
    time: Reals, value: Reals, asked: Demand
) -> tuple[float | None, float | None, float | None]:
    """Give the median of the pairwise slopes, and the two slopes at which the test turns."""
    first, second = np.triu_indices(value.size, 1)
    if not first.size:
        return None, None, None
    slopes = np.sort((value[second] - value[first]) / (time[second] - time[first]))
    critical = _critical(value.size, asked)
    if critical is None:
        return float(median(slopes)), None, None
    place = max(0, floor((slopes.size - critical) / 2))
    return float(median(slopes)), float(slopes[place]), float(slopes[slopes.size - 1 - place])


def _critical(length: int, asked: Demand) -> float | None:
    if length <= asked.exact_up_to:
        return critical_score(length, tail(asked.confidence))
    return reach(asked.confidence) * sqrt(variance((1,) * length))
