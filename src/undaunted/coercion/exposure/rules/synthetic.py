"""What a series would have been: synthetic control, with an interval and placebos.

Abadie, Diamond and Hainmueller, Journal of the American Statistical Association 105 (2010): the
series before is matched by a weighted mean of others that the measure did not touch; weights are at
least zero and sum to one. Each series is taken against its own mean before. The same is done to
every untouched series in its turn (placebo in space). How far these come to lie from their own
counterfactual, in units of how well they were matched, is how far an untouched series may come to
lie: that gives the interval and the p-value. The same is done at an earlier day at which nothing
happened (placebo in time).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Series = NDArray[np.float64]

__all__ = [
    "Effect",
    "Needs",
    "Pool",
    "TimePlacebo",
    "TooShort",
    "effect_beside",
    "effect_on",
    "pool_of",
    "reached",
]

MISLEADS = 0.25
"""From what part of the effect on, month by month, a placebo in time speaks against it."""
WEIGHT_OF_SUM = 1e3
"""How much more a weight's missing of one counts than a month: sums hold to 1e-6."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What is asked of series before anything is said of them.

    Attributes:
        before, after: months.
        donors: untouched series; with fewer no interval of `level` can be had.
        level: of the interval.
        worst_fit: greatest distance before, as part of the mean, of a counterfactual that counts.
    """

    before: int = 24
    after: int = 3
    donors: int = 9
    level: float = 0.9
    worst_fit: float = 0.35


@dataclass(frozen=True, slots=True)
class TimePlacebo:
    """The same estimate a while before anything happened.

    `found` is true where it misleads: zero is left out, and it is not small beside the effect.
    """

    start: int
    effect: float
    low: float
    high: float
    found: bool


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """Actual less counterfactual, summed over the months from `start` on.

    Attributes:
        expected: the counterfactual, every month.
        effect, low, high: in the unit of the series, with the interval of `level`.
        p_value: part of placebos in space at least as far off, the series itself among them.
        off: mean distance after, in units of the match before; below zero where less was sold.
        placebos: the same of every untouched series, in the order of the donors.
        fit: root mean square distance before, as part of the mean before.
        weights: of donors, in their order.
    """

    start: int
    actual: Series
    expected: Series
    effect: float
    low: float
    high: float
    level: float
    p_value: float
    off: float
    placebos: Series
    fit: float
    weights: Series
    in_time: TimePlacebo
    well_matched: bool

    @property
    def part(self) -> float:
        """The effect as part of what was expected."""
        return self.effect / float(self.expected[self.start :].sum())

    @property
    def reach(self) -> float:
        """How far the mean of the months after may lie off by chance, on either side."""
        return (self.high - self.low) / 2 / (len(self.actual) - self.start)

    @property
    def found(self) -> bool:
        """Whether the interval leaves zero out, the match is good, and time says the same."""
        apart = self.low > 0 or self.high < 0
        return self.well_matched and not self.in_time.found and apart


def reached(effect: Effect, at: int) -> tuple[float, float]:
    """Give between which values chance leaves a month's expectation; before, it is one value.

    The interval is of the sum: it is laid evenly over the months, and nothing is sold below zero.
    """
    expected = float(effect.expected[at])
    if at < effect.start:
        return expected, expected
    return max(0.0, expected - effect.reach), expected + effect.reach


class TooShort(ValueError):
    """Too few months or untouched series; the message says how many are asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class _Moment:
    """Untouched series, each against its own mean before `start`, and how far each comes to lie."""

    start: int
    series: Series
    placebos: Series
    reach: float


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """What any series is held against: untouched ones at the measure, and a while before it."""

    months: int
    donors: int
    needs: Needs
    start: int
    now: _Moment
    early: _Moment


@dataclass(frozen=True, slots=True, eq=False)
class _Estimate:
    expected: Series
    effect: float
    low: float
    high: float
    off: float
    fit: float
    weights: Series


def effect_on(actual: Series, donors: Series, start: int, *, needs: Needs | None = None) -> Effect:
    """Estimate what happened to a series [T] from `start` on, by donors [D, T].

    Raises `TooShort`.
    """
    return effect_beside(actual, pool_of(donors, start, len(actual), needs=needs))


def pool_of(donors: Series, start: int, months: int, *, needs: Needs | None = None) -> Pool:
    """Treat every donor [D, T] as if it had been hit, once for all series. Raises `TooShort`."""
    needs = needs or Needs()
    usable = donors[donors[:, :start].mean(1) > 0] if len(donors) else donors
    _check(len(usable), start, months, needs)
    back = min(months - start, max(1, start // 4))
    return Pool(
        months=months,
        donors=len(usable),
        needs=needs,
        start=start,
        now=_moment(usable, start, needs.level),
        early=_moment(usable[:, :start], start - back, needs.level),
    )


def effect_beside(actual: Series, pool: Pool) -> Effect:
    """Estimate what happened to a series [T], by a pool. Raises `TooShort`."""
    start, needs = pool.start, pool.needs
    if actual[:start].mean() <= 0:
        raise TooShort("there was no trade before the measure, so none can have been lost")
    found, early = _estimate(actual, pool.now), _estimate(actual[:start], pool.early)
    farther = int((np.abs(pool.now.placebos) >= abs(found.off)).sum())
    return Effect(
        start=start,
        actual=actual,
        expected=found.expected,
        effect=found.effect,
        low=found.low,
        high=found.high,
        level=needs.level,
        p_value=(1 + farther) / (1 + pool.donors),
        off=found.off,
        placebos=pool.now.placebos,
        fit=found.fit,
        weights=found.weights,
        well_matched=found.fit <= needs.worst_fit,
        in_time=TimePlacebo(
            pool.early.start,
            early.effect,
            early.low,
            early.high,
            found=_misleads(early, found, pool),
        ),
    )


def _misleads(early: _Estimate, found: _Estimate, pool: Pool) -> bool:
    """Tell whether a placebo in time stands out, and is as large as counts beside the effect."""
    if early.low <= 0 <= early.high:
        return False
    then = abs(early.effect) / (pool.start - pool.early.start)
    now = abs(found.effect) / (pool.months - pool.start)
    return then >= MISLEADS * now


def _check(donors: int, start: int, months: int, needs: Needs) -> None:
    if start < needs.before:
        raise TooShort(f"{start} months lie before the measure; {needs.before} are asked for")
    if months - start < needs.after:
        raise TooShort(
            f"{max(0, months - start)} months lie after the measure; {needs.after} are asked for"
        )
    if donors < needs.donors:
        raise TooShort(
            f"{donors} untouched flows are there to compare with; {needs.donors} are asked for"
        )


def _moment(donors: Series, start: int, level: float) -> _Moment:
    means = donors[:, :start].mean(1, keepdims=True)
    series = donors / np.where(means > 0, means, 1)
    ratios = []
    for d in range(len(series)):
        rest = np.delete(series, d, axis=0)
        weights = _weights(series[d, :start], rest[:, :start])
        away, matched = _gap(series[d], weights @ rest, start)
        ratios.append(away / matched)
    placebos = np.array(ratios)
    placebos.setflags(write=False)
    rank = min(len(ratios), ceil((len(ratios) + 1) * level))
    return _Moment(start, series, placebos, float(np.sort(np.abs(placebos))[rank - 1]))


def _estimate(actual: Series, moment: _Moment) -> _Estimate:
    start = moment.start
    scale = float(actual[:start].mean())
    own = actual / scale if scale > 0 else actual
    weights = _weights(own[:start], moment.series[:, :start])
    gap, fit = _gap(own, weights @ moment.series, start)
    months = (len(actual) - start) * scale
    return _Estimate(
        expected=weights @ moment.series * scale,
        effect=gap * months,
        low=(gap - moment.reach * fit) * months,
        high=(gap + moment.reach * fit) * months,
        off=gap / fit,
        fit=fit,
        weights=weights,
    )


def _gap(actual: Series, expected: Series, start: int) -> tuple[float, float]:
    """Give the mean distance after, and the root mean square of distances before."""
    away = actual - expected
    before = float(np.sqrt((away[:start] ** 2).mean()))
    return float(away[start:].mean()), max(before, 1e-6)


def _weights(before: Series, donors: Series) -> Series:
    from scipy.optimize import nnls  # noqa: PLC0415 - 0.2 s that a start needs not

    matrix = np.vstack([donors.T, np.full((1, len(donors)), WEIGHT_OF_SUM)])
    found, _ = nnls(matrix, np.append(before, WEIGHT_OF_SUM))
    weights: Series = found / found.sum()
    return weights
