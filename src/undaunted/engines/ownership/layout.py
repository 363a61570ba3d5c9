"""Where to draw owners and companies: in layers, each as near above what it holds as it can be.

Only places are given here; whoever draws gives them ink. Items are numbered so that owners come
before what they hold; a line against that order leads back, is drawn, and moves nobody. A line over
several layers keeps a place of its own in each, so that it passes between boxes. Within a layer the
order follows barycentres; then each stands as near to its neighbours as the others allow (least
squares, by pooling adjacent violators). Some may come first: they start their layers, and hold a
column of their own against whoever stands beside them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["Placed", "placed"]

APART, BELOW = 26.0, 82.0
"""Between two items of a layer, and between two layers, in units of the picture."""
THREAD = 14.0
"""Width of the place that a line keeps in a layer that it passes."""
SWEEPS = 8
FIRM = 1000
"""How much more than others those that come first hold their places."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Places in a picture.

    Attributes:
        middles: middle of each item, across and down.
        bends: for each line, where it enters and leaves each layer between its ends; none where it
            leads back.
        bands: top and bottom of each item's layer.
        width: of the whole.
        height: of the whole.
    """

    middles: tuple[tuple[float, float], ...]
    bends: tuple[tuple[tuple[float, float], ...], ...]
    bands: tuple[tuple[float, float], ...]
    width: float
    height: float


def placed(
    sizes: Sequence[tuple[float, float]],
    lines: Sequence[tuple[int, int]],
    first: Collection[int] = (),
) -> Placed:
    """Place items of these sizes (width, height) with lines from owner to company.

    Items of `first`, and lines between two of them, start their layers.
    """
    depth = _depths(len(sizes), lines)
    widths = [width for width, _ in sizes]
    threads: list[list[int]] = []
    leading = set(first)
    for owner, company in lines:
        passed = range(depth[owner] - 1, depth[company], -1) if owner < company else ()
        threads.append(list(range(len(widths), len(widths) + len(passed))))
        if owner in leading and company in leading:
            leading |= set(threads[-1])
        depth += passed
        widths += [THREAD] * len(passed)
    above, below = _neighbours(lines, threads)
    rows: dict[int, list[int]] = defaultdict(list)
    for item, level in enumerate(depth):
        rows[level].append(item)
    across = _across(rows, widths, (above, below), leading)
    heights = [each for _, each in sizes]
    tallest = {
        level: max(heights[item] for item in row if item < len(heights))
        for level, row in rows.items()
    }
    down, height = _down(tallest)
    left = min((across[item] - widths[item] / 2 for item in across), default=0.0)
    right = max((across[item] + widths[item] / 2 for item in across), default=0.0)
    middles = [(across[item] - left, down[level]) for item, level in enumerate(depth)]
    bands = [
        (down[level] - tallest[level] / 2, down[level] + tallest[level] / 2) for level in depth
    ]
    return Placed(
        tuple(middles[: len(sizes)]),
        tuple(
            tuple((middles[item][0], side) for item in thread for side in bands[item])
            for thread in threads
        ),
        tuple(bands[: len(sizes)]),
        right - left,
        height,
    )


def _depths(number: int, lines: Sequence[tuple[int, int]]) -> list[int]:
    """Give how far above the last layer each stands."""
    held: dict[int, list[int]] = defaultdict(list)
    for owner, company in lines:
        if owner < company:
            held[owner].append(company)
    depth = [0] * number
    for item in reversed(range(number)):
        depth[item] = 1 + max((depth[each] for each in held[item]), default=-1)
    return depth


def _neighbours(
    lines: Sequence[tuple[int, int]], threads: list[list[int]]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    above: dict[int, list[int]] = defaultdict(list)
    below: dict[int, list[int]] = defaultdict(list)
    for (owner, company), thread in zip(lines, threads, strict=True):
        if owner < company:
            chain = [owner, *thread, company]
            for upper, lower in pairwise(chain):
                above[lower].append(upper)
                below[upper].append(lower)
    return above, below


def _across(
    rows: dict[int, list[int]],
    widths: list[float],
    sides: tuple[dict[int, list[int]], dict[int, list[int]]],
    first: set[int],
) -> dict[int, float]:
    """Give the middle of each from left to right."""
    across: dict[int, float] = {}
    above, below = (_heeded(side, first) for side in sides)
    for row in rows.values():
        row.sort(key=lambda item: item not in first)
        _spread(row, widths, dict.fromkeys(row, 0.0), first, across)
    upward, downward = sorted(rows), sorted(rows, reverse=True)
    for sweep in range(2 * SWEEPS):
        near, levels = (below, upward) if sweep % 2 == 0 else (above, downward)
        for level in levels:
            wanted = {item: _mean(near[item], across, across[item]) for item in rows[level]}
            if sweep < SWEEPS:
                rows[level].sort(key=lambda item: (item not in first, wanted[item]))
            else:
                every = {item: [*above[item], *below[item]] for item in rows[level]}
                wanted = {item: _mean(every[item], across, across[item]) for item in rows[level]}
            _spread(rows[level], widths, wanted, first, across)
    return across


def _start(row: list[int], widths: list[float], first: set[int], across: dict[int, float]) -> float:
    """Give where a row may start: one without any that come first, no further out than they."""
    if not first.isdisjoint(row):
        return -inf
    known = (across[item] - widths[item] / 2 for item in first if item in across)
    return min(known, default=-inf)


def _heeded(near: dict[int, list[int]], first: set[int]) -> dict[int, list[int]]:
    """Give whom each is set near: of those that come first, only others that do."""
    return defaultdict(
        list,
        {
            item: [each for each in others if item not in first or each in first]
            for item, others in near.items()
        },
    )


def _mean(near: list[int], across: dict[int, float], alone: float) -> float:
    return sum(across[each] for each in near) / len(near) if near else alone


def _spread(
    row: list[int],
    widths: list[float],
    wanted: dict[int, float],
    first: set[int],
    across: dict[int, float],
) -> None:
    """Set a row in its order, as near to where each is wanted as widths and its start allow."""
    least = _start(row, widths, first, across)
    start, starts = 0.0, []
    for item in row:
        starts.append(start + widths[item] / 2)
        start += widths[item] + APART
    pools: list[tuple[float, int, int]] = []
    for item, offset in zip(row, starts, strict=True):
        weight, number = FIRM if item in first else 1, 1
        total = weight * (wanted[item] - offset)
        while pools and pools[-1][0] / pools[-1][1] > total / weight:
            earlier, heavy, count = pools.pop()
            total, weight, number = total + earlier, weight + heavy, number + count
        pools.append((total, weight, number))
    shifts = [max(total / weight, least) for total, weight, number in pools for _ in range(number)]
    for item, offset, shift in zip(row, starts, shifts, strict=True):
        across[item] = offset + shift


def _down(tallest: dict[int, float]) -> tuple[dict[int, float], float]:
    """Give the middle of each layer, the owners' first, and the height of all."""
    down: dict[int, float] = {}
    reached = 0.0
    for level in sorted(tallest, reverse=True):
        down[level] = reached + tallest[level] / 2
        reached += tallest[level] + BELOW
    return down, max(reached - BELOW, 0.0)
