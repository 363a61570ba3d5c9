"""A separable model of harm and cost, made of tangents along the way from no measure to all.

Between one level and the next, each member's each line adds what the tangents at both ends say on
average. For any weight of cost against harm the best choice in this model is found by turns: the
level of each line for those who act, and then who acts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.stage import closeness
from undaunted.engines.trade.tangents import tangent_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.stage import Stage
    from undaunted.engines.trade.tangents import Tangent

__all__ = ["WEIGHTS", "along_all", "first_choices"]

WEIGHTS = np.concatenate([[0.0], np.geomspace(0.05, 40, 40)])
"""Of cost against harm, both in parts of real income."""
TURNS = 6


def along_all(stage: Stage, reply: float) -> list[Tangent]:
    """Give the tangents where all partners take each level on every line."""
    size = stage.menu.size
    told = stage.apply(
        lambda level: tangent_at(stage, np.full(size, level), reply=reply), stage.menu.levels
    )
    return list(told)


def first_choices(stage: Stage) -> NDArray[np.int8]:
    """Give choices to begin with: none, every level by all, and the best of the model."""
    m, lines = stage.menu.size
    levels = len(stage.menu.levels)
    rows = [np.zeros(m + lines, dtype=np.int8)]
    rows += [np.array([1] * m + [level] * lines, dtype=np.int8) for level in range(1, levels)]
    for reply in stage.menu.replies:
        harm, cost = _sums(stage, along_all(stage, reply))
        rows += [_best(harm - weight * cost) for weight in WEIGHTS]
    return np.unique(np.array(rows), axis=0)


def _sums(stage: Stage, tangents: list[Tangent]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give what each member's each line adds at each level, [level, M, L]."""
    closed = np.stack(
        [closeness(stage, np.full(stage.menu.size, each)) for each in stage.menu.levels]
    )
    told = []
    for name in ("harm_slopes", "cost_slopes"):
        slopes = np.stack([getattr(each, name) for each in tangents])
        steps = (slopes[1:] + slopes[:-1]) / 2 * np.diff(closed, axis=0)
        told.append(np.concatenate([np.zeros_like(closed[:1]), np.cumsum(steps, 0)]))
    return told[0], told[1]


def _best(gain: NDArray[np.float64]) -> NDArray[np.int8]:
    """Give who acts and the levels that gain most by turns; gain is [level, M, L]."""
    _, m, lines = gain.shape
    acting = np.ones(m, dtype=bool)
    levels = np.zeros(lines, dtype=int)
    for _ in range(TURNS):
        levels = gain[:, acting].sum(1).argmax(0)
        acting = gain[levels, :, np.arange(lines)].sum(0) > 0
        if not acting.any():
            return np.zeros(m + lines, dtype=np.int8)
    return np.concatenate([acting, levels]).astype(np.int8)
