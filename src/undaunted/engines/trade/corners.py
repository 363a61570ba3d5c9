"""Choices near a ceiling: what a search that starts from what gains most would not come by.

Within a tight ceiling lie small measures, by few or on few lines, and no single move leads to them
from large ones. So each partner is tried alone on the lines that promise most, and choices that
pass the ceiling are drawn in: all levels lowered together, the partner that minds most left out,
or one line of them kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.stage import closeness, rates_of
from undaunted.engines.trade.tangents import tangent_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.stage import Stage

__all__ = ["alone", "drawn_in", "promise_of"]

FEW = 3
"""So many lines of a choice are tried by themselves."""
EACH = 32
"""So many of the smallest choices are taken for each weight of cost against harm."""
WEIGHTS = (0.0, 1.0, 4.0, 16.0)


def promise_of(stage: Stage) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give slopes [M, L] of harm and cost where nobody acts yet."""
    told = tangent_at(stage, np.zeros(stage.menu.size), reply=stage.menu.replies[-1])
    return told.harm_slopes, told.cost_slopes


def alone(
    stage: Stage, slopes: tuple[NDArray[np.float64], NDArray[np.float64]]
) -> NDArray[np.int8]:
    """Give one partner on one line, and all on one line, at each level; few where many."""
    (m, lines), levels = stage.menu.size, len(stage.menu.levels)
    rows = np.zeros((m + 1, lines, levels - 1, m + lines), dtype=np.int8)
    rows[np.arange(m), :, :, np.arange(m)] = 1
    rows[m, :, :, :m] = 1
    for line in range(lines):
        rows[:, line, :, m + line] = np.arange(1, levels)
    small = rows.reshape(-1, m + lines)
    closed = closeness(stage, rates_of(stage.menu, small))
    harm, cost = (np.einsum("sml,ml->s", closed, each) for each in slopes)
    chosen: set[int] = set()
    for weight in WEIGHTS:
        chosen.update(np.argsort(weight * cost - harm, kind="stable")[:EACH].tolist())
    return small[sorted(chosen)]


def drawn_in(
    stage: Stage,
    choice: NDArray[np.int8],
    *,
    part: float,
    mind: int,
    slopes: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> NDArray[np.int8]:
    """Give smaller choices than one that passes the ceiling.

    Args:
        stage: the menu over its world.
        choice: [M + L].
        part: of what it closes, that the ceiling would let pass if losses grew with it.
        mind: number of the partner that loses most.
        slopes: as `promise_of` gives them.
    """
    m, _ = stage.menu.size
    levels, acting = choice[m:].astype(np.int64), choice[:m] > 0
    closed = np.stack(
        [closeness(stage, np.full(stage.menu.size, each)).mean(0) for each in stage.menu.levels]
    )
    asked = part * np.take_along_axis(closed, levels[None], 0)[0]
    below = (closed <= asked).sum(0) - 1
    nearest = np.abs(closed - asked).argmin(0)
    rows = [_with(choice, m, each) for each in (below, nearest, np.maximum(levels - 1, 0))]
    left = choice.copy()
    left[mind] = 0
    rows.append(left)
    gains = np.where(levels > 0, slopes[0][acting].sum(0), -np.inf)
    for line in np.argsort(-gains, kind="stable")[: min(FEW, int((levels > 0).sum()))]:
        only = np.zeros_like(levels)
        only[line] = levels[line]
        rows.append(_with(choice, m, only))
    return np.array(rows)


def _with(choice: NDArray[np.int8], m: int, levels: NDArray[np.int64]) -> NDArray[np.int8]:
    """Give the choice with other levels, none higher than its own."""
    moved = choice.copy()
    moved[m:] = np.minimum(choice[m:], levels)
    return moved
