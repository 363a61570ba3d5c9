"""Many scenarios at once: exact in float64, or quick in float32 to rank what is solved anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from array_api_compat import device

from undaunted.engines.trade.anderson import Mixing
from undaunted.engines.trade.arrays import as_numpy, sender
from undaunted.engines.trade.iteration import Problem, benchmark_state, step
from undaunted.engines.trade.solving import Effort

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.arrays import Array
    from undaunted.engines.trade.ground import Ground
    from undaunted.engines.trade.iteration import Step
    from undaunted.engines.trade.trading import Crossed

__all__ = ["RANKING", "Batch", "solve_batch"]

RANKING = Effort(tolerance=2e-5, most=200, depth=5)
"""What float32 can tell apart."""
FREED = (1 << 25) - (1 << 16)
"""Bytes of a block that is asked for and freed, unused. After that the C library of Linux keeps
smaller ones (mallopt, M_MMAP_THRESHOLD) where each step would give them back and ask for them anew.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """S equilibria, by scenario and country.

    Attributes:
        real_income: [S, N], exact real income against the benchmark, as parts of one; nan where
            no equilibrium was found.
        residuals: [S]; iterations: [S]; found: [S], whether the tolerance was reached.
    """

    real_income: NDArray[np.float64]
    residuals: NDArray[np.float64]
    iterations: NDArray[np.int64]
    found: NDArray[np.bool_]


def solve_batch(
    ground: Ground, trade: Crossed, *, transfers: Array | None = None, effort: Effort = RANKING
) -> Batch:
    """Solve scenarios that share the benchmark's tables; deficits are fixed.

    `transfers` is T[S, n]. Scenarios that are found leave the iteration; those that are not stand
    in the answer as not found, without numbers.
    """
    number = trade.out_k.shape[-1]
    np.empty(FREED, dtype=np.uint8)
    problem = _problem(ground, trade, transfers)
    batch = Batch(
        real_income=np.full((number, ground.size[0]), np.nan),
        residuals=np.full(number, np.inf),
        iterations=np.zeros(number, dtype=np.int64),
        found=np.zeros(number, dtype=bool),
    )
    open_, xp = np.arange(number), ground.functions
    state = benchmark_state(problem)
    mixing = Mixing(effort.depth, state)
    for rounds in range(1, effort.most + 1):
        now = step(problem, state)
        worst = as_numpy(xp.max(xp.abs(now.off), axis=0))
        done = worst <= effort.tolerance
        batch.iterations[open_], batch.residuals[open_] = rounds, worst
        if done.any():
            batch.found[open_[done]] = True
            batch.real_income[open_[done]] = _real_income(ground, now)[done]
        going = ~done & np.isfinite(worst)
        if not going.any():
            break
        image, residual = now.image, now.moved
        if not going.all():
            open_, kept = open_[going], xp.asarray(np.flatnonzero(going), device=device(state))
            mixing.only(kept)
            image, residual = xp.take(image, kept, axis=1), xp.take(residual, kept, axis=1)
            trade = trade.only(kept)
            problem = _only(problem, trade, kept)
        state = mixing.next(image, residual)
    return batch


def _problem(ground: Ground, trade: Crossed, transfers: Array | None) -> Problem:
    """Give the problem of a batch, with the deficits of the benchmark."""
    send = sender(ground.added)
    nothing = 0.0 * trade.out_k[0, :, :]
    given = nothing if transfers is None else send(transfers).T
    return Problem(ground, (trade,), ground.deficits[:, None] + nothing, given)


def _only(problem: Problem, trade: Crossed, scenarios: Array) -> Problem:
    """Go on with these scenarios alone, told by their numbers, and their trade."""
    take = problem.ground.functions.take
    return replace(
        problem,
        uses=(trade,),
        deficits=take(problem.deficits, scenarios, axis=1),
        transfers=take(problem.transfers, scenarios, axis=1),
    )


def _real_income(ground: Ground, now: Step) -> NDArray[np.float64]:
    xp = ground.functions
    prices = xp.sum(ground.alpha[:, :, None] * now.prices[0], axis=1)
    before = ground.earned + ground.deficits
    told = xp.astype(now.income / before[:, None] / xp.exp(prices) - 1, xp.float64)
    return as_numpy(told).T
