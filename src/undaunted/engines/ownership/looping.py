"""Loops of companies that hold all of each other, as findings by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.findings import Finding, Rule
from undaunted.engines.ownership.graph import layer_graph
from undaunted.engines.ownership.loops import planned
from undaunted.engines.ownership.shares import Right

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.ownership.stakes import Stakes

__all__ = ["closed_loops"]

ROUNDS = (Right.EQUITY, Right.VOTES)


def closed_loops(stakes: Stakes) -> tuple[Finding, ...]:
    """Find companies that, on some day, hold all of each other, so that nobody stands above them.

    A company that holds all of itself is found by `check_stakes`. What is known now is looked at.
    """
    now = stakes.standing()
    now = now.take((now.owner != now.owned) & (now.lo > 0))
    found: dict[tuple[int, ...], Finding] = {}
    for right in ROUNDS:
        layer = now.of(right)
        for members in _closed(layer):
            within = np.isin(layer.owner, members) & np.isin(layer.owned, members)
            for finding in _on_some_day(layer.take(within)):
                found.setdefault(finding.rows, finding)
    return tuple(found.values())


def _on_some_day(layer: Stakes) -> list[Finding]:
    """Give a loop on the first day on which it is closed; there may be none."""
    for day in np.unique(layer.valid_from):
        held = layer.take((layer.valid_from <= day) & (day < layer.valid_to))
        loops = _closed(held)
        if loops:
            return [_finding(held, members) for members in loops]
    return []


def _closed(layer: Stakes) -> list[NDArray[np.int64]]:
    right = Right(int(layer.right[0])) if len(layer) else Right.EQUITY
    plan = planned(layer_graph(layer, right), highest=False)
    return [plan.members(each) for each in plan.closed]


def _finding(held: Stakes, members: NDArray[np.int64]) -> Finding:
    within = np.isin(held.owner, members) & np.isin(held.owned, members)
    rows = tuple(int(each) for each in np.sort(held.row[within]))
    return Finding(Rule.LOOP, rows, ", ".join(held.parties.named(members)))
