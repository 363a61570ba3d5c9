"""Iterating to the equilibrium of a problem, and refusing to give what was not found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.anderson import Mixing
from undaunted.engines.trade.arrays import sender
from undaunted.engines.trade.deficits import Deficits
from undaunted.engines.trade.errors import NotConverged
from undaunted.engines.trade.iteration import Problem, benchmark_state, step
from undaunted.engines.trade.trading import trading

if TYPE_CHECKING:
    from undaunted.engines.trade.ground import Array, Ground
    from undaunted.engines.trade.iteration import Step
    from undaunted.engines.trade.measures import Measures
    from undaunted.engines.trade.trading import Trade

__all__ = ["EFFORT", "Effort", "iterate", "problem_of"]


@dataclass(frozen=True, slots=True)
class Effort:
    """How exact, how long, and how much of the past is mixed.

    Attributes:
        tolerance: greatest residual, in logarithms, of any wage, price or spending.
        most: iterations before the scenario is refused.
        depth: steps that Anderson acceleration remembers.
    """

    tolerance: float = 1e-8
    most: int = 1000
    depth: int = 8


EFFORT = Effort()


def problem_of(ground: Ground, measures: Measures, *, deficits: Deficits) -> Problem:
    """Give the problem of one scenario."""
    taxes = measures.export_taxes
    uses: list[Trade] = [trading(ground, measures.tariffs, measures.barriers, taxes)]
    if measures.final_barriers is not None:
        both = measures.barriers * measures.final_barriers
        uses.append(trading(ground, measures.tariffs, both, taxes))
    send, nothing = sender(ground.added), np.zeros_like(ground.world.deficits)
    kept = nothing if deficits is Deficits.BALANCED else ground.world.deficits
    given = nothing if measures.transfers is None else measures.transfers
    return Problem(
        ground,
        tuple(uses),
        send(kept[:, None]),
        send(given[:, None]),
        in_step=deficits is Deficits.SHARE,
    )


def iterate(
    problem: Problem, *, effort: Effort = EFFORT, start: Array | None = None
) -> tuple[Step, int]:
    """Give the last step and the number of iterations. Raises `NotConverged`."""
    state = benchmark_state(problem) if start is None else start
    mixing, xp = Mixing(effort.depth, state), problem.ground.functions
    worst = np.inf
    for rounds in range(1, effort.most + 1):
        now = step(problem, state)
        worst = float(xp.max(xp.abs(now.off)))
        if worst <= effort.tolerance:
            return now, rounds
        if not np.isfinite(worst):
            break
        state = mixing.next(now.image, now.moved)
    raise NotConverged(
        f"no equilibrium after {rounds} iterations: the residual is {worst:.3g} and "
        f"{effort.tolerance:.3g} is asked; put a smaller measure, or one on fewer flows"
    )
