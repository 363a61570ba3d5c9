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

__all__ = ["Effect", "Needs", "TimePlacebo", "TooShort", "effect_on"]

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
    """The same estimate a while before anything happened; `found` is true where it misleads."""

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
    fit: float
    weights: Series
    in_time: TimePlacebo
    well_matched: bool

    @property
    def part(self) -> float:
        """The effect as part of what was expected."""
        return self.effect / float(self.expected[self.start :].sum())

    @property
    def found(self) -> bool:
        """Whether the interval leaves zero out, the match is good, and time says the same."""
        apart = self.low > 0 or self.high < 0
        return self.well_matched and not self.in_time.found and apart


class TooShort(ValueError):
    """Too few months or untouched series; the message says how many are asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class _Estimate:
    expected: Series
    effect: float
    low: float
    high: float
    p_value: float
    fit: float
    weights: Series


def effect_on(actual: Series, donors: Series, start: int, *, needs: Needs | None = None) -> Effect:
    """Estimate what happened to a series [T] from `start` on, by donors [D, T].

    Raises `TooShort`.
    """
    needs = needs or Needs()
    usable = donors[donors[:, :start].mean(1) > 0] if len(donors) else donors
    _check(actual, usable, start, needs)
    found = _estimate(actual, usable, start, needs)
    back = min(len(actual) - start, max(1, start // 4))
    early = _estimate(actual[:start], usable[:, :start], start - back, needs)
    return Effect(
        start=start,
        actual=actual,
        expected=found.expected,
        effect=found.effect,
        low=found.low,
        high=found.high,
        level=needs.level,
        p_value=found.p_value,
        fit=found.fit,
        weights=found.weights,
        well_matched=found.fit <= needs.worst_fit,
        in_time=TimePlacebo(
            start - back,
            early.effect,
            early.low,
            early.high,
            found=early.low > 0 or early.high < 0,
        ),
    )


def _check(actual: Series, donors: Series, start: int, needs: Needs) -> None:
    if start < needs.before:
        raise TooShort(f"{start} months lie before the measure; {needs.before} are asked for")
    if len(actual) - start < needs.after:
        raise TooShort(
            f"{max(0, len(actual) - start)} months lie after the measure; {needs.after} are asked "
            "for"
        )
    if len(donors) < needs.donors:
        raise TooShort(
            f"{len(donors)} untouched flows are there to compare with; {needs.donors} are asked for"
        )
    if actual[:start].mean() <= 0:
        raise TooShort("there was no trade before the measure, so none can have been lost")


def _estimate(actual: Series, donors: Series, start: int, needs: Needs) -> _Estimate:
    scale = float(actual[:start].mean())
    means = donors[:, :start].mean(1, keepdims=True)
    pool = donors / np.where(means > 0, means, 1)
    own = actual / scale
    weights = _weights(own[:start], pool[:, :start])
    gap, fit = _gap(own, weights @ pool, start)
    ratios = []
    for d in range(len(pool)):
        rest = np.delete(pool, d, axis=0)
        other = _weights(pool[d, :start], rest[:, :start])
        away, matched = _gap(pool[d], other @ rest, start)
        ratios.append(abs(away) / matched)
    rank = min(len(ratios), ceil((len(ratios) + 1) * needs.level))
    reach = float(np.sort(ratios)[rank - 1]) * fit
    months = (len(actual) - start) * scale
    farther = sum(ratio >= abs(gap) / fit for ratio in ratios)
    return _Estimate(
        expected=weights @ pool * scale,
        effect=gap * months,
        low=(gap - reach) * months,
        high=(gap + reach) * months,
        p_value=(1 + farther) / (1 + len(ratios)),
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
