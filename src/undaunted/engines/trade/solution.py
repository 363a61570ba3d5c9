"""An equilibrium as whoever asked reads it: real income first, and a certificate with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.arrays import as_numpy
from undaunted.engines.trade.deficits import Deficits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.arrays import Array
    from undaunted.engines.trade.iteration import Problem, Step
    from undaunted.engines.trade.measures import Measures
    from undaunted.engines.trade.solving import Effort
    from undaunted.engines.trade.world import World

__all__ = ["CLOSING", "Certificate", "Solution", "solution_of"]

ASSUMPTIONS = (
    "Perfect competition, constant returns, labour that moves between sectors, not countries",
    "Trade elasticities and the shares of inputs and of final spending stay as in the benchmark",
)


CLOSING = (
    "Deficits are closed first, without measures, and every change is against that world: what "
    "closing them does by itself is in no number"
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What proves that this is an equilibrium, and of which model.

    Attributes:
        residual: greatest logarithmic difference of any wage, price or spending from what follows.
        iterations: how many were needed.
        market_clearing: greatest relative difference of pay offered from pay asked.
        deficits: the closure.
        elasticities: name of the set.
        data: digest of the world.
        assumptions: whole sentences.
    """

    residual: float
    tolerance: float
    iterations: int
    market_clearing: float
    deficits: str
    elasticities: str
    data: str
    assumptions: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Solution:
    """The new equilibrium against the benchmark; hats are ratios new / old.

    Attributes:
        world: the benchmark; with balanced deficits the one in which they are closed already.
        wages: w-hat[n].
        prices: P-hat[n, j] of what inputs are bought for.
        final_prices: P-hat[n, j] of final use; the same unless a measure falls on final use alone.
        costs: c-hat[n, j], of a unit that is made; output over costs is the quantity.
        expenditure: X'[n, j].
        output: Y'[n, j], what producers receive.
        income: I'[n]; revenue: tariff and export-tax revenue in it; deficits: D'[n] + T[n].
        scarcity: [n, i, j], what a permit is worth, as a part of the price, where quantities are
            limited; it is in the tariffs, export taxes or barriers of `measures`.
        dearer: [n, j], what capital that has changed makes of costs; it is in them.
    """

    world: World
    measures: Measures
    wages: NDArray[np.float64]
    prices: NDArray[np.float64]
    final_prices: NDArray[np.float64]
    costs: NDArray[np.float64]
    expenditure: NDArray[np.float64]
    output: NDArray[np.float64]
    income: NDArray[np.float64]
    revenue: NDArray[np.float64]
    deficits: NDArray[np.float64]
    certificate: Certificate
    scarcity: NDArray[np.float64] | None = None
    dearer: NDArray[np.float64] | None = None

    @cached_property
    def consumer_prices(self) -> NDArray[np.float64]:
        """Pc-hat[n], prod_j P-hat[n, j] ^ alpha[n, j]."""
        told: NDArray[np.float64] = np.exp(
            (self.world.final_shares * np.log(self.final_prices)).sum(1)
        )
        return told

    @cached_property
    def real_income(self) -> NDArray[np.float64]:
        """(I' / I) / Pc-hat - 1, by country, exact."""
        told: NDArray[np.float64] = self.income / self.world.income / self.consumer_prices - 1
        return told

    @cached_property
    def real_income_pct(self) -> dict[str, float]:
        """Real income in per cent by country code."""
        return dict(zip(self.world.regions, (100 * self.real_income).tolist(), strict=True))

    @cached_property
    def real_wages(self) -> NDArray[np.float64]:
        """w-hat / Pc-hat - 1."""
        told: NDArray[np.float64] = self.wages / self.consumer_prices - 1
        return told


def solution_of(  # noqa: PLR0913 - what was asked, what was found, and how
    problem: Problem,
    measures: Measures,
    found: Step,
    *,
    rounds: int,
    deficits: Deficits,
    effort: Effort,
) -> Solution:
    """Put the last step of one scenario in words."""
    closing = (CLOSING,) if deficits is Deficits.BALANCED else ()
    return Solution(
        world=problem.ground.world,
        measures=measures,
        wages=np.exp(_only(found.wages)),
        prices=np.exp(_only(found.prices[0])),
        final_prices=np.exp(_only(found.prices[-1])),
        costs=np.exp(_only(found.costs)),
        expenditure=np.sum([np.exp(_only(each)) for each in found.spending], 0),
        output=_only(found.sales),
        income=_only(found.income),
        revenue=_only(found.revenue) + _only(found.export_revenue),
        deficits=_only(found.deficits),
        certificate=Certificate(
            residual=float(np.abs(as_numpy(found.off)).max()),
            tolerance=effort.tolerance,
            iterations=rounds,
            market_clearing=float(np.abs(np.expm1(as_numpy(found.pay_off))).max()),
            deficits=deficits.value,
            elasticities=problem.ground.world.elasticity_set,
            data=problem.ground.digest,
            assumptions=(*ASSUMPTIONS, *closing, *measures.assumptions),
        ),
    )


def _only(table: Array) -> NDArray[np.float64]:
    """Give the only scenario of a table."""
    return np.array(as_numpy(table)[..., 0], dtype=np.float64)
