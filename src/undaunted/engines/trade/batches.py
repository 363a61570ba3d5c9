"""Many scenarios at once: exact in float64, or quick in float32 to rank what is solved anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.anderson import Mixing
from undaunted.engines.trade.iteration import Problem, benchmark_state, step
from undaunted.engines.trade.solving import Effort

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.ground import Array, Ground
    from undaunted.engines.trade.iteration import Step
    from undaunted.engines.trade.trading import Crossed

__all__ = ["RANKING", "Batch", "solve_batch"]

RANKING = Effort(tolerance=2e-5, most=200, depth=5)
"""What float32 can tell apart."""


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
    dtype = ground.added.dtype
    kept = np.repeat(ground.world.deficits[:, None].astype(dtype), number, 1)
    given = np.zeros_like(kept) if transfers is None else transfers.T.astype(dtype)
    problem = Problem(ground, (trade,), kept, given)
    batch = Batch(
        real_income=np.full((number, ground.size[0]), np.nan),
        residuals=np.full(number, np.inf),
        iterations=np.zeros(number, dtype=np.int64),
        found=np.zeros(number, dtype=bool),
    )
    open_ = np.arange(number)
    state = benchmark_state(problem)
    mixing = Mixing(effort.depth, state.shape[0], number, dtype)
    for rounds in range(1, effort.most + 1):
        now = step(problem, state)
        worst = np.abs(now.off).max(0)
        done = worst <= effort.tolerance
        batch.iterations[open_], batch.residuals[open_] = rounds, worst
        if done.any():
            batch.found[open_[done]] = True
            batch.real_income[open_[done]] = _real_income(ground, now, done)
        going = ~done & np.isfinite(worst)
        if not going.any():
            break
        image, residual = now.image, now.image - state
        if not going.all():
            trade = trade.only(going)
            problem = Problem(
                ground, (trade,), problem.deficits[:, going], problem.transfers[:, going]
            )
            mixing.only(going)
            image, residual, open_ = image[:, going], residual[:, going], open_[going]
        state = mixing.next(image, residual)
    return batch


def _real_income(ground: Ground, now: Step, done: Array) -> NDArray[np.float64]:
    prices = (ground.alpha[:, :, None] * now.prices[0][..., done]).sum(1)
    before = ground.world.income[:, None]
    told: NDArray[np.float64] = (now.income[:, done] / before / np.exp(prices) - 1).T
    return told
