"""Who pays whom, so that a response costs each what the key says: found with the equilibrium.

A partner's change in money is its change of real income times its income in the benchmark (the
equivalent variation, since preferences are homothetic). A key says what part of the sum each bears;
transfers are put right until each bears just that, in the equilibrium that the transfers themselves
lead to. They sum to zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.anderson import Mixing
from undaunted.engines.trade.equilibrium import solve
from undaunted.engines.trade.errors import MeasureRefused, NotConverged
from undaunted.engines.trade.solving import Effort

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.ground import Ground
    from undaunted.engines.trade.measures import Measures
    from undaunted.engines.trade.solution import Solution

__all__ = ["Compensation", "compensate", "money_of"]

CLOSE = 1e-9
"""How far what a partner bears may be from what the key says, as a part of its income."""
EXACT, ROUGH = 1e-11, 1e-6
"""To what equilibria are solved: at the end, and while transfers are still far from the key."""
ROUNDS = 60
DEPTH = 5


@dataclass(frozen=True, slots=True, eq=False)
class Compensation:
    """Transfers and the equilibrium with them.

    Attributes:
        transfers: T[N], received; sums to zero. Nothing outside the pool.
        solution: with the transfers in force.
        off: greatest difference from the key, as a part of income.
        rounds: how many equilibria were solved.
    """

    transfers: NDArray[np.float64]
    solution: Solution
    off: float
    rounds: int


def money_of(
    ground: Ground, real_income: NDArray[np.float64], before: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give each country's change in money [N]: that of real income, times benchmark income."""
    told: NDArray[np.float64] = ((1 + real_income) / (1 + before) - 1) * ground.world.income
    return told


def compensate(  # noqa: PLR0913 - a scenario, a pool, a key
    ground: Ground,
    measures: Measures,
    *,
    pool: NDArray[np.int64],
    parts: NDArray[np.float64] | None = None,
    borne: NDArray[np.float64] | None = None,
    before: NDArray[np.float64] | None = None,
) -> Compensation:
    """Find the transfers among a pool of P countries.

    Args:
        ground: the world, in float64.
        measures: in force; its own transfers stay beside those found.
        pool: numbers of the countries that pay and are paid.
        parts: [P], of the sum, that each bears; by income, which is equal loss, if None.
        borne: [P], change in money that each bears in any case; `parts` share the rest.
        before: [N], real income that changes are told against; the benchmark if None.

    Raises `MeasureRefused` for a pool or parts that mean nothing, and `NotConverged`.
    """
    income = ground.world.income[pool]
    parts = _checked(ground, pool, income if parts is None else parts)
    fixed = np.zeros(len(pool)) if borne is None else borne
    start = np.zeros(len(ground.world.regions)) if before is None else before
    given = np.zeros(len(start)) if measures.transfers is None else measures.transfers
    paid = np.zeros(len(pool))
    mixing, tolerance = Mixing(DEPTH, paid[:, None]), ROUGH
    for rounds in range(1, ROUNDS + 1):
        transfers = np.zeros(len(start))
        transfers[pool] = paid
        in_force = replace(measures, transfers=given + transfers)
        found = solve(ground, in_force, effort=Effort(tolerance))
        money = money_of(ground, found.real_income, start)[pool]
        owed = fixed + parts * (money - fixed).sum() - money
        off = float(np.abs(owed / income).max())
        if off <= CLOSE and tolerance <= EXACT:
            return Compensation(transfers, found, off, rounds)
        tolerance = max(min(tolerance, 1e-3 * off), EXACT)
        paid = mixing.next((paid + owed)[:, None], owed[:, None])[:, 0]
        paid -= paid.mean()
    raise NotConverged(
        f"no transfers after {ROUNDS} rounds: the key is missed by {off:.3g} of income; ask for "
        "smaller measures, or pay no transfers"
    )


def _checked(
    ground: Ground, pool: NDArray[np.int64], parts: NDArray[np.float64]
) -> NDArray[np.float64]:
    regions = ground.world.regions
    if len(pool) < 2 or len(set(pool.tolist())) < len(pool):  # noqa: PLR2004 - who pays and who is paid
        raise MeasureRefused("pool: transfers take at least two countries, each named once")
    if parts.shape != pool.shape or not (np.isfinite(parts) & (parts >= 0)).all():
        raise MeasureRefused("parts: one number from 0 upward for each country of the pool")
    if parts.sum() <= 0:
        raise MeasureRefused(f"parts: none of {', '.join(regions[n] for n in pool)} bears anything")
    told: NDArray[np.float64] = parts / parts.sum()
    return told
